"""Asking the table."""

from dataclasses import dataclass
from uuid import UUID

from intake.errors import Erased, NotFound, NotPermitted, SecondFactorNeeded
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.predicates import of_own_hub, of_own_school
from intake.policy.table import DUTY, LEADS, TABLE
from intake.vocabulary import HUB_ROLES, SCHOOL_ROLES, OrganisationKind

#: What is only ever true of the other kind of organisation.
_ELSEWHERE = {OrganisationKind.SCHOOL: of_own_hub, OrganisationKind.HUB: of_own_school}


def role_may(actor: Actor, permission: Permission) -> bool:
    """Whether any role the actor has proven could ever do this here: the question asked at the door.

    There are auditors in schools and in hubs, and some of what an auditor does is only done in one of them.
    """
    elsewhere = _ELSEWHERE[actor.organisation_kind]
    return any(row.roles & actor.proven_roles and elsewhere not in row.must for row in TABLE[permission])


def served_in(permission: Permission) -> frozenset[OrganisationKind]:
    """Return the kinds of organisation in which somebody may ever do this: only their tier has its pages."""
    theirs = {OrganisationKind.SCHOOL: SCHOOL_ROLES, OrganisationKind.HUB: HUB_ROLES}
    return frozenset(
        kind
        for kind, roles in theirs.items()
        if any(row.roles & roles and _ELSEWHERE[kind] not in row.must for row in TABLE[permission])
    )


def may(actor: Actor, permission: Permission, facts: Facts) -> bool:
    """Whether the actor may do this to the thing with these facts: nothing, once it is erased."""
    return not facts.erased and _theirs(actor, permission, facts)


def require(actor: Actor, permission: Permission, facts: Facts) -> None:
    """Let the act through, or raise.

    `NotPermitted` where the actor's roles never do this; `NotFound` where they do but the thing is
    not theirs, so that what is somebody else's answers exactly as what does not exist;
    `SecondFactorNeeded` where it will be theirs as soon as they have given their second factor; `Erased`
    where it would be theirs, and there is nothing left of it.
    """
    if not role_may(actor, permission):
        raise NotPermitted
    if _theirs(actor, permission, facts):
        if facts.erased:
            raise Erased(facts.case_id)
        return
    if actor.needs_second_factor and _theirs(actor.proven, permission, facts):
        raise SecondFactorNeeded
    raise NotFound


def require_role(actor: Actor, permission: Permission) -> None:
    """Let a list or a new record through by role alone; raises `NotPermitted`."""
    if not role_may(actor, permission):
        raise NotPermitted


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a list may look: one organisation, and perhaps only one person's own rows."""

    organisation_id: UUID
    only_by: UUID | None


def reach(actor: Actor, permission: Permission) -> Reach:
    """Return how far the actor's list may look; raises `NotPermitted`.

    A reporter without the lead's role reaches only what they recorded or sent themselves.
    """
    require_role(actor, permission)
    sees_all = actor.proven_roles & (LEADS | DUTY)
    return Reach(actor.organisation_id, None if sees_all else actor.person_id)


def _theirs(actor: Actor, permission: Permission, facts: Facts) -> bool:
    return any(
        row.roles & actor.proven_roles and all(predicate(actor, facts) for predicate in row.must)
        for row in TABLE[permission]
    )
