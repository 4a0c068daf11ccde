"""What a child's file said before it was put right: kept when it is, and read with the file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.documents.child import ChildCard
from intake.crypto.inventory import CHILD_CARD, EARLIER_CARD
from intake.ids import new_id
from intake.models.concern import ChildFile, EarlierCard
from intake.services.keys import CaseKeys
from intake.services.opening import Opened
from intake.services.staff import Staff


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a child's file said until it was put right, and which parts of the card were changed then.

    `withheld` is whether the home was withheld then; `card` has none that was, or is now.
    """

    card: ChildCard
    withheld: bool
    changed: frozenset[str]
    until_at: datetime
    put_right_by: str


def said_before(
    session: Session, opened: Opened, staff: Staff, row: ChildFile, card: ChildCard
) -> Iterator[Earlier]:
    """Yield what a file said before `card`, which it says now: the latest first."""
    rows = session.scalars(
        select(EarlierCard).where(EarlierCard.child_file_id == row.id).order_by(EarlierCard.version.desc())
    ).all()
    later, home = card, card.withheld_home
    for each in rows:
        place = EARLIER_CARD.place(row_id=each.id, case_id=row.id, version=each.version)
        said = opened.unseal(ChildCard, each.card_sealed, place)
        shown = replace(said, address_withheld=said.address_withheld or card.address_withheld).masked()
        shown = shown if home is None else home.shown(shown)
        by = staff.name(each.put_right_by)
        yield Earlier(shown, said.address_withheld, _changed(said, later), each.until_at, by)
        later = said


def replace_card(
    session: Session,
    keys: CaseKeys,
    row: ChildFile,
    before: ChildCard,
    after: ChildCard,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """Have a file, which is locked, say `after`, and keep beside it what it said before."""
    holders, earlier_id = (row.organisation_id,), new_id()
    place = EARLIER_CARD.place(row_id=earlier_id, case_id=row.id, version=row.version)
    session.add(
        EarlierCard(
            id=earlier_id,
            child_file_id=row.id,
            version=row.version,
            card_sealed=keys.seal(before, place, holders=holders),
            until_at=at,
            put_right_by=by,
        )
    )
    row.version += 1
    place = CHILD_CARD.place(row_id=row.id, case_id=row.id, version=row.version)
    row.card_sealed = keys.seal(after, place, holders=holders)


def _changed(before: ChildCard, after: ChildCard) -> frozenset[str]:
    return frozenset(
        each.name for each in fields(ChildCard) if getattr(before, each.name) != getattr(after, each.name)
    )
