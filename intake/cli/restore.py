"""`intake restore`: a backup into an empty database, proved before anybody works in it."""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic.util import CommandError

from config import Settings
from intake import schema
from intake.audit.log import AuditLog
from intake.cli import Commands
from intake.cli.chain_words import ChainWords
from intake.cli.opened import load_key_ring, settings
from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import KeysMissing, NotConfigured
from intake.services.backup import RING_NAME
from intake.services.backup_form import Header
from intake.services.database_there import embedded_file, require_answering
from intake.services.erasing_again import ErasedAgain, ErasingAgain
from intake.services.erasure_list import ErasureList, Listed
from intake.services.installation import Installations
from intake.services.key_custody import ring_file
from intake.services.restore import Proof, Restore, read_header, sha256_of
from intake.vocabulary import Tier


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "restore",
        help="restore a backup into an empty database",
        description="Restore a backup into the empty database the settings name, SQLite or PostgreSQL "
        "whichever it was made from. Then open some of every kind of sealed words, check every chain of the "
        "trail, end every sign-in session, and enter the restore in every chain. Nothing is overwritten.",
        epilog="Ends with 0 when all is proved, 1 when something did not open or a chain is not whole, 2 "
        "when nothing was restored.",
    )
    parser.add_argument("--database-from", metavar="FILE", type=Path, required=True, help="the backup")
    parser.add_argument(
        "--keys-from",
        metavar="FOLDER",
        type=Path,
        help="the folder its key ring was kept in, where this machine has none yet",
    )
    parser.add_argument(
        "--erasures",
        metavar="FILE",
        type=Path,
        help="the list that 'intake erasures' kept: what was erased since the backup is erased again",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Restore, prove, record, and say how it stands."""
    found = settings()
    header, sha256 = read_header(args.database_from), sha256_of(args.database_from)
    key_ring = _key_ring(found, header, args.keys_from)
    listed = None if args.erasures is None else ErasureList(key_ring).read(args.erasures)
    with closing(Database(found.database_url)) as database:
        _bring_to(database, header.schema)
        restored = _restore(database, key_ring, found.tier, args.database_from, sha256, listed)
    print(json.dumps(restored.json(), indent=2) if args.json else "\n".join(restored.lines(header)))
    return 0 if restored.proof.good and not restored.again.left else 1


@dataclass(frozen=True, slots=True)
class _Restored:
    """What was restored, what was erased again of it, and what was proved of the rest."""

    rows: int
    again: ErasedAgain
    is_listed: bool
    proof: Proof
    words: ChainWords

    def json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "erasures_listed": self.is_listed,
            "erased_again": self.again.done,
            "not_erased_again": self.again.left,
            "opened": self.proof.opened,
            "unopened": self.proof.unopened,
            "proved": self.proof.good,
            "chains": [self.words.json(each) for each in self.proof.chains],
        }

    def lines(self, header: Header) -> list[str]:
        return [
            f"Restored {self.rows} rows as they stood at {header.made_at.isoformat(timespec='seconds')}.",
            *self._erased_again(),
            f"Opened {self.proof.opened} sealed documents, taken at random from every kind.",
            *(f"DID NOT OPEN: {each}" for each in self.proof.unopened),
            *(self.words.sentence(each) for each in self.proof.chains),
            "Everybody must sign in again. What happened after the backup is not in it.",
        ]

    def _erased_again(self) -> Iterator[str]:
        if not self.is_listed:
            yield (
                "No list of erasures was given (--erasures): WHAT WAS ERASED SINCE THIS BACKUP IS THERE "
                "AGAIN. Before anybody is let in, do as docs/runbook/erasure.md says."
            )
            return
        done = self.again.done
        yield f"Erased again {len(done)} of what was erased since: {', '.join(done) or 'none was here'}."
        for name in self.again.left:
            yield (
                f"NOT ERASED AGAIN: {name}. The backup does not know who asked for it or approved it: "
                "do as docs/runbook/erasure.md says before anybody is let in."
            )


def _restore(  # noqa: PLR0917 - what is restored, where, by which ring, and what must not come back
    database: Database,
    key_ring: KeyRing,
    tier: Tier,
    path: Path,
    sha256: str,
    listed: Sequence[Listed] | None,
) -> _Restored:
    clock, header = SystemClock(), read_header(path)
    with database.writing() as unit:
        restore = Restore(unit, clock, key_ring, tier)
        restore.require_empty()
        rows = restore.load(path)
        # Before anything is kept: the schools' ring in the hubs' tier would put the parts together wrongly.
        Installations(unit, clock, key_ring, AuditLog(unit, clock, key_ring, tier), tier).recognise()
        restore.end_sessions()
    schema.upgrade(database)
    with database.writing() as unit:
        restore, audit = Restore(unit, clock, key_ring, tier), AuditLog(unit, clock, key_ring, tier)
        # In this very commit: until then every key is there again.
        again = ErasingAgain(unit, clock, key_ring, audit).erase(listed or ())
        proof, words = restore.prove(), ChainWords(unit)
        restore.record(audit, header, rows=rows, sha256=sha256, proof=proof)
    return _Restored(rows, again, listed is not None, proof, words)


def _key_ring(found: Settings, header: Header, keys_from: Path | None) -> KeyRing:
    """Load this machine's ring, or bring the kept one; raises `KeysMissing` unless it is the backup's."""
    if found.key_ring.exists() or keys_from is None:
        key_ring = load_key_ring(found)
    else:
        key_ring = KeyRing.load(keys_from / RING_NAME)
    if key_ring.fingerprint() != header.key_ring:
        raise KeysMissing(
            f"This backup opens with key ring {header.key_ring}, and this one is {key_ring.fingerprint()}."
        )
    if not found.key_ring.exists():
        return key_ring.kept_in(ring_file(found.key_ring, found.keys))
    return key_ring


def _bring_to(database: Database, wanted: str) -> None:
    """Bring an empty database to the backup's schema; raises `NotConfigured` if it stands at another."""
    file = embedded_file(database)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_answering(database)
    stands_at = schema.current(database)
    if stands_at not in {None, wanted}:
        raise NotConfigured(
            f"The database stands at schema {stands_at} and the backup at {wanted}: give an empty one."
        )
    try:
        schema.upgrade(database, wanted)
    except CommandError as trouble:
        raise NotConfigured(f"This program is older than the backup's schema {wanted}.") from trouble
