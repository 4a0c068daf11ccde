"""`intake keys`: makes the key ring, says how the keys stand, and makes them anew."""

import argparse
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from config import Settings
from intake.cli import Commands
from intake.cli import keys_anew as anew
from intake.cli import keys_on_paper as escrow
from intake.cli.opened import load_key_ring, open_database, settings
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import KeysMissing
from intake.models.organisation import Installation
from intake.services.database_there import embedded_file, standing
from intake.services.installation import ROWS
from intake.services.key_custody import ring_file
from intake.services.key_keeping import Left, left_to_rewrap, under_each_root
from intake.vocabulary import Custodian, Tier

_MEANINGS = {
    Tier.COMBINED: "combined: whoever takes the application has all of it",
    Tier.SCHOOL: "school: no key of a duty service is here",
    Tier.HUB: "hub: no key of a school is here",
}
_CUSTODIANS = {
    Custodian.FILE: "a file",
    Custodian.CREDENTIAL: "the service manager, which gives it to be read",
    Custodian.TOKEN: "a file, wrapped under a key of a token",
    Custodian.SERVICE: "a file, wrapped under a key of a key service (NOT PROVED against a real service)",
}


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "keys",
        help="make the key ring, say how the keys stand, or make keys anew",
        description="Look after the key ring: without it, nothing in the database can be read by anybody.",
    )
    acts = parser.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    acts.add_parser(
        "create",
        help="make a key ring for a new database",
        description="Make a key ring where the settings say (INTAKE_KEY_RING), in a private folder of its "
        "own. Never overwrites one, and makes none where a database is in use: it would open nothing there.",
    )
    status = acts.add_parser(
        "status",
        help="say which ring it is, what it opens, and whether it is kept apart",
        description="Say which key ring this is, whether it is this database's, how many keys of cases are "
        "wrapped under each of its roots, and whether ring and database lie on one disk. Prints no key.",
        epilog="Ends with 0 when the ring opens all there is, 1 when it does not, 2 when it could not look.",
    )
    status.add_argument("--json", action="store_true", help="print one JSON object instead")
    anew.register(acts)
    escrow.register(acts)


def run(args: argparse.Namespace) -> int:
    """Do what was asked with the ring the settings name."""
    found = settings()
    match args.act:
        case "create":
            return _create(found)
        case "status":
            return _status(found, as_json=args.json)
        case "rotate" | "reseal":
            return anew.run(found, args)
    return escrow.run(found, args)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How ring and database stand to each other."""

    path: Path
    key_ring: KeyRing
    sealed_with: str | None
    grants: dict[int, int]
    warnings: tuple[str, ...]
    tier: Tier
    custodian: Custodian
    left: Left

    @property
    def problems(self) -> tuple[str, ...]:
        said = []
        if self.sealed_with not in {None, self.key_ring.fingerprint()}:
            said.append(f"this database was sealed with another key ring, {self.sealed_with}")
        said.extend(
            f"{count} keys are wrapped under root {kid}, which this ring has not got"
            for kid, count in self.grants.items()
            if kid not in self.key_ring.root_kids
        )
        return tuple(said)

    def json(self) -> dict[str, object]:
        return {
            "path": str(self.path),
            "fingerprint": self.key_ring.fingerprint(),
            "tier": self.tier.value,
            "kept_by": self.custodian.value,
            "proved": self.custodian is not Custodian.SERVICE,
            "to_reseal": {"pairs": self.left.pairs, "grants": self.left.grants},
            "active_root": self.key_ring.active,
            "roots": list(self.key_ring.root_kids),
            "database_sealed_with": self.sealed_with,
            "grants_by_root": {str(kid): count for kid, count in self.grants.items()},
            "warnings": list(self.warnings),
            "problems": list(self.problems),
        }

    def lines(self) -> list[str]:
        return [
            f"key ring     {self.path}",
            f"fingerprint  {self.key_ring.fingerprint()}",
            f"tier         {_MEANINGS[self.tier]}",
            f"kept by      {_CUSTODIANS[self.custodian]}",
            f"active root  {self.key_ring.active}",
            f"to reseal    {self.left.pairs} pairs, {self.left.grants} keys of cases",
            f"database     {self._whose_database()}",
            *(f"root {kid}       {count} keys" for kid, count in self.grants.items()),
            *(f"warning: {said}" for said in self.warnings),
            *(f"PROBLEM: {said}" for said in self.problems),
        ]

    def _whose_database(self) -> str:
        if self.sealed_with is None:
            return "new: it belongs to no ring yet"
        return "this ring's own" if self.sealed_with == self.key_ring.fingerprint() else "another ring's"


def _create(found: Settings) -> int:
    with closing(Database(found.database_url)) as database:
        there = standing(database, found.tier)
    if there.in_use:
        raise KeysMissing(
            "There is a database already. Put back the key ring that belongs to it: a new one would open "
            "nothing in it. If nobody needs that database, move it away first."
        )
    key_ring = KeyRing.create(ring_file(found.key_ring, found.keys))
    print(f"Made the key ring {key_ring.fingerprint()} at {found.key_ring}.")
    print("Keep a copy of it now, away from this machine and from every backup of the database.")
    return 0


def _status(found: Settings, *, as_json: bool) -> int:
    key_ring = load_key_ring(found)
    with open_database(found) as database, database.reading() as unit:
        session = unit.session
        sealed_with = session.scalars(
            select(Installation.key_fingerprint).where(Installation.id == ROWS[found.tier])
        ).one_or_none()
        standing = _Standing(
            path=found.key_ring,
            key_ring=key_ring,
            sealed_with=sealed_with,
            grants=under_each_root(session, key_ring),
            warnings=_kept_together(found.key_ring, embedded_file(database)),
            tier=found.tier,
            custodian=found.keys.custodian,
            left=left_to_rewrap(session, key_ring),
        )
    print(json.dumps(standing.json(), indent=2) if as_json else "\n".join(standing.lines()))
    return 1 if standing.problems else 0


def _kept_together(key_ring: Path, file: Path | None) -> tuple[str, ...]:
    """Say whether one thief would carry off both the words and what opens them."""
    if file is None:
        return ()
    ring, database = key_ring.resolve(), file.resolve()
    if ring.parent == database.parent or database.parent in ring.parents or ring.parent in database.parents:
        return ("the key ring lies in the database's own folder: whoever copies the one copies the other",)
    if ring.stat().st_dev == database.stat().st_dev:
        return ("the key ring and the database are on one disk: whoever takes the disk can read everything",)
    return ()
