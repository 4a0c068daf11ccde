"""A second factor for one shift: given by a manager or by two, for the desk alone, ended and reviewed."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.drafts import GlassDraft, ShiftCodeDraft
from intake.errors import NotFound, Refused
from intake.models.audit import AuditEntry
from intake.models.outbox import OutboxMail
from intake.models.person import Membership, Person
from intake.models.shift_code import ShiftCode
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.giving_shift_codes import GivenCode
from intake.services.reception import Reception
from intake.services.sessions import Found, Standing
from intake.services.sign_in import Begun
from intake.services.workplace import Services
from intake.vocabulary import MailKind, ProvedBy, Role
from tests.factories.accounts import HOME, PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.place import TestPlace

WHY = "Her telephone is at home. I rang her and knew her voice."
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Night:
    """A hub at night: a manager and two workers who are in, and one who cannot get in."""

    place: TestPlace
    holders: AccountHolders
    hub_id: UUID
    manager: Actor
    sam: Actor
    jo: Actor
    kim: Holder

    def give(self, by: Actor | None = None) -> GivenCode:
        with self.place.writing() as services:
            return services.giving_shift_codes.give(
                by or self.manager, ShiftCodeDraft(self.kim.person_id, WHY)
            )

    def come(self) -> Begun:
        begun = self.holders.sign_in(self.kim).begun
        assert begun is not None
        return begun

    def type_in(self, code: str) -> Begun | None:
        found = self.come().found
        return Reception(self.place).recover(found, code, source=HOME).begun

    def find(self, begun: Begun) -> Found:
        with self.place.reading() as services:
            found = services.sessions.find(begun.token)
        assert found is not None
        return found

    def row(self) -> ShiftCode:
        with self.place.reading() as services:
            return services.unit.session.scalars(select(ShiftCode)).one()

    def events(self) -> list[str]:
        wanted = select(AuditEntry.event).where(
            AuditEntry.organisation_id == self.hub_id, AuditEntry.event.like("shift_code.%")
        )
        with self.place.reading() as services:
            return list(services.unit.session.scalars(wanted.order_by(AuditEntry.seq)))


@pytest.fixture
def night(place: TestPlace, people: People, holders: AccountHolders) -> Night:
    hub_id = people.hub()
    return Night(
        place=place,
        holders=holders,
        hub_id=hub_id,
        manager=people.actor(hub_id, Role.DUTY_MANAGER, name="Rae Whitlock"),
        sam=people.actor(hub_id, Role.DUTY_WORKER, name="Sam Reed"),
        jo=people.actor(hub_id, Role.DUTY_WORKER, name="Jo Marsh"),
        kim=holders.make(hub_id, Role.DUTY_WORKER, name="Kim Boyd", app=True),
    )


def test_the_code_stands_in_as_often_as_needed_and_ends_with_the_shift(night: Night) -> None:
    given = night.give()
    first = night.type_in(given.code.replace("-", " ").upper())
    assert first is not None
    assert first.found.proved_by is ProvedBy.SHIFT_CODE
    assert first.found.proved_lately(night.place.clock.now())
    kim = first.found.actor
    assert kim is not None
    assert Role.DUTY_WORKER in kim.proven_roles
    night.place.clock.instant += timedelta(hours=9, minutes=50)
    again = night.type_in(given.code)
    assert again is not None
    night.place.clock.instant += timedelta(minutes=10)
    assert night.find(again).standing is Standing.RAN_OUT
    with night.place.reading() as services:
        assert not services.sessions.live(night.kim.person_id)
    assert night.type_in(given.code) is None
    assert night.events() == ["shift_code.given", "shift_code.used", "shift_code.used"]


@SQLITE
def test_it_is_kept_as_recovery_codes_are_and_told_by_a_mail_without_words(night: Night) -> None:
    given, row = night.give(), night.row()
    assert given.code not in repr(given)
    assert (row.used_at, row.until_at - row.given_at) == (None, timedelta(hours=10))
    assert WHY.encode() not in (row.reason_sealed or b"")
    with night.place.reading() as services:
        mails = services.unit.session.execute(select(OutboxMail.kind, OutboxMail.person_id)).all()
        told = services.giving_shift_codes.latest_of(night.kim.person_id)
    assert [tuple(mail) for mail in mails] == [(MailKind.SHIFT_CODE_GIVEN, night.kim.person_id)]
    assert told is not None
    assert (told.given_by, told.lasts) == ("Rae Whitlock", True)


@SQLITE
def test_what_is_done_by_it_says_so(night: Night) -> None:
    begun = night.type_in(night.give().code)
    assert begun is not None
    kim = begun.found.actor
    assert kim is not None
    night.come()
    with night.place.writing() as services:
        services.glass.break_glass(kim, GlassDraft("Nia Rowan", WHY))
    with night.place.writing() as services:
        services.account.end_other_sessions(begun.found)
    done = select(AuditEntry.detail).where(AuditEntry.event.in_(["glass.broken", "session.ended"]))
    with night.place.reading() as services:
        told = [json.loads(detail) for detail in services.unit.session.scalars(done)]
    assert [each["by_shift_code"] for each in told] == [True, True]


@SQLITE
def test_it_is_guessed_no_faster_than_any_other_code(night: Night) -> None:
    code, came = night.give().code, night.come()
    for _ in range(5):
        proof = Reception(night.place).recover(came.found, "2222-2222-2222", source=HOME)
        assert (proof.begun, proof.wait_seconds) == (None, 0)
    proof = Reception(night.place).recover(came.found, code, source=HOME)
    assert proof.begun is None
    assert proof.wait_seconds > 0


def test_of_two_given_at_the_same_instant_one_works(night: Night, people: People) -> None:
    managers = [night.manager, people.actor(night.hub_id, Role.DUTY_MANAGER)]
    ready = Barrier(len(managers))

    def give(manager: Actor) -> GivenCode:
        ready.wait()
        return night.give(manager)

    with ThreadPoolExecutor(len(managers)) as pool:
        given = list(pool.map(give, managers))
    came = night.come().found
    with night.place.writing() as services:
        taken = [services.shift_codes.take(came, each.code) for each in given]
    assert taken.count(None) == 1


def by_manager(night: Night, services: Services) -> None:
    services.giving_shift_codes.end(night.manager, services.unit.session.scalars(select(ShiftCode.id)).one())


def by_themselves(night: Night, services: Services) -> None:
    services.shift_codes.end(night.kim.person_id, by=night.jo)


def by_a_newer_one(night: Night, services: Services) -> None:
    services.giving_shift_codes.give(night.manager, ShiftCodeDraft(night.kim.person_id, WHY))


def by_the_end_of_the_role(night: Night, services: Services) -> None:
    membership = select(Membership.id).where(Membership.person_id == night.kim.person_id)
    administrator = replace(night.manager, roles=frozenset({Role.ADMINISTRATOR}))
    services.people.end_role(
        administrator, night.kim.person_id, services.unit.session.scalars(membership).one()
    )


def by_closing_the_account(night: Night, services: Services) -> None:
    services.people.disable(
        replace(night.manager, roles=frozenset({Role.ADMINISTRATOR})), night.kim.person_id
    )


def by_an_operator(night: Night, services: Services) -> None:
    services.second_factor.forget(services.unit.session.get_one(Person, night.kim.person_id))


@SQLITE
@pytest.mark.parametrize(
    "end",
    [
        by_manager,
        by_themselves,
        by_a_newer_one,
        by_the_end_of_the_role,
        by_closing_the_account,
        by_an_operator,
    ],
)
def test_it_is_ended_early_and_whoever_is_in_by_it_is_signed_out(
    night: Night, end: Callable[[Night, Services], None]
) -> None:
    given = night.give()
    begun, elsewhere = night.type_in(given.code), night.come()
    assert begun is not None
    with night.place.writing() as services:
        end(night, services)
    assert night.find(begun).standing is Standing.ENDED
    with night.place.writing() as services:
        assert services.shift_codes.take(elsewhere.found, given.code) is None
    assert "shift_code.ended" in night.events()


@SQLITE
def test_nobody_is_given_one_who_does_not_need_it_or_may_do_more_than_the_desk(
    night: Night, people: People
) -> None:
    make, hub_id = night.holders.make, night.hub_id
    refused = {
        "also an administrator": make(hub_id, Role.DUTY_WORKER, Role.ADMINISTRATOR, app=True),
        "nothing but a password": make(hub_id, Role.DUTY_WORKER),
        "of another hub": make(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER, app=True),
        "of a school": make(people.school(), Role.SAFEGUARDING_LEAD, app=True),
        "an auditor elsewhere": make(hub_id, Role.DUTY_WORKER, app=True),
        "no password": make(hub_id, Role.DUTY_WORKER, app=True),
        "closed": make(hub_id, Role.DUTY_WORKER, app=True),
    }
    night.holders.also(refused["an auditor elsewhere"], people.school(), Role.AUDITOR)
    with night.place.writing() as services:
        row = services.unit.session.get_one
        row(Person, refused["no password"].person_id).password_hash = None
        row(Person, refused["closed"].person_id).disabled_at = night.place.clock.now()
    with night.place.reading() as services:
        assert services.giving_shift_codes.choices(night.manager, Permission.SHIFT_CODE_GIVE) == {
            night.kim.person_id: "Kim Boyd"
        }
    for who, holder in refused.items():
        with night.place.writing() as services, pytest.raises(Refused, match="not_for_them"):
            services.giving_shift_codes.give(night.manager, ShiftCodeDraft(holder.person_id, who))
    with night.place.writing() as services, pytest.raises(NotFound):
        services.giving_shift_codes.give(night.manager, ShiftCodeDraft(night.manager.person_id, WHY))


@SQLITE
def test_two_workers_give_one_and_neither_is_the_person_nor_the_same(night: Night) -> None:
    with night.place.writing() as services:
        request_id = services.giving_shift_codes.ask(night.sam, ShiftCodeDraft(night.kim.person_id, WHY))
    kim = replace(night.jo, person_id=night.kim.person_id)
    for nobody in (night.sam, kim):
        with night.place.writing() as services, pytest.raises(NotFound):
            services.second_person.approve(nobody, request_id)
    with night.place.writing() as services:
        given = services.second_person.approve(night.jo, request_id)
    assert isinstance(given, GivenCode)
    assert night.type_in(given.code) is not None
    with night.place.reading() as services:
        (told,) = services.giving_shift_codes.listed(night.manager)
    assert (told.asked_by, told.given_by) == ("Sam Reed", "Jo Marsh")
    with night.place.opening() as services:
        assert services.giving_shift_codes.under_review(night.manager, told.row.id).reason == WHY


@SQLITE
def test_what_was_asked_for_is_not_given_in_another_shift(night: Night) -> None:
    with night.place.writing() as services:
        request_id = services.giving_shift_codes.ask(night.sam, ShiftCodeDraft(night.kim.person_id, WHY))
    night.place.clock.instant += timedelta(hours=10)
    with night.place.writing() as services, pytest.raises(Refused, match="expired"):
        services.second_person.approve(night.jo, request_id)


@SQLITE
def test_somebody_who_has_left_the_desk_is_not_one_of_the_two(night: Night) -> None:
    with night.place.writing() as services:
        request_id = services.giving_shift_codes.ask(night.sam, ShiftCodeDraft(night.kim.person_id, WHY))
    with night.place.writing() as services:
        services.unit.session.get_one(Person, night.sam.person_id).disabled_at = night.place.clock.now()
    with night.place.writing() as services, pytest.raises(Refused, match="asker_gone"):
        services.second_person.approve(night.jo, request_id)


@SQLITE
def test_somebody_else_reviews_it_once(night: Night, people: People) -> None:
    night.give()
    shift_code_id = night.row().id
    kim = replace(night.manager, person_id=night.kim.person_id)
    for nobody in (night.manager, kim):
        with night.place.opening() as services, pytest.raises(NotFound):
            services.giving_shift_codes.under_review(nobody, shift_code_id)
    auditor = people.actor(night.hub_id, Role.AUDITOR)
    with night.place.opening() as services:
        found = services.giving_shift_codes.under_review(auditor, shift_code_id)
    assert (found.reason, found.review) == (WHY, "")
    for press in range(2):
        with night.place.writing() as services:
            review = services.giving_shift_codes.review
            if press:
                with pytest.raises(Refused, match="reviewed_already"):
                    review(auditor, shift_code_id, "Again.")
            else:
                review(auditor, shift_code_id, "Rang Kim: it was she.")
    with night.place.opening() as services:
        assert (
            services.giving_shift_codes.under_review(auditor, shift_code_id).review == "Rang Kim: it was she."
        )
        assert services.giving_shift_codes.latest_of(night.kim.person_id) is not None
    night.place.clock.instant += timedelta(hours=10)
    with night.place.reading() as services:
        assert services.giving_shift_codes.latest_of(night.kim.person_id) is None


@SQLITE
def test_of_two_who_gave_one_neither_reviews_it(night: Night, people: People) -> None:
    with night.place.writing() as services:
        request_id = services.giving_shift_codes.ask(night.sam, ShiftCodeDraft(night.kim.person_id, WHY))
    with night.place.writing() as services:
        services.second_person.approve(night.manager, request_id)
    promoted = replace(night.sam, roles=frozenset({Role.DUTY_MANAGER}))
    other = people.actor(night.hub_id, Role.DUTY_MANAGER)
    with night.place.reading() as services:
        listed = services.giving_shift_codes.listed
        assert [listed(actor)[0].may_review for actor in (night.manager, promoted, other)] == [
            False,
            False,
            True,
        ]
        reviews = services.oversight.reviews
        waiting = [reviews(actor).shift_codes for actor in (night.manager, promoted, other)]
    assert waiting == [0, 0, 1]


@SQLITE
def test_it_is_for_one_service_and_changes_no_way_in(night: Night, people: People) -> None:
    other_id = people.hub("cardiff-mash", "W06000015")
    night.holders.also(night.kim, other_id, Role.DUTY_WORKER)
    code, came = night.give().code, night.come()
    with night.place.writing() as services:
        here = services.account.work_in(came.found, night.hub_id)
    begun = Reception(night.place).recover(here.found, code, source=HOME).begun
    assert begun is not None
    with night.place.reading() as services:
        assert not services.ways_in.may_change(begun.found)
    with pytest.raises(Refused, match="by_shift_code"):
        Reception(night.place).change_password(begun.found, PASSWORD, "four tired herons hum", source=HOME)
    with night.place.writing() as services:
        moved = services.account.work_in(begun.found, other_id)
    assert (moved.found.second_factor, moved.found.proved_by) == (False, None)
    assert Reception(night.place).recover(moved.found, code, source=HOME).begun is None
