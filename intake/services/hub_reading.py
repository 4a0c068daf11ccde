"""The hub reads a referral: the opening is committed, and only then is a word of it shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.audit.events.casework import NotesOpened
from intake.audit.events.referrals import ReferralOpened
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.documents.child import ChildCard
from intake.casework.documents.referral import ReferralAsSent, RoutingTrace
from intake.casework.limits import ColourLimit
from intake.casework.next_step import next_step
from intake.clock import Clock
from intake.crypto.inventory import REFERRAL_CARD, REFERRAL_DOCUMENT, ROUTING_TRACE
from intake.db import Unit
from intake.models.referral import Referral, ReferralSent, RoutingRecord
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.queries.hub_referral import HubRows, hub_rows
from intake.routing.directory import Directory
from intake.services.crossings import Crossings
from intake.services.history import Happening, history
from intake.services.hub_case import about, hub_referral
from intake.services.limits import limits_in_force
from intake.services.messages import message_read, record_reading
from intake.services.opening import Opened, Opening
from intake.services.passing_told import PassingTold, passings_told
from intake.services.staff import Staff
from intake.vocabulary import Answer, Colour, Compartment, ReferralAct, ReferralState

_OPENED = (Compartment.IDENTITY, Compartment.REFERRAL, Compartment.HUB, Compartment.RELEASE)


@dataclass(frozen=True, slots=True)
class HubHeader:
    """Where a referral stands, with names in place of ids; nothing of the child is in it."""

    id: UUID
    reference: str
    version: int
    state: ReferralState
    danger_now: Answer
    missing_now: Answer
    colour: Colour | None
    received_at: datetime
    clock_starts_at: datetime
    due_at: datetime
    colour_due_at: datetime | None
    decided_at: datetime | None
    authority_code: str | None
    school: str
    taken_by: str
    taken_at: datetime | None
    is_mine: bool
    next_step: ReferralAct | None
    may: frozenset[ReferralAct]
    may_restrict: bool
    may_see_lookers: bool
    may_erase: bool
    may_give_out: bool


@dataclass(frozen=True, slots=True)
class ReadReferral:
    """A referral as the duty worker reads it."""

    header: HubHeader
    child: ChildCard
    sent: ReferralAsSent
    trace: RoutingTrace | None
    limits: tuple[ColourLimit, ...]
    history: tuple[Happening, ...]
    passings: tuple[PassingTold, ...] = ()
    restriction_id: UUID | None = None


class HubReading:
    """Opens referrals for the service that received them; reading one does not take it."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        opening: Opening,
        staff: Staff,
        *,
        crossings: Crossings,
        directory: Directory,
    ) -> None:
        self._crossings = crossings
        self._directory = directory
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff

    def read(self, actor: Actor, referral_id: UUID, *, stamped: bool = True) -> ReadReferral:
        """Return everything the hub holds on a referral. Raises `NotPermitted` and `NotFound`.

        The first opening is stamped on the clear header, where the sender sees it, and so is the first
        reading of an answer; not where the page is about something else (`stamped`).
        """
        # The keys to it may wait to be given on by this tier, where a school sent it here from elsewhere.
        self._crossings.take_in()
        # Where the database can only be read, it is read all the same, and stamped when it next can be.
        now = self._clock.now() if stamped and self._unit.can_record else None
        referral = hub_referral(self._session, actor, Permission.REFERRAL_OPEN, referral_id)
        rows = hub_rows(self._session, referral)
        limits = limits_in_force(self._session, self._directory, referral.authority_code)
        self._stamp_first_opening(referral, now)
        written = record_reading(self._unit, self._audit, actor, referral, now)
        opened = self._record(actor, referral, rows)
        people = {*rows.people(), *filter(None, (referral.taken_by, referral.acknowledged_by))}
        names = {person_id: card.name for person_id, card in self._staff.cards(people).items()}
        opened.load((referral_id,))
        card = card_sent(opened, rows.sent)
        shown = opened.withholding(card)
        return ReadReferral(
            header=header_of(
                referral, rows.school.name, actor, names.get(referral.taken_by or actor.person_id, "")
            ),
            child=card.masked(),
            sent=_document(shown, rows.sent),
            trace=_trace(rows, opened),
            limits=limits,
            history=history(
                rows, referral, shown, names, (message_read(shown, row, actor) for row in written)
            ),
            passings=passings_told(self._session, self._staff, shown, referral_id),
            restriction_id=rows.restriction_id,
        )

    def header(self, actor: Actor, referral_id: UUID, permission: Permission) -> HubHeader:
        """Return where a referral stands, opening no words: for a form about it. Raises `NotFound`."""
        referral = hub_referral(self._session, actor, permission, referral_id)
        school = self._staff.organisation(referral.school_id)
        return header_of(referral, school, actor, self._staff.name(referral.taken_by))

    def _stamp_first_opening(self, referral: Referral, now: datetime | None) -> None:
        if now is not None and referral.first_opened_at is None:
            self._session.execute(
                update(Referral)
                .where(Referral.id == referral.id, Referral.first_opened_at.is_(None))
                .values(first_opened_at=now)
            )

    def _record(self, actor: Actor, referral: Referral, rows: HubRows) -> Opened:
        if rows.notes:
            self._audit.record(
                NotesOpened(note_ids=tuple(note.id for note in rows.notes)),
                actor=actor,
                organisation_id=actor.organisation_id,
                subject=about(referral),
            )
        event = ReferralOpened(compartments=_OPENED)
        return self._opening.record(event, actor=actor, subject=about(referral))


