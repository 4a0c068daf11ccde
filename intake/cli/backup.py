"""`intake backup`: the whole database in one sealed file, and the key ring somewhere else."""

import argparse
import json
from pathlib import Path

from intake import schema
from intake.audit.log import AuditLog
from intake.cli import Commands
from intake.cli.opened import load_key_ring, open_own_database, settings
from intake.clock import SystemClock
from intake.errors import NotConfigured
from intake.services.backup import Backup, keep_key_ring, record_backup


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "backup",
        help="back up the database and, somewhere else, the key ring",
        description="Write everything the database holds at this instant into one file, sealed so that only "
        "its own key ring opens it. The service may go on working meanwhile. The file can be restored into "
        "SQLite and into PostgreSQL.",
        epilog="A backup without its key ring is worth nothing, and one beside its key ring protects nobody: "
        "keep the two apart. The ring changes only when keys are rotated; the database every minute.",
    )
    parser.add_argument(
        "--database-to", metavar="FOLDER", type=Path, required=True, help="where the file goes"
    )
    parser.add_argument(
        "--keys-to", metavar="FOLDER", type=Path, help="also copy the key ring to this folder"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Keep the ring, make the backup, and enter it in the trail, or let it go again."""
    _require_apart(args.database_to, args.keys_to)
    found, clock = settings(), SystemClock()
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database:
        kept = None
        if args.keys_to is not None:
            kept = keep_key_ring(key_ring, args.keys_to, found.keys.custodian)
        with database.reading() as unit:
            made = Backup(unit, clock, key_ring).write(args.database_to, schema=schema.newest())
        try:
            with database.writing() as unit:
                record_backup(AuditLog(unit, clock, key_ring, found.tier), made)
        except BaseException:
            made.discard()
            raise
    if args.json:
        said = {"path": str(made.path), "rows": made.rows, "bytes": made.size, "sha256": made.sha256}
        print(json.dumps(said | {"key_ring": None if kept is None else str(kept)}, indent=2))
        return 0
    print(f"Wrote {made.rows} rows, {made.size} bytes, to {made.path}")
    print(f"sha256 {made.sha256}")
    print(f"It opens only with the key ring {key_ring.fingerprint()}.")
    if kept is not None:
        print(f"A copy of that ring is at {kept}: take it to another place than the backup.")
    return 0


def _require_apart(database_to: Path, keys_to: Path | None) -> None:
    if keys_to is None:
        return
    words, keys = database_to.resolve(), keys_to.resolve()
    if words == keys or words in keys.parents or keys in words.parents:
        raise NotConfigured("Keep the backup and the key ring apart: neither folder may lie in the other.")
