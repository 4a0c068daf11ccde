"""The duty service's queue: worst first, a page at a time, with the children's cards still sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from intake.models.organisation import Organisation
from intake.models.person import FormDraftRow, Person
from intake.models.referral import Referral, ReferralSent
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.messages import answered, unread
from intake.queries.open_to import open_to
from intake.queries.passing import how_many_offered, waits_for
from intake.vocabulary import Answer, Colour, QueueList, ReferralState

PAGE: Final = 50
#: Counting stops here: nobody needs to know whether it is 300 or 3,000, and counting them all takes time.
MOST_COUNTED: Final = 100

#: The lists of work that waits; what is decided or closed waits for nobody.
COUNTED: Final = (
    QueueList.ALL,
    QueueList.NOBODYS,
    QueueList.MINE,
    QueueList.OVERDUE,
    QueueList.ANSWERED,
)
#: The lists of work that is over, and the state of what is in them.
_OVER: Final = {QueueList.DECIDED: ReferralState.DECIDED, QueueList.CLOSED: ReferralState.CLOSED}

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SealedCard:
    """A sealed identity card, and the version and keyed thing it is bound to."""

    row_id: UUID
    case_id: UUID
    version: int
    blob: bytes


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One referral of the queue; who has it is a card still to be opened, like the child's."""

    id: UUID
    reference: str
    state: ReferralState
    danger_now: Answer
    missing_now: Answer
    colour: Colour | None
    urgency_rank: int
    received_at: datetime
    due_at: datetime
    colour_due_at: datetime | None
    decided_at: datetime | None
    school: str
    child: bytes
    taken_by: SealedCard | None
    is_mine: bool
    has_answer: bool
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many referrals a list holds, up to where counting stops."""

    number: int
    or_more: bool


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many referrals each list holds, how many forms wait unsent, how many referrals for an answer."""

    of: Mapping[QueueList, Counted]
    unfinished: int
    offered: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: what stands after it is what the next page begins with."""

    rank: int
    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.rank}.{(self.at - _EPOCH) // _MICROSECOND}.{self.id.hex}"

    @classmethod
    def read(cls, said: str) -> "Place | None":
        """Read a place out of an address; None for anything that is not one."""
        try:
            rank, at, row = said.split(".")
            return cls(int(rank) % 10**6, _EPOCH + int(at) * _MICROSECOND, UUID(hex=row))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a list, and where the next one begins, if there is one."""

    rows: tuple[QueueRow, ...]
    next: Place | None


def queue_page(
    session: Session, actor: Actor, which: QueueList, after: Place | None = None, *, now: datetime
) -> QueuePage:
    """Return a page of the service's referrals: worst first, longest overdue first, or last decided first.

    Raises `NotPermitted`. A referral that names the actor is not in their list.
    """
    hub_id = reach(actor, Permission.QUEUE_LIST).organisation_id
    statement = _rows(actor).where(*_listed(hub_id, which, actor, now)).limit(PAGE + 1)
    rows = session.execute(_ordered(statement, which, after)).all()
    cards = tuple(_card(row, actor) for row in rows[:PAGE])
    ends = cards[-1] if len(rows) > PAGE else None
    return QueuePage(cards, None if ends is None else _place(ends, which))


def queue_counts(session: Session, actor: Actor, *, now: datetime) -> QueueCounts:
    """Return how many referrals are in each list of work that waits, in one statement."""
    hub_id = reach(actor, Permission.QUEUE_LIST).organisation_id
    begun = (FormDraftRow.person_id == actor.person_id, FormDraftRow.organisation_id == hub_id)
    drafts = select(func.count()).where(*begun).scalar_subquery()
    *numbers, unfinished, offered = session.execute(
        select(*(_capped(hub_id, which, actor, now) for which in COUNTED), drafts, how_many_offered(actor))
    ).one()
    counted = {
        which: Counted(min(number, MOST_COUNTED), or_more=number > MOST_COUNTED)
        for which, number in zip(COUNTED, numbers, strict=True)
    }
    return QueueCounts(counted, unfinished, offered)


