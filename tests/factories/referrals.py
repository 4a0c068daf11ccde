"""Referrals as a hub finds them: header, sealed words, keys and trail, put straight into the tables."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from intake.audit.event import Code, Subject
from intake.audit.events import referrals as events
from intake.calendars.clocks import one_working_day
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, FollowUp, HarmNoted, SignNoted
from intake.casework.documents.referral import ReferralAsSent, ReferredConcern, RoutingTrace
from intake.casework.triage import urgency_rank
from intake.crypto.inventory import REFERRAL_CARD, REFERRAL_DOCUMENT, ROUTING_TRACE
from intake.ids import new_id, new_reference
from intake.models.referral import Referral, ReferralSent, RoutingRecord
from intake.policy.actor import Actor
from intake.routing.engine import route
from intake.routing.places import in_authority
from intake.routing.question import Question
from intake.routing.record import decision_to_json, question_to_json
from intake.services.workplace import Services, Workplace
from intake.vocabulary import Answer, ParentsTold, ReferralState, SignAnswer, SignSource, SubjectKind

CHILD = ChildCard(
    given_name="Maya",
    family_name="Ellison",
    known_as="",
    born_on=date(2012, 3, 9),
    age_about="",
    home_address="14 Invented Street, Widnes",
    home_postcode="WA8 7QF",
    year_group="Year 10",
)

CONCERN = ReferredConcern(
    reference="C-7K3M-9QTX",
    recorded_at=datetime(2026, 11, 23, 9, 12, tzinfo=UTC),
    danger_now=Answer.NO,
    missing_now=Answer.NO,
    words=ConcernWords(
        child_name="Maya Ellison",
        happened='Maya said: "he waits in the silver car".\nShe would not say who he is.',
        occurred_on=date(2026, 11, 23),
        occurred_about="just before registration",
        recorder_name="Priya Nair",
        recorder_post="Form tutor",
    ),
    details=(
        ConcernDetail(
            catalogue_version="2026-11",
            signs=(
                SignNoted("unknown_vehicles", SignAnswer.SEEN, SignSource.SAW_IT, "twice this week"),
                SignNoted("older_partner", SignAnswer.NOT_KNOWN, None, ""),
                SignNoted("injuries", SignAnswer.NOT_SEEN, None, ""),
            ),
            harms=(HarmNoted("image_threat", Answer.NOT_KNOWN),),
            follow_ups=(FollowUp("missing_with_whom", "She will not say"),),
            locations=("park",),
            done_so_far="Kept her in at break and rang home: no answer.",
            lead_told_in_person=Answer.YES,
            anything_else="",
        ),
    ),
)

SENT = ReferralAsSent(
    concerns=(CONCERN,),
    where_now="In school, with the head of year, until 15:20",
    why_now="A car waits for her every day now.",
    child_wishes="She does not want her dad told.",
    parents_told=ParentsTold.NOT_YET,
    not_told_reasons=(),
    not_told_words="We have not been able to reach her mum yet.",
    parents_view="",
    safe_contact="Ring school, not home.",
    sender_name="Anna Okafor",
    sender_post="Safeguarding lead",
    sender_phone="0151 000 0101",
    school_name="Sampleford High (test)",
    named_staff=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """What a referral says and how pressing it is; plausible unless told otherwise."""

    child: ChildCard = CHILD
    sent: ReferralAsSent = SENT
    danger_now: Answer = Answer.NO
    missing_now: Answer = Answer.NO
    at: datetime | None = None
    service: str = "halton-icart"
    authority: str = "E06000006"


@dataclass(frozen=True, slots=True)
class Referrals:
    """Has a school's referral arrive at a hub."""

    place: Workplace
    usual: Arriving = field(default_factory=Arriving)

    def arrive(self, sender: Actor, hub_id: UUID, **said: object) -> UUID:
        """Put a received referral into the tables and return its id; `said` changes what is usual."""
        arriving = replace(self.usual, **said)  # type: ignore[arg-type]
        at = arriving.at or self.place.tools.clock.now()
        referral_id, reference = new_id(), new_reference("R")
        holders = (sender.organisation_id, hub_id)
        with self.place.writing() as services:
            services.unit.session.add(self._header(arriving, sender, hub_id, at, referral_id, reference))
            services.unit.session.flush()
            _keep_words(services, arriving, referral_id, holders)
            self._keep_trace(services, arriving, at, referral_id, holders)
            _record(services, sender, hub_id, Subject(SubjectKind.REFERRAL, referral_id, reference))
        return referral_id

    def header(self, referral_id: UUID) -> Referral:
        """Return the clear header as it stands now."""
        with self.place.reading() as services:
            return services.unit.session.get_one(Referral, referral_id)

    def _header(
        self, arriving: Arriving, sender: Actor, hub_id: UUID, at: datetime, row_id: UUID, reference: str
    ) -> Referral:
        directory = self.place.tools.shelf.shipped
        nation = directory.named(arriving.authority).nation
        clock = one_working_day(at, nation, directory.services[arriving.service].hours)
        received = ReferralState.RECEIVED
        return Referral(
            id=row_id,
            reference=reference,
            school_id=sender.organisation_id,
            sent_by=sender.person_id,
            hub_id=hub_id,
            service_slug=arriving.service,
            authority_code=arriving.authority,
            nation=nation,
            directory_version=directory.version,
            state=received,
            needs_allocation=False,
            in_queue=True,
            danger_now=arriving.danger_now,
            missing_now=arriving.missing_now,
            urgency_rank=urgency_rank(arriving.danger_now, arriving.missing_now, None, received),
            submitted_at=at,
            received_at=at,
            read_from_at=clock.starts_at,
            clock_starts_at=clock.starts_at,
            due_at=clock.due_at,
            version=1,
        )

    def _keep_trace(
        self,
        services: Services,
        arriving: Arriving,
        at: datetime,
        referral_id: UUID,
        holders: tuple[UUID, ...],
    ) -> None:
        question = Question(
            home=in_authority(arriving.authority, arriving.child.home_postcode),
            at=at,
            danger=arriving.danger_now is Answer.YES,
            missing=arriving.missing_now is Answer.YES,
            receiving=frozenset({arriving.service}),
        )
        decision = route(question, self.place.tools.shelf.shipped)
        trace = RoutingTrace(json.dumps(question_to_json(question)), json.dumps(decision_to_json(decision)))
        record_id = new_id()
        sealed_at = ROUTING_TRACE.place(row_id=record_id, case_id=referral_id)
        services.unit.session.add(
            RoutingRecord(
                id=record_id,
                referral_id=referral_id,
                decided_at=at,
                authority_code=arriving.authority,
                lead_service=arriving.service,
                directory_version=Code(self.place.tools.shelf.shipped.version),
                trace_sealed=services.keys.seal(trace, sealed_at, holders=holders),
            )
        )


def _keep_words(services: Services, arriving: Arriving, referral_id: UUID, holders: tuple[UUID, ...]) -> None:
    document = REFERRAL_DOCUMENT.place(row_id=referral_id, case_id=referral_id)
    card = REFERRAL_CARD.place(row_id=referral_id, case_id=referral_id)
    services.unit.session.add(
        ReferralSent(
            referral_id=referral_id,
            document_sealed=services.keys.seal(arriving.sent, document, holders=holders),
            card_sealed=services.keys.seal(arriving.child, card, holders=holders),
        )
    )


def _record(services: Services, sender: Actor, hub_id: UUID, subject: Subject) -> None:
    sent = services.audit.record(
        events.ReferralSent(hub_id=hub_id),
        actor=sender,
        organisation_id=sender.organisation_id,
        subject=subject,
    )
    services.audit.record(
        events.ReferralReceived(school_id=sender.organisation_id),
        actor=None,
        organisation_id=hub_id,
        subject=subject,
        joint=sent,
    )


@pytest.fixture
def referrals(place: Workplace) -> Referrals:
    """Has referrals arrive in the workplace of the test."""
    return Referrals(place)
