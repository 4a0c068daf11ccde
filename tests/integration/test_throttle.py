"""Slowing down whoever guesses: counted in the database, by place, and never a lock."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.crypto.key_ring import KeyRing
from intake.services.throttle import Try, Turn, network_of
from tests.support.place import TestPlace

ATTACKER = "198.51.100.7"
HOME = "203.0.113.9"
ANN, BEN = b"ann", b"ben"


def take(place: TestPlace, account: bytes = ANN, source: str = ATTACKER, device: bytes | None = None) -> Turn:
    with place.writing() as services:
        return services.throttle.take(Try("password", account, source, device))


def succeed(place: TestPlace, turn: Turn) -> None:
    with place.writing() as services:
        services.throttle.give_back(turn)


def guesses_in(place: TestPlace, length: timedelta, *, account: bytes = ANN, source: str = ATTACKER) -> int:
    """Return how many guesses somebody gets in who tries every second."""
    granted, end = 0, place.clock.now() + length
    while place.clock.now() < end:
        granted += take(place, account, source).granted
        place.clock.instant += timedelta(seconds=1)
    return granted


def test_five_tries_are_free_and_the_sixth_waits(place: TestPlace) -> None:
    turns = [take(place) for _ in range(6)]
    assert [turn.granted for turn in turns] == [True] * 5 + [False]
    assert turns[4].next_wait == timedelta(seconds=30)
    assert turns[5].wait_seconds == 30


def test_nobody_gets_more_than_ten_guesses_at_an_account_in_five_minutes_from_one_place(
    place: TestPlace,
) -> None:
    assert guesses_in(place, timedelta(minutes=5)) <= 10
    assert guesses_in(place, timedelta(minutes=5)) <= 2


def test_each_wait_is_twice_the_last_and_none_is_longer_than_a_quarter_of_an_hour(place: TestPlace) -> None:
    waits = []
    for _ in range(14):
        turn = take(place)
        waits.append(turn.next_wait)
        place.clock.instant += turn.next_wait
    assert waits[4:9] == [timedelta(seconds=30 * 2**n) for n in range(5)]
    assert max(waits) == timedelta(minutes=15)


def test_guessing_from_elsewhere_makes_the_person_wait_for_nothing(place: TestPlace) -> None:
    guesses_in(place, timedelta(minutes=10))
    assert take(place, source=HOME).granted


def test_guessing_from_the_same_place_leaves_a_known_device_alone(place: TestPlace) -> None:
    guesses_in(place, timedelta(minutes=10), source=HOME)
    assert not take(place, source=HOME).granted
    assert take(place, source=HOME, device=b"anns laptop").granted


def test_a_known_device_is_no_licence_to_guess(place: TestPlace) -> None:
    turns = [take(place, device=b"stolen laptop") for _ in range(20)]
    assert sum(turn.granted for turn in turns) == 5


def test_an_attack_from_a_hundred_places_shuts_nobody_out_and_narrows_every_place(place: TestPlace) -> None:
    for number in range(100):
        take(place, source=f"10.{number}.0.1")
    turns = [take(place, source=HOME) for _ in range(3)]
    assert [turn.granted for turn in turns] == [True, True, False]


def test_a_school_behind_one_address_may_mistype_thirty_times_on_monday_morning(place: TestPlace) -> None:
    turns = [take(place, account=bytes([number])) for number in range(31)]
    assert [turn.granted for turn in turns] == [True] * 30 + [False]
    assert turns[-1].wait <= timedelta(seconds=5)


def test_a_place_that_tries_many_accounts_is_slowed_to_a_few_tries_a_minute(place: TestPlace) -> None:
    for number in range(40):
        take(place, account=number.to_bytes(2, "big"))
    granted = 0
    for second in range(600):
        granted += take(place, account=(1_000 + second).to_bytes(2, "big")).granted
        place.clock.instant += timedelta(seconds=1)
    assert granted <= 30


def test_a_place_is_forgiven_even_while_its_people_keep_signing_in(place: TestPlace) -> None:
    for number in range(30):
        take(place, account=bytes([number]))
    for _ in range(90):
        place.clock.instant += timedelta(seconds=20)
        succeed(place, take(place, account=BEN))
    turns = [take(place, account=bytes([number])) for number in range(100, 120)]
    assert all(turn.granted for turn in turns)


def test_signing_in_forgets_what_the_person_mistyped_before(place: TestPlace) -> None:
    for _ in range(4):
        take(place)
    succeed(place, take(place))
    assert all(take(place).granted for _ in range(5))


def test_signing_in_to_an_account_of_ones_own_forgives_no_guesses_at_anothers(place: TestPlace) -> None:
    for _ in range(5):
        take(place)
    for _ in range(5):
        succeed(place, take(place, account=BEN))
    assert not take(place).granted


def test_waiting_is_forgiven_with_time(place: TestPlace) -> None:
    for _ in range(5):
        take(place)
    place.clock.instant += timedelta(hours=2)
    assert all(take(place).granted for _ in range(5))


def test_a_try_that_came_too_soon_is_not_counted(place: TestPlace) -> None:
    for _ in range(50):
        take(place)
    place.clock.instant += timedelta(seconds=30)
    assert take(place).granted


def test_a_clock_put_back_makes_nobody_wait_longer_than_one_wait(place: TestPlace) -> None:
    for _ in range(6):
        take(place)
    place.clock.instant -= timedelta(days=400)
    assert take(place).wait_seconds == 30
    place.clock.instant += timedelta(seconds=30)
    assert take(place).granted


def test_a_clock_put_forward_lets_everybody_in(place: TestPlace) -> None:
    for _ in range(6):
        take(place)
    place.clock.instant += timedelta(days=400)
    assert take(place).granted


def test_each_secret_has_a_count_of_its_own(place: TestPlace) -> None:
    for _ in range(6):
        take(place)
    with place.writing() as services:
        assert services.throttle.take(Try("code", ANN, ATTACKER)).granted


def test_many_tries_at_once_are_counted_one_by_one(place: TestPlace) -> None:
    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda _: take(place), range(24)))
    assert sum(turn.granted for turn in turns) == 5


def test_a_whole_school_signs_in_at_the_same_moment(place: TestPlace) -> None:
    def sign_in(number: int) -> bool:
        turn = take(place, account=bytes([number % 8]), source=HOME)
        if turn.granted:
            succeed(place, turn)
        return turn.granted

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(sign_in, range(48)))


def test_old_counts_are_let_go(place: TestPlace) -> None:
    for _ in range(6):
        take(place)
    place.clock.instant += timedelta(days=2)
    with place.writing() as services:
        services.throttle.forget_old()
    with place.writing() as services:
        assert services.throttle.take(Try("password", ANN, ATTACKER)).granted


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_place_is_a_network_and_not_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_processes_upon_one_database_count_together(
    place: TestPlace, database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "keys" / "ring.json"
    here = TestPlace(place.database, replace(place.tools, key_ring=KeyRing.create(path)))
    assert [take(here).granted for _ in range(3)] == [True] * 3
    another = (sys.executable, "-m", "tests.support.guessing", database_url, str(path), ATTACKER)
    said = subprocess.run(another, stdout=subprocess.PIPE, check=True).stdout
    assert json.loads(said) == [True, True, False]
