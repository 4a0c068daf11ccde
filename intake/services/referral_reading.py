"""Reading a referral in the school: as it was sent, where it went and why, and what the hub gave back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Subject
from intake.audit.events.concerns import IdentityCardsListed
from intake.audit.events.referrals import ReferralOpened, ReleaseOpened
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.documents import referral as documents
from intake.casework.documents.child import ChildCard
from intake.clock import Clock
from intake.crypto.inventory import (
    REFERRAL_CALL,
    REFERRAL_CARD,
    REFERRAL_DOCUMENT,
    RELEASE_WORDS,
    ROUTING_TRACE,
)
from intake.db import Unit
from intake.models.referral import Referral, ReferralCall, ReferralSent, Release, RoutingRecord
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import may, role_may
from intake.queries import sent_referrals
from intake.queries.copies import CopyHeld, copies_of
from intake.queries.routing_records import standing_record
from intake.queries.sent_referrals import SentCard
from intake.routing.decision import Decision
from intake.services.messages import MessageRead, message_read, record_reading
from intake.services.opening import Opened, Opening
from intake.services.passing_told import PassingTold, Stray, passings_told, strays
from intake.services.referral_rows import sent_facts, sent_for, subject_of
from intake.services.routing_desk import RoutingDesk, decided
from intake.services.staff import Staff
from intake.services.told_others import ToTell, still_to_tell
from intake.vocabulary import Answer, Compartment, ReferralAct, ReferralState, SubjectKind


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was recorded."""

    called_at: datetime
    recorded_at: datetime
    recorded_by: str
    call: documents.CallMade


@dataclass(frozen=True, slots=True)
class Released:
    """What the hub let the school read, and when."""

    released_at: datetime
    words: documents.Release


@dataclass(frozen=True, slots=True)
class SentHead:
    """What stands of a referral outside its envelope, with the names of those who acted on it."""

    id: UUID
    reference: str
    state: ReferralState
    needs_allocation: bool
    danger_now: Answer
    missing_now: Answer
    submitted_at: datetime
    received_at: datetime | None
    first_opened_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    decided_at: datetime | None
    clock_starts_at: datetime
    due_at: datetime
    hub: str
    version: int

    @property
    def is_over(self) -> bool:
        """Whether nobody who receives here works on it any more."""
        return referral_lifecycle.may(self.state, ReferralAct.TAKE_BACK)


@dataclass(frozen=True, slots=True)
class OpenSent:
    """A referral as the school reads it."""

    head: SentHead
    sent: documents.ReferralAsSent
    child: ChildCard
    decision: Decision
    now: Decision
    calls: tuple[Call, ...]
    releases: tuple[Released, ...]
    passings: tuple[PassingTold, ...]
    strays: tuple[Stray, ...]
    to_tell: tuple[ToTell, ...]
    copies: tuple[CopyHeld, ...]
    can_take_back: bool
    can_take_copies_back: bool
    may_see_strays: bool
    messages: tuple[MessageRead, ...]
    may_answer: bool


@dataclass(frozen=True, slots=True)
class NamedReferral:
    """One row of a list, with the child's name."""

    card: SentCard
    name: str


@dataclass(frozen=True, slots=True)
class SentList:
    """What was not sent by us and still needs a call, and everything else, newest first."""

    unsent: tuple[NamedReferral, ...]
    sent: tuple[NamedReferral, ...]
    older: UUID | None


