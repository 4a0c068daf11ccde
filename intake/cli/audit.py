"""`intake audit`: proves that nobody changed the trail, or names the first entry that is wrong."""

import argparse
import json

from intake.audit.trail import Trail
from intake.cli import Commands
from intake.cli.chain_words import ChainWords
from intake.cli.opened import load_key_ring, open_own_database, settings
from intake.errors import NotFound


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "audit",
        help="prove the trail unaltered",
        description="Look after the trail of what happened. It only reads.",
    )
    acts = parser.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    verify = acts.add_parser(
        "verify",
        help="check every chain from its first entry to its last",
        description="Check every chain from its first entry to its last, and that chains which answer to "
        "each other agree. Names the first wrong entry of a chain, and how it is wrong.",
        epilog="Ends with 0 when every chain is whole, 1 when one is not, 2 when it could not look.",
    )
    verify.add_argument("--organisation", metavar="X", help="only this one, by its id or its exact name")
    verify.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Check the chains: there is no other act yet."""
    found = settings()
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database, database.reading() as unit:
        words, trail = ChainWords(unit), Trail(unit.session, key_ring)
        asked = trail.organisations() if args.organisation is None else words.find(args.organisation)
        if args.organisation is not None and len(asked) != 1:
            raise NotFound(f"There is no one organisation with the id or exact name {args.organisation!r}.")
        checked = [trail.check(each) for each in asked]
    whole = all(each.whole for each in checked)
    if args.json:
        print(json.dumps({"whole": whole, "chains": [words.json(each) for each in checked]}, indent=2))
    else:
        print("\n".join(words.sentence(each) for each in checked) or "There is no trail yet.")
    return 0 if whole else 1
