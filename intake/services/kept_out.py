"""Ties to a child: closing cases to whoever has one, and seeing that somebody is left for each of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models.concern import Exclusion
from intake.policy.facts import Facts
from intake.policy.table import LEADS
from intake.queries.restrictions import colleagues, reached
from intake.services.case_facts import facts_about
from intake.vocabulary import SubjectKind


def somebody_is_left(
    session: Session, organisation_id: UUID, able: Collection[UUID], cases: Collection[UUID]
) -> bool:
    """Tell whether each of these cases is open to one of those able to work with it."""
    found = (facts_about(session, each, Facts(), seen_from=organisation_id) for each in cases)
    return all(any(not facts.shuts_out(person_id) for person_id in able) for facts in found)


def shut_out(
    session: Session, person_id: UUID, cases: Collection[UUID], *, said_of: UUID, at: datetime
) -> None:
    """Close cases to somebody; the one the tie was `said_of` takes it along to a file it is put in."""
    rows = session.scalars(
        select(Exclusion).where(Exclusion.case_id.in_(cases), Exclusion.person_id == person_id)
    )
    there = {row.case_id: row for row in rows}
    for case_id in sorted(set(cases) - there.keys()):
        session.add(Exclusion(case_id=case_id, person_id=person_id, since_at=at, tie=case_id == said_of))
    if said_of in there:
        there[said_of].tie = True
    session.flush()


def follow_into_file(
    session: Session, organisation_id: UUID, concern_id: UUID, child_file_id: UUID, at: datetime
) -> bool:
    """Close a child's file to whoever has a tie to the child of a concern that is now in it.

    Returns whether somebody is left to work with the file.
    """
    said_of_concern = Exclusion.case_id == concern_id, Exclusion.tie
    tied = session.scalars(select(Exclusion.person_id).where(*said_of_concern)).all()
    cases = reached(session, SubjectKind.CHILD_FILE, child_file_id) if tied else frozenset()
    for person_id in tied:
        shut_out(session, person_id, cases, said_of=concern_id, at=at)
    able = colleagues(session, organisation_id, LEADS, at)
    return not tied or somebody_is_left(session, organisation_id, able, cases)
