"""The time a refusal takes tells neither that there is an account nor how it stands."""

from collections.abc import Callable

import pytest

from intake.models.person import Person
from intake.services import passwords
from intake.services.reception import Reception
from intake.services.sign_in import Attempt
from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders
from tests.factories.people import People
from tests.support.door_timing import interleaved, told_apart
from tests.support.place import TestPlace

ROUNDS = 30
#: Thirty pairs are ranked to within a tenth by chance alone; a door that tells is at 0 or 1.
ABOUT_HALF = (0.2, 0.8)


@pytest.fixture
def tries(place: TestPlace, people: People, holders: AccountHolders) -> dict[str, Callable[[int], object]]:
    school = people.school()
    known, closed = holders.make(school, Role.REPORTER), holders.make(school, Role.REPORTER)
    only_elsewhere = holders.make(school, Role.REPORTER)
    with place.writing() as services:
        services.unit.session.get_one(Person, closed.person_id).disabled_at = place.clock.now()
        services.unit.session.get_one(Person, only_elsewhere.person_id).password_hash = None

    def at(email: str, net: int) -> Callable[[int], object]:
        # Each from a network of its own: nobody is made to wait.
        return lambda number: Reception(place).sign_in(Attempt(email, "a guess", f"10.{net}.{number}.1"))

    return {
        "known": at(known.email, 1),
        "unknown": at("nobody@example.test", 2),
        "closed": at(closed.email, 3),
        "without a password": at(only_elsewhere.email, 4),
    }


def test_time_tells_no_kind_of_refusal_from_another(tries: dict[str, Callable[[int], object]]) -> None:
    took = interleaved(tries, ROUNDS)
    low, high = ABOUT_HALF
    for kind in ("unknown", "closed", "without a password"):
        assert low < told_apart(took["known"], took[kind]) < high, kind


def test_a_door_that_does_no_work_for_strangers_is_told_at_once() -> None:
    kept = passwords.hashed("nettle brick harbour")
    undefended = {
        "known": lambda _: passwords.matches(kept, "a guess"),
        "unknown": lambda _: False,
    }
    took = interleaved(undefended, ROUNDS)
    assert told_apart(took["known"], took["unknown"]) > ABOUT_HALF[1]