def as_sent(
    session: Session, staff: Staff, opened: Opened, actor: Actor, routed: RoutingRecord
) -> ReadReferral:
    """Open a referral as the school sent it, and why it came; nothing that a service has written since."""
    case_id = routed.referral_id
    referral, sent = session.get_one(Referral, case_id), session.get_one(ReferralSent, case_id)
    card = card_sent(opened, sent)
    at_trace = ROUTING_TRACE.place(row_id=routed.id, case_id=case_id)
    return ReadReferral(
        header=header_of(referral, staff.organisation(referral.school_id), actor, ""),
        child=card.masked(),
        sent=_document(opened.withholding(card), sent),
        trace=opened.unseal(RoutingTrace, routed.trace_sealed, at_trace),
        limits=(),
        history=(),
    )


def header_of(referral: Referral, school: str, actor: Actor, taken_by: str) -> HubHeader:
    """Return where a referral stands, with names in place of ids."""
    is_mine = referral.taken_by == actor.person_id
    return HubHeader(
        id=referral.id,
        reference=referral.reference,
        version=referral.version,
        state=referral.state,
        danger_now=referral.danger_now,
        missing_now=referral.missing_now,
        colour=referral.colour,
        received_at=referral.received_at or referral.submitted_at,
        clock_starts_at=referral.clock_starts_at,
        due_at=referral.due_at,
        colour_due_at=referral.colour_due_at,
        decided_at=referral.decided_at,
        authority_code=referral.authority_code,
        school=school,
        taken_by=taken_by if referral.taken_by else "",
        taken_at=referral.taken_at,
        is_mine=is_mine,
        next_step=next_step(referral.state, referral.colour, is_mine=is_mine),
        may=frozenset(act for act in ReferralAct if referral_lifecycle.may(referral.state, act)),
        may_restrict=role_may(actor, Permission.REFERRAL_RESTRICT),
        may_see_lookers=role_may(actor, Permission.REFERRAL_LOOKERS),
        may_erase=role_may(actor, Permission.REFERRAL_ERASE),
        may_give_out=role_may(actor, Permission.EXTRACT_MAKE)
        and not actor.by_shift_code
        and actor.under(referral.id) is None,
    )


def card_sent(opened: Opened, sent: ReferralSent) -> ChildCard:
    """Open the whole card that was sent, with a home that is withheld."""
    place = REFERRAL_CARD.place(row_id=sent.referral_id, case_id=sent.referral_id)
    return opened.unseal(ChildCard, sent.card_sealed, place)


def _document(opened: Opened, sent: ReferralSent) -> ReferralAsSent:
    place = REFERRAL_DOCUMENT.place(row_id=sent.referral_id, case_id=sent.referral_id)
    return opened.unseal(ReferralAsSent, sent.document_sealed, place)


def _trace(rows: HubRows, opened: Opened) -> RoutingTrace | None:
    if rows.routed is None:
        return None
    place = ROUTING_TRACE.place(row_id=rows.routed.id, case_id=rows.routed.referral_id)
    return opened.unseal(RoutingTrace, rows.routed.trace_sealed, place)
