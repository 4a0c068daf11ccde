"""`intake keys export-escrow` and `intake keys restore-escrow`: the key ring on three sheets of paper."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from config import Settings
from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Event
from intake.audit.events.keys import RingBroughtBack, RingSharedOut
from intake.audit.log import AuditLog
from intake.cli import Commands
from intake.cli.allowed import print_whether_allowed
from intake.cli.opened import load_key_ring, open_database, open_own_database
from intake.clock import SystemClock
from intake.crypto.escrow import NEEDED, SHARES, Share, read_share
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import KeysMissing, NotConfigured, Refused
from intake.models.organisation import Installation
from intake.services.approvals import Approvals
from intake.services.installation import ROWS
from intake.services.key_custody import ring_file
from intake.services.key_keeping import under_each_root
from intake.vocabulary import KeyChange, RequestKind

_SHEET = """\
PASS IT ON: THE KEY RING, SHARE {number} OF {shares}

Fingerprint of the ring: {fingerprint}
Printed on {day}. The newest root then: {active}

Whoever has {need} of the {shares} sheets, and the database, can read every word in it. Keep each sheet in
another building, with another person, and never together with a backup. One sheet alone says nothing.

{lines}

To bring the ring back: intake keys restore-escrow
It asks for {need} sheets. Letters may be small; spaces do not matter; O is read as 0, I and L as 1. The last
group of a line says whether the line was typed as it stands here.
"""


_OTHER_ROOTS = (
    "The database needs root {wanted} of the ring, and these sheets have only {roots}: bring those that were "
    "printed while it was in use. Nothing was kept."
)


def register(acts: Commands) -> None:
    """Add the two acts."""
    export = acts.add_parser(
        "export-escrow",
        help="write the key ring out in three shares for paper, any two of which bring it back",
        description="Write three files, a sheet each, into a new folder. Print each, give each to another "
        "person, and destroy the files. Do it anew after every new root. Two administrators must have "
        "allowed it on the page 'Second person'.",
    )
    export.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="a folder that is not there yet"
    )
    restore = acts.add_parser(
        "restore-escrow",
        help="bring the key ring back from two of its sheets",
        description="Ask for two sheets, line by line, and say at once which line is not as it was printed. "
        "Proves by its fingerprint that the ring is the one asked for, and keeps it where the settings say.",
    )
    restore.add_argument("--fingerprint", help="as it stands on the sheets; else the database says it")
    restore.add_argument(
        "--share",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file with a sheet's lines, instead of typing them; give two",
    )


def run(found: Settings, args: argparse.Namespace) -> int:
    """Write the ring out, or bring it back."""
    return _export(found, args.to) if args.act == "export-escrow" else _restore(found, args)


def _export(found: Settings, folder: Path) -> int:
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database:
        shares = key_ring.to_shares()
        with _whole_or_not_at_all(folder):
            # First on the record: sheets that nobody knows of bring the ring back as well.
            fingerprint = bytes.fromhex(key_ring.fingerprint())
            shared_out = RingSharedOut(fingerprint=fingerprint, shares=SHARES, needed=NEEDED)
            _record(database, found, key_ring, shared_out, wants_two=True)
            for share in shares:
                _write(folder / f"share-{share.number}.txt", _sheet(key_ring, share))
    print(
        f"Wrote {SHARES} sheets to {folder}. Print each, give each to another person, and destroy the files."
    )
    return 0


@contextmanager
def _whole_or_not_at_all(folder: Path) -> Iterator[None]:
    """Make the folder for the sheets; whatever goes wrong before the last is written, it goes again."""
    try:
        folder.mkdir(mode=0o700)
        try:
            yield
        except BaseException:
            shutil.rmtree(folder)
            raise
    except OSError as trouble:
        raise NotConfigured(f"No sheets can be written to {folder}: {trouble.strerror}.") from trouble


def _restore(found: Settings, args: argparse.Namespace) -> int:
    shares = [_from_file(path) for path in args.share] or _typed()
    key_ring = KeyRing.from_shares(shares)
    there = _in_database(found, key_ring)
    wanted = args.fingerprint or there.fingerprint
    if wanted is None:
        raise Refused(
            "fingerprint", "No database says which ring it is: give --fingerprint, from the sheets."
        )
    if key_ring.fingerprint() != wanted.strip().lower():
        raise KeysMissing(
            f"This is the key ring {key_ring.fingerprint()}, and {wanted} is wanted. Nothing was kept."
        )
    if missing := there.roots - {*key_ring.root_kids}:
        raise KeysMissing(
            _OTHER_ROOTS.format(wanted=max(missing), roots=", ".join(map(str, key_ring.root_kids)))
        )
    kept = key_ring.kept_in(ring_file(found.key_ring, found.keys))
    print(f"The key ring {kept.fingerprint()} is at {found.key_ring} again.")
    if there.fingerprint is not None:
        with open_own_database(found, kept) as database:
            brought_back = RingBroughtBack(fingerprint=bytes.fromhex(kept.fingerprint()))
            _record(database, found, kept, brought_back)
    return 0


def _sheet(key_ring: KeyRing, share: Share) -> str:
    return _SHEET.format(
        number=share.number,
        shares=SHARES,
        need=NEEDED,
        fingerprint=key_ring.fingerprint(),
        day=SystemClock().now().date().isoformat(),
        active=key_ring.active,
        lines="\n".join(share.lines()),
    )


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _from_file(path: Path) -> Share:
    """Read a sheet from a file: its number from its first line, and the lines that begin with theirs."""
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except OSError as trouble:
        raise NotConfigured(f"The sheet {path} cannot be read: {trouble.strerror}.") from trouble
    numbers = [word for row in rows[:1] for word in row.split() if word.isdecimal()]
    if not numbers:
        raise Refused("shares", f"{path} does not begin with the number of its share.")
    return read_share(int(numbers[0]), [row for row in rows[1:] if row.strip()[:1].isdecimal()])


def _typed() -> list[Share]:
    """Ask for the sheets, line by line; an empty line ends one, and a wrong line is asked for again."""
    shares = []
    for _ in range(NEEDED):
        number = _asked("Number of the share (1, 2 or 3): ")
        if number not in {str(each) for each in range(1, SHARES + 1)}:
            raise Refused("shares", f"There is no share {number}.")
        rows: list[str] = []
        while line := _asked(f"Share {number}, line {len(rows) + 1} (nothing ends it): "):
            try:
                read_share(int(number), [*rows, line])
                rows.append(line)
            except Refused as wrong:
                print(wrong.message)
        shares.append(read_share(int(number), rows))
    return shares


def _asked(prompt: str) -> str:
    print(prompt, end="", flush=True)
    return sys.stdin.readline().strip()


@dataclass(frozen=True, slots=True)
class _There:
    """What a database says of the ring it wants: none of both where there is no database to ask."""

    fingerprint: str | None = None
    roots: frozenset[int] = frozenset()


def _in_database(found: Settings, key_ring: KeyRing) -> _There:
    """Return which ring the database was sealed with, and which roots of this one wrap something there."""
    try:
        with open_database(found) as database, database.reading() as unit:
            row = Installation.id == ROWS[found.tier]
            said = unit.session.scalars(select(Installation.key_fingerprint).where(row)).one_or_none()
            return _There(said, frozenset(under_each_root(unit.session, key_ring)))
    except NotConfigured:
        return _There()


def _record(
    database: Database, found: Settings, key_ring: KeyRing, event: Event, *, wants_two: bool = False
) -> None:
    """Keep in the trail what is about to be done, or was; raises `Refused` where two have not allowed it."""
    with database.writing() as unit:
        audit = AuditLog(unit, SystemClock(), key_ring, found.tier)
        if wants_two:
            approvals = Approvals(unit, SystemClock(), audit)
            codes, everywhere = (KeyChange.ESCROW,), approvals.organisations()
            print_whether_allowed(allowed=approvals.use_at_machine(RequestKind.KEYS, codes, everywhere))
        audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)
