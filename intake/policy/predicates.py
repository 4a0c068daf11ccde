"""The small named questions the table is made of."""

from collections.abc import Callable

from intake.policy.actor import Actor
from intake.policy.facts import Facts

Predicate = Callable[[Actor, Facts], bool]


def of_own_school(actor: Actor, facts: Facts) -> bool:
    """The thing belongs to the school the actor is working in."""
    return facts.school_id is not None and facts.school_id == actor.organisation_id


def of_own_hub(actor: Actor, facts: Facts) -> bool:
    """The thing was received by the hub the actor is working in."""
    return facts.hub_id is not None and facts.hub_id == actor.organisation_id


def of_own_organisation(actor: Actor, facts: Facts) -> bool:
    """The thing belongs to the actor's organisation, whichever side of the door that is."""
    return facts.organisation_id is not None and facts.organisation_id == actor.organisation_id


def recorded_by_actor(actor: Actor, facts: Facts) -> bool:
    """The actor wrote it down."""
    return facts.recorded_by is not None and facts.recorded_by == actor.person_id


def recorded_by_another(actor: Actor, facts: Facts) -> bool:
    """Somebody else proposed it."""
    return facts.recorded_by != actor.person_id


def by_own_factor(actor: Actor, facts: Facts) -> bool:
    """The actor is not in by a code for one shift themselves."""
    del facts
    return not actor.by_shift_code


def about_another(actor: Actor, facts: Facts) -> bool:
    """It is not about the actor themselves."""
    return facts.case_id != actor.person_id


def sent_by_actor(actor: Actor, facts: Facts) -> bool:
    """The actor sent it."""
    return facts.sent_by is not None and facts.sent_by == actor.person_id


def open_to_actor(actor: Actor, facts: Facts) -> bool:
    """The case does not name the actor, and is not restricted to others, or they broke the glass."""
    if facts.case_id in actor.behind_glass:
        return actor.person_id not in facts.named
    return not facts.shuts_out(actor.person_id)


def known_to_actor(actor: Actor, facts: Facts) -> bool:
    """The case does not name the actor, and is not restricted to others, broken glass or none."""
    return not facts.shuts_out(actor.person_id)


def decides(actor: Actor, facts: Facts) -> bool:
    """The case is restricted to the actor; or they broke the glass, and too few of the named are left."""
    named = facts.only is not None and not facts.shuts_out(actor.person_id)
    return named or (facts.too_few and open_to_actor(actor, facts))


def restricted(actor: Actor, facts: Facts) -> bool:
    """The case is restricted."""
    del actor
    return facts.only is not None
