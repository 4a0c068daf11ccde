"""Which cases are open to somebody now: the one condition of every list, count and search."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import InstrumentedAttribute

from intake.models.concern import Exclusion
from intake.models.erasure import ErasedCase
from intake.models.restriction import RestrictedCase, RestrictedTo
from intake.policy.actor import Actor

#: A column of ids of cases, beside which a condition stands.
CaseIds = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None] | ColumnElement[UUID]


def open_to(actor: Actor, case_id: CaseIds) -> ColumnElement[bool]:
    """Leave out the cases, by their id beside it, that are closed to the actor or that were erased here."""
    return and_(known_to(actor, case_id), ~erased(actor.organisation_id, case_id))


def erased(organisation_id: UUID, thing_id: CaseIds) -> ColumnElement[bool]:
    """Tell of a case, or of another thing with keys of its own, whether an organisation has erased it."""
    return exists().where(ErasedCase.case_id == thing_id, ErasedCase.organisation_id == organisation_id)


def known_to(actor: Actor, case_id: CaseIds) -> ColumnElement[bool]:
    """Leave out the cases that are closed to the actor: what was done about an erased one stays to be seen.

    Closed is a case that names the actor, and one that the actor's organisation restricted to others; what
    somebody found by breaking the glass is open to them while that lasts, unless it names them.
    """
    restricted = restricted_to_others(actor, case_id)
    if actor.behind_glass:
        restricted &= case_id.not_in(actor.behind_glass)
    return and_(~names(actor, case_id), ~restricted)


def names(actor: Actor, case_id: CaseIds) -> ColumnElement[bool]:
    """Tell of a case whether it names the actor, or somebody said that they have a tie to it."""
    return exists().where(Exclusion.case_id == case_id, Exclusion.person_id == actor.person_id)


def restricted_to_others(actor: Actor, case_id: CaseIds) -> ColumnElement[bool]:
    """Tell of a case whether the actor's organisation restricted it, and not to the actor."""
    let_in = exists().where(
        RestrictedTo.restriction_id == RestrictedCase.restriction_id,
        RestrictedTo.person_id == actor.person_id,
    )
    return exists().where(
        RestrictedCase.case_id == case_id,
        RestrictedCase.organisation_id == actor.organisation_id,
        ~let_in,
    )
