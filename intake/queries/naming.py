"""Whom a case names sees nothing of it, on any list."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute

from intake.models.concern import Exclusion
from intake.policy.actor import Actor


def not_named(actor: Actor, case_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Leave out the cases, by their id beside it in a statement, that name the actor."""
    return ~exists().where(Exclusion.case_id == case_id, Exclusion.person_id == actor.person_id)
