"""Single sign-on over HTTP with a certified provider that is none of ours, on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from intake.errors import Refused
from intake.models.person import Person, SignInSession
from intake.services.fetching import fetch
from intake.services.identity_provider import Asking, Provider
from intake.services.provider_file import read_providers
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.elsewhere.provider import Elsewhere, provider
from tests.support.passkey_pages import use
from tests.support.place import TestPlace

BACK = "http://localhost/sign-in/with/work/back"
BEGIN, LINK = "/sign-in/with/work", "/account/with/work"
FILE = """
[[provider]]
slug = "work"
name = "your work account"
issuer = "{issuer}"
client_id = "intake"
client_secret = "not a secret of anybody"
second_factor_amr = ["mfa"]
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider at which everybody signs in with a second factor, and whose addresses it has confirmed."""
    with provider("intake", "not a secret of anybody", BACK, amr=("pwd", "mfa")) as running:
        yield running


@pytest.fixture
def place(place: TestPlace, issuer: str, tmp_path: Path) -> TestPlace:
    """A workplace that knows the provider from its file, and the time as the provider does."""
    path = tmp_path / "single-sign-on.toml"
    path.write_text(FILE.format(issuer=issuer))
    place.clock.instant = datetime.now(UTC)
    known = {terms.slug: Provider(terms, place.clock, fetch) for terms in read_providers(path)}
    object.__setattr__(place.tools, "providers", known)
    return place


@pytest.fixture
def administrator(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.school(), Role.ADMINISTRATOR, email="ann@example.test", passkey=True)


def go(visitor: Visitor, issuer: str, name: str, at: str = BEGIN) -> Answer:
    """Go to the provider, sign in there, and come back."""
    return visitor.get(Elsewhere(issuer).sign_in(visitor.get(at).location, name), status=None)


def invite(place: TestPlace, holder: Holder) -> str:
    """Make a code for somebody to set a password with."""
    with place.writing() as services:
        return services.links.make(services.unit.session.get_one(Person, holder.person_id), by=None).code


def come_by(visitor: Visitor, code: str) -> Answer:
    """Type a code, and come to where a password is chosen."""
    return visitor.get("/welcome").form("/welcome").fill(code=code).submit(status=303).follow()


def refused(visitor: Visitor, back: str) -> str:
    return visitor.get(back, status=403).text


def test_an_identity_linked_by_its_owner_signs_in_and_proves_who_they_are(
    app: Flask, place: TestPlace, administrator: Holder, issuer: str
) -> None:
    owner = Visitor(app)
    assert administrator.passkey is not None
    use(owner, administrator.passkey)
    assert "prompt=login" in owner.get(LINK).location
    asked = go(owner, issuer, "ann", LINK)
    assert "Signed in there as: ann@example.test" in asked.text
    assert "Linked." in asked.form("Yes, link it to my account").submit().follow().text

    visitor = Visitor(app)
    assert go(visitor, issuer, "ann", f"{BEGIN}?next=/people").location == "/people"
    assert visitor.get("/people").shown.heading == "People"
    place.clock.instant += timedelta(minutes=6)
    form = visitor.get("/account").form("Unlink: your work account")
    again = form.submit().follow()
    assert again.link("Sign in with your work account", status=303).location.startswith(issuer)
    assert "prompt=login" in visitor.get(BEGIN).location


def test_a_claim_alone_opens_no_account_and_makes_none(
    app: Flask, place: TestPlace, administrator: Holder, issuer: str
) -> None:
    for name in ("ann", "somebody"):
        visitor = Visitor(app)
        back = Elsewhere(issuer).sign_in(visitor.get(f"{BEGIN}?next=/people").location, name)
        page = visitor.get(back, status=403)
        assert "no account here is linked to that" in page.text
        assert page.shown.links["Sign in another way"] == "/sign-in?next=/people"
        assert visitor.get("/account").location.startswith("/sign-in")
    with place.reading() as services:
        assert services.unit.session.scalar(select(func.count()).select_from(Person)) == 1


def test_linking_asks_for_the_firmest_proof_first(app: Flask, administrator: Holder) -> None:
    thief = Visitor(app)
    thief.get("/sign-in").form().fill(email=administrator.email, password=PASSWORD).submit("Sign in")
    # Back to the account and not on to the provider: no browser follows a form there.
    assert thief.get(LINK).location == "/sign-in/second-factor?next=/account"


def test_a_one_time_link_takes_the_address_it_is_for_and_stands_in_place_of_the_password(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders, issuer: str
) -> None:
    ben = holders.make(people.school(), Role.REPORTER, email="ben@example.test")
    visitor, thief = Visitor(app), Visitor(app)
    thief.get("/sign-in").form().fill(email=ben.email, password=PASSWORD).submit("Sign in")
    page = come_by(visitor, invite(place, ben))
    begin = page.shown.links["Sign in with your work account instead, and keep no password"]
    back = Elsewhere(issuer).sign_in(visitor.get(begin).location, "ann")
    page = visitor.get(back, status=403)
    assert "another address than the one this code is for" in page.text
    assert page.link("Choose a password instead").shown.heading == "Choose your password"
    assert page.shown.links["Try your work account again"] == begin
    assert go(visitor, issuer, "ben", begin).location == "/"
    assert go(Visitor(app), issuer, "ben").location == "/"
    assert thief.get("/account").location.startswith("/sign-in")
    form = thief.get("/sign-in").form().fill(email=ben.email, password=PASSWORD)
    assert form.submit("Sign in").shown.problems
    assert "None. To have one" in visitor.get("/account").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_link_proves_nothing_in_the_session_of_somebody_else(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders, issuer: str
) -> None:
    school = people.school()
    lead = holders.make(school, Role.SAFEGUARDING_LEAD, app=True)
    bo = holders.make(school, Role.REPORTER, email="bo@example.test", name="Bo")
    visitor = Visitor(app)
    visitor.get("/sign-in").form().fill(email=lead.email, password=PASSWORD).submit("Sign in")
    come_by(visitor, invite(place, bo))
    go(visitor, issuer, "bo", f"{BEGIN}?invited=1")
    with place.reading() as services:
        session = services.unit.session
        of_the_lead = session.scalars(select(SignInSession).filter_by(person_id=lead.person_id)).one()
        assert of_the_lead.ended_at is not None
        assert of_the_lead.second_factor_at is None
    assert "Bo" in visitor.get("/account").shown.main


def test_an_answer_is_for_one_browser_one_asking_and_one_minute(
    app: Flask, place: TestPlace, issuer: str
) -> None:
    visitor, stranger = Visitor(app), Visitor(app)
    stranger.get(BEGIN)
    back = Elsewhere(issuer).sign_in(visitor.get(BEGIN).location, "ann")
    assert "could not be checked" in refused(stranger, back)
    assert "could not be checked" in refused(visitor, f"{BEGIN}/back?state=another&code=x")
    assert "could not be checked" in refused(visitor, back)
    late = Elsewhere(issuer).sign_in(visitor.get(BEGIN).location, "ann")
    place.clock.instant += timedelta(minutes=3)
    assert "could not be checked" in refused(visitor, late)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("wrong", ["nonce", "verifier"])
def test_a_code_is_worth_nothing_with_another_nonce_or_verifier(
    place: TestPlace, issuer: str, wrong: str
) -> None:
    asked, there = {"state": "s" * 43, "nonce": "n" * 43, "verifier": "v" * 43}, place.tools.providers["work"]
    address = there.address(Asking(**asked), BACK, max_age=timedelta(hours=12), again=False)
    code = parse_qs(urlsplit(Elsewhere(issuer).sign_in(address, "ann")).query)["code"][0]
    with pytest.raises(Refused):
        there.identify(code, Asking(**{**asked, wrong: "x" * 43}), BACK)
