"""The school's side of a case: the concern, the mail to the lead, and the referral as it was sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from intake.audit.event import Code, Subject
from intake.audit.events import concerns, referrals
from intake.bench.chains import Noted
from intake.bench.hand import Hand
from intake.bench.story import Story
from intake.casework.signs import current as current_signs
from intake.casework.triage import urgency_rank
from intake.crypto import inventory
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import seal
from intake.ids import new_id
from intake.vocabulary import Answer, Compartment, ConcernState, MailKind, ReferralState, SubjectKind

_MINUTE = timedelta(minutes=1)
_NO = Answer.NO


class SchoolRows:
    """Puts what a school wrote and sent into the tables; `people_keys` open staff cards and mail."""

    def __init__(self, hand: Hand, people_keys: Mapping[UUID, DataKey]) -> None:
        self._hand = hand
        self._people_keys = people_keys
        self._catalogue = Code(current_signs().version)

    def concern(self, story: Story, state: ConcernState = ConcernState.REFERRED) -> UUID:
        """Put a concern, half an hour before its referral; one only recorded was read by nobody yet."""
        concern_id, at = new_id(), story.at - 30 * _MINUTE
        about = Subject(SubjectKind.CONCERN, concern_id, self._hand.reference("C"))
        read_at = None if state is ConcernState.RECORDED else at + 10 * _MINUTE
        key = self._hand.key(concern_id, Compartment.SCHOOL, at, story.school.id)
        name, name_noted = self._hand.seal(inventory.CONCERN_NAME, concern_id, key, story.words.typed_name)
        words, words_noted = self._hand.seal(inventory.CONCERN_WORDS, concern_id, key, story.words.concern)
        self._hand.bulk.add(
            "concern",
            id=concern_id,
            reference=about.reference,
            organisation_id=story.school.id,
            recorded_by=story.reporter,
            recorded_at=at,
            danger_now=story.danger_now,
            missing_now=_NO,
            state=state,
            catalogue_version=self._catalogue,
            name_sealed=name,
            words_sealed=words,
            read_by=None if read_at is None else story.lead,
            read_at=read_at,
            version=1 if read_at is None else 2,
        )
        recorded = concerns.ConcernRecorded(
            danger_now=story.danger_now, missing_now=_NO, catalogue_version=self._catalogue
        )
        noted = (name_noted, words_noted)
        self._hand.happened(story.school, recorded, at, by=story.reporter, about=about, sealed=noted)
        if story.has_mail or read_at is None:
            self._alert(story, about, concern_id, at, read_at)
        if read_at is not None:
            self._hand.happened(story.school, concerns.ConcernOpened(), read_at, by=story.lead, about=about)
        self._hand.once(story.reporter, f"/concerns/{concern_id}", at)
        return concern_id

    def _alert(
        self, story: Story, about: Subject, concern_id: UUID, at: datetime, read_at: datetime | None
    ) -> None:
        alert_id, mail_id = new_id(), new_id()
        place = inventory.MAIL_PAYLOAD.place(row_id=mail_id, case_id=story.school.id)
        self._hand.bulk.add(
            "outbox_mail",
            id=mail_id,
            kind=MailKind.CONCERN_TO_READ,
            organisation_id=story.school.id,
            person_id=story.lead,
            payload_sealed=seal(story.words.mail, key=self._people_keys[story.school.id], binding=place),
            made_at=at,
            next_try_at=at,
            tries=1,
            sent_at=at + _MINUTE,
        )
        self._hand.bulk.add(
            "alert",
            id=alert_id,
            concern_id=concern_id,
            person_id=story.lead,
            rung=0,
            due_at=at,
            sent_at=at,
            mail_id=mail_id,
            ended_at=read_at,
        )
        told = concerns.AlertSent(alert_id=alert_id, person_id=story.lead, rung=0)
        self._hand.happened(story.school, told, at, by=None, about=about)

    def referral(self, story: Story, concern_id: UUID) -> Subject:
        """Put a referral as it was sent and received; returns what its entries are about."""
        referral_id = new_id()
        about = Subject(SubjectKind.REFERRAL, referral_id, self._hand.reference("R"))
        self._header(story, referral_id, about)
        self._hand.bulk.add("referral_concern", referral_id=referral_id, concern_id=concern_id)
        holders = (story.school.id, story.hub.id)
        key = self._hand.key(referral_id, Compartment.REFERRAL, story.at, *holders)
        noted = self._words(story, referral_id, key, holders)
        submitted = referrals.ReferralSubmitted(
            concern_ids=(concern_id,), danger_now=story.danger_now, missing_now=_NO
        )
        self._hand.happened(story.school, submitted, story.at, by=story.lead, about=about, sealed=noted)
        self._routing(story, referral_id, about, key)
        sending = referrals.ReferralSent(hub_id=story.hub.id)
        sent = self._hand.happened(story.school, sending, story.at, by=story.lead, about=about)
        received = referrals.ReferralReceived(school_id=story.school.id)
        self._hand.happened(story.hub, received, story.at, by=None, about=about, joint=sent)
        self._hand.once(story.lead, f"/referrals/{referral_id}", story.at)
        return about

    def _header(self, story: Story, referral_id: UUID, about: Subject) -> None:
        seen_at = None if story.state is ReferralState.RECEIVED else story.at + 20 * _MINUTE
        decided = story.state is ReferralState.DECIDED
        self._hand.bulk.add(
            "referral",
            id=referral_id,
            reference=about.reference,
            school_id=story.school.id,
            sent_by=story.lead,
            hub_id=story.hub.id,
            service_slug=story.hub.slug,
            authority_code=story.hub.authority,
            nation=story.routed.clock.nation,
            directory_version=story.routed.decision.directory_version,
            state=story.state,
            needs_allocation=False,
            in_queue=not decided,
            danger_now=story.danger_now,
            missing_now=_NO,
            colour=story.colour,
            urgency_rank=urgency_rank(story.danger_now, _NO, story.colour, story.state),
            submitted_at=story.at,
            received_at=story.at,
            read_from_at=story.at,
            clock_starts_at=story.at,
            due_at=story.at + timedelta(days=1),
            taken_by=None if seen_at is None else story.worker,
            taken_at=seen_at,
            first_opened_at=seen_at,
            acknowledged_at=seen_at,
            acknowledged_by=None if seen_at is None else story.worker,
            decided_at=story.at + timedelta(hours=5) if decided else None,
            version=1 if seen_at is None else 4,
        )

    def _words(
        self, story: Story, referral_id: UUID, key: DataKey, holders: tuple[UUID, ...]
    ) -> tuple[Noted, ...]:
        of_child = self._hand.key(referral_id, Compartment.IDENTITY, story.at, *holders)
        document, document_noted = self._hand.seal(
            inventory.REFERRAL_DOCUMENT, referral_id, key, story.words.sent
        )
        card, card_noted = self._hand.seal(inventory.REFERRAL_CARD, referral_id, of_child, story.words.child)
        self._hand.bulk.add(
            "referral_sent", referral_id=referral_id, document_sealed=document, card_sealed=card
        )
        return (document_noted, card_noted)

    def _routing(self, story: Story, referral_id: UUID, about: Subject, key: DataKey) -> None:
        record_id, version = new_id(), story.routed.decision.directory_version
        trace, noted = self._hand.seal(inventory.ROUTING_TRACE, record_id, key, story.trace)
        self._hand.bulk.add(
            "routing_record",
            id=record_id,
            referral_id=referral_id,
            decided_at=story.at,
            authority_code=story.hub.authority,
            lead_service=story.hub.slug,
            directory_version=version,
            trace_sealed=trace,
        )
        event = referrals.ReferralRouted(
            routing_record_id=record_id,
            directory_version=Code(version),
            authority=Code(story.hub.authority),
            service=None if story.hub.slug is None else Code(story.hub.slug),
        )
        self._hand.happened(story.school, event, story.at, by=story.lead, about=about, sealed=(noted,))