def find_by_reference(session: Session, actor: Actor, reference: str) -> UUID | None:
    """Return the id of one of the service's referrals by the reference somebody read out, or None."""
    hub_id = reach(actor, Permission.QUEUE_LIST).organisation_id
    return session.scalars(
        select(Referral.id).where(
            Referral.reference == reference, Referral.hub_id == hub_id, open_to(actor, Referral.id)
        )
    ).one_or_none()


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Referral.id,
            Referral.reference,
            Referral.state,
            Referral.danger_now,
            Referral.missing_now,
            Referral.colour,
            Referral.urgency_rank,
            Referral.submitted_at,
            Referral.received_at,
            Referral.due_at,
            Referral.colour_due_at,
            Referral.decided_at,
            Referral.taken_by,
            ReferralSent.card_sealed,
            Organisation.name.label("school"),
            Person.organisation_id.label("worker_organisation_id"),
            Person.card_version.label("worker_version"),
            Person.card_sealed.label("worker_card"),
            answered().label("has_answer"),
            waits_for().label("waits_for"),
        )
        .join(ReferralSent, ReferralSent.referral_id == Referral.id)
        .join(Organisation, Organisation.id == Referral.school_id)
        .outerjoin(Person, Person.id == Referral.taken_by)
        .where(open_to(actor, Referral.id))
    )


def _listed(hub_id: UUID, which: QueueList, actor: Actor, now: datetime) -> Iterable[ColumnElement[bool]]:
    if which is QueueList.ANSWERED:
        yield Referral.id.in_(unread(hub_id))
        # Read from the answers that wait, of which there are few: SQLite would go through every referral of
        # the service instead, if it saw that the service is indexed.
        yield func.coalesce(Referral.hub_id, None) == hub_id
        return
    yield Referral.hub_id == hub_id
    if which in _OVER:
        yield Referral.state == _OVER[which]
        return
    yield Referral.in_queue.is_(True)
    if which is QueueList.NOBODYS:
        yield Referral.taken_by.is_(None)
    if which is QueueList.MINE:
        yield Referral.taken_by == actor.person_id
    if which is QueueList.OVERDUE:
        yield Referral.due_at < now


def _ordered(
    statement: Select[*tuple[Any, ...]], which: QueueList, after: Place | None
) -> Select[*tuple[Any, ...]]:
    if which in _OVER:
        if after is not None:
            key = tuple_(Referral.decided_at, Referral.id)
            statement = statement.where(key < tuple_(_instant(after), _id(after)))
        return statement.order_by(Referral.decided_at.desc(), Referral.id.desc())
    if which is QueueList.OVERDUE:
        if after is not None:
            key = tuple_(Referral.due_at, Referral.id)
            statement = statement.where(key > tuple_(_instant(after), _id(after)))
        return statement.order_by(Referral.due_at, Referral.id)
    order = (Referral.urgency_rank, Referral.due_at, Referral.id)
    if after is not None:
        key = tuple_(*order)
        statement = statement.where(key > tuple_(literal(after.rank), _instant(after), _id(after)))
    # All in such a list are nobody's; PostgreSQL reads the index in order only when it is told so.
    return statement.order_by(*((Referral.taken_by, *order) if which is QueueList.NOBODYS else order))


def _id(place: Place) -> ColumnElement[UUID]:
    return literal(place.id, Referral.id.type)


def _instant(place: Place) -> ColumnElement[datetime]:
    return literal(place.at, Referral.due_at.type)


def _capped(hub_id: UUID, which: QueueList, actor: Actor, now: datetime) -> ColumnElement[int]:
    some = (
        select(literal(1))
        .select_from(Referral)
        .where(*_listed(hub_id, which, actor, now), open_to(actor, Referral.id))
        .limit(MOST_COUNTED + 1)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _place(row: QueueRow, which: QueueList) -> Place:
    if which in _OVER:
        return Place(0, row.decided_at or row.due_at, row.id)
    return Place(row.urgency_rank, row.due_at, row.id)


def _card(row: Row[Any], actor: Actor) -> QueueRow:
    worker = None
    if row.taken_by is not None:
        worker = SealedCard(row.taken_by, row.worker_organisation_id, row.worker_version, row.worker_card)
    return QueueRow(
        id=row.id,
        reference=row.reference,
        state=row.state,
        danger_now=row.danger_now,
        missing_now=row.missing_now,
        colour=row.colour,
        urgency_rank=row.urgency_rank,
        received_at=row.received_at or row.submitted_at,
        due_at=row.due_at,
        colour_due_at=row.colour_due_at,
        decided_at=row.decided_at,
        school=row.school,
        child=row.card_sealed,
        taken_by=worker,
        is_mine=row.taken_by == actor.person_id,
        has_answer=row.has_answer,
        waits_for=row.waits_for,
    )
