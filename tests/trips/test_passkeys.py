"""Passkeys over HTTP: made, used to sign in and to prove who one is, copied, taken away."""

from datetime import timedelta

import pytest
from flask import Flask

from intake.models.person import Person
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.authenticator import Authenticator
from tests.support.client import Answer, Visitor
from tests.support.passkey_pages import MAKE, USE, answer, make, options, use
from tests.support.place import TestPlace


def give_password(visitor: Visitor, holder: Holder, at: str = "/sign-in") -> Answer:
    return visitor.get(at).form().fill(email=holder.email, password=PASSWORD).submit("Sign in")


def give_code(visitor: Visitor, place: TestPlace, holders: AccountHolders, holder: Holder) -> Answer:
    place.clock.instant += timedelta(seconds=30)
    page = visitor.get("/sign-in/second-factor")
    return page.form("Continue").fill(code=holders.code(holder)).submit("Continue")


@pytest.fixture
def administrator(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.school(), Role.ADMINISTRATOR, app=True)


@pytest.fixture
def key(app: Flask, place: TestPlace, holders: AccountHolders, administrator: Holder) -> Authenticator:
    """The administrator's passkey, made after password and code."""
    visitor, made = Visitor(app), Authenticator()
    give_password(visitor, administrator)
    give_code(visitor, place, holders, administrator)
    make(visitor, made)
    return made


def test_a_code_gets_an_administrator_only_as_far_as_making_a_passkey(
    app: Flask, place: TestPlace, holders: AccountHolders, administrator: Holder
) -> None:
    visitor = Visitor(app)
    give_password(visitor, administrator, at="/sign-in?next=/people")
    give_code(visitor, place, holders, administrator)
    asked = visitor.get("/people").follow()
    assert asked.location.startswith(MAKE)
    page = asked.follow()
    assert page.shown.heading == "Make a passkey"
    assert "a forged page can ask for a code" in page.text
    codes = answer(visitor, page, Authenticator().make(options(page)), name="")
    assert codes.shown.heading == "Keep these recovery codes"
    assert codes.link("I have kept them").shown.heading == "People"
    assert "A device without a name" in visitor.get("/account").text


def test_a_passkey_signs_in_without_password_or_code(app: Flask, key: Authenticator) -> None:
    visitor = Visitor(app)
    assert use(visitor, key, at=f"{USE}?next=/people").location == "/people"
    assert visitor.get("/people").status == 200
    assert visitor.get("/account").text.count("Remove: Office laptop") == 1


def test_whoever_has_a_passkey_makes_no_other_by_a_code(
    app: Flask, place: TestPlace, holders: AccountHolders, administrator: Holder, key: Authenticator
) -> None:
    thief = Visitor(app)
    give_password(thief, administrator)
    give_code(thief, place, holders, administrator)
    assert thief.get(MAKE).location.startswith(USE)
    assert thief.get("/people").follow().location.startswith(USE)
    use(thief, key)
    assert make(thief, Authenticator(), name="Second").location == "/"


@pytest.mark.parametrize("button", ["Get new recovery codes", "Remove: Laptop"])
def test_a_code_changes_nothing_for_whoever_has_a_passkey_and_shuts_them_out_of_nothing(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders, button: str
) -> None:
    lead = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True, passkey=True)
    visitor = Visitor(app)
    give_password(visitor, lead)
    assert give_code(visitor, place, holders, lead).location == "/"
    assert visitor.get("/concerns").status == 200
    assert visitor.get("/account/second-factor").follow().location.startswith(USE)
    asked = visitor.get("/account").form(button).submit().follow()
    assert asked.location == f"{USE}?next=/account"
    assert lead.passkey is not None
    again = use(visitor, lead.passkey, at=asked.location).follow()
    done = again.form(button).submit()
    shown = done if done.page is not None else done.follow()
    assert "Keep these recovery codes" in shown.text or "The passkey is removed." in shown.text


def test_whoever_tries_with_keys_of_nobody_makes_nobody_else_wait(app: Flask, key: Authenticator) -> None:
    stranger = Visitor(app)
    for _ in range(7):
        use(stranger, Authenticator(user=key.user))
    own = Authenticator()
    assert {use(stranger, own).status for _ in range(5)} == {200}
    page = stranger.get(USE)
    slowed = stranger.send(
        "post",
        USE,
        {**page.form(f"{USE}?next=/").values, "passkey_token": [own.use(options(page))]},
        status=429,
    )
    assert slowed.shown.heading == "Wait before you try again"
    assert use(Visitor(app), key).location == "/"


