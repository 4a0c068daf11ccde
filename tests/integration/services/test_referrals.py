"""Sending a referral: one commit for header, words, keys, trace and both trails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import func, select, update

from intake.casework.drafts import ReferralDraft
from intake.errors import NotFound, NotPermitted, Refused
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.concern import Concern
from intake.models.key_grant import KeyGrant
from intake.models.person import Membership
from intake.models.referral import Referral, ReferralSent, RoutingRecord
from intake.policy.actor import Actor
from intake.vocabulary import Answer, Compartment, ConcernState, ReferralState, Role
from tests.factories.directory import HALTON, Changes
from tests.factories.people import People
from tests.factories.school import CARDIFF, MAYA, School, card, make_school, referral
from tests.support.place import TestPlace


@pytest.fixture
def hub(people: People) -> UUID:
    hub_id = people.hub()
    people.actor(hub_id, Role.DUTY_WORKER)
    return hub_id


def send(place: TestPlace, actor: Actor, draft: ReferralDraft) -> UUID:
    with place.writing() as services:
        return services.referrals.submit(actor, draft)


def header(place: TestPlace) -> Referral:
    with place.reading() as services:
        return services.unit.session.scalars(select(Referral)).one()


def trail(place: TestPlace, organisation_id: UUID) -> list[str]:
    with place.reading() as services:
        found = services.unit.session.scalars(
            select(AuditEntry.event)
            .where(AuditEntry.organisation_id == organisation_id)
            .order_by(AuditEntry.seq)
        )
        return list(found)


def holders(place: TestPlace, case_id: UUID) -> set[tuple[Compartment, UUID]]:
    with place.reading() as services:
        found = services.unit.session.scalars(select(KeyGrant).where(KeyGrant.case_id == case_id))
        return {(grant.compartment, grant.organisation_id) for grant in found}


@contextmanager
def statements(place: TestPlace) -> Iterator[list[str]]:
    """Note every statement the database is sent."""
    sent: list[str] = []

    def note(*said: object) -> None:
        sent.append(str(said[2]).split(" ", 1)[0])

    sql_event.listen(place.database.engine, "before_cursor_execute", note)
    yield sent
    sql_event.remove(place.database.engine, "before_cursor_execute", note)


def test_school_and_hub_hold_the_keys_and_both_trails_say_so(
    school: School, hub: UUID, place: TestPlace
) -> None:
    referral_id = send(place, school.lead, referral(school.record()))
    assert holders(place, referral_id) == {
        (part, holder) for part in (Compartment.REFERRAL, Compartment.IDENTITY) for holder in (school.id, hub)
    }
    assert trail(place, school.id)[-3:] == ["referral.submitted", "referral.routed", "referral.sent"]
    assert trail(place, hub)[-1] == "referral.received"
    with place.reading() as services:
        entries = select(AuditEntry).where(AuditEntry.event.in_(("referral.sent", "referral.received")))
        by_event = {entry.event: entry for entry in services.unit.session.scalars(entries)}
        sent, received = by_event["referral.sent"], json.loads(by_event["referral.received"].detail)
        assert received["joint"] == {"chain": str(school.id), "seq": sent.seq, "mac": sent.mac.hex()}


def test_the_header_says_when_it_is_due_and_nothing_of_the_child(
    school: School, hub: UUID, place: TestPlace
) -> None:
    send(place, school.lead, referral(school.record(), danger_now=Answer.YES))
    sent = header(place)
    assert (sent.state, sent.service_slug, sent.authority_code) == (
        ReferralState.RECEIVED,
        "halton-icart",
        "E06000006",
    )
    assert sent.received_at == place.clock.instant
    assert sent.urgency_rank < 20_000
    with place.reading() as services:
        row = services.unit.session.scalars(select(ReferralSent)).one()
    for blob in (row.document_sealed, row.card_sealed):
        assert b"Maya" not in blob


def test_nobody_at_the_desk_means_not_sent_by_us(school: School, people: People, place: TestPlace) -> None:
    hub_id = people.hub()
    worker = people.actor(hub_id, Role.DUTY_WORKER)
    people.actor(hub_id, Role.AUDITOR)
    with place.writing() as services:
        services.unit.session.execute(
            update(Membership)
            .where(Membership.person_id == worker.person_id)
            .values(to_at=place.clock.instant)
        )
    referral_id = send(place, school.lead, referral(school.record()))
    sent = header(place)
    assert (sent.state, sent.hub_id, sent.in_queue) == (ReferralState.NOT_SENT_BY_US, None, False)
    assert sent.received_at is None
    assert {holder for _, holder in holders(place, referral_id)} == {school.id}
    assert "referral.sent" not in trail(place, school.id)


def test_a_clock_runs_even_where_no_council_is_found(school: School, place: TestPlace) -> None:
    unknown = referral(school.record(), child=card(given_name="Suharto"), home_authority="E08000003")
    send(place, school.lead, unknown)
    sent = header(place)
    assert sent.needs_allocation
    assert sent.due_at > sent.clock_starts_at


def test_a_council_that_allows_itself_two_hours_has_two_hours_from_when_it_opens(
    school: School, hub: UUID, changes: Changes, place: TestPlace
) -> None:
    """The time is the one in the directory in force, and both sides have it in the clear header."""
    own = '\n[[authority.clock]]\nact = "decide"\nminutes = 120\nsource = "Thresholds of the council"\n'
    texts = changes.texts()
    changes.approve(changes.propose({**texts, HALTON: texts[HALTON] + own}))
    send(place, school.lead, referral(school.record()))
    sent = header(place)
    assert sent.due_at - sent.clock_starts_at == timedelta(hours=2)


@pytest.mark.parametrize("authority", [None, "E06000006"])
def test_where_the_child_is_leads_when_protection_cannot_wait(
    school: School, hub: UUID, people: People, place: TestPlace, authority: str | None
) -> None:
    cardiff = people.hub("cardiff-mash", CARDIFF)
    people.actor(cardiff, Role.DUTY_WORKER)
    draft = referral(
        school.record(), danger_now=Answer.YES, home_authority=authority, found_authority=CARDIFF, child=MAYA
    )
    send(place, school.lead, draft)
    assert header(place).hub_id == cardiff


def test_the_routing_is_kept_as_it_was(school: School, hub: UUID, place: TestPlace) -> None:
    referral_id = send(place, school.lead, referral(school.record()))
    with place.reading() as services:
        record = services.unit.session.scalars(select(RoutingRecord)).one()
    assert (record.lead_service, record.directory_version) == (
        "halton-icart",
        place.tools.shelf.shipped.version,
    )
    with place.opening() as services:
        opened = services.referral_reading.open(school.lead, referral_id)
    assert opened.decision.lead == "halton-icart"
    assert opened.decision.at == place.clock.instant


def test_the_concerns_are_referred_in_the_same_commit(school: School, hub: UUID, place: TestPlace) -> None:
    ids = (school.record(), school.record())
    send(place, school.lead, referral(*ids, *ids))
    with place.reading() as services:
        states = services.unit.session.scalars(select(Concern.state)).all()
    assert states == [ConcernState.REFERRED, ConcernState.REFERRED]


def test_a_colleague_of_another_school_is_not_named(
    school: School, hub: UUID, people: People, place: TestPlace
) -> None:
    stranger = make_school(place, people, CARDIFF)
    with pytest.raises(NotFound):
        send(place, school.lead, referral(school.record(), named_staff_ids=(stranger.lead.person_id,)))
    with place.reading() as services:
        assert services.unit.session.scalars(select(func.count()).select_from(Referral)).one() == 0


def test_somebody_named_twice_is_kept_out_once(school: School, hub: UUID, place: TestPlace) -> None:
    concern_id = school.record()
    for _ in range(2):
        send(place, school.lead, referral(concern_id, named_staff_ids=(school.deputy.person_id,) * 2))
    with pytest.raises(NotFound), place.opening() as services:
        services.concern_reading.open(school.deputy, concern_id)


def test_a_named_lead_is_told_no_more_of_the_concern(school: School, hub: UUID, place: TestPlace) -> None:
    concern_id = school.record()
    send(place, school.teacher, referral(concern_id, named_staff_ids=(school.lead.person_id,)))
    with pytest.raises(NotFound), place.opening() as services:
        services.concern_reading.open(school.lead, concern_id)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"where_now": " "}, "where_now"),
        ({"sender_phone": ""}, "sender_phone"),
        ({"child": card()}, "given_name"),
    ],
)
def test_what_a_duty_worker_could_not_act_on_is_refused(
    school: School, place: TestPlace, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        send(place, school.lead, referral(school.record(), **said))
    assert refused.value.field == field


def test_a_concern_that_is_not_there_cannot_be_referred(school: School, place: TestPlace) -> None:
    with pytest.raises(NotFound):
        send(place, school.lead, referral(new_id()))


def test_a_duty_worker_refers_nothing(school: School, people: People, place: TestPlace) -> None:
    with pytest.raises(NotPermitted):
        send(place, people.actor(people.hub(), Role.DUTY_WORKER), referral(school.record()))


def test_sending_takes_no_more_statements_for_more_words(school: School, hub: UUID, place: TestPlace) -> None:
    concern_id = school.record()
    # The hub's chain is begun by the first referral it receives.
    send(place, school.lead, referral(concern_id))
    counts = []
    for words in ("short", "long " * 2_000):
        with statements(place) as sent:
            send(place, school.lead, referral(concern_id, why_now=words))
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] <= 30
