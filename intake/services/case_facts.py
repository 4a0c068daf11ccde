"""What policy must know of a case before anybody is let into it: whom it names, and to whom it is kept."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Uuid, false, null, select, true, union_all
from sqlalchemy.orm import Session

from intake.models.concern import Exclusion
from intake.models.erasure import ErasedCase
from intake.models.restriction import RestrictedCase, RestrictedTo
from intake.policy.facts import Facts


def facts_about(session: Session, case_id: UUID, facts: Facts, *, seen_from: UUID) -> Facts:
    """Return the facts with whom a case is closed to, as seen from one organisation.

    Its own restrictions and erasures count there and nobody else's; where several restrictions stand, all of
    them must let somebody in.
    """
    named = select(Exclusion.person_id, null().cast(Uuid), false()).where(Exclusion.case_id == case_id)
    gone = select(null().cast(Uuid), null().cast(Uuid), true()).where(
        ErasedCase.case_id == case_id, ErasedCase.organisation_id == seen_from
    )
    let_in = (
        select(RestrictedTo.person_id, RestrictedCase.restriction_id, false())
        .select_from(RestrictedCase)
        .outerjoin(RestrictedTo, RestrictedTo.restriction_id == RestrictedCase.restriction_id)
        .where(RestrictedCase.case_id == case_id, RestrictedCase.organisation_id == seen_from)
    )
    kept_out, kept_to, erased = set(), dict[UUID, set[UUID]](), False
    for person_id, restriction_id, is_gone in session.execute(union_all(named, let_in, gone)):
        if is_gone:
            erased = True
        elif restriction_id is None:
            kept_out.add(person_id)
        else:
            kept_to.setdefault(restriction_id, set()).add(person_id)
    only = frozenset(set.intersection(*kept_to.values())) if kept_to else None
    return replace(facts, case_id=case_id, named=frozenset(kept_out), only=only, erased=erased)


def named_in(session: Session, case_id: UUID) -> frozenset[UUID]:
    """Return the staff a case names, who may not read it."""
    return frozenset(session.scalars(select(Exclusion.person_id).where(Exclusion.case_id == case_id)))
