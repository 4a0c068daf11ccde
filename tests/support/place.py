"""A workplace to test in, with a clock that stands where it is put."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from intake.casework.signs import current as current_signs
from intake.clock import SetClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.routing.directory_folder import read_directory
from intake.services.sessions import Given, SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace
from intake.vocabulary import ProvedBy, Tier

# Nothing changes it: a run reads the files once.
_directory = cache(read_directory)

#: A plain Monday in term: both hubs' offices are open.
MONDAY_AT_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TestPlace(Workplace):
    """A workplace whose clock a test may move."""

    __test__ = False

    @property
    def clock(self) -> SetClock:
        """The clock everything in this workplace tells the time by."""
        clock = self.tools.clock
        assert isinstance(clock, SetClock)
        return clock

    def given(self, *, proved: bool = True) -> Given | None:
        """What a session begun elsewhere than at the door was proved by: a passkey, enough for all."""
        return Given(ProvedBy.PASSKEY, self.clock.now()) if proved else None


def make_place(database: Database, tier: Tier = Tier.COMBINED) -> TestPlace:
    """Return a workplace upon a database, with a key ring that is kept nowhere."""
    tools = Tools(
        clock=SetClock(MONDAY_AT_TEN),
        key_ring=KeyRing.new(),
        shelf=Shelf(_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
        public_url="http://localhost",
        sample=False,
        tier=tier,
    )
    return TestPlace(database, tools)


@pytest.fixture
def place(database: Database) -> TestPlace:
    """A workplace, once upon each kind of database, where it is Monday 23 November 2026, 10:00."""
    return make_place(database)