class ReferralReading:
    """Opens sent referrals for those in the school who may read them."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, opening: Opening, *, staff: Staff, desk: RoutingDesk
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._desk = desk

    def open(self, actor: Actor, referral_id: UUID, *, stamped: bool = True) -> OpenSent:
        """Read a referral as it was sent, and what came back, `stamped` as read. Raises `NotFound`."""
        # Where the database can only be read, it is read all the same, and stamped when it next can be.
        now = self._clock.now() if stamped and self._unit.can_record else None
        referral = sent_for(self._session, actor, Permission.REFERRAL_OPEN_SENT, referral_id)
        sent = self._session.get_one(ReferralSent, referral.id)
        trace = self._session.scalars(standing_record(referral)).one()
        calls = self._calls(referral.id)
        names = self._staff.cards(call.recorded_by for call in calls)
        releases = self._releases(actor, referral, now)
        written = record_reading(self._unit, self._audit, actor, referral, now)
        opened = self._opening.record(
            ReferralOpened(compartments=(Compartment.REFERRAL, Compartment.IDENTITY)),
            actor=actor,
            subject=subject_of(referral),
        )
        opened.load((referral.id,))
        routing, card = _trace(opened, trace), _card(opened, sent.referral_id, sent.card_sealed)
        opened = opened.withholding(card)
        return OpenSent(
            head=self._head(referral),
            sent=_document(opened, sent),
            child=card.masked(),
            decision=decided(routing),
            now=self._desk.as_of_now(routing),
            calls=tuple(
                Call(row.called_at, row.recorded_at, names[row.recorded_by].name, _call(opened, row))
                for row in calls
            ),
            releases=tuple(Released(row.released_at, _release(opened, row)) for row in releases),
            passings=passings_told(self._session, self._staff, opened, referral.id),
            strays=strays(self._session, self._staff, referral.id),
            to_tell=still_to_tell(self._session, self._desk, referral.id),
            copies=copies_of(self._session, referral.id),
            can_take_back=self._can_take_back(actor, referral),
            can_take_copies_back=self._may_say_wrong(actor, referral),
            may_see_strays=role_may(actor, Permission.BREACH_OPEN),
            messages=tuple(message_read(opened, row, actor) for row in written),
            may_answer=bool(written) and referral_lifecycle.may(referral.state, ReferralAct.ANSWER),
        )

    def head(self, actor: Actor, permission: Permission, referral_id: UUID) -> SentHead:
        """Return where a referral stands, opening no words: for a form about it. Raises `NotFound`."""
        return self._head(sent_for(self._session, actor, permission, referral_id))

    def listed(self, actor: Actor, before: UUID | None = None) -> SentList:
        """Return the referrals the actor may follow, by the child's name; `before` goes on further down."""
        unsent = () if before else sent_referrals.unsent(self._session, actor)
        page = sent_referrals.sent(self._session, actor, before)
        everything = (*unsent, *page.cards)
        if not everything:
            return SentList((), (), None)
        opened = self._opening.record(
            IdentityCardsListed(case_ids=tuple(card.id for card in everything)),
            actor=actor,
            subject=Subject(SubjectKind.ORGANISATION, actor.organisation_id),
        )
        opened.load(card.id for card in everything)
        named = [
            NamedReferral(card, _card(opened, card.id, card.card_sealed).full_name) for card in everything
        ]
        return SentList(tuple(named[: len(unsent)]), tuple(named[len(unsent) :]), page.older)

    def _can_take_back(self, actor: Actor, referral: Referral) -> bool:
        """Tell whether the actor may say that it is, or was, in the wrong place."""
        in_time = any(referral_lifecycle.may(referral.state, act) for act in referral_lifecycle.WRONG_PLACE)
        return in_time and referral.hub_id is not None and self._may_say_wrong(actor, referral)

    def _may_say_wrong(self, actor: Actor, referral: Referral) -> bool:
        return may(actor, Permission.REFERRAL_SENT_WRONG, sent_facts(self._session, referral))

    def _calls(self, referral_id: UUID) -> Sequence[ReferralCall]:
        return self._session.scalars(
            select(ReferralCall)
            .where(ReferralCall.referral_id == referral_id)
            .order_by(ReferralCall.called_at)
        ).all()

    def _head(self, referral: Referral) -> SentHead:
        return SentHead(
            id=referral.id,
            reference=referral.reference,
            state=referral.state,
            needs_allocation=referral.needs_allocation,
            danger_now=referral.danger_now,
            missing_now=referral.missing_now,
            submitted_at=referral.submitted_at,
            received_at=referral.received_at,
            first_opened_at=referral.first_opened_at,
            acknowledged_at=referral.acknowledged_at,
            acknowledged_by=self._staff.name(referral.acknowledged_by),
            decided_at=referral.decided_at,
            clock_starts_at=referral.clock_starts_at,
            due_at=referral.due_at,
            hub="" if referral.hub_id is None else self._staff.organisation(referral.hub_id),
            version=referral.version,
        )

    def _releases(self, actor: Actor, referral: Referral, now: datetime | None) -> Sequence[Release]:
        releases = self._session.scalars(
            select(Release).where(Release.referral_id == referral.id).order_by(Release.released_at.desc())
        ).all()
        if releases:
            for release in releases:
                release.first_read_at = release.first_read_at or now
            self._audit.record(
                ReleaseOpened(release_ids=tuple(release.id for release in releases)),
                actor=actor,
                organisation_id=actor.organisation_id,
                subject=subject_of(referral),
            )
        return releases


def _document(opened: Opened, row: ReferralSent) -> documents.ReferralAsSent:
    place = REFERRAL_DOCUMENT.place(row_id=row.referral_id, case_id=row.referral_id)
    return opened.unseal(documents.ReferralAsSent, row.document_sealed, place)


def _card(opened: Opened, referral_id: UUID, sealed: bytes) -> ChildCard:
    place = REFERRAL_CARD.place(row_id=referral_id, case_id=referral_id)
    return opened.unseal(ChildCard, sealed, place)


def _trace(opened: Opened, row: RoutingRecord) -> documents.RoutingTrace:
    place = ROUTING_TRACE.place(row_id=row.id, case_id=row.referral_id)
    return opened.unseal(documents.RoutingTrace, row.trace_sealed, place)


def _call(opened: Opened, row: ReferralCall) -> documents.CallMade:
    place = REFERRAL_CALL.place(row_id=row.id, case_id=row.referral_id)
    return opened.unseal(documents.CallMade, row.call_sealed, place)


def _release(opened: Opened, row: Release) -> documents.Release:
    place = RELEASE_WORDS.place(row_id=row.id, case_id=row.referral_id)
    return opened.unseal(documents.Release, row.words_sealed, place)
