"""Breaking the glass: on the record first, narrow, short, told, and reviewed by somebody else."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.drafts import GlassDraft, GlassReviewDraft
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.outbox import OutboxMail
from intake.models.person import Person
from intake.models.referral import Referral
from intake.models.restriction import BrokenGlass
from intake.policy.actor import Actor
from intake.queries.oversight import Reviews
from intake.services.workplace import Services
from intake.vocabulary import GlassFinding, MailKind, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.integration.services.test_restrictions import queued, restrict


def token_of(desk: Desk, actor: Actor) -> str:
    with desk.place.writing() as services:
        return services.sessions.begin(actor.person_id, organisation_id=desk.hub_id, given=desk.place.given())


def now_as(desk: Desk, token: str) -> Actor:
    """Return the actor as their next request finds them."""
    with desk.place.reading() as services:
        found = services.sessions.find(token)
    assert found is not None
    assert found.actor is not None
    return found.actor


def break_glass(desk: Desk, actor: Actor, looked_for: str) -> None:
    with desk.place.writing() as services:
        services.glass.break_glass(actor, GlassDraft(looked_for, "The police ring about her."))


def mailed(services: Services) -> list[UUID]:
    found = select(OutboxMail.person_id).where(OutboxMail.kind == MailKind.GLASS_BROKEN)
    return list(services.unit.session.scalars(found))


@pytest.mark.parametrize("by_name", [True, False])
def test_what_was_named_is_open_for_an_hour_marked_and_told(desk: Desk, *, by_name: bool) -> None:
    referral_id, other_id = desk.acknowledged(), desk.arrive()
    restrict(desk, referral_id, desk.sam)
    token = token_of(desk, desk.jo)
    with desk.place.reading() as services:
        header = services.unit.session.get_one(Referral, referral_id)
        looked_for = "maya" if by_name else header.reference
    break_glass(desk, desk.jo, looked_for)
    jo = now_as(desk, token)
    assert jo.behind_glass == {referral_id}
    assert referral_id in queued(desk.place, jo)[0]
    with desk.place.opening() as services:
        services.hub_reading.read(jo, referral_id)
    with desk.place.reading() as services:
        entry = services.unit.session.scalars(
            select(AuditEntry).where(
                AuditEntry.event == "referral.opened", AuditEntry.actor_id == jo.person_id
            )
        ).one()
        assert jo.glass is not None
        found = select(AuditEntry.detail).where(AuditEntry.event == "glass.found")
        assert json.loads(services.unit.session.scalars(found).one()) == {
            "glass_id": str(jo.glass.id),
            "case_ids": [str(referral_id)],
        }
        assert json.loads(entry.detail)["behind_glass"] == str(jo.glass.id)
        assert mailed(services) == [desk.sam.person_id]
    desk.place.clock.instant += timedelta(minutes=59)
    assert now_as(desk, token).behind_glass == {referral_id}
    desk.place.clock.instant += timedelta(minutes=2)
    assert now_as(desk, token).glass is None
    assert other_id != referral_id


def test_nothing_else_is_open_and_the_press_is_on_record_all_the_same(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    restrict(desk, referral_id, desk.sam)
    token = token_of(desk, desk.jo)
    break_glass(desk, desk.jo, "Nobody Ofthatname")
    jo = now_as(desk, token)
    assert jo.glass is not None
    assert queued(desk.place, jo) == ([], 0)
    with desk.place.reading() as services:
        events = list(services.unit.session.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)))
        assert events.index("glass.broken") < events.index("glass.found")
        assert mailed(services) == []
    with pytest.raises(Refused):
        break_glass(desk, jo, "Maya")
    with desk.place.writing() as services:
        services.glass.end(jo)
    assert now_as(desk, token).glass is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_has_each_of_the_cases_that_were_found_is_told(desk: Desk, people: People) -> None:
    other = people.actor(desk.hub_id, Role.DUTY_WORKER, name="Lou Brand")
    cases = {desk.sam: desk.acknowledged(), other: desk.arrive()}
    with desk.place.writing() as services:
        services.triage.take(other, cases[other], 1)
    for holder, referral_id in cases.items():
        restrict(desk, referral_id, holder)
    break_glass(desk, desk.jo, "Maya")
    with desk.place.reading() as services:
        assert sorted(mailed(services)) == sorted(holder.person_id for holder in cases)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_second_press_breaks_nothing_more_and_closing_closes_all_that_is_open(desk: Desk) -> None:
    restrict(desk, desk.acknowledged(), desk.sam)
    token = token_of(desk, desk.jo)
    for _press in range(2):
        break_glass(desk, desk.jo, "Maya")
    with desk.place.reading() as services:
        (row,) = services.glass.to_review(desk.manager)
        assert len(mailed(services)) == 1
    with desk.place.writing() as services:
        first = services.unit.session.get_one(BrokenGlass, row.id)
        known = {column.key: getattr(first, column.key) for column in BrokenGlass.__table__.columns}
        services.unit.session.add(BrokenGlass(**{**known, "id": new_id()}))
    with desk.place.writing() as services:
        services.glass.end(now_as(desk, token))
    assert now_as(desk, token).glass is None


def test_behind_the_glass_nobody_sees_what_they_have_a_tie_to(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    with desk.place.writing() as services:
        services.ties.in_hub(desk.jo, referral_id, desk.jo.person_id)
    restrict(desk, referral_id, desk.sam)
    token = token_of(desk, desk.jo)
    break_glass(desk, desk.jo, "Maya")
    assert now_as(desk, token).behind_glass == frozenset()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_glass_lets_nobody_in_for_good_unless_too_few_of_the_named_are_left(
    desk: Desk, people: People
) -> None:
    place, referral_id = desk.place, desk.acknowledged()
    restriction_id = restrict(desk, referral_id, desk.sam)
    other = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    tokens = [token_of(desk, actor) for actor in (other, desk.jo)]
    for actor in (other, desk.jo):
        break_glass(desk, actor, "Maya")
    asks, approves = (now_as(desk, token) for token in tokens)

    def ask() -> None:
        with place.writing() as services:
            services.restrictions.ask_to_let_in(asks, restriction_id, asks.person_id, "I lead this.")

    with place.opening() as services:
        assert not services.restrictions.read(asks, restriction_id).may_change
    with pytest.raises(NotFound):
        ask()
    with place.writing() as services:
        services.unit.session.get_one(Person, desk.manager.person_id).disabled_at = place.clock.now()
    ask()
    with place.writing() as services:
        (asked,) = services.second_person.waiting(approves)
        services.second_person.approve(approves, asked.card.id)
    with place.reading() as services:
        assert services.restrictions.to_change(other, restriction_id).too_few is False


def test_a_review_is_closed_by_somebody_else_and_once(desk: Desk, people: People) -> None:
    auditor = people.actor(desk.hub_id, Role.AUDITOR)
    by_code = replace(people.actor(desk.hub_id, Role.DUTY_MANAGER), by_shift_code=True)
    break_glass(desk, desk.manager, "Maya")
    with desk.place.reading() as services:
        (row,) = services.glass.to_review(auditor)
    draft = GlassReviewDraft(GlassFinding.NEEDED, "Rang the police: they had asked.")
    for nobody in (desk.manager, by_code):
        with pytest.raises(NotFound), desk.place.writing() as services:
            services.glass.review(nobody, row.id, draft)
        with desk.place.reading() as services:
            assert not services.glass.to_review(nobody)[0].may_review
            assert services.oversight.reviews(nobody) == Reviews()
    for waiting in (1, 0):
        with desk.place.writing() as services:
            assert services.oversight.reviews(auditor) == Reviews(glass=waiting)
            if waiting:
                services.glass.review(auditor, row.id, draft)
    with pytest.raises(Refused), desk.place.writing() as services:
        services.glass.review(auditor, row.id, draft)
    with desk.place.opening() as services:
        found = services.glass.under_review(auditor, row.id)
    assert found.review is not None
    assert (found.reason.looked_for, found.review.words) == ("Maya", draft.words)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_a_found_case_names_is_told_nothing_and_whom_it_is_kept_from_not_which(
    desk: Desk, people: People
) -> None:
    auditor, referral_id = people.actor(desk.hub_id, Role.AUDITOR), desk.acknowledged()
    own = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    with desk.place.writing() as services:
        services.ties.in_hub(desk.sam, referral_id, own.person_id)
    restrict(desk, referral_id, desk.sam)
    break_glass(desk, desk.jo, "Maya")
    with desk.place.opening() as services:
        (row,) = services.glass.to_review(auditor)
        found = services.glass.under_review(auditor, row.id)
        assert (found.references, found.kept_from_reader) == ((), 1)
        assert services.oversight.reviews(auditor) == Reviews(glass=1)
        assert services.glass.to_review(own) == ()
        assert services.oversight.reviews(own) == Reviews()
        reference = services.unit.session.get_one(Referral, referral_id).reference
        seen = services.glass.under_review(desk.manager, row.id)
        assert (seen.references, seen.kept_from_reader) == ((reference,), 0)
    with pytest.raises(NotFound), desk.place.opening() as services:
        services.glass.under_review(own, row.id)
    with pytest.raises(NotFound), desk.place.writing() as services:
        services.glass.review(own, row.id, GlassReviewDraft(GlassFinding.NEEDED, "It was."))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_whoever_had_it_has_left_the_others_are_told_and_where_those_have_the_managers(
    desk: Desk, people: People
) -> None:
    outside = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    named = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Kim Frost")
    referral_id = desk.acknowledged()
    with desk.place.writing() as services:
        services.ties.in_hub(desk.sam, referral_id, named.person_id)
    restrict(desk, referral_id, desk.sam)
    tokens = [token_of(desk, actor) for actor in (desk.jo, outside)]
    told = []
    for leaver, token in zip((desk.sam, desk.manager), tokens, strict=True):
        with desk.place.writing() as services:
            services.unit.session.get_one(Person, leaver.person_id).disabled_at = desk.place.clock.now()
        break_glass(desk, now_as(desk, token), "Maya")
        with desk.place.reading() as services:
            told = mailed(services)
        assert desk.sam.person_id not in told
    # One manager more is named in it, and is told nothing.
    assert told == [desk.manager.person_id, outside.person_id]
