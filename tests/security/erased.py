"""T25: a hundred cases erased by two people: no byte of them is left, and what is held is not touched."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from intake import schema
from intake.db import Database
from intake.errors import IntakeError
from intake.policy.actor import Actor
from intake.services.workplace import Services
from intake.vocabulary import Role, SubjectKind
from tests.factories.hub_work import Desk, a_desk
from tests.factories.people import People
from tests.factories.referrals import Referrals
from tests.security.outcome import Outcome
from tests.support.erasing import closed, documents, held
from tests.support.place import make_place
from tests.support.rotating import prove

_ERASED, _HELD = 100, 10
_WHY = "The time we must keep it is over."
#: In the hub these tables hold its own words alone; the rest is the school's as well, which erases its own.
_EMPTIED = frozenset({"case_note", "triage_decision", "referral_closing", "meeting"})
_PIECE = 24


def measure(folder: Path) -> Outcome:
    """Erase a hundred, try it alone, and try it on what is held; look for the bytes before and after."""
    with closing(Database(f"sqlite:///{folder / 'intake.sqlite3'}")) as database:
        schema.upgrade(database)
        place = make_place(database)
        people = People(place)
        desk = a_desk(place, people, Referrals(place))
        second = people.actor(desk.hub_id, Role.DUTY_MANAGER)
        cases = [closed(desk, desk.arrive()) for _ in range(_ERASED + _HELD)]
        gone, kept = cases[:_ERASED], cases[_ERASED:]
        for each in kept:
            with place.writing() as services:
                services.holds.place(desk.manager, SubjectKind.REFERRAL, each, "A court asked for it.")
        pieces, left = _pieces(desk, gone), _pieces(desk, kept)
        before = _found(folder, pieces)
        asked = [_ask(desk, each) for each in gone]
        alone = [_done(desk, _approve, desk.manager, each) for each in asked]
        by_two = [_done(desk, _approve, second, each) for each in asked]
        on_hold = [_done(desk, _asks, desk.manager, each) for each in kept]
        after, stays, proof = _found(folder, pieces), _found(folder, left), prove(place)
    checks = {
        f"{sum(alone)} were erased by one person": not any(alone),
        f"{by_two.count(False)} could not be erased by two": all(by_two),
        f"{sum(on_hold)} that are held were asked to be erased": not any(on_hold),
        "what is looked for is not seen before it is erased": before == len(pieces),
        f"{after} pieces of what was erased are left": not after,
        "something of what is held is gone": stays == len(left),
        "something else does not open, or a chain is broken": proof.good,
    }
    figures = {
        "cases erased": sum(by_two),
        "tried by one person": f"{len(alone)}, {sum(alone)} done",
        "held, and asked for": f"{len(on_hold)}, {sum(on_hold)} taken",
        "pieces of sealed words and keys found": f"{before} of {len(pieces)} before, {after} after",
    }
    not_run = {"backups": "they are made and let go of by whoever keeps them (docs/runbook/erasure.md)"}
    return Outcome(figures, tuple(what for what, good in checks.items() if not good), not_run)


def _asks(services: Services, who: Actor, case_id: UUID) -> UUID:
    return services.erasing.ask(who, SubjectKind.REFERRAL, case_id, _WHY)


def _approve(services: Services, who: Actor, request_id: UUID) -> None:
    services.second_person.approve(who, request_id)


def _ask(desk: Desk, case_id: UUID) -> UUID:
    with desk.place.writing() as services:
        return _asks(services, desk.manager, case_id)


def _done(desk: Desk, act: Callable[[Services, Actor, UUID], object], who: Actor, what: UUID) -> bool:
    """Whether an act was done, and not refused."""
    try:
        with desk.place.writing() as services:
            act(services, who, what)
    except IntakeError:
        return False
    return True


def _pieces(desk: Desk, cases: list[UUID]) -> list[bytes]:
    """Return an end of every word of the hub's own on these cases, and of every key it holds to them."""
    words = [found for each in cases for found in documents(desk.place, each).items()]
    keys = [key for each in cases for key in held(desk.place, each, desk.hub_id).values()]
    own = [blob for name, blob in words if name.split(".")[0] in _EMPTIED]
    return [blob[-_PIECE:] for blob in (*own, *keys)]


def _found(folder: Path, pieces: Iterable[bytes]) -> int:
    there = b"".join(path.read_bytes() for path in sorted(folder.glob("intake.sqlite3*")))
    return sum(piece in there for piece in pieces)
