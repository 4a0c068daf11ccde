"""`intake erasures`: keeps the list of what was erased apart from the database, for a restore to go by."""

import argparse
from pathlib import Path

from intake.cli import Commands
from intake.cli.opened import load_key_ring, open_own_database, settings
from intake.services.erasure_list import ErasureList


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "erasures",
        help="keep the list of what was erased apart from the database",
        description="Add to a file every erasure it has not got yet: ids and times, and no words. A backup "
        "from before an erasure brings back what was erased; 'intake restore --erasures FILE' erases it "
        "again.",
        epilog="Keep the file where the backups are kept, and run this every hour: a restore cannot know of "
        "what was erased after the last time.",
    )
    parser.add_argument(
        "--to", metavar="FILE", type=Path, required=True, help="the list, begun if it is not there"
    )


def run(args: argparse.Namespace) -> int:
    """Add what is new, and say how much there is."""
    found = settings()
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database, database.reading() as unit:
        fresh, all_of_them = ErasureList(key_ring).add_to(args.to, unit.session, found.tier)
    print(f"{all_of_them} erasures in {args.to}, {fresh} of them new.")
    return 0
