"""The server is killed while a concern is being recorded: afterwards there is all of it, or nothing."""

import http.client
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from config import Settings
from intake.app import open_workplace
from intake.audit.events.concerns import ConcernRecorded
from intake.audit.trail import Trail
from intake.cli.setup import set_up
from intake.clock import SetClock
from intake.crypto.key_ring import KeyRing
from intake.models import METADATA
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders
from tests.factories.people import People
from tests.support.client import Filled, Visitor
from tests.support.matrix import kept
from tests.support.operating import a_site, browsers_through, ring_of
from tests.support.pausing import ANSWER, COMMIT
from tests.support.place import TestPlace
from tests.support.served import Site, free_port, serving

pytestmark = pytest.mark.unmeasured

SEND = "Send to the safeguarding lead"
#: Where it is killed: with the first row half written, and later and later, up to the very commit.
BEFORE_IT_IS_KEPT = (
    "INSERT INTO concern ",
    "INSERT INTO once_key ",
    "UPDATE audit_head ",
    COMMIT,
)
#: Every table in which a concern leaves a row.
WHOLE = ("concern", "alert", "outbox_mail", "once_key")
_PAUSING = (sys.executable, "-m", "tests.support.pausing")
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Evening:
    """A school whose teacher has written down a concern and is about to send it."""

    site: Site
    place: TestPlace
    school_id: UUID
    teacher: Visitor
    email: str

    @contextmanager
    def killed_at(self, point: str) -> Iterator[None]:
        """Serve until the place is reached that was named, and end every process there and then."""
        reached = Path(self.site.settings["TMPDIR"]) / "reached"
        settings = {**self.site.settings, "PAUSE_AT": point, "PAUSED": str(reached)}
        with serving(Site(settings, self.site.port), program=_PAUSING) as running:
            yield
            _until_there(reached)
            os.killpg(running.process.pid, signal.SIGKILL)
            running.process.wait()

    def written(self) -> Filled:
        """Have the teacher sign in and fill in the form."""
        page = self.teacher.get("/sign-in").form().fill(email=self.email, password=PASSWORD).submit()
        page.follow()
        form = self.teacher.get("/concerns/new").form(SEND).fill(child_name="Maya", danger_now="no")
        return form.fill(happened="He waits in the silver car.", missing_now="no", occurred_on="today")

    def kept(self) -> tuple[dict[str, int], int, int]:
        """Return how many rows a concern has left, how many entries of it, and how many keys for it."""
        tables = METADATA.tables
        grants = tables["key_grant"]
        with self.place.database.reading() as unit:
            rows = {
                name: unit.session.scalar(select(func.count()).select_from(tables[name])) or 0
                for name in WHOLE
            }
            concerns = select(tables["concern"].c.id)
            keys = select(func.count()).select_from(grants).where(grants.c.case_id.in_(concerns))
            return rows, self._entries(), unit.session.scalar(keys) or 0

    def _entries(self) -> int:
        entries = METADATA.tables["audit_entry"]
        with self.place.database.reading() as unit:
            found = select(func.count()).where(entries.c.event == ConcernRecorded.NAME)
            return unit.session.scalar(found) or 0

    def chain_is_whole(self) -> bool:
        """Whether the school's chain verifies from end to end."""
        with self.place.reading() as services:
            return Trail(services.unit.session, self.place.tools.key_ring).check(self.school_id).whole


NOTHING: tuple[dict[str, int], int, int] = (dict.fromkeys(WHOLE, 0), 0, 0)
ONE: tuple[dict[str, int], int, int] = (dict.fromkeys(WHOLE, 1), 1, 1)


@pytest.fixture
def evening(database_url: str, tmp_path: Path) -> Iterator[Evening]:
    """A school upon each kind of database, and nothing served yet."""
    site = a_site(tmp_path, free_port(), DATABASE_URL=database_url)
    KeyRing.create(ring_of(tmp_path))
    settings = Settings.from_env(site.environment)
    set_up(settings)
    opened = open_workplace(settings)
    place = TestPlace(opened.database, replace(opened.tools, clock=SetClock(datetime.now(UTC))))
    people, holders = People(place), AccountHolders(place)
    school_id = people.school()
    people.actor(school_id, Role.SAFEGUARDING_LEAD)
    email = holders.make(school_id, Role.REPORTER).email
    yield Evening(site, place, school_id, browsers_through(site)(), email)
    place.database.close()


def press(form: Filled) -> threading.Thread:
    """Send a form whose answer will never come."""

    def send() -> None:
        with pytest.raises((OSError, http.client.HTTPException)):
            form.submit(SEND)

    pressing = threading.Thread(target=send)
    pressing.start()
    return pressing


def kept_by_people(place: TestPlace) -> dict[str, list[tuple[object, ...]]]:
    """Return what only somebody's act can change: a server signs the trail of itself, at any moment."""
    return {table: rows for table, rows in kept(place).items() if not table.startswith("audit_")}


def require_once_and_whole(evening: Evening, form: Filled) -> None:
    """Be sure that pressing again, and again, on a server started anew comes to one whole record."""
    with serving(evening.site, "serve"):
        first = form.submit(SEND, status=303)
        assert form.submit(SEND, status=303).location == first.location
        page = first.follow()
        assert page.shown.heading.startswith("Received")
        assert "He waits in the silver car." in page.text
        assert evening.kept() == ONE
        assert evening.chain_is_whole()


def test_killed_before_the_commit_nothing_is_kept_and_the_same_press_makes_one_record(
    evening: Evening,
) -> None:
    form: Filled | None = None
    for point in BEFORE_IT_IS_KEPT:
        with evening.killed_at(point):
            form = form or evening.written()
            everything = kept_by_people(evening.place)
            pressing = press(form)
        pressing.join()
        assert evening.kept() == NOTHING, point
        assert kept_by_people(evening.place) == everything, point
        assert evening.chain_is_whole(), point
    assert form is not None
    require_once_and_whole(evening, form)


def test_killed_after_the_commit_and_before_the_answer_all_of_it_is_kept_and_is_found_again(
    evening: Evening,
) -> None:
    with evening.killed_at(ANSWER):
        form = evening.written()
        pressing = press(form)
    pressing.join()
    assert evening.kept() == ONE
    assert evening.chain_is_whole()
    require_once_and_whole(evening, form)


def _until_there(path: Path) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not path.exists():
        assert time.monotonic() < until, "the place was never reached"
        time.sleep(0.02)
    path.unlink()