def test_an_answer_is_taken_once_and_only_in_the_browser_that_was_asked(
    app: Flask, key: Authenticator
) -> None:
    visitor, stranger = Visitor(app), Visitor(app)
    page = visitor.get(USE)
    said = key.use(options(page))
    refused = answer(stranger, stranger.get(USE), said)
    assert refused.shown.problems == (
        "The passkey did not answer as it should, or the page had been open too long. Press again.",
    )
    carried = visitor.cookie("session")
    assert answer(visitor, page, said).location == "/"
    stranger.take("session", carried)
    again = stranger.send("post", USE, {**page.form(f"{USE}?next=/").values, "passkey_token": [said]})
    assert again.shown.problems


def test_a_page_left_open_is_asked_again(app: Flask, place: TestPlace, key: Authenticator) -> None:
    visitor = Visitor(app)
    page = visitor.get(USE)
    place.clock.instant += timedelta(minutes=11)
    again = answer(visitor, page, key.use(options(page)))
    assert answer(visitor, again, key.use(options(again))).location == "/"


def test_a_copy_of_a_key_is_noticed(app: Flask, place: TestPlace, key: Authenticator) -> None:
    use(Visitor(app), key)
    key.count -= 1
    assert use(Visitor(app), key).shown.problems
    with place.reading() as services:
        connection = services.unit.session.connection()
        why = connection.exec_driver_sql(
            "SELECT detail FROM audit_entry WHERE event = 'sign_in.failed'"
        ).scalars()
        assert '"why":"copied_passkey"' in str([*why])


def test_anothers_passkey_proves_nothing(
    app: Flask, people: People, holders: AccountHolders, key: Authenticator
) -> None:
    lead = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    visitor = Visitor(app)
    give_password(visitor, lead)
    make(visitor, Authenticator())
    assert use(visitor, key).shown.problems


def test_a_closed_account_is_not_opened_by_its_passkey(
    app: Flask, place: TestPlace, administrator: Holder, key: Authenticator
) -> None:
    with place.writing() as services:
        services.unit.session.get_one(Person, administrator.person_id).disabled_at = place.clock.now()
    assert use(Visitor(app), key).shown.problems


def test_the_last_passkey_of_an_administrator_stays_and_another_can_go(
    app: Flask, key: Authenticator
) -> None:
    visitor = Visitor(app)
    use(visitor, key)
    kept = visitor.get("/account").form("Remove: Office laptop").submit().follow()
    assert "Make another passkey first." in kept.text
    make(visitor, Authenticator(), name="Second")
    gone = visitor.get("/account").form("Remove: Office laptop").submit().follow()
    assert "The passkey is removed." in gone.text
    assert use(Visitor(app), key).shown.problems


def test_a_recovery_code_stands_in_for_a_lost_device(
    app: Flask, administrator: Holder, place: TestPlace, holders: AccountHolders
) -> None:
    visitor = Visitor(app)
    give_password(visitor, administrator)
    give_code(visitor, place, holders, administrator)
    codes = [str(code.text) for code in make(visitor, Authenticator()).shown.root.iter("code")]
    lost = Visitor(app)
    give_password(lost, administrator)
    page = lost.get("/sign-in/recovery-code")
    page.form("Continue").fill(code=codes[0]).submit("Continue")
    assert lost.get("/people").follow().location.startswith(MAKE)
    assert make(lost, Authenticator(), at=f"{MAKE}?next=/people").location == "/people"


def test_without_scripts_the_page_says_what_to_do_instead(app: Flask) -> None:
    page = Visitor(app).get(USE)
    assert "This browser cannot use a passkey here" in page.text


def test_whoever_has_an_app_is_not_sent_to_set_one_up_instead(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders
) -> None:
    lead = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True)
    visitor = Visitor(app)
    give_password(visitor, lead)
    give_code(visitor, place, holders, lead)
    page = visitor.get(MAKE)
    assert page.shown.links["Back"] == "/account"
    for words in ("Set up an authenticator app", "You can record a concern without a code"):
        assert words not in page.text
