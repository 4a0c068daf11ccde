"""The application over HTTP, and visitors who are signed in already."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from config import Settings
from intake.app import create_app
from intake.policy.actor import Actor
from intake.views.guards import Served
from tests.support.client import Visitor
from tests.support.place import TestPlace

Visiting = Callable[[Actor | None], Visitor]


class Compiled(BytecodeCache):
    """Templates compiled once for all the applications of a run, and compiled again when they change."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Written(Rule):
    """A rule whose function that writes addresses is compiled once for all the applications of a run.

    It is made from nothing but the rule's own words, and is half of what making an application takes.
    """

    _made: ClassVar[dict[object, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(
        self,
        append_unknown: bool = True,  # noqa: FBT001, FBT002 - as the library asks it
    ) -> Callable[..., tuple[str, str]]:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in self._made:
            self._made[key] = super()._compile_builder(append_unknown)
        return self._made[key]


def make_app(place: TestPlace) -> Flask:
    """Return the application upon a workplace: tokens, headers and door as in earnest."""
    settings = Settings(database_url="", key_ring=Path("unused"), secure=False, testing=True)
    made = create_app(settings, place)
    # A failure is answered with a page here too, as it is to a visitor.
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


Served.jinja_options = {"bytecode_cache": Compiled()}
Served.url_rule_class = Written


@pytest.fixture
def app(place: TestPlace) -> Flask:
    """The application upon the workplace of the test."""
    return make_app(place)


def signed_in(app: Flask, place: TestPlace, actor: Actor) -> Visitor:
    """Return a browser in which somebody is signed in already."""
    visitor = Visitor(app)
    with place.writing() as services:
        token = services.sessions.begin(
            actor.person_id,
            organisation_id=actor.organisation_id,
            given=place.given(proved=actor.second_factor),
        )
    visitor.carry(token)
    return visitor


@pytest.fixture
def visiting(app: Flask, place: TestPlace) -> Visiting:
    """Make a browser: signed in as an actor, or as nobody for None."""

    def visit(actor: Actor | None) -> Visitor:
        return Visitor(app) if actor is None else signed_in(app, place, actor)

    return visit
