"""Reading one concern whole: in the trail first, and its recorder sees when a lead first read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Subject
from intake.audit.events.concerns import ChildFileOpened, ConcernOpened, ConcernRead
from intake.audit.log import AuditLog
from intake.casework import concern_lifecycle
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, KeptReason
from intake.casework.documents.person import StaffCard
from intake.clock import Clock
from intake.crypto.inventory import CHILD_CARD, CONCERN_DETAIL, CONCERN_KEPT, CONCERN_WORDS
from intake.db import Unit
from intake.models.concern import ChildFile, Concern, ConcernAddition
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import may
from intake.queries.concerns import ConcernCard, about_child
from intake.services.alerts import Alerts, AllAlerted
from intake.services.concern_rows import concern_for, facts_of, subject_of
from intake.services.opening import Opened, Opening
from intake.services.referral_rows import referrals_of
from intake.services.staff import Staff
from intake.vocabulary import Answer, ConcernAct, ConcernState, ReferralState, SubjectKind


@unique
class Progress(StrEnum):
    """How far a concern has come, as its recorder is told."""

    UNREAD = "unread"
    READ = "read"
    KEPT = "kept"
    REFERRED = "referred"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Addition:
    """More that was written down about a concern, by whom and when."""

    added_at: datetime
    added_by: str
    detail: ConcernDetail


@dataclass(frozen=True, slots=True)
class Kept:
    """That a concern stays in school: why, by whose decision and since when."""

    kept_at: datetime
    kept_by: str
    reason: KeptReason


@dataclass(frozen=True, slots=True)
class SentOn:
    """A referral that a concern went into; `hub` is empty where nobody receives it here."""

    id: UUID
    reference: str
    state: ReferralState
    submitted_at: datetime
    sent_by: str
    hub: str
    acknowledged_at: datetime | None
    decided_at: datetime | None
    due_at: datetime
    can_open: bool


@dataclass(frozen=True, slots=True)
class ConcernHead:
    """What stands of a concern outside its envelope; `mine` where its reader wrote it."""

    id: UUID
    reference: str
    recorded_at: datetime
    danger_now: Answer
    missing_now: Answer
    state: ConcernState
    version: int
    catalogue_version: str
    read_at: datetime | None
    child_file_id: UUID | None
    mine: bool


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """One concern as its reader may see it; `can_*` is already decided."""

    head: ConcernHead
    recorder: StaffCard
    words: ConcernWords
    additions: tuple[Addition, ...]
    kept: Kept | None
    read_by: str
    child: ChildCard | None
    earlier: tuple[ConcernCard, ...]
    referrals: tuple[SentOn, ...]
    alerted: AllAlerted
    can_match: bool
    can_keep: bool
    can_refer: bool

    @property
    def progress(self) -> Progress:
        """How far it has come; what the council decided says more than what the school did."""
        if any(sent.decided_at for sent in self.referrals):
            return Progress.DECIDED
        if self.referrals:
            return Progress.REFERRED
        if self.kept is not None:
            return Progress.KEPT
        return Progress.UNREAD if self.head.read_at is None else Progress.READ


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is looked up before anything is opened."""

    additions: Sequence[ConcernAddition]
    child_file: ChildFile | None
    names: dict[UUID, StaffCard]
    earlier: tuple[ConcernCard, ...]
    referrals: tuple[SentOn, ...]
    alerted: AllAlerted


