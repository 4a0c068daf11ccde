"""Every route declares who may open it, in a form that can be checked without opening it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.routing import Rule

from config import Settings
from intake.app import create_app
from intake.casework.signs import current as current_signs
from intake.cli.not_audited import PAGES
from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.policy.permissions import Permission
from intake.routing.directory_folder import read_directory
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace
from intake.views import desk
from intake.views.guards import Access, Door, declared_access, guard
from tests.architecture.unrecorded import unrecorded

#: What anybody may open, signed in or not. Adding to this list is a decision.
OPEN_TO_ANYBODY = {
    "home.shown",
    "home.who_to_ring",
    "home.accessibility",
    "home.privacy",
    "home.live",
    "home.ready",
    "sign_in.password",
    "sign_in.link",
    "sign_in.old_link",
    "sign_in.first_password",
    "sign_in.out",
    "passkeys.use",
    "single_sign_on.begin",
    "single_sign_on.back",
}

#: What anybody may open who has given a password and has a role, before any second factor.
OPEN_WITH_A_PASSWORD = {
    "sign_in.second_factor",
    "sign_in.recovery_code",
    "account.second_factor",
    "passkeys.new",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return _made()


def _made() -> Flask:
    tools = Tools(
        clock=SystemClock(),
        key_ring=KeyRing.new(),
        shelf=Shelf(read_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
        public_url="http://localhost",
        sample=False,
    )
    settings = Settings(database_url="", key_ring=Path("unused"), secure=False, testing=True)
    return create_app(settings, Workplace(Database("sqlite://"), tools))


def test_nothing_outside_turns_debugging_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert not _made().debug


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def declared(app: Flask) -> dict[str, Access | None]:
    return {rule.endpoint: declared_access(app, rule.endpoint) for rule in rules(app)}


def test_every_route_declares_its_access(app: Flask) -> None:
    assert [endpoint for endpoint, access in declared(app).items() if access is None] == []
    assert len(declared(app)) > 30


def test_only_the_listed_routes_are_open(app: Flask) -> None:
    doors = {endpoint: access.door for endpoint, access in declared(app).items() if access is not None}
    assert {endpoint for endpoint, door in doors.items() if door is Door.PUBLIC} == OPEN_TO_ANYBODY
    assert {endpoint for endpoint, door in doors.items() if door is Door.SIGNED_IN} == OPEN_WITH_A_PASSWORD
    choosing = {endpoint for endpoint, door in doors.items() if door is Door.CHOOSING}
    assert choosing == {"sign_in.organisation"}


def test_every_permission_but_those_of_the_rows_stands_at_a_door(app: Flask) -> None:
    at_doors = {access.permission for access in declared(app).values() if access is not None}
    asked_inside = {
        Permission.DIRECTORY_VIEW,
        Permission.CONCERN_LIST,
        Permission.CHILD_SEARCH,
        Permission.PEOPLE_APPROVE,
        Permission.RESTRICTION_APPROVE,
        Permission.ERASURE_APPROVE,
        Permission.PACK_APPROVE,
        Permission.EXTRACT_APPROVE,
        Permission.KEYS_APPROVE,
        Permission.SHIFT_CODE_APPROVE,
        Permission.DECOY_APPROVE,
    }
    assert set(Permission) - at_doors <= asked_inside


def test_whoever_is_asked_for_something_first_has_a_page_to_come_back_to(app: Flask) -> None:
    by_endpoint = {rule.endpoint: rule for rule in rules(app)}
    sent_back = {name: access for name, access in declared(app).items() if access and access.page}
    asking = {name: access for name, access in declared(app).items() if access and access.step_up}
    assert sent_back.keys() & asking.keys()
    for endpoint, access in (sent_back | asking).items():
        page = by_endpoint[access.page or endpoint]
        assert "GET" in (page.methods or set()), endpoint
        assert page.arguments <= by_endpoint[endpoint].arguments, endpoint


def test_a_route_that_only_takes_posts_names_the_page_to_come_back_to(app: Flask) -> None:
    answering = {rule.rule for rule in rules(app) if "GET" in (rule.methods or set())}
    lost = {
        rule.endpoint
        for rule in rules(app)
        if rule.rule not in answering
        and (access := declared_access(app, rule.endpoint))
        and access.door is not Door.PUBLIC
        and not access.page
    }
    # The page whose form it is stands in the query of these.
    assert lost == {"drafts.save", "drafts.discard"}


def test_a_route_that_declares_nothing_is_shut() -> None:
    bare = Flask("bare")
    bare.add_url_rule("/forgotten", "forgotten", lambda: Response("open"))
    guard(bare)
    assert bare.test_client().get("/forgotten").status_code == 500  # NotPermitted, and no page for it here


def test_the_pages_that_leave_nothing_in_the_trail_are_the_published_ones(app: Flask) -> None:
    assert unrecorded(app) == PAGES.keys()


def _through_another() -> str:
    with desk.opening():
        return "opened"


def test_a_view_that_opens_through_another_function_is_not_one_of_them() -> None:
    bare = Flask("bare")
    _through_another.__module__ = "intake.views.planted"
    bare.add_url_rule("/opens", "opens", _through_another)
    bare.add_url_rule("/reads", "reads", lambda: Response("read"))
    assert unrecorded(bare) == {"reads", "static"}


def test_addresses_are_plain_and_their_parts_are_typed(app: Flask) -> None:
    for rule in rules(app):
        for part in re.sub(r"<[^>]+>", "", rule.rule).split("/"):
            assert re.fullmatch(r"[a-z-]*", part), rule.rule
        for parameter in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in parameter, f"{rule.rule}: {parameter} has no type"


def test_no_address_is_both_read_and_written_by_one_view_without_a_form(app: Flask) -> None:
    for rule in rules(app):
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule
