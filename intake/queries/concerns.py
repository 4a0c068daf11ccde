"""The school's concerns: to be read, to be decided, settled, one's own, and all about one child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, or_, select, union_all
from sqlalchemy.orm import Session

from intake.models.concern import ChildFile, Concern
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.open_to import open_to
from intake.vocabulary import Answer, ConcernState

PAGE = 25
#: Nobody's list of unread concerns is longer than this; were it, the oldest and worst still stand on top.
MOST_WAITING = 200

_SETTLED = (ConcernState.REFERRED, ConcernState.KEPT)


@dataclass(frozen=True, slots=True)
class ConcernCard:
    """One concern of a list; its name is still sealed, on the child's file where there is one."""

    id: UUID
    reference: str
    recorded_at: datetime
    recorded_by: UUID
    danger_now: Answer
    missing_now: Answer
    state: ConcernState
    read_at: datetime | None
    name_sealed: bytes
    child_file_id: UUID | None
    file_version: int | None
    file_card_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list; `older` is the id to go on from, None at the end."""

    cards: tuple[ConcernCard, ...]
    older: UUID | None


def unread(session: Session, actor: Actor) -> tuple[ConcernCard, ...]:
    """Return what no lead has read: danger first, then missing, then the one that has waited longest."""
    statement = (
        _of_school(actor)
        .where(Concern.read_at.is_(None))
        .order_by(_yes_first(Concern.danger_now), _yes_first(Concern.missing_now), Concern.recorded_at)
        .limit(MOST_WAITING)
    )
    return _cards(session, statement)


def to_decide(session: Session, actor: Actor) -> tuple[ConcernCard, ...]:
    """Return what was read and neither referred nor kept, in the same order."""
    statement = (
        _of_school(actor)
        .where(Concern.state == ConcernState.READ)
        .order_by(_yes_first(Concern.danger_now), _yes_first(Concern.missing_now), Concern.recorded_at)
        .limit(MOST_WAITING)
    )
    return _cards(session, statement)


def settled(session: Session, actor: Actor, before: UUID | None = None) -> Page:
    """Return what was read, and referred or kept, newest first, from below the concern `before`."""
    reach(actor, Permission.CONCERN_LIST)
    held = [Concern.organisation_id == actor.organisation_id]
    below = _below(session, before, *held)
    # One walk down the index for each state: together they are never longer than two pages.
    newest = union_all(
        *(
            select(
                select(Concern.id)
                .where(*held, Concern.state == state, Concern.read_at.is_not(None), *below)
                .order_by(Concern.recorded_at.desc(), Concern.id.desc())
                .limit(PAGE + 1)
                .subquery()
                .c.id
            )
            for state in _SETTLED
        )
    )
    # Those few ids are the school's own: to say so again would have SQLite walk through the whole school.
    return _page(session, _select().where(open_to(actor, Concern.id), Concern.id.in_(newest)))


def own(session: Session, actor: Actor, before: UUID | None = None) -> Page:
    """Return what the actor recorded and is not named in, newest first, from below the concern `before`."""
    reach(actor, Permission.CONCERN_LIST_OWN)
    held = [
        Concern.recorded_by == actor.person_id,
        Concern.organisation_id == actor.organisation_id,
        open_to(actor, Concern.id),
    ]
    return _page(session, _select().where(*held, *_below(session, before, *held)))


def about_child(
    session: Session, actor: Actor, child_file_id: UUID, *, but: UUID | None = None
) -> tuple[ConcernCard, ...]:
    """Return the concerns on one child's file that the actor may read, newest first, all but one."""
    statement = _of_school(actor).where(Concern.child_file_id == child_file_id)
    if but is not None:
        statement = statement.where(Concern.id != but)
    return _cards(session, statement.order_by(Concern.recorded_at.desc(), Concern.id.desc()))


def _select() -> Select[*tuple[Any, ...]]:
    return select(
        Concern.id,
        Concern.reference,
        Concern.recorded_at,
        Concern.recorded_by,
        Concern.danger_now,
        Concern.missing_now,
        Concern.state,
        Concern.read_at,
        Concern.name_sealed,
        Concern.child_file_id,
        ChildFile.version,
        ChildFile.card_sealed,
    ).outerjoin(ChildFile, ChildFile.id == Concern.child_file_id)


def _of_school(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Select the concerns of the actor's school, without those that name the actor."""
    reach(actor, Permission.CONCERN_LIST)
    return _select().where(Concern.organisation_id == actor.organisation_id, open_to(actor, Concern.id))


def _below(
    session: Session, before: UUID | None, *held: ColumnElement[bool]
) -> Sequence[ColumnElement[bool]]:
    if before is None:
        return ()
    at = session.scalar(select(Concern.recorded_at).where(Concern.id == before, *held))
    if at is None:
        return ()
    earlier = Concern.recorded_at < at
    return (or_(earlier, and_(Concern.recorded_at == at, Concern.id < before)),)


def _page(session: Session, statement: Select[*tuple[Any, ...]]) -> Page:
    ordered = statement.order_by(Concern.recorded_at.desc(), Concern.id.desc()).limit(PAGE + 1)
    found = _cards(session, ordered)
    shown = found[:PAGE]
    return Page(shown, shown[-1].id if len(found) > PAGE else None)


def _cards(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[ConcernCard, ...]:
    return tuple(ConcernCard(*row) for row in session.execute(statement))


def _yes_first(question: Any) -> ColumnElement[int]:  # noqa: ANN401 - a column of the table
    return case((question == Answer.YES, 0), else_=1)
