"""The application over HTTP, and visitors who are signed in already."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from intake.app import create_app
from intake.policy.actor import Actor
from tests.support.client import Visitor
from tests.support.place import TestPlace

Visiting = Callable[[Actor | None], Visitor]


@pytest.fixture
def app(place: TestPlace) -> Flask:
    """The application upon the workplace of the test: tokens, headers and door as in earnest."""
    settings = Settings(database_url="", key_ring=Path("unused"), secure=False, testing=True)
    made = create_app(settings, place)
    # A failure is answered with a page here too, as it is to a visitor.
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def visiting(app: Flask, place: TestPlace) -> Visiting:
    """Make a browser: signed in as an actor, or as nobody for None."""

    def visit(actor: Actor | None) -> Visitor:
        visitor = Visitor(app)
        if actor is not None:
            with place.writing() as services:
                token = services.sessions.begin(
                    actor.person_id,
                    organisation_id=actor.organisation_id,
                    second_factor=actor.second_factor,
                )
            visitor.carry(token)
        return visitor

    return visit
