"""The relations of the matrix that two towns do not have: next door, a closed case, an ended account.

Only what names a case is asked, by those who would open it on the other side of the relation.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.models.person import Membership
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.services.workplace import Services
from intake.vocabulary import ReferralState, Role
from tests.factories.hub_work import ASSESS
from tests.factories.people import People
from tests.support.doors import DOORS
from tests.support.matrix import Asked, Came, Trier, Whose, kept, routes
from tests.support.world import CLOSED, ENDED, Colleague, Stage, World
from tests.trips.test_matrix import LISTS, OF_THE_CASE, asked_about, told_apart, wrong

pytestmark = pytest.mark.unmeasured

#: One press of a button; with the version the case has now, nothing but its state is in the way.
PRESSES = ("triage.take", "triage.hand_back", "triage.acknowledge")


def next_door(stage: Stage) -> World:
    """Found another school and another service of the very same council, and stand there."""
    here, people = stage.world.here, People(stage.place)
    there = {
        here.school_id: people.school("E06000006", "The school next door (test)"),
        here.hub_id: people.hub("halton-edt", "E06000006", "The desk at night (test)"),
    }
    neighbours = {
        letter: people.actor(there[here.actors[letter].organisation_id], role)
        for letter, role in (
            ("l", Role.SAFEGUARDING_LEAD),
            ("w", Role.DUTY_WORKER),
            ("m", Role.DUTY_MANAGER),
        )
    }

    beside = replace(
        here,
        school_id=there[here.school_id],
        hub_id=there[here.hub_id],
        actors={**here.actors, **neighbours},
        colleagues={there[where]: each for where, each in here.colleagues.items()},
        searches={there[where]: each for where, each in here.searches.items()},
        requests={there[where]: each for where, each in here.requests.items()},
    )
    return World(here=beside, elsewhere=here)


@pytest.mark.parametrize("letter", ["l", "w", "m"])
def test_another_organisation_of_the_same_area_finds_nothing_of_a_case(letter: str, stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, next_door(stage), letter)
    everything, answers = kept(stage.place), {}
    for asked, rule in routes(stage.app):
        if asked.whose in {Whose.OTHER, Whose.NONE} and letter in DOORS[asked.endpoint].open:
            answers[asked] = trier.ask(rule, asked)
    assert len(answers) > 40
    assert wrong(letter, answers) == []
    assert {answered.came for answered in answers.values()} == {Came.UNFOUND}
    assert told_apart(answers) == []
    assert kept(stage.place) == everything
    case = stage.world.here.case
    told = {str(case.concern_id), str(case.referral_id), str(case.child_file_id), case.reference}
    for room in LISTS:
        assert not [word for word in told if word in trier.client.get(room).text], room


def close_the_case(stage: Stage) -> int:
    """Decide the town's case and close it; returns the version it has now."""
    worker, referral_id = stage.world.here.actors["w"], stage.world.here.case.referral_id
    with stage.place.opening() as services:
        services.hub_reading.read(worker, referral_id)
    with stage.place.writing() as services:
        version = services.unit.session.get_one(Referral, referral_id).version
        services.decisions.decide(worker, referral_id, version, ASSESS)
        services.closing.close(worker, referral_id, version + 1, "She is safe, and seen every week.")
        closed = services.unit.session.get_one(Referral, referral_id)
        assert closed.state is ReferralState.CLOSED
        return version + 2


@pytest.mark.parametrize("letter", ["l", "w"])
def test_a_closed_case_is_read_by_its_own_and_stays_as_it_is(letter: str, stage: Stage) -> None:
    version = close_the_case(stage)
    trier = Trier(stage.app, stage.place, stage.world, letter)
    answers = {
        asked: trier.ask(rule, asked)
        for asked, rule in routes(stage.app)
        if rule.arguments & OF_THE_CASE
        and (asked.method, asked.whose) == ("GET", Whose.OWN)
        and letter in DOORS[asked.endpoint].open
    }
    assert len(answers) > 10
    assert wrong(letter, answers) == []
    trier.version, everything = str(version), kept(stage.place)
    pressed = {
        asked: trier.ask(rule, asked)
        for asked, rule in routes(stage.app)
        if asked.endpoint in PRESSES and asked.whose is Whose.OWN
    }
    assert len(pressed) == len(PRESSES)
    assert kept(stage.place) == everything
    stranger = Trier(
        stage.app,
        stage.place,
        World(here=stage.world.elsewhere, elsewhere=stage.world.here),
        letter,
    )
    strange = asked_about(stranger, Whose.OTHER) | asked_about(stranger, Whose.NONE)
    assert {answered.came for answered in strange.values()} == {Came.UNFOUND}
    assert told_apart(strange) == []


def expire(services: Services, _administrator: Actor, who: Colleague) -> None:
    """Let the time come up to which a role was given."""
    services.unit.session.get_one(Membership, who.membership_id).to_at = services.tools.clock.now()


def end_role(services: Services, administrator: Actor, who: Colleague) -> None:
    """End the only role somebody has."""
    services.people.end_role(administrator, who.person_id, who.membership_id)


def disable(services: Services, administrator: Actor, who: Colleague) -> None:
    """Close somebody's account."""
    services.people.disable(administrator, who.person_id)


@pytest.mark.parametrize(("how", "stands_as"), [(expire, ENDED), (end_role, CLOSED), (disable, CLOSED)])
def test_a_duty_worker_whose_time_is_over_opens_nothing_in_the_session_they_had(
    how: Callable[[Services, Actor, Colleague], None], stands_as: str, stage: Stage
) -> None:
    here = stage.world.here
    colleague = here.colleagues[here.hub_id]
    actors = {**here.actors, stands_as: replace(here.actors["w"], person_id=colleague.person_id)}
    world = World(here=replace(here, actors=actors), elsewhere=stage.world.elsewhere)
    trier = Trier(stage.app, stage.place, world, stands_as)
    assert trier.client.get("/queue").status_code == 200
    with stage.place.writing() as services:
        how(services, here.actors["q"], colleague)
    stage.place.clock.instant += timedelta(seconds=1)
    everything = kept(stage.place)
    asking = [(asked, rule) for asked, rule in routes(stage.app) if asks_as_a_worker(asked, stands_as)]
    answers = {asked: trier.ask(rule, asked) for asked, rule in asking}
    assert len(answers) > 100
    assert wrong(stands_as, answers) == []
    assert told_apart(answers) == []
    assert kept(stage.place) == everything


def asks_as_a_worker(asked: Asked, stands_as: str) -> bool:
    """Whether a duty worker comes in there, and nobody does whose time is over."""
    door = DOORS[asked.endpoint]
    return "w" in door.open and stands_as not in door.open + door.unfound
