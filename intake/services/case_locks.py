"""Locks upon cases, always in one order: children's files, then concerns, then referrals."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.models.concern import ChildFile, Concern
from intake.models.referral import Referral
from intake.queries.restrictions import reached
from intake.vocabulary import SubjectKind

_Table = type[ChildFile] | type[Concern] | type[Referral]


def lock_case(session: Session, kind: SubjectKind, case_id: UUID) -> None:
    """Let nobody else restrict, hold, erase or add to a case and what it reaches before this unit is over.

    What is true of the case must be asked after this: somebody may have been waited for.
    """
    of_school: tuple[_Table, ...] = (ChildFile, Concern)
    for table in (*(() if kind is SubjectKind.REFERRAL else of_school), Referral):
        # Asked anew each time: what was added before the table above was locked is in it now.
        cases = reached(session, kind, case_id)
        rows = select(table).where(table.id.in_(cases)).order_by(table.id)
        session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()


def lock_files(session: Session, concern_id: UUID, child_file_id: UUID | None = None) -> None:
    """Let nobody else restrict, hold or erase the file a concern is in, and one it is to be put in."""
    now_in = select(Concern.child_file_id).where(Concern.id == concern_id)
    rows = select(ChildFile).where(or_(ChildFile.id == child_file_id, ChildFile.id.in_(now_in)))
    session.scalars(rows.order_by(ChildFile.id).with_for_update()).all()
