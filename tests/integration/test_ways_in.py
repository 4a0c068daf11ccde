"""Every way in leads to the others: none is opened, changed or closed by what a forged page can ask for."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Final

import pyotp
import pytest
from sqlalchemy import delete, select

from intake.casework.documents.person import MailPayload, StaffCard
from intake.clock import SystemClock
from intake.errors import NotFound, Refused, SecondFactorNeeded
from intake.models.outbox import OutboxMail
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Person
from intake.services.fetching import fetch
from intake.services.identity_provider import Identity, Provider, Terms
from intake.services.other_ways import Comer
from intake.services.passkey_ceremony import Owner
from intake.services.recovery_codes import FreshCodes
from intake.services.sessions import Found, Given
from intake.services.sign_in import Checked
from intake.services.single_sign_on import Elsewhere
from intake.services.ways_in import NextStep
from intake.services.workplace import Services
from intake.vocabulary import MailKind, ProvedBy, Role, SignInFailure
from tests.factories.accounts import HOME, AccountHolders, Holder
from tests.factories.people import People
from tests.support.authenticator import Authenticator
from tests.support.place import TestPlace

#: What is asked of the database here is asked of it in the trips as well, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TERMS = Terms("work", "your work account", "https://login.example", "us", "s3cret", amr=frozenset({"mfa"}))
SAID = Identity("https://login.example", "ann", "", second_factor=True, signed_in_at=None)
COUNTS: Final = {"work": Provider(TERMS, SystemClock(), fetch)}


@pytest.fixture
def place(place: TestPlace) -> TestPlace:
    """A workplace with a provider whose sign-in counts as a second factor."""
    object.__setattr__(place.tools, "providers", COUNTS)
    return place


def come(
    place: TestPlace, holder: Holder, by: ProvedBy | None, *, when_known: bool = True, minutes: int = 0
) -> Found:
    """Begin a session; `by` is what was given after the password, so many minutes ago."""
    at = place.clock.now() - timedelta(minutes=minutes) if when_known else None
    with place.writing() as services:
        home = services.unit.session.get_one(Person, holder.person_id).organisation_id
        given = None if by is None else Given(by, at)
        token = services.sessions.begin(holder.person_id, organisation_id=home, given=given)
        services.unit.session.flush()
        found = services.sessions.find(token)
    assert found is not None
    return found


def test_one_name_at_two_providers_is_two_people(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    link(place, holders.make(people.school(), Role.REPORTER, passkey=True))
    with place.reading() as services:
        ways = services.single_sign_on
        assert ways.find(_said(services)) is not None
        other = ways.elsewhere("other", replace(SAID, issuer="https://other.example"))
        assert ways.find(other) is None


def link(place: TestPlace, holder: Holder) -> None:
    found = come(place, holder, ProvedBy.PASSKEY)
    with place.writing() as services:
        services.single_sign_on.link(found, _said(services))


#: None at all: what is asked here is whether somebody may.
FRESH = FreshCodes((), b"", ())


def enrol(services: Services, found: Found) -> None:
    offer = services.second_factor.offer(found, "ann@example.test")
    services.second_factor.enrol(
        found, offer.signed, pyotp.TOTP(offer.secret).at(services.tools.clock.now()), FRESH
    )


def remove(services: Services, found: Found) -> None:
    services.passkeys.remove(found, services.passkeys.listed(found.person_id)[0].id)


def unlink(services: Services, found: Found) -> None:
    services.single_sign_on.unlink(found, services.single_sign_on.listed(found.person_id)[0].id)


ACTS: Final[dict[str, Callable[[Services, Found], object]]] = {
    "app": enrol,
    "codes": lambda services, found: services.second_factor.renew_codes(found, FRESH),
    "passkey": lambda services, found: services.passkeys.make(found, b"challenge", "answer", "name", FRESH),
    "passkey removed": remove,
    "identity linked": lambda services, found: services.single_sign_on.link(found, _said(services)),
    "identity unlinked": unlink,
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("by", [None, ProvedBy.CODE])
def test_neither_password_nor_code_changes_how_somebody_with_a_passkey_comes_in(
    place: TestPlace, people: People, holders: AccountHolders, by: ProvedBy | None, act: str
) -> None:
    owner = holders.make(people.school(), Role.ADMINISTRATOR, app=by is ProvedBy.CODE, passkey=True)
    link(place, owner)
    found = come(place, owner, by)
    with place.writing() as services, pytest.raises(SecondFactorNeeded):
        ACTS[act](services, found)


@pytest.mark.parametrize(
    ("has", "by", "when_known", "may"),
    [
        ("", None, True, True),
        ("app", None, True, False),
        ("app", ProvedBy.CODE, True, True),
        ("app elsewhere", ProvedBy.CODE, True, False),
        ("app elsewhere", ProvedBy.SINGLE_SIGN_ON, True, True),
        ("app elsewhere", ProvedBy.SINGLE_SIGN_ON, False, False),
        ("elsewhere", None, True, False),
        ("elsewhere", ProvedBy.SINGLE_SIGN_ON, False, True),
        ("passkey", ProvedBy.PASSKEY, True, True),
        ("app passkey", ProvedBy.RECOVERY_CODE, True, True),
        ("passkey elsewhere", ProvedBy.SINGLE_SIGN_ON, True, True),
        ("", ProvedBy.SHIFT_CODE, True, False),
        ("app", ProvedBy.SHIFT_CODE, True, False),
        ("passkey", ProvedBy.SHIFT_CODE, True, False),
    ],
)
def test_what_must_have_been_given_is_the_firmest_that_somebody_has(
    place: TestPlace,
    people: People,
    holders: AccountHolders,
    has: str,
    by: ProvedBy | None,
    when_known: bool,  # noqa: FBT001 - a row of the table
    may: bool,  # noqa: FBT001 - a row of the table
) -> None:
    owner = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app="app" in has, passkey="passkey" in has)
    if "elsewhere" in has:
        link(place, owner)
    found = come(place, owner, by, when_known=when_known)
    with place.reading() as services:
        assert services.ways_in.may_change(found) is may


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR])
@pytest.mark.parametrize("has", ["", "app", "passkey", "elsewhere", "app passkey", "app elsewhere"])
def test_nobody_is_sent_to_make_what_they_are_then_sent_away_from(
    place: TestPlace, people: People, holders: AccountHolders, has: str, role: Role
) -> None:
    owner = holders.make(people.school(), role, app="app" in has, passkey="passkey" in has)
    if "elsewhere" in has:
        link(place, owner)
    for by, minutes in product((None, *ProvedBy), (0, 6)):
        found = come(place, owner, by, minutes=minutes)
        with place.reading() as services:
            step, may = services.ways_in.next_step(found), services.ways_in.may_change(found)
        assert may or step not in {NextStep.MAKE_PASSKEY, NextStep.SET_UP_APP}, (by, minutes)
        assert found.proved_lately(place.clock.now()) or step is not NextStep.GO_ON, (by, minutes)
        assert (step is NextStep.GIVE_CODE) <= ("app" in has), (by, minutes)


@pytest.mark.parametrize(
    ("has", "minutes", "step"),
    [
        ("app", 0, NextStep.MAKE_PASSKEY),
        ("app", 6, NextStep.GIVE_CODE),
        ("app passkey", 0, NextStep.USE_PASSKEY),
        ("app passkey", 6, NextStep.USE_PASSKEY),
        ("app elsewhere", 0, NextStep.CHOOSE),
        ("app elsewhere", 6, NextStep.CHOOSE),
    ],
)
def test_an_old_code_is_asked_for_anew_before_a_first_passkey_is_made(
    place: TestPlace, people: People, holders: AccountHolders, has: str, minutes: int, step: NextStep
) -> None:
    owner = holders.make(people.school(), Role.ADMINISTRATOR, app=True, passkey="passkey" in has)
    if "elsewhere" in has:
        link(place, owner)
    found = come(place, owner, ProvedBy.CODE, minutes=minutes)
    with place.reading() as services:
        assert services.ways_in.next_step(found) is step


@pytest.mark.parametrize(
    ("role", "by", "counts", "failure"),
    [
        (Role.REPORTER, ProvedBy.CODE, False, SignInFailure.NO_SECOND_FACTOR),
        (Role.REPORTER, ProvedBy.CODE, True, SignInFailure.NOT_LATELY),
        (Role.REPORTER, None, True, None),
        (Role.ADMINISTRATOR, ProvedBy.CODE, True, None),
    ],
)
def test_a_sign_in_elsewhere_that_brings_nobody_on_is_told_for_what_it_is(
    place: TestPlace,
    people: People,
    holders: AccountHolders,
    role: Role,
    by: ProvedBy | None,
    counts: bool,  # noqa: FBT001 - a row of the table
    failure: SignInFailure | None,
) -> None:
    owner = holders.make(people.school(), role, app=True)
    link(place, owner)
    comer = Comer("203.0.113.9", found=come(place, owner, by, minutes=6))
    with place.writing() as services:
        said = replace(SAID, second_factor=counts)
        proof = services.other_ways.by_identity(comer, "state", "work", said)
        assert (proof.failure, proof.begun is None) == (failure, failure is not None)
    with place.reading() as services:
        entries = services.unit.session.connection().exec_driver_sql(
            "SELECT detail FROM audit_entry WHERE event = 'sign_in.failed'"
        )
        assert [str(failure) in detail for detail in entries.scalars()] == [True] * (failure is not None)


def test_a_one_time_link_gets_nobody_past_a_second_factor(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    said = Identity("https://login.example", "ann", "ann@example.test", second_factor=True, signed_in_at=None)
    owner = holders.make(people.school(), Role.SAFEGUARDING_LEAD, email="ann@example.test", app=True)
    with place.writing() as services:
        code = services.links.make(services.unit.session.get_one(Person, owner.person_id), by=None).code
    with place.writing() as services, pytest.raises(Refused, match="not_linked"):
        services.single_sign_on.link_invited(code, said, services.single_sign_on.elsewhere("work", said))
    with place.reading() as services:
        assert services.links.find(code) == owner.person_id


def test_an_operator_takes_off_everything_somebody_proves_themselves_with(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    owner = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True, passkey=True)
    link(place, owner)
    with place.writing() as services:
        services.second_factor.forget(services.unit.session.get_one(Person, owner.person_id))
    with place.reading() as services:
        assert not services.ways_in.has_any(owner.person_id)
        assert not [*services.unit.session.scalars(select(Passkey)), *_identities(services)]


def test_anothers_identity_is_not_there_and_ones_own_is_linked_once(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    ann, ben = (holders.make(people.school(), Role.SAFEGUARDING_LEAD) for _ in range(2))
    for _ in range(2):
        link(place, ann)
    bens = come(place, ben, None)
    with place.writing() as services, pytest.raises(Refused, match="taken"):
        services.single_sign_on.link(bens, _said(services))
    with place.writing() as services:
        (identity,) = _identities(services)
        with pytest.raises(NotFound):
            services.single_sign_on.unlink(bens, identity.id)


@pytest.mark.parametrize(
    ("has", "role", "act", "refused"),
    [
        ("password elsewhere", Role.SAFEGUARDING_LEAD, unlink, "only_proof"),
        ("elsewhere", Role.SAFEGUARDING_LEAD, unlink, "only_one"),
        ("passkey elsewhere", Role.SAFEGUARDING_LEAD, unlink, ""),
        ("passkey elsewhere", Role.ADMINISTRATOR, remove, ""),
        ("password app elsewhere", Role.SAFEGUARDING_LEAD, unlink, ""),
        ("password app passkey", Role.SAFEGUARDING_LEAD, remove, ""),
        ("password app passkey", Role.ADMINISTRATOR, remove, "only_proof"),
        ("app passkey", Role.SAFEGUARDING_LEAD, remove, "only_one"),
    ],
)
def test_a_way_in_and_something_to_prove_oneself_with_stay(
    place: TestPlace,
    people: People,
    holders: AccountHolders,
    has: str,
    role: Role,
    act: Callable[[Services, Found], object],
    refused: str,
) -> None:
    owner = holders.make(people.school(), role, app="app" in has, passkey="passkey" in has)
    if "elsewhere" in has:
        link(place, owner)
    found = come(place, owner, ProvedBy.PASSKEY)
    with place.writing() as services:
        if "password" not in has:
            services.unit.session.get_one(Person, owner.person_id).password_hash = None
        with pytest.raises(Refused, match=refused) if refused else nullcontext():
            act(services, found)


def make_passkey(services: Services, found: Found) -> None:
    options = services.passkeys.making(b"challenge", Owner(found.person_id, "ann@example.test", "Ann"))
    services.passkeys.make(found, b"challenge", Authenticator().make(options), "Laptop", FRESH)


def change_password(services: Services, found: Found) -> None:
    turn = services.sign_in.take_turn_again(found, HOME)
    checked = Checked(services.sign_in.kept_of(found.person_id), right=True)
    assert services.sign_in.change_password(found, turn, checked, "a new hash")


def use_link(services: Services, found: Found) -> None:
    """Use a one-time link to link single sign-on: an identity more, and no password, are one mail."""
    services.single_sign_on.link(found, _said(services))
    services.sign_in.give_up_password(_person(services, found))


CHANGES: Final[dict[str, Callable[[Services, Found], object]]] = {
    **ACTS,
    "passkey": make_passkey,
    "password": change_password,
    "first password": lambda services, found: services.sign_in.first_password(
        _person(services, found), "a hash", ""
    ),
    "link used": use_link,
    "everything taken off": lambda services, found: services.second_factor.forget(_person(services, found)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_mail_tells_whoever_it_is_that_how_they_come_in_was_changed(
    place: TestPlace, people: People, holders: AccountHolders, change: str
) -> None:
    owner = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True, passkey=True)
    if change == "identity unlinked":
        link(place, owner)
    found = come(place, owner, ProvedBy.PASSKEY)
    with place.writing() as services:
        services.unit.session.execute(delete(OutboxMail))
    with place.writing() as services:
        CHANGES[change](services, found)
    with place.writing() as services:
        (mail,) = services.outbox.claim()
    assert (mail.kind, mail.person_id) == (MailKind.WAY_IN_CHANGED, owner.person_id)
    assert mail.payload == MailPayload(to=owner.email, reference="", link="http://localhost/sign-in")


def test_another_address_is_told_to_the_old_one_too_and_another_name_to_nobody(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    owner = holders.make(people.school(), Role.SAFEGUARDING_LEAD, email="ann@example.test")
    for email in ("ann@example.test", "eve@example.test"):
        with place.writing() as services:
            person = services.unit.session.get_one(Person, owner.person_id)
            services.accounts.change(person, StaffCard("Ann Mills", email, "Teacher", ""), by=None)
    with place.writing() as services:
        mails = services.outbox.claim()
    assert {mail.kind for mail in mails} == {MailKind.WAY_IN_CHANGED}
    assert sorted(mail.payload.to for mail in mails) == ["ann@example.test", "eve@example.test"]


def _person(services: Services, found: Found) -> Person:
    return services.unit.session.get_one(Person, found.person_id)


def _said(services: Services) -> Elsewhere:
    return services.single_sign_on.elsewhere("work", SAID)


def _identities(services: Services) -> list[LinkedIdentity]:
    return list(services.unit.session.scalars(select(LinkedIdentity)))
