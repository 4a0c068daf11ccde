"""T10: whether the time of a refusal tells that there is an account, and how it stands."""

from collections.abc import Mapping
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from intake import schema
from intake.db import Database
from intake.models.person import Person
from intake.services import passwords
from intake.services.reception import Reception
from intake.services.sign_in import Attempt
from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders
from tests.factories.people import People
from tests.security.outcome import Outcome
from tests.support.door_timing import Try, interleaved, told_apart
from tests.support.place import TestPlace, make_place

#: Half of the tries each, at the same time: every kind is tried as often in either.
_PROCESSES, _ROUNDS = 2, 2_000
_LOW, _HIGH = 0.46, 0.54
_MOST_APART = 0.001
_TELLS = 0.8


def measure(folder: Path) -> Outcome:
    """Try two thousand times each, in a turning order; an undefended door is tried as well."""
    with get_context("fork").Pool(_PROCESSES) as pool:
        shares = pool.map(_tried, (folder / f"{number}.sqlite3" for number in range(_PROCESSES)))
    took = {kind: [seconds for share in shares for seconds in share[kind]] for kind in shares[0]}
    undefended = interleaved(_undefended(), 50)
    known = took.pop("known")
    figures: dict[str, object] = {"rounds": _ROUNDS, "median of a wrong password": _ms(median(known))}
    faults = []
    for kind, times in took.items():
        told, apart = told_apart(known, times), median(known) - median(times)
        figures[kind] = f"{told:.3f} ({_ms(apart)})"
        if not _LOW < told < _HIGH or abs(apart) > _MOST_APART:
            faults.append(f"{kind} is told from a wrong password: {told:.3f}, {_ms(apart)}")
    control = told_apart(undefended["known"], undefended["unknown"])
    figures["undefended door"] = f"{control:.3f}"
    if control < _TELLS:
        faults.append("a door that does no work for strangers is not told")
    return Outcome(figures, tuple(faults))


def _tried(path: Path) -> dict[str, list[float]]:
    with closing(Database(f"sqlite:///{path}")) as database:
        schema.upgrade(database)
        return interleaved(_tries(make_place(database)), _ROUNDS // _PROCESSES)


def _tries(place: TestPlace) -> Mapping[str, Try]:
    people, holders = People(place), AccountHolders(place)
    school = people.school()
    known, closed, only_elsewhere = (holders.make(school, Role.REPORTER) for _ in range(3))
    with place.writing() as services:
        services.unit.session.get_one(Person, closed.person_id).disabled_at = place.clock.now()
        services.unit.session.get_one(Person, only_elsewhere.person_id).password_hash = None

    def at(email: str, net: int) -> Try:
        # Each from a network of its own: nobody is made to wait.
        return lambda number: Reception(place).sign_in(
            Attempt(email, "a guess", f"10.{net + number // 256}.{number % 256}.1")
        )

    return {
        "known": at(known.email, 0),
        "unknown": at("nobody@example.test", 20),
        "closed": at(closed.email, 40),
        "without a password": at(only_elsewhere.email, 60),
    }


def _undefended() -> Mapping[str, Try]:
    kept = passwords.hashed("nettle brick harbour")
    return {"known": lambda _: passwords.matches(kept, "a guess"), "unknown": lambda _: False}


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
