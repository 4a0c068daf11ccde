"""Every key made anew while people work, stopped and taken up again at random points (T24)."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from intake.crypto.inventory import SEALED_COLUMNS
from intake.models.key_grant import KeyGrant
from intake.services.case_rotation import CaseRotation
from intake.services.key_keeping import SETTLED
from intake.services.restore import Proof, Restore
from intake.services.workplace import Services
from tests.factories.hub_work import Desk
from tests.support.comparing import compare
from tests.support.place import TestPlace


class Stopped(Exception):
    """The process ended in the middle of a unit of work."""


@dataclass(slots=True)
class Rotated:
    """What came of it: how often it was stopped, what people did meanwhile, and what went wrong for them."""

    stops: int = 0
    written: int = 0
    read: int = 0
    failures: list[BaseException] = field(default_factory=list)


def rotate_under_load(desk: Desk, referral_id: UUID, *, stops: int, seed: int) -> Rotated:
    """Make root, pairs and the case's keys anew, stopped so often, while a worker writes and reads."""
    chance, rotated = random.Random(seed), Rotated()
    with _at_work(desk, referral_id, rotated):
        steps = _steps(desk, referral_id)
        while True:
            step = next(steps, None)
            if step is None:
                break
            while rotated.stops < stops and chance.random() < 0.6:
                _stopped_in(desk.place, step, rotated)
            with desk.place.writing() as services:
                step(services)
    return rotated


def retire_everything(place: TestPlace, referral_id: UUID) -> None:
    """Go over what is left, and let go of every older key: ten minutes later."""
    place.clock.instant += SETTLED + timedelta(seconds=1)
    with place.writing() as services:
        services.key_keeping.rewrap(size=10_000)
    assert CaseRotation(place).run(referral_id).finished
    with place.writing() as services:
        services.key_keeping.retire()


def prove(place: TestPlace) -> Proof:
    """Open some of every sealed column, check every chain, and compare the records with them."""
    found = compare(place)
    assert (found.whole, found.faults, found.not_covered) == (True, [], 0)
    with place.reading() as services:
        return Restore(services.unit, services.tools.clock, services.tools.key_ring).prove()


def grants_of(place: TestPlace, *conditions: object) -> int:
    """Count the grants for which these conditions hold."""
    with place.reading() as services:
        found = select(func.count()).select_from(KeyGrant).where(*conditions)  # type: ignore[arg-type]
        return services.unit.session.scalars(found).one()


def _steps(desk: Desk, referral_id: UUID) -> Iterator[Callable[[Services], object]]:
    yield lambda services: services.key_keeping.add_root()
    yield lambda services: services.key_keeping.keep_pairs_anew()
    for organisation_id in (desk.hub_id, desk.lead.organisation_id):
        yield lambda services, whose=organisation_id: services.key_keeping.add_pair(whose)  # type: ignore[misc]
    for _ in range(4):
        yield lambda services: services.key_keeping.rewrap(size=7)
    yield lambda services: services.case_key_keeping.add_keys(referral_id)
    for sealed in SEALED_COLUMNS:
        yield lambda services, column=sealed: services.case_key_keeping.reseal(referral_id, column)  # type: ignore[misc]


def _stopped_in(place: TestPlace, step: Callable[[Services], object], rotated: Rotated) -> None:
    with suppress(Stopped), place.writing() as services:
        step(services)
        services.unit.session.flush()
        raise Stopped
    rotated.stops += 1


@contextmanager
def _at_work(desk: Desk, referral_id: UUID, rotated: Rotated) -> Iterator[None]:
    """Have a worker write notes and read the case, over and over, until the block ends."""
    enough = threading.Event()

    def work() -> None:
        while not enough.is_set():
            try:
                with desk.place.writing() as services:
                    services.notes.write(desk.sam, referral_id, f"Note {rotated.written}")
                rotated.written += 1
                with desk.place.opening() as services:
                    services.hub_reading.read(desk.sam, referral_id)
                rotated.read += 1
            except BaseException as trouble:  # noqa: BLE001 - whatever it was, somebody was kept from their work
                rotated.failures.append(trouble)
                return

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        enough.set()
        worker.join()
