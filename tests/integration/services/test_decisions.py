"""Deciding on a referral, and what the school is let read of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.audit.event import Subject
from intake.audit.events.referrals import ReleaseOpened
from intake.casework.documents.referral import DecisionReason
from intake.casework.documents.referral import Release as ReleaseWords
from intake.casework.drafts import DecisionDraft
from intake.crypto.inventory import DECISION_REASON, RELEASE_WORDS
from intake.errors import CannotOpen, IllegalTransition, NotFound, Refused, StaleVersion
from intake.models.outbox import OutboxMail
from intake.models.referral import Release
from intake.models.triage import TriageDecision
from intake.services.history import DecisionMade
from intake.vocabulary import Decision, MailKind, ReferralState, Role, SubjectKind
from tests.factories.hub_work import ASSESS, Desk
from tests.factories.people import People
from tests.factories.referrals import Referrals

NOTHING_MORE = DecisionDraft(
    Decision.NO_FURTHER_ACTION,
    "No sign was seen twice.",
    "A second sighting of the car.",
    "Come back to us.",
    "",
)
ASK = DecisionDraft(Decision.AWAITING_INFORMATION, "Who drives the car?", "", "Please ask who drives it.", "")


def releases(desk: Desk, referral_id: UUID) -> list[Release]:
    with desk.place.reading() as services:
        rows = services.unit.session.scalars(select(Release).where(Release.referral_id == referral_id))
        return list(rows)


def test_a_decision_ends_triage_and_stops_the_shared_clock(desk: Desk, referrals: Referrals) -> None:
    header = referrals.header(desk.decided())

    assert header.state is ReferralState.DECIDED
    assert not header.in_queue
    assert header.decided_at == desk.place.clock.now()


def test_a_decision_says_why_or_is_refused(desk: Desk) -> None:
    referral = desk.acknowledged()

    with pytest.raises(Refused) as refused, desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral, 3, replace(ASSESS, rationale=""))

    assert refused.value.field == "rationale"


@pytest.mark.parametrize(
    ("missing", "silent"),
    [
        ("would_change_it", replace(NOTHING_MORE, would_change_it="")),
        ("to_school", replace(NOTHING_MORE, to_school="")),
    ],
)
def test_no_further_action_is_never_silent(desk: Desk, missing: str, silent: DecisionDraft) -> None:
    referral = desk.acknowledged()

    with pytest.raises(Refused) as refused, desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral, 3, silent)

    assert refused.value.field == missing


def test_asking_for_more_keeps_it_in_the_queue_and_the_clock_running(
    desk: Desk, referrals: Referrals
) -> None:
    header = referrals.header(desk.decided(ASK))

    assert header.state is ReferralState.ACKNOWLEDGED
    assert header.in_queue
    assert header.decided_at is None


def test_asking_for_more_after_a_decision_puts_it_back_under_the_clock(
    desk: Desk, referrals: Referrals
) -> None:
    referral = desk.decided()
    with desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral, 4, ASK)

    header = referrals.header(referral)
    assert (header.in_queue, header.decided_at) == (True, None)


def test_a_further_decision_follows_and_the_clock_keeps_the_first(desk: Desk, referrals: Referrals) -> None:
    referral = desk.decided()
    first_at = desk.place.clock.now()
    desk.place.clock.instant += timedelta(hours=3)
    with desk.place.writing() as services:
        services.decisions.decide(
            desk.sam, referral, 4, replace(ASSESS, decision=Decision.STRATEGY_DISCUSSION)
        )

    assert referrals.header(referral).decided_at == first_at
    with desk.place.opening() as services:
        read = services.hub_reading.read(desk.sam, referral)
    made = [each.words.decision for each in read.history if isinstance(each, DecisionMade)]
    assert made == [Decision.STRATEGY_DISCUSSION, Decision.ASSESSMENT]


def test_what_is_released_opens_for_the_school(desk: Desk) -> None:
    referral = desk.decided()
    (row,) = releases(desk, referral)

    with desk.place.opening() as services:
        opened = services.opening.record(
            ReleaseOpened(release_ids=(row.id,)),
            actor=desk.lead,
            subject=Subject(SubjectKind.REFERRAL, referral),
        )
        place = RELEASE_WORDS.place(row_id=row.id, case_id=referral)
        words = opened.unseal(ReleaseWords, row.words_sealed, place)

    assert words == ReleaseWords(ASSESS.to_school, ASSESS.advice, "Sam Reed, Teacher")


def test_why_it_was_decided_stays_with_the_hub(desk: Desk) -> None:
    referral = desk.decided()
    with desk.place.reading() as services:
        row = services.unit.session.scalars(select(TriageDecision)).one()

    with desk.place.opening() as services, pytest.raises(CannotOpen):
        services.opening.record(
            ReleaseOpened(release_ids=()), actor=desk.lead, subject=Subject(SubjectKind.REFERRAL, referral)
        ).unseal(DecisionReason, row.reason_sealed, DECISION_REASON.place(row_id=row.id, case_id=referral))


def test_a_decision_that_tells_the_school_nothing_releases_nothing(desk: Desk) -> None:
    assert releases(desk, desk.decided(replace(ASSESS, to_school="", advice=" "))) == []


def test_the_sender_has_a_mail_that_there_is_news(desk: Desk) -> None:
    desk.decided()

    with desk.place.reading() as services:
        mails = services.unit.session.scalars(select(OutboxMail)).all()
    assert {(mail.kind, mail.person_id) for mail in mails} == {
        (MailKind.REFERRAL_UPDATED, desk.lead.person_id)
    }


def test_a_decision_on_what_moved_on_changes_nothing(desk: Desk, referrals: Referrals) -> None:
    referral = desk.acknowledged()
    with desk.place.writing() as services:
        services.triage.take(desk.jo, referral, 3)

    with pytest.raises(StaleVersion), desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral, 3, ASSESS)
    assert referrals.header(referral).state is ReferralState.ACKNOWLEDGED


def test_nobody_decides_on_what_a_colleague_has(desk: Desk) -> None:
    referral = desk.acknowledged()

    with pytest.raises(IllegalTransition), desk.place.writing() as services:
        services.decisions.decide(desk.jo, referral, 3, ASSESS)


def test_another_hub_cannot_tell_a_refusal_from_nothing(desk: Desk, people: People) -> None:
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER)

    with pytest.raises(NotFound), desk.place.writing() as services:
        services.decisions.decide(stranger, desk.acknowledged(), 3, replace(ASSESS, rationale=""))
