"""One's own account over HTTP: sessions elsewhere, a new password, another telephone, new recovery codes."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace

NEW = "seven quiet ladders"
LATER = timedelta(seconds=30)


@pytest.fixture
def manager(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.hub(), Role.DUTY_MANAGER, name="O'Brien-Nguyễn", app=True)


def signed_in(app: Flask, place: TestPlace, holders: AccountHolders, holder: Holder) -> Visitor:
    """Return a browser in which somebody has signed in, some time after the last code was used."""
    place.clock.instant += LATER
    visitor = Visitor(app)
    answer = visitor.get("/sign-in").form().fill(email=holder.email, password=PASSWORD).submit("Sign in")
    if holder.seed:
        answer.follow().form("Continue").fill(code=holders.code(holder)).submit("Continue")
    return visitor


def change(visitor: Visitor, current: str, new: str, again: str = "") -> Answer:
    form = visitor.get("/account/password").form("Change my password")
    return form.fill(current_password=current, password=new, again=again or new).submit()


def test_ones_own_page_says_who_one_is_and_where_one_is_signed_in(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    signed_in(app, place, holders, manager)
    page = signed_in(app, place, holders, manager).get("/account").shown
    assert "O'Brien-Nguyễn" in page.main
    assert manager.email in page.main
    assert page.main.count("You are here") == 1
    assert [form.action for form in page.forms].count("/account/sessions/end-others") == 1
    assert "O'Brien" not in page.title


def test_a_session_elsewhere_is_ended_from_here(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    there = signed_in(app, place, holders, manager)
    here = signed_in(app, place, holders, manager)
    done = here.get("/account").form("End this one: Mon 23 Nov 10am").submit().follow()
    assert "You are signed out there." in done.text
    assert "End this one" not in done.text
    assert there.get("/account").location.startswith("/sign-in?")
    assert here.get("/account").status == 200


def test_every_session_elsewhere_is_ended_at_once(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    elsewhere = [signed_in(app, place, holders, manager) for _ in range(3)]
    here = signed_in(app, place, holders, manager)
    here.get("/account").form("Sign out everywhere else").submit()
    assert all(visitor.get("/account").location.startswith("/sign-in?") for visitor in elsewhere)
    assert here.get("/account").status == 200


def test_somebody_elses_session_cannot_be_ended(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders, manager: Holder
) -> None:
    other = holders.make(people.school(), Role.REPORTER)
    theirs = signed_in(app, place, holders, other)
    begun = holders.sign_in(other).begun
    assert begun is not None
    here = signed_in(app, place, holders, manager)
    signed_in(app, place, holders, manager)
    form = here.get("/account").form("Sign out everywhere else")
    path = f"/account/sessions/{begun.found.session_id}/end"
    assert here.send("post", path, form.values, status=404).shown.heading
    assert theirs.get("/account").status == 200


def test_a_new_password_keeps_this_browser_signed_in_and_no_other(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    there = signed_in(app, place, holders, manager)
    here = signed_in(app, place, holders, manager)
    done = change(here, PASSWORD, NEW).follow()
    assert "Your password is changed. You are signed out everywhere else." in done.text
    assert there.get("/account").location.startswith("/sign-in?")
    assert here.get("/account").status == 200
    assert holders.sign_in(manager, NEW).begun is not None
    assert holders.sign_in(manager).begun is None


@pytest.mark.parametrize(
    ("current", "new", "again", "problem"),
    [
        ("wrong", NEW, NEW, "This is not the password you have now. Try again."),
        (PASSWORD, "short", "short", "Use at least 12 characters. Three or four words in a row do well."),
        (PASSWORD, NEW, "other", "The two passwords are not the same. Type them both again."),
        (PASSWORD, "password2026", "password2026", "This is too easily guessed"),
        (PASSWORD, "x" * 1_001, "x" * 1_001, "Shorten this to 1,000 characters or fewer"),
    ],
)
@on_either
def test_a_password_that_cannot_be_taken_is_told_why(
    app: Flask,
    place: TestPlace,
    holders: AccountHolders,
    manager: Holder,
    current: str,
    new: str,
    again: str,
    problem: str,
) -> None:
    page = change(signed_in(app, place, holders, manager), current, new, again)
    assert any(said.startswith(problem) for said in page.shown.problems)
    assert holders.sign_in(manager).begun is not None


def test_guessing_the_password_in_somebodys_open_browser_is_made_to_wait(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    for _ in range(5):
        change(visitor, "guess", NEW)
    form = visitor.get("/account/password").form("Change my password")
    waiting = form.fill(current_password="guess", password=NEW, again=NEW).submit(status=429)
    assert waiting.shown.heading == "Wait before you try again"
    assert holders.sign_in(manager).begun is not None


def test_new_recovery_codes_are_shown_once_soon_after_a_code(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    shown = visitor.get("/account").form("Get new recovery codes").submit()
    codes = [str(code.text) for code in shown.shown.root.iter("code")]
    assert len(set(codes)) == 10
    account = shown.link("I have kept them")
    assert "You have 10 recovery codes left." in account.text
    assert not any(code in account.text for code in codes)


def test_new_recovery_codes_ask_for_a_code_again_after_a_while(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    place.clock.instant += timedelta(minutes=6)
    asked = visitor.get("/account").form("Get new recovery codes").submit().follow()
    assert asked.shown.heading == "Enter the code from your app"
    assert "It is a while since you showed that it is you." in asked.text
    asked.form("Continue").fill(code=holders.code(manager)).submit("Continue")
    assert (
        visitor.get("/account").form("Get new recovery codes").submit().shown.root.find(".//code") is not None
    )


def test_another_telephone_takes_the_place_of_the_first(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    page = visitor.get("/account").link("Set up a different telephone")
    assert "the telephone you used before stops working here" in page.text
    key = page.shown.root.find(".//*[@class='pio-key']")
    assert key is not None
    secret = "".join((key.text or "").split())
    shown = page.form("Continue").fill(code=pyotp.TOTP(secret).at(place.clock.now())).submit("Continue")
    assert shown.shown.heading == "Keep these recovery codes"
    other = Holder(manager.person_id, manager.email, secret)
    assert signed_in(app, place, holders, other).get("/account").status == 200
    old = signed_in(app, place, holders, manager)
    assert old.get("/trail").location.startswith("/sign-in/second-factor")


def test_another_telephone_asks_for_a_code_of_the_first(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    place.clock.instant += timedelta(minutes=6)
    asked = visitor.get("/account/second-factor").follow()
    assert asked.shown.heading == "Enter the code from your app"
    onward = asked.form("Continue").fill(code=holders.code(manager)).submit("Continue")
    assert onward.follow().shown.heading == "Set up your authenticator app"


def test_staff_who_need_no_app_may_set_one_up_all_the_same(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders
) -> None:
    visitor = signed_in(app, place, holders, holders.make(people.school(), Role.REPORTER))
    page = visitor.get("/account").link("Set it up")
    assert page.shown.heading == "Set up your authenticator app"


def test_ones_own_postcode_is_kept_for_oneself_and_taken_away_again(
    app: Flask, place: TestPlace, holders: AccountHolders, manager: Holder
) -> None:
    visitor = signed_in(app, place, holders, manager)
    page = visitor.get("/account").link("Change Home postcode")
    assert "Enter a whole postcode" in page.form("Keep this").fill(postcode="WA8").submit().shown.problems[0]
    kept = page.form("Keep this").fill(postcode="wa8 7qf").submit(status=303).follow()
    assert "Given. Nobody is shown it." in kept.text
    assert "WA8 7QF" not in kept.text
    form = visitor.get("/account/home").form("Keep this")
    assert form.values["postcode"] == ["WA8 7QF"]
    assert "Not given" in form.fill(postcode="").submit(status=303).follow().text
    assert visitor.get("/account/home").form("Keep this").values["postcode"] == [""]
