"""Taking, acknowledging and colouring a referral, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

from intake.casework.drafts import ColourDraft
from intake.errors import IllegalTransition, NotFound, NotPermitted, Refused, StaleVersion
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.services.hub_case import move_on
from intake.vocabulary import Answer, Colour, ReferralState, Role
from tests.factories.people import People
from tests.factories.referrals import Referrals
from tests.support.place import TestPlace

RED = ColourDraft(Colour.RED, "A car waits for her every day.")


@pytest.fixture
def hub(people: People) -> UUID:
    return people.hub()


@pytest.fixture
def lead(people: People) -> Actor:
    return people.actor(people.school(), Role.SAFEGUARDING_LEAD)


@pytest.fixture
def sam(people: People, hub: UUID) -> Actor:
    return people.actor(hub, Role.DUTY_WORKER, name="Sam Reed")


@pytest.fixture
def jo(people: People, hub: UUID) -> Actor:
    return people.actor(hub, Role.DUTY_WORKER, name="Jo Marsh")


@pytest.fixture
def referral(referrals: Referrals, lead: Actor, hub: UUID) -> UUID:
    return referrals.arrive(lead, hub)


def acknowledged(place: TestPlace, actor: Actor, referral: UUID) -> None:
    with place.writing() as services:
        services.triage.take(actor, referral, 1)
    with place.writing() as services:
        services.triage.acknowledge(actor, referral, 2)


def test_taking_a_referral_says_who_has_it_and_since_when(
    place: TestPlace, referrals: Referrals, sam: Actor, referral: UUID
) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)

    header = referrals.header(referral)
    assert (header.taken_by, header.taken_at) == (sam.person_id, place.clock.now())
    assert header.state is ReferralState.RECEIVED
    assert header.version == 2


def test_the_second_of_two_who_take_it_at_once_is_told_and_changes_nothing(
    place: TestPlace, referrals: Referrals, sam: Actor, jo: Actor, referral: UUID
) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)

    with pytest.raises(StaleVersion), place.writing() as services:
        services.triage.take(jo, referral, 1)

    assert referrals.header(referral).taken_by == sam.person_id


def test_a_referral_may_be_taken_over_from_a_colleague_knowingly(
    place: TestPlace, referrals: Referrals, sam: Actor, jo: Actor, referral: UUID
) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)
    with place.writing() as services:
        services.triage.take(jo, referral, 2)

    assert referrals.header(referral).taken_by == jo.person_id


def test_handing_back_leaves_it_with_nobody_and_in_the_queue(
    place: TestPlace, referrals: Referrals, sam: Actor, referral: UUID
) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)
    with place.writing() as services:
        services.triage.hand_back(sam, referral, 2)

    header = referrals.header(referral)
    assert (header.taken_by, header.taken_at, header.in_queue) == (None, None, True)


def test_nobody_hands_back_what_another_has(place: TestPlace, sam: Actor, jo: Actor, referral: UUID) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)

    with pytest.raises(IllegalTransition), place.writing() as services:
        services.triage.hand_back(jo, referral, 2)


def test_acknowledging_is_stamped_with_who_and_when(
    place: TestPlace, referrals: Referrals, sam: Actor, referral: UUID
) -> None:
    acknowledged(place, sam, referral)

    header = referrals.header(referral)
    assert header.state is ReferralState.ACKNOWLEDGED
    assert (header.acknowledged_by, header.acknowledged_at) == (sam.person_id, place.clock.now())


def test_whoever_acts_on_a_referral_has_taken_it_first(place: TestPlace, sam: Actor, referral: UUID) -> None:
    with pytest.raises(IllegalTransition), place.writing() as services:
        services.triage.acknowledge(sam, referral, 1)


def test_no_colour_before_somebody_has_acknowledged(place: TestPlace, sam: Actor, referral: UUID) -> None:
    with place.writing() as services:
        services.triage.take(sam, referral, 1)

    with pytest.raises(IllegalTransition), place.writing() as services:
        services.triage.colour(sam, referral, 2, RED)


def test_a_colour_without_a_reason_is_refused(place: TestPlace, sam: Actor, referral: UUID) -> None:
    acknowledged(place, sam, referral)

    with pytest.raises(Refused) as refused, place.writing() as services:
        services.triage.colour(sam, referral, 3, ColourDraft(Colour.GREEN, " - "))

    assert refused.value.field == "reason"


def test_a_colour_moves_a_referral_in_the_queue(
    place: TestPlace, referrals: Referrals, sam: Actor, referral: UUID
) -> None:
    acknowledged(place, sam, referral)
    before = referrals.header(referral).urgency_rank
    with place.writing() as services:
        services.triage.colour(sam, referral, 3, RED)

    header = referrals.header(referral)
    assert header.colour is Colour.RED
    assert header.urgency_rank < before


def test_danger_stands_above_every_colour(
    place: TestPlace, referrals: Referrals, sam: Actor, lead: Actor, hub: UUID
) -> None:
    calm = referrals.arrive(lead, hub)
    in_danger = referrals.arrive(lead, hub, danger_now=Answer.YES)
    acknowledged(place, sam, calm)
    with place.writing() as services:
        services.triage.colour(sam, calm, 3, RED)

    assert referrals.header(in_danger).urgency_rank < referrals.header(calm).urgency_rank


def test_without_limits_of_its_own_only_the_one_working_day_clock_runs(
    place: TestPlace, referrals: Referrals, sam: Actor, referral: UUID
) -> None:
    acknowledged(place, sam, referral)
    with place.writing() as services:
        services.triage.colour(sam, referral, 3, RED)

    header = referrals.header(referral)
    assert header.colour_due_at is None
    assert header.due_at == place.clock.now() + timedelta(days=1)


def test_the_limit_of_a_colour_counts_from_when_the_clock_started(
    place: TestPlace, people: People, referrals: Referrals, sam: Actor, hub: UUID, referral: UUID
) -> None:
    manager = people.actor(hub, Role.DUTY_MANAGER)
    with place.writing() as services:
        services.limits.set(manager, {Colour.RED: (240, False)})
    received_at = place.clock.now()
    acknowledged(place, sam, referral)
    place.clock.instant += timedelta(hours=1)
    with place.writing() as services:
        services.triage.colour(sam, referral, 3, RED)

    assert referrals.header(referral).colour_due_at == received_at + timedelta(hours=4)


def test_a_limit_in_working_time_stops_overnight(
    place: TestPlace, people: People, referrals: Referrals, sam: Actor, hub: UUID, referral: UUID
) -> None:
    manager = people.actor(hub, Role.DUTY_MANAGER)
    with place.writing() as services:
        services.limits.set(manager, {Colour.RED: (600, True)})
    acknowledged(place, sam, referral)
    with place.writing() as services:
        services.triage.colour(sam, referral, 3, RED)

    # Received Monday 10:00; the desk closes at 17:00 with seven hours counted, and opens again at 09:00.
    assert referrals.header(referral).colour_due_at == place.clock.now() + timedelta(days=1, hours=2)


def test_another_hubs_referral_does_not_exist(place: TestPlace, people: People, referral: UUID) -> None:
    stranger = people.actor(people.hub("cardiff-mash", "W06000015", "Another desk"), Role.DUTY_WORKER)

    with pytest.raises(NotFound), place.writing() as services:
        services.triage.take(stranger, referral, 1)


def test_a_school_does_not_triage_what_it_sent(place: TestPlace, lead: Actor, referral: UUID) -> None:
    with pytest.raises(NotPermitted), place.writing() as services:
        services.triage.take(lead, referral, 1)


def test_of_many_who_take_it_at_the_same_instant_one_has_it(
    place: TestPlace, referrals: Referrals, people: People, hub: UUID, referral: UUID
) -> None:
    workers = [people.actor(hub, Role.DUTY_WORKER) for _ in range(6)]
    ready = Barrier(len(workers))

    def take(worker: Actor) -> bool:
        ready.wait()
        try:
            with place.writing() as services:
                services.triage.take(worker, referral, 1)
        except StaleVersion:
            return False
        return True

    with ThreadPoolExecutor(len(workers)) as pool:
        took = list(pool.map(take, workers))

    assert took.count(True) == 1
    header = referrals.header(referral)
    assert header.taken_by == workers[took.index(True)].person_id
    assert header.version == 2


def test_the_header_is_never_moved_on_from_a_version_it_has_left(
    place: TestPlace, referral: UUID, sam: Actor
) -> None:
    with pytest.raises(StaleVersion), place.writing() as services:
        session = services.unit.session
        move_on(session, session.get_one(Referral, referral), 7, taken_by=sam.person_id)
