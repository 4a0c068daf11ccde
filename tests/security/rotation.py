"""T24: every key made anew while people work, stopped fifty times on either kind of database."""

from contextlib import ExitStack, closing
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete

from intake import schema
from intake.crypto.grants import SUITE_HOLDER
from intake.db import Database
from intake.models.key_grant import KeyGrant
from intake.services.key_keeping import Left
from intake.vocabulary import Compartment
from tests.factories.hub_work import Desk, a_desk
from tests.factories.people import People
from tests.factories.referrals import Referrals
from tests.security.outcome import Outcome
from tests.support.place import make_place
from tests.support.postgres import a_server
from tests.support.rotating import Rotated, grants_of, prove, retire_everything, rotate_under_load

_STOPS = 50
_SEED = 2026


def measure(folder: Path) -> Outcome:
    """Make root, pairs and data keys anew until stopped so often; then lose a key on purpose."""
    figures: dict[str, object] = {}
    faults: list[str] = []
    with ExitStack() as stack:
        server = stack.enter_context(a_server())
        urls = {
            "SQLite": f"sqlite:///{folder / 'intake.sqlite3'}",
            "PostgreSQL": server.url(server.new_database()),
        }
        for name, url in urls.items():
            database = stack.enter_context(closing(Database(url)))
            schema.upgrade(database)
            figures[name], found = _rotated(database)
            faults += [f"{name}: {each}" for each in found]
    not_run = {
        "keys of indexes": "they come of the ring's seed, which is never made anew (docs/runbook/keys.md)"
    }
    return Outcome(figures, tuple(faults), not_run)


def _rotated(database: Database) -> tuple[str, list[str]]:
    place = make_place(database)
    desk = a_desk(place, People(place), Referrals(place))
    case = _a_case(desk)
    ring, before, rounds = place.tools.key_ring, prove(place).opened, 0
    total = Rotated()
    while total.stops < _STOPS:
        rotated = rotate_under_load(desk, case, stops=_STOPS - total.stops, seed=_SEED + rounds)
        retire_everything(place, case)
        total.stops, rounds = total.stops + rotated.stops, rounds + 1
        total.written, total.read = total.written + rotated.written, total.read + rotated.read
        total.failures += rotated.failures
    with place.reading() as services:
        left = services.key_keeping.left()
    proof = prove(place)
    checks = {
        "somebody was kept from their work": not total.failures,
        "something does not open, or a chain is broken": proof.good and proof.opened >= before,
        "something is still wrapped by an older key": left == Left(0, 0),
        "an older root is still there": ring.root_kids == (ring.active,) != (1,),
        "a grant is not wrapped by its holder": not grants_of(place, KeyGrant.suite != SUITE_HOLDER),
        "an older data key is still held": not grants_of(
            place, KeyGrant.case_id == case, KeyGrant.generation <= rounds
        ),
        "nobody noticed a lost key": _noticed_when_lost(desk, case),
    }
    kept_from, unopened = len(total.failures), len(proof.unopened)
    figure = (
        f"{total.stops} stops in {rounds} rounds; meanwhile {total.written} notes and {total.read} readings, "
        f"{kept_from} failed; then {proof.opened} of {proof.opened + unopened} documents opened"
    )
    return figure, [what for what, good in checks.items() if not good]


def _a_case(desk: Desk) -> UUID:
    """Return a referral in which something of every kind was written."""
    referral_id = desk.decided()
    desk.minuted(desk.meeting(referral_id))
    return referral_id


def _noticed_when_lost(desk: Desk, case: UUID) -> bool:
    """Whether the proof tells that a data key was let go of too early."""
    with desk.place.writing() as services:
        gone = delete(KeyGrant).where(KeyGrant.case_id == case, KeyGrant.compartment == Compartment.HUB)
        services.unit.session.execute(gone)
    return not prove(desk.place).good
