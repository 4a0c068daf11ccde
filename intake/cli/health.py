"""`intake health`: whether this installation is in order, for whoever watches the machine it runs on."""

import argparse
import json
from contextlib import suppress

from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.cli.opened import settings
from intake.cli.serving.keepers import keepers
from intake.errors import NotConfigured, NotContinued
from intake.services.checkpoints import Checkpoints
from intake.services.health import Health


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "health",
        help="say whether this installation is in order; exit 1 where something is to be done",
        description="Look at the key ring, the ends of the trail's chains, the mail that waits and the "
        "stored check of the directory. Prints figures and versions: no names and no words.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Look, and say what was found."""
    with at_work() as place:
        # Whoever serves hears it every few seconds; this is a process of its own, so it asks.
        with suppress(NotContinued, NotConfigured):
            Checkpoints(place, keepers(settings())).tell()
        with place.reading() as services:
            found = services.health.look()
    said = found.report()
    print(json.dumps(said, indent=2) if args.json else "\n".join(_lines(found, said)))
    return 0 if found.well else 1


def _lines(found: Health, said: dict[str, object]) -> list[str]:
    return [
        "In order." if found.well else "Something is to be done.",
        *(f"{k}: {v}" for k, v in said.items()),
    ]
