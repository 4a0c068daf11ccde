"""A school, the hub its referrals come to, and everybody in them with a password and an app, or a passkey."""

from dataclasses import dataclass
from uuid import UUID

from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders, Holder
from tests.factories.people import People

SCHOOL = "Riverbank Academy (test)"
HUB = "Halton duty desk (test)"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the story, by what they are in it."""

    school_id: UUID
    hub_id: UUID
    teacher: Holder
    lead: Holder
    deputy: Holder
    worker: Holder
    manager: Holder
    auditor: Holder
    administrator: Holder
    second_administrator: Holder


def assemble(people: People, holders: AccountHolders) -> Cast:
    """Make the school, the hub and everybody in them."""
    school, hub = people.school(name=SCHOOL), people.hub(name=HUB)
    make = holders.make
    return Cast(
        school_id=school,
        hub_id=hub,
        teacher=make(school, Role.REPORTER, name="Priya Nair"),
        lead=make(school, Role.SAFEGUARDING_LEAD, name="Anna Okafor", app=True),
        deputy=make(school, Role.DEPUTY_LEAD, name="Tom Bellamy", app=True),
        worker=make(hub, Role.DUTY_WORKER, name="Dilys Roberts", app=True),
        manager=make(hub, Role.DUTY_MANAGER, name="Malik Shah", app=True),
        auditor=make(hub, Role.AUDITOR, name="Una Brody", passkey=True),
        administrator=make(school, Role.ADMINISTRATOR, name="Jo Marsh", passkey=True),
        second_administrator=make(school, Role.ADMINISTRATOR, name="Idris Cole", passkey=True),
    )
