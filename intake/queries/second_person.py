"""What waits for a second person, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.pack_asked import pack_of
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.policy.second_person import ALLOWED_ONCE, kinds_seen
from intake.queries.open_to import erased, known_to
from intake.vocabulary import RequestKind, RequestState, SubjectKind

_MOST_DECIDED = 50


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request, without its words; `codes` say what precisely is asked for."""

    id: UUID
    kind: RequestKind
    subject_kind: SubjectKind
    subject_id: UUID
    codes: tuple[str, ...]
    asked_by: UUID
    asked_at: datetime
    expires_at: datetime
    state: RequestState
    decided_by: UUID | None
    decided_at: datetime | None
    used_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody may still approve it."""
        return self.state is RequestState.WAITING

    @property
    def is_usable(self) -> bool:
        """Whether what was allowed may still be done: once, and not for ever."""
        return self.kind in ALLOWED_ONCE and self.state is RequestState.APPROVED and self.used_at is None

    @property
    def person_id(self) -> UUID | None:
        """Whom the codes name: who is let into a restricted case, or whose looks are asked about."""
        if self.kind is RequestKind.LETTING_IN:
            return UUID(self.codes[1])
        return pack_of(self.codes).person_id if self.kind is RequestKind.PACK else None


def waiting(session: Session, actor: Actor, now: datetime) -> tuple[RequestCard, ...]:
    """Return what waits in the actor's organisation and is theirs to see, the oldest first."""
    return _cards(session, actor, now, only_waiting=True)


def decided(session: Session, actor: Actor, now: datetime) -> tuple[RequestCard, ...]:
    """Return what came of the latest requests, the latest decision first."""
    return _cards(session, actor, now, only_waiting=False)


def about(session: Session, actor: Actor, subject_id: UUID, now: datetime) -> tuple[RequestCard, ...]:
    """Return what waits about one thing."""
    return tuple(card for card in waiting(session, actor, now) if card.subject_id == subject_id)


def is_erased(session: Session, row: SecondPersonRequest) -> bool:
    """Tell whether the words of a request went with the case it was about."""
    gone = select(SecondPersonRequest.id).where(
        SecondPersonRequest.id == row.id, erased(row.organisation_id, SecondPersonRequest.id)
    )
    return session.scalars(gone).one_or_none() is not None


def card_of(row: SecondPersonRequest, now: datetime) -> RequestCard:
    """Return a row as a card; one that was not answered in time has expired."""
    unused = row.state is RequestState.APPROVED and row.kind in ALLOWED_ONCE and row.used_at is None
    expired = (row.state is RequestState.WAITING or unused) and row.expires_at <= now
    return RequestCard(
        id=row.id,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        codes=tuple(row.codes.split()),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        state=RequestState.EXPIRED if expired else row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        used_at=row.used_at,
    )


def _cards(session: Session, actor: Actor, now: datetime, *, only_waiting: bool) -> tuple[RequestCard, ...]:
    here, kinds = reach(actor, Permission.SECOND_PERSON_SEE).organisation_id, kinds_seen(actor)
    table = SecondPersonRequest
    open_now = (table.state == RequestState.WAITING) & (table.expires_at > now)
    wanted = select(table).where(
        table.organisation_id == here,
        table.kind.in_(kinds),
        known_to(actor, table.subject_id),
        ~erased(here, table.id),
    )
    if only_waiting:
        wanted = wanted.where(open_now).order_by(table.asked_at, table.id)
    else:
        wanted = wanted.where(~open_now).order_by(table.asked_at.desc(), table.id).limit(_MOST_DECIDED)
    return tuple(card_of(row, now) for row in session.scalars(wanted))
