"""Nothing asks more of the database because there is more in it: counted in steps of SQLite, not in time."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from config import ROOT, Settings
from intake.app import create_app
from intake.bench.acts import acts
from intake.bench.measuring import Act
from intake.bench.office_hours import OfficeHours
from intake.bench.scratch import Scratch, scratch_databases
from intake.bench.seeding import seed
from intake.casework.signs import current as current_signs
from intake.crypto.key_ring import KeyRing
from intake.routing.directory_folder import read_directory
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace

pytestmark = pytest.mark.unmeasured

_FEW, _MANY = 400, 4_000
_STEPS_AT_ONCE = 10
#: One page of fifty is not like another: some of it is taken by somebody, has a colour, has notes.
_ALLOWED = 1.25


class Filled:
    """A database with so many referrals, and every act to be done in it once more."""

    def __init__(self, scratch: Scratch) -> None:
        limits = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(hours=12))
        signs, shelf = current_signs(), Shelf(read_directory())
        tools = Tools(OfficeHours(), KeyRing.new(), shelf, signs, limits, "http://localhost", sample=False)
        place = Workplace(scratch.database, tools)
        seeded = seed(place, scratch.referrals)
        settings = Settings(database_url=scratch.url, key_ring=ROOT / "none", secure=False)
        self.acts = {act.name: act for act in acts(create_app(settings, place), place, seeded)}
        self.database = scratch.database
        self._taken = 0
        event.listen(scratch.database.engine, "checkout", self._watch)

    def steps(self, act: Act) -> int:
        """Do an act, and return how many steps SQLite's own machine took for it."""
        act.prepare()
        self._taken = 0
        act.run()
        return self._taken

    def _watch(self, driver: sqlite3.Connection, *_: object) -> None:
        driver.set_progress_handler(self._step, _STEPS_AT_ONCE)

    def _step(self) -> int:
        self._taken += _STEPS_AT_ONCE
        return 0


@pytest.fixture(scope="module")
def filled() -> Iterator[tuple[Filled, Filled]]:
    """A database with few referrals, and one with ten times as many."""
    with scratch_databases(None, (_FEW, _MANY), keep=False) as (few, many):
        yield Filled(few), Filled(many)


def test_no_act_takes_more_steps_because_there_are_more_referrals(filled: tuple[Filled, Filled]) -> None:
    few, many = filled
    grown = {name: many.steps(many.acts[name]) / few.steps(act) for name, act in few.acts.items()}
    assert len(grown) > 8
    assert {name: round(times, 2) for name, times in grown.items() if times > _ALLOWED} == {}


def test_a_list_without_its_index_would_be_noticed(filled: tuple[Filled, Filled]) -> None:
    few, many = filled
    name = "list of referrals sent"
    with many.database.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_referral_school_state"))
    assert many.steps(many.acts[name]) > _ALLOWED * few.steps(few.acts[name])