class ConcernReading:
    """Opens concerns for those who may read them."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, opening: Opening, *, staff: Staff, alerts: Alerts
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._alerts = alerts

    def open(self, actor: Actor, concern_id: UUID) -> OpenConcern:
        """Read a concern; the first reading by a lead or deputy ends its alerts. Raises `NotFound`."""
        concern = concern_for(self._session, actor, Permission.CONCERN_OPEN, concern_id)
        facts = facts_of(self._session, concern)
        leads = may(actor, Permission.CHILD_MATCH, facts)
        if leads and concern.read_at is None and self._unit.can_record:
            self._mark_read(actor, concern)
        parts = self._gather(actor, concern, leads=leads)
        opened = self._record(actor, concern, parts)
        card = None if parts.child_file is None else whole_card(opened, parts.child_file)
        opened = opened if card is None else opened.withholding(card)
        return OpenConcern(
            head=_head(concern, mine=concern.recorded_by == actor.person_id),
            recorder=parts.names[concern.recorded_by],
            words=_words(opened, concern),
            additions=tuple(_addition(opened, row, parts.names) for row in parts.additions),
            kept=_kept(opened, concern, parts.names, whole=leads),
            read_by=parts.names[concern.read_by].name if concern.read_by else "",
            child=None if card is None else card.masked(),
            earlier=parts.earlier,
            referrals=parts.referrals,
            alerted=parts.alerted,
            can_match=leads,
            can_keep=leads and concern_lifecycle.may(concern.state, ConcernAct.KEEP),
            can_refer=may(actor, Permission.REFERRAL_SUBMIT, facts),
        )

    def require(self, actor: Actor, permission: Permission, concern_id: UUID) -> None:
        """Raise `NotFound` unless the actor may do this with a concern: for a form about it."""
        concern_for(self._session, actor, permission, concern_id)

    def head(self, actor: Actor, concern_id: UUID) -> ConcernHead:
        """Return what stands outside the envelope of a concern the actor may add to; opens nothing."""
        concern = concern_for(self._session, actor, Permission.CONCERN_ADD, concern_id)
        return _head(concern, mine=concern.recorded_by == actor.person_id)

    def _mark_read(self, actor: Actor, concern: Concern) -> None:
        self._session.refresh(concern, with_for_update=True)
        if concern.read_at is not None:
            return
        concern.state = concern_lifecycle.step(concern.state, ConcernAct.READ)
        concern.read_at = self._clock.now()
        concern.read_by = actor.person_id
        concern.version += 1
        self._alerts.end(concern.id)
        self._audit.record(
            ConcernRead(), actor=actor, organisation_id=concern.organisation_id, subject=subject_of(concern)
        )

    def _gather(self, actor: Actor, concern: Concern, *, leads: bool) -> _Parts:
        added = select(ConcernAddition).where(ConcernAddition.concern_id == concern.id)
        if not leads:
            # What a lead added is the school's record, not the reporter's.
            added = added.where(ConcernAddition.added_by == actor.person_id)
        additions = self._session.scalars(added.order_by(ConcernAddition.added_at, ConcernAddition.id)).all()
        child_file = self._session.get(ChildFile, concern.child_file_id) if concern.child_file_id else None
        child_file = child_file if leads else None
        people = (concern.recorded_by, concern.read_by, concern.kept_by, *(row.added_by for row in additions))
        earlier = about_child(self._session, actor, child_file.id, but=concern.id) if child_file else ()
        return _Parts(
            additions=additions,
            child_file=child_file,
            names=self._staff.cards(person for person in people if person is not None),
            earlier=earlier,
            referrals=self._sent_on(actor, concern, leads=leads),
            alerted=self._alerts.alerted(concern),
        )

    def _sent_on(self, actor: Actor, concern: Concern, *, leads: bool) -> tuple[SentOn, ...]:
        """Return the referrals it went into; for a lead, those that are closed to them are not there."""
        referrals = referrals_of(self._session, concern)
        names = self._staff.cards(sent.sent_by for sent, _facts in referrals)
        return tuple(
            SentOn(
                id=sent.id,
                reference=sent.reference,
                state=sent.state,
                submitted_at=sent.submitted_at,
                sent_by=names[sent.sent_by].name,
                hub="" if sent.hub_id is None else self._staff.organisation(sent.hub_id),
                acknowledged_at=sent.acknowledged_at,
                decided_at=sent.decided_at,
                due_at=sent.due_at,
                can_open=may(actor, Permission.REFERRAL_OPEN_SENT, facts),
            )
            for sent, facts in referrals
            if not (leads and facts.shuts_out(actor.person_id))
        )

    def _record(self, actor: Actor, concern: Concern, parts: _Parts) -> Opened:
        if parts.child_file is not None:
            self._audit.record(
                ChildFileOpened(),
                actor=actor,
                organisation_id=actor.organisation_id,
                subject=Subject(SubjectKind.CHILD_FILE, parts.child_file.id),
            )
        event = ConcernOpened(addition_ids=tuple(row.id for row in parts.additions))
        opened = self._opening.record(event, actor=actor, subject=subject_of(concern))
        opened.load({concern.id} | ({parts.child_file.id} if parts.child_file else set()))
        return opened


def whole_card(opened: Opened, child_file: ChildFile) -> ChildCard:
    """Open the card of a child's file, with an address that is withheld."""
    place = CHILD_CARD.place(row_id=child_file.id, case_id=child_file.id, version=child_file.version)
    return opened.unseal(ChildCard, child_file.card_sealed, place)


def _head(concern: Concern, *, mine: bool) -> ConcernHead:
    return ConcernHead(
        id=concern.id,
        reference=concern.reference,
        recorded_at=concern.recorded_at,
        danger_now=concern.danger_now,
        missing_now=concern.missing_now,
        state=concern.state,
        version=concern.version,
        catalogue_version=concern.catalogue_version,
        read_at=concern.read_at,
        child_file_id=concern.child_file_id,
        mine=mine,
    )


def _words(opened: Opened, concern: Concern) -> ConcernWords:
    place = CONCERN_WORDS.place(row_id=concern.id, case_id=concern.id)
    return opened.unseal(ConcernWords, concern.words_sealed, place)


def _addition(opened: Opened, row: ConcernAddition, names: dict[UUID, StaffCard]) -> Addition:
    place = CONCERN_DETAIL.place(row_id=row.id, case_id=row.concern_id)
    detail = opened.unseal(ConcernDetail, row.detail_sealed, place)
    return Addition(row.added_at, names[row.added_by].name, detail)


def _kept(opened: Opened, concern: Concern, names: dict[UUID, StaffCard], *, whole: bool) -> Kept | None:
    """Open why a concern was kept; whoever recorded it reads what was written to them and no more."""
    if concern.kept_sealed is None or concern.kept_at is None or concern.kept_by is None:
        return None
    place = CONCERN_KEPT.place(row_id=concern.id, case_id=concern.id)
    reason = opened.unseal(KeptReason, concern.kept_sealed, place)
    if not whole:
        reason = KeptReason(reason="", doing_instead="", feedback_to_reporter=reason.feedback_to_reporter)
    return Kept(concern.kept_at, names[concern.kept_by].name, reason)
