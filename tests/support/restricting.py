"""Restricting the case of the town to people who are not among those who try its doors."""

from uuid import UUID

from intake.casework.drafts import RestrictDraft
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.vocabulary import Role, SubjectKind
from tests.factories.people import People
from tests.support.world import Stage


def restrict_to_others(stage: Stage) -> tuple[Actor, Actor]:
    """Restrict it on both sides of the door; returns the manager and the lead who did."""
    here, people = stage.world.here, People(stage.place)
    manager, lead = (
        people.actor(here.hub_id, Role.DUTY_MANAGER),
        people.actor(here.school_id, Role.SAFEGUARDING_LEAD),
    )
    colleague, deputy = (
        people.actor(here.hub_id, Role.DUTY_WORKER),
        people.actor(here.school_id, Role.DEPUTY_LEAD),
    )
    with stage.place.writing() as services:
        services.triage.take(manager, here.case.referral_id, _version(stage))
    with stage.place.writing() as services:
        services.restrictions.restrict(
            manager, SubjectKind.REFERRAL, here.case.referral_id, _draft(colleague.person_id)
        )
        services.restrictions.restrict(
            lead, SubjectKind.CHILD_FILE, here.case.child_file_id, _draft(deputy.person_id)
        )
    return manager, lead


def _draft(person_id: UUID) -> RestrictDraft:
    return RestrictDraft((person_id,), "An aunt of hers works here.")


def _version(stage: Stage) -> int:
    with stage.place.reading() as services:
        referral = services.unit.session.get_one(Referral, stage.world.here.case.referral_id)
        return referral.version
