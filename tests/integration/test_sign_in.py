"""Signing in by address and password: one answer to everybody who may not, and a trail of all of it."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select

from intake.audit.chain import PLATFORM
from intake.errors import Refused
from intake.models.audit import AuditEntry
from intake.models.person import KnownDevice, Person
from intake.services import passwords
from intake.services.reception import Reception
from intake.services.sessions import Standing
from intake.services.sign_in import Attempt
from intake.vocabulary import Role
from tests.factories.accounts import HOME, PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.place import TestPlace

ELSEWHERE = "198.51.100.7"
OLD_COST = "$argon2id$v=19$m=8192,t=1,p=1$"


def events(place: TestPlace, organisation_id: UUID) -> list[str]:
    with place.reading() as services:
        rows = select(AuditEntry.event).where(AuditEntry.organisation_id == organisation_id)
        return list(services.unit.session.scalars(rows.order_by(AuditEntry.seq)))


def standing(place: TestPlace, token: str) -> Standing | None:
    with place.reading() as services:
        found = services.sessions.find(token)
        return None if found is None else found.standing


@pytest.fixture
def ann(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.school(), Role.REPORTER)


def test_the_right_password_begins_a_session_where_the_person_works(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    school = people.school()
    ann = holders.make(school, Role.REPORTER, Role.SAFEGUARDING_LEAD)
    begun = holders.sign_in(ann).begun
    assert begun is not None
    assert begun.found.actor is not None
    assert begun.found.actor.organisation_id == school
    assert begun.found.actor.needs_second_factor
    assert not begun.found.second_factor
    assert standing(place, begun.token) is Standing.LIVE
    assert events(place, school)[-1] == "sign_in.succeeded"


def test_the_address_may_be_typed_in_any_case_and_with_spaces_around_it(
    people: People, holders: AccountHolders
) -> None:
    ann = holders.make(people.school(), Role.REPORTER, email="Órla.O'Brien-Nguyễn@Example.test")
    for typed in ("órla.o'brien-nguyễn@example.test", "  ÓRLA.O'BRIEN-NGUYỄN@EXAMPLE.TEST "):
        assert holders.sign_in(Holder(ann.person_id, typed)).begun is not None


def test_a_wrong_password_an_unknown_address_and_a_closed_account_are_one_answer(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    school = people.school()
    ann, closed = holders.make(school, Role.REPORTER), holders.make(school, Role.REPORTER)
    invited, gone = holders.make(school, Role.REPORTER), holders.make(school, Role.REPORTER)
    administrator = people.actor(school, Role.ADMINISTRATOR)
    with place.writing() as services:
        services.people.disable(administrator, closed.person_id)
        (role,) = services.people.open(administrator, gone.person_id).account.roles
        services.people.end_role(administrator, gone.person_id, role.membership_id)
        services.unit.session.get_one(Person, invited.person_id).password_hash = None
    unknown = Holder(ann.person_id, "nobody@example.test")
    answers = [
        holders.sign_in(ann, "not the password"),
        holders.sign_in(unknown),
        holders.sign_in(closed),
        holders.sign_in(invited),
        holders.sign_in(gone),
    ]
    assert all(answer.begun is None and answer.wait_seconds == 0 for answer in answers)
    assert events(place, school)[-4:] == ["sign_in.failed"] * 4
    assert events(place, PLATFORM) == ["sign_in.failed"]


def test_the_trail_says_why_and_never_which_address(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    school = people.school()
    ann = holders.make(school, Role.REPORTER)
    holders.sign_in(ann, "not the password")
    with place.reading() as services:
        rows = select(AuditEntry.detail).where(AuditEntry.event == "sign_in.failed")
        detail = services.unit.session.scalars(rows).one()
    assert '"why":"wrong_password"' in detail
    assert ann.email not in detail


def test_signing_in_again_in_the_same_browser_ends_the_session_it_had(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    first = holders.sign_in(ann).begun
    assert first is not None
    again = Reception(place).sign_in(Attempt(ann.email, PASSWORD, HOME), instead_of=first.found.session_id)
    assert again.begun is not None
    assert standing(place, first.token) is Standing.ENDED
    assert standing(place, again.begun.token) is Standing.LIVE


def test_guessing_is_made_to_wait_and_the_wait_is_in_the_trail_once(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    school = people.school()
    ann = holders.make(school, Role.REPORTER)
    answers = [holders.sign_in(ann, "guess", source=ELSEWHERE) for _ in range(20)]
    assert [answer.wait_seconds for answer in answers] == [0] * 5 + [30] * 15
    assert events(place, school).count("sign_in.failed") == 5
    assert events(place, school).count("sign_in.throttled") == 1


def test_even_the_right_password_waits_where_it_was_guessed_at(holders: AccountHolders, ann: Holder) -> None:
    for _ in range(6):
        holders.sign_in(ann, "guess", source=ELSEWHERE)
    assert holders.sign_in(ann, source=ELSEWHERE).wait_seconds == 30


def test_a_stranger_hammering_at_an_account_cannot_keep_its_owner_out(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    known = holders.sign_in(ann).begun
    assert known is not None
    for _ in range(60):
        holders.sign_in(ann, "guess", source=ELSEWHERE)
        holders.sign_in(ann, "guess", source=HOME)
        place.clock.instant += timedelta(seconds=10)
    assert holders.sign_in(ann, source=HOME).wait_seconds > 0
    assert holders.sign_in(ann, source=HOME, device=known.device).begun is not None
    assert holders.sign_in(ann, source="192.0.2.1").begun is not None


def test_one_browser_serves_a_whole_staffroom(people: People, holders: AccountHolders, ann: Holder) -> None:
    ben = holders.make(people.school(), Role.REPORTER)
    first = holders.sign_in(ann).begun
    assert first is not None
    second = holders.sign_in(ben, device=first.device).begun
    assert second is not None
    assert second.device == first.device
    for _ in range(6):
        holders.sign_in(ann, "guess", source=ELSEWHERE)
        holders.sign_in(ben, "guess", source=ELSEWHERE)
    assert holders.sign_in(ann, source=ELSEWHERE, device=first.device).begun is not None
    assert holders.sign_in(ben, source=ELSEWHERE, device=first.device).begun is not None


def test_a_device_not_seen_for_half_a_year_is_strange_again(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    begun = holders.sign_in(ann).begun
    assert begun is not None
    place.clock.instant += timedelta(days=181)
    for _ in range(6):
        holders.sign_in(ann, "guess")
    assert holders.sign_in(ann, device=begun.device).wait_seconds == 30
    with place.writing() as services:
        services.devices.forget_old()
        assert services.unit.session.scalars(select(KnownDevice)).all() == []


def test_a_password_kept_at_an_old_cost_is_kept_at_the_new_one_after_sign_in(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    with place.writing() as services:
        person = services.accounts.by_address(ann.email)
        assert person is not None
        person.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert holders.sign_in(ann, "guess").begun is None
    assert str(holders.row(ann).password_hash).startswith(OLD_COST)
    assert holders.sign_in(ann).begun is not None
    assert not str(holders.row(ann).password_hash).startswith(OLD_COST)
    assert holders.sign_in(ann).begun is not None


NEW = "seven quiet ladders"


def test_a_new_password_ends_every_other_session_and_renews_this_one(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    here, there = holders.sign_in(ann).begun, holders.sign_in(ann).begun
    assert here is not None
    assert there is not None
    changed = Reception(place).change_password(here.found, PASSWORD, NEW, source=HOME).begun
    assert changed is not None
    assert standing(place, changed.token) is Standing.LIVE
    assert changed.found.session_id == here.found.session_id
    assert standing(place, here.token) is None
    assert standing(place, there.token) is Standing.ENDED
    assert holders.sign_in(ann).begun is None
    assert holders.sign_in(ann, NEW).begun is not None


def test_a_new_password_makes_every_other_device_strange(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    here = holders.sign_in(ann).begun
    assert here is not None
    changed = Reception(place).change_password(here.found, PASSWORD, NEW, source=HOME).begun
    assert changed is not None
    for _ in range(6):
        holders.sign_in(ann, "guess")
    assert holders.sign_in(ann, NEW, device=here.device).wait_seconds > 0
    assert holders.sign_in(ann, NEW, device=changed.device).begun is not None


def test_a_wrong_old_password_changes_nothing_and_is_counted(
    place: TestPlace, holders: AccountHolders, ann: Holder
) -> None:
    here = holders.sign_in(ann).begun
    assert here is not None
    reception = Reception(place)
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            reception.change_password(here.found, "guess", NEW, source=HOME)
        assert (refused.value.field, refused.value.message) == ("current_password", "password.wrong")
    assert reception.change_password(here.found, PASSWORD, NEW, source=HOME).wait_seconds == 30
    assert holders.sign_in(ann, NEW).begun is None
    assert holders.sign_in(ann).begun is not None


def test_a_new_password_may_not_be_made_of_what_a_stranger_knows(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    ann = holders.make(people.school(name="Sampleford High"), Role.REPORTER, name="Ann Llewellyn")
    here = holders.sign_in(ann).begun
    assert here is not None
    for weak in ("llewellyn2026", "Sampleford 2026"):
        with pytest.raises(Refused) as refused:
            Reception(place).change_password(here.found, PASSWORD, weak, source=HOME)
        assert (refused.value.field, refused.value.message) == ("password", "password.too_easy")


class CountedHasher(PasswordHasher):
    """Checks passwords, and counts how often it was asked to."""

    checks = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's name
        self.checks += 1
        return super().verify(hash, password)


def test_every_refusal_takes_the_same_work(
    place: TestPlace, people: People, holders: AccountHolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = people.school()
    ann, closed, invited = (holders.make(school, Role.REPORTER) for _ in range(3))
    with place.writing() as services:
        session = services.unit.session
        session.get_one(Person, closed.person_id).disabled_at = place.clock.now()
        session.get_one(Person, invited.person_id).password_hash = None
    unknown = Holder(ann.person_id, "nobody@example.test")
    tries = ((ann, "guess"), (closed, PASSWORD), (invited, "guess"), (unknown, "guess"))
    hasher, statements = CountedHasher(time_cost=2, memory_cost=19 * 1_024, parallelism=1), []
    for holder, password in tries:
        assert holders.sign_in(holder, password, source="192.0.2.1").begun is None
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    event.listen(place.database.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    work = []
    for number, (holder, password) in enumerate(tries):
        hasher.checks = 0
        statements.clear()
        place.clock.instant += timedelta(hours=1)
        assert holders.sign_in(holder, password, source=f"10.0.{number}.1").begun is None
        work.append((hasher.checks, len(statements)))
    assert work == [(1, work[0][1])] * len(tries)
