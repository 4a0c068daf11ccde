"""The duty desk over HTTP: from the queue to a decision the school can read, and the lost races on the way."""

from uuid import UUID

import pytest

from intake.policy.actor import Actor
from intake.vocabulary import Answer, Decision, ReferralState, Role
from tests.factories.people import People
from tests.factories.referrals import CHILD, Referrals
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting


@pytest.fixture
def hub(people: People) -> UUID:
    return people.hub()


@pytest.fixture
def lead(people: People) -> Actor:
    return people.actor(people.school(), Role.SAFEGUARDING_LEAD, name="Anna Okafor")


@pytest.fixture
def sam(people: People, hub: UUID, visiting: Visiting) -> Visitor:
    return visiting(people.actor(hub, Role.DUTY_WORKER, name="Sam Reed"))


@pytest.fixture
def jo(people: People, hub: UUID, visiting: Visiting) -> Visitor:
    return visiting(people.actor(hub, Role.DUTY_WORKER, name="Jo Marsh"))


@pytest.fixture
def referral(referrals: Referrals, lead: Actor, hub: UUID) -> UUID:
    return referrals.arrive(lead, hub)


def take_and_acknowledge(visitor: Visitor, referral: UUID) -> None:
    visitor.get(f"/queue/{referral}").form("Take it").submit().follow()
    visitor.get(f"/queue/{referral}").form("Acknowledge").submit().follow()


def coloured(visitor: Visitor, referral: UUID) -> None:
    take_and_acknowledge(visitor, referral)
    page = visitor.get(f"/queue/{referral}")
    page.form("Give this colour").fill(colour="red", reason="A car waits for her.").submit().follow()


def test_a_referral_goes_from_the_queue_to_a_decision(
    referrals: Referrals, sam: Visitor, referral: UUID
) -> None:
    listed = sam.get("/queue")
    assert "Maya Ellison age 14" in listed.text
    assert "Nobody has it" in listed.text

    coloured(sam, referral)
    decision = sam.get(f"/queue/{referral}").link("Decide")
    decision.form("Keep this decision").fill(
        decision=Decision.ASSESSMENT.value,
        rationale="The car, the gifts and the age gap together.",
        to_school="A social worker will see Maya in school tomorrow.",
    ).submit("Keep this decision").follow()

    header = referrals.header(referral)
    assert header.state is ReferralState.DECIDED
    assert not header.in_queue
    page = sam.get(f"/queue/{referral}")
    assert "Decision: Assess the child's needs" in page.text
    assert "A social worker will see Maya in school tomorrow." in page.text
    assert "Maya Ellison" not in sam.get("/queue").text
    assert "Maya Ellison" in sam.get("/queue?list=decided").text
