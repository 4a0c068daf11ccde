"""An act that wants a second factor given lately: it is asked for again, and nothing typed is lost."""

from datetime import timedelta

import pytest
from flask import Flask

from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders
from tests.factories.directory import Changes
from tests.factories.people import People
from tests.support.authenticator import Authenticator
from tests.support.client import Visitor
from tests.support.passkey_pages import use
from tests.support.place import TestPlace

APPROVE = "Approve: it is in force for everybody"


@pytest.fixture
def key(people: People, holders: AccountHolders) -> Authenticator:
    found = holders.make(people.school(), Role.ADMINISTRATOR, passkey=True).passkey
    assert found is not None
    return found


@pytest.fixture
def visitor(app: Flask, key: Authenticator) -> Visitor:
    browser = Visitor(app)
    use(browser, key)
    return browser


def test_what_was_typed_waits_while_the_code_is_given_again(
    place: TestPlace, visitor: Visitor, changes: Changes, key: Authenticator
) -> None:
    before, proposal_id = changes.in_force(), changes.propose_check()
    page = visitor.get(f"/directory/changes/{proposal_id}")
    place.clock.instant += timedelta(minutes=6)
    asked = page.form(APPROVE).fill(answer="I rang them, twice.").submit().follow()
    assert asked.follow().shown.heading == "Use your passkey"
    assert changes.in_force() == before
    again = use(visitor, key, at=asked.location).follow()
    assert "I rang them, twice." in again.text
    again.form(APPROVE).submit().follow()
    assert changes.in_force() != before
    assert "I rang them, twice." in visitor.get(f"/directory/changes/{proposal_id}").text
    with place.reading() as services:
        assert (
            services.unit.session.connection().exec_driver_sql("SELECT count(*) FROM form_draft").scalar_one()
            == 0
        )


def test_within_five_minutes_nothing_is_asked(place: TestPlace, visitor: Visitor, changes: Changes) -> None:
    proposal_id = changes.propose_check()
    place.clock.instant += timedelta(minutes=5)
    page = visitor.get(f"/directory/changes/{proposal_id}")
    assert page.form(APPROVE).submit().location == "/directory"


def test_a_clock_put_back_makes_no_proof_last_longer(
    app: Flask, place: TestPlace, key: Authenticator
) -> None:
    browser = Visitor(app)
    place.clock.instant += timedelta(minutes=10)
    use(browser, key)
    place.clock.instant -= timedelta(minutes=6)
    asked = browser.get("/account").form("Get new recovery codes").submit()
    assert asked.location == "/sign-in/second-factor?next=/account"
