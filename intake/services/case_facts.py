"""What policy must know of a case before anybody is let into it: whom it names, and to whom it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import Uuid, false, null, select, true, union_all
from sqlalchemy.orm import Session

from intake.models.concern import Exclusion
from intake.models.erasure import ErasedCase
from intake.models.restriction import RestrictedCase, RestrictedTo
from intake.policy.facts import Facts


@dataclass(slots=True)
class _Closed:
    """To whom one case is closed, while it is gathered."""

    named: set[UUID] = field(default_factory=set)
    kept_to: dict[UUID, set[UUID]] = field(default_factory=dict)
    erased: bool = False


def facts_about(session: Session, case_id: UUID, facts: Facts, *, seen_from: UUID) -> Facts:
    """Return the facts with whom a case is closed to, as seen from one organisation; see below."""
    return facts_about_many(session, {case_id: facts}, seen_from=seen_from)[case_id]


def facts_about_many(session: Session, cases: Mapping[UUID, Facts], *, seen_from: UUID) -> dict[UUID, Facts]:
    """Return the facts of several cases with whom each is closed to, in one statement.

    The organisation's own restrictions and erasures count there and nobody else's; where several restrictions
    stand, all of them must let somebody in.
    """
    if not cases:
        return {}
    nothing = null().cast(Uuid)
    named = select(Exclusion.case_id, Exclusion.person_id, nothing, false()).where(
        Exclusion.case_id.in_(cases)
    )
    gone = select(ErasedCase.case_id, nothing, nothing, true()).where(
        ErasedCase.case_id.in_(cases), ErasedCase.organisation_id == seen_from
    )
    let_in = (
        select(RestrictedCase.case_id, RestrictedTo.person_id, RestrictedCase.restriction_id, false())
        .select_from(RestrictedCase)
        .outerjoin(RestrictedTo, RestrictedTo.restriction_id == RestrictedCase.restriction_id)
        .where(RestrictedCase.case_id.in_(cases), RestrictedCase.organisation_id == seen_from)
    )
    found = {case_id: _Closed() for case_id in cases}
    for case_id, person_id, restriction_id, is_gone in session.execute(union_all(named, let_in, gone)):
        closed = found[case_id]
        if is_gone:
            closed.erased = True
        elif restriction_id is None:
            closed.named.add(person_id)
        else:
            closed.kept_to.setdefault(restriction_id, set()).add(person_id)
    return {
        case_id: replace(
            cases[case_id],
            case_id=case_id,
            named=frozenset(closed.named),
            only=frozenset(set.intersection(*closed.kept_to.values())) if closed.kept_to else None,
            erased=closed.erased,
        )
        for case_id, closed in found.items()
    }


def named_in(session: Session, case_id: UUID) -> frozenset[UUID]:
    """Return the staff a case names, who may not read it."""
    return frozenset(session.scalars(select(Exclusion.person_id).where(Exclusion.case_id == case_id)))
