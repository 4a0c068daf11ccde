"""T1: planted words, looked for in every dress on everything an installation leaves on its disks."""

import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller

from intake.crypto.key_ring import KeyRing
from intake.db import Database
from tests.security.outcome import Outcome, suite
from tests.support.bridge import bridge
from tests.support.canaries import Places, beside, browsers, keys_found, keys_of, require_planted
from tests.support.mailbox import Postbox, free_port, receiving
from tests.support.operating import NAME, a_site, found_by_command, ring_of
from tests.support.served import Running, Site, serving
from tests.support.traces import MARK, Words, dresses, files_in, texts, traces
from tests.support.walk import Walk
from tests.support.whole_walk import Seen, walk_whole

#: How a server ends: as an operator ends it, and as a power cut does.
_ENDS = {"stopped": signal.SIGTERM, "killed": signal.SIGKILL}
#: The same walk with a database server, and with everything logged that can be: a test of the suite.
_ON_A_SERVER = (
    "tests/trips/test_canaries.py"
    "::test_nothing_of_it_lies_about_a_database_server_or_in_all_that_can_be_logged"
)
_KEYS = ("keys", "sheets", "ring-copy")


def measure(folder: Path) -> Outcome:
    """Walk twice through a served installation, back it up, end it, and search what is left."""
    figures: dict[str, object] = {"dresses of each word": len(list(dresses(MARK)))}
    faults: list[str] = []
    planted = files = 0
    for how, ending in _ENDS.items():
        words, places, keys = _walked(folder / how, ending)
        planted, files = planted + len(words.planted), files + len(places)
        faults += [f"{how}: {found.dress} in {found.place}" for found in traces(places)]
        apart = [each for each in places if not set(_KEYS) & set(Path(each[0]).parts)]
        faults += [f"{how}: key {name} in {place}" for place, name in keys_found(keys, apart)]
    if not traces(_left_open(folder)):
        faults.append("a word put into a clear column was not found")
    figures |= {"planted words": planted, "files and logs searched": files, "found": len(faults)}
    on_a_server = suite(_ON_A_SERVER)
    figures["on a database server, and all that can be logged"] = on_a_server.figure
    return Outcome(figures, (*faults, *on_a_server.failed))


def _walked(folder: Path, ending: signal.Signals) -> tuple[Words, list[tuple[str, bytes]], dict[str, bytes]]:
    words, seen, postbox = Words(), Seen(), Postbox()
    with receiving(Controller(postbox, hostname="127.0.0.1", port=free_port())) as post:
        site = a_site(folder, post, INTAKE_CHECKPOINTS=str(folder / "elsewhere"), **_spool(folder))
        said = [site.run("setup")]
        handed = found_by_command(site, words)
        with serving(site, "serve") as running:
            visit = browsers(bridge(site.port, NAME), seen, f"https://{NAME}")
            walk_whole(Walk(visit, lambda: datetime.now(UTC), words, handed), carry_mail=lambda: None)
            _wait_for_mail(postbox)
            said += _looked_after(site, folder)
            places = [(f"{name}, at work", data) for name, data in files_in(folder)]
            told = _ended(running, ending)
    require_planted(words, seen)
    for each in said:
        if each.returncode:
            raise AssertionError(each.stderr)
    with closing(Database(f"sqlite:///{folder / 'instance' / 'intake.sqlite3'}")) as database:
        keys = keys_of(KeyRing.load(ring_of(folder)), database, folder / "ring-copy")
    places += [*files_in(folder), texts("log", told), *beside(seen, postbox)]
    places.append(texts("commands", [part for each in said for part in (each.stdout, each.stderr)]))
    return words, places, keys


def _spool(folder: Path) -> dict[str, str]:
    """The second sink of the trail, on a disk of its own."""
    (folder / "beside").mkdir(parents=True)
    return {"INTAKE_SPOOL": str(folder / "beside" / "spool")}


def _looked_after(site: Site, folder: Path) -> Iterator[subprocess.CompletedProcess[str]]:
    """What an operator does every night, and once."""
    (folder / "backups").mkdir()
    yield site.run("backup", "--database-to", str(folder / "backups"))
    yield site.run("keys", "export-escrow", "--to", str(folder / "sheets"))
    yield site.run("keys", "status", "--json")
    yield site.run("audit", "verify", "--json")
    yield site.run("health", "--json")


def _ended(running: Running, ending: signal.Signals) -> list[str]:
    if ending is signal.SIGTERM:
        return list(running.stop()[1:])
    running.process.send_signal(ending)
    running.process.wait()
    return [running.so_far().decode(errors="replace")]


def _wait_for_mail(postbox: Postbox) -> None:
    until = time.monotonic() + 60
    while len(postbox.taken) < 3 and time.monotonic() < until:
        time.sleep(0.2)


def _left_open(folder: Path) -> Places:
    """Put a word into a column where it stands clear: it must be found."""
    copy = Path(shutil.copy(folder / "stopped" / "instance" / "intake.sqlite3", folder / "left-open.sqlite3"))
    with closing(sqlite3.connect(copy)) as left_open:
        left_open.execute("ALTER TABLE concern ADD COLUMN happened TEXT")
        left_open.execute("UPDATE concern SET happened = ?", (f"{MARK}999",))
        left_open.commit()
    return [(str(copy), copy.read_bytes())]
