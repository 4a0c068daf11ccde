"""`intake bench`: measures the work, in a scratch database full of invented referrals."""

import argparse
import json
import sys
from dataclasses import asdict

from flask import Flask

from config import ROOT, Settings
from intake.app import create_app
from intake.bench.bench import Asked
from intake.bench.bench import run as measure
from intake.bench.councils import measure_councils
from intake.bench.decisions import measure_decisions
from intake.bench.page_spans import measure_page
from intake.bench.postcodes import measure_postcodes
from intake.bench.postcodes import table as postcode_table
from intake.bench.searching import measure_search
from intake.bench.submitting import measure_submitting
from intake.bench.table import table
from intake.bench.trails import measure_trail
from intake.cli import Commands
from intake.clock import SystemClock
from intake.services.workplace import Workplace

_ROUNDS = 30
_STARTS = 5


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "bench",
        help="measure the work in a scratch database full of invented referrals",
        description="Fill a scratch database with invented referrals, their notes and their trail, and "
        "measure the work through the whole application, beside the bare floors under it, in the same run. "
        "Opens no database of yours: without --database-url it makes a SQLite file and removes it.",
        epilog="Give several numbers to see what grows: intake bench --referrals 1000 100000. It says so "
        "itself where the machine was too busy for the figures to mean anything.",
    )
    parser.add_argument(
        "--referrals", type=int, nargs="+", default=[10_000], metavar="N", help="how many; 10000 unless said"
    )
    parser.add_argument(
        "--database-url", metavar="URL", help="an empty PostgreSQL database; refused if it is not"
    )
    parser.add_argument(
        "--rounds", type=int, default=_ROUNDS, help=f"how often each act; {_ROUNDS} unless said"
    )
    parser.add_argument(
        "--starts", type=int, default=_STARTS, help=f"how often to start up; {_STARTS} unless said"
    )
    _add_other_measures(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument(
        "--keep", action="store_true", help="keep the database and say where it is; its keys are gone"
    )


def _add_other_measures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--postcodes", type=int, metavar="N", help="measure importing so many made-up postcodes instead"
    )
    parser.add_argument(
        "--councils", type=int, metavar="N", help="measure checking a directory of so many councils instead"
    )
    parser.add_argument(
        "--decisions", type=int, metavar="N", help="measure one decision among so many councils instead"
    )
    parser.add_argument(
        "--trail", type=int, metavar="N", help="measure checking a trail of so many entries instead"
    )
    parser.add_argument(
        "--page",
        type=int,
        metavar="N",
        help="measure what of the page of a case with so many notes is keys, decryption and trail instead",
    )
    parser.add_argument(
        "--submitting",
        type=int,
        metavar="N",
        help="measure so many submissions of each of 16 writers at once, with and without the chain, instead",
    )
    parser.add_argument(
        "--search",
        type=int,
        nargs="+",
        metavar="N",
        help="measure searching so many children's cards instead",
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    if args.postcodes is not None:
        found = measure_postcodes(args.postcodes, args.database_url, _say)
        print(json.dumps(asdict(found), indent=2) if args.json else postcode_table(found))
        return 0
    if (figures := _other(args)) is not None:
        print(json.dumps(figures, indent=2) if args.json else _lines(figures))
        return 0
    if args.search is not None:
        searched = [asdict(each) for each in measure_search(tuple(args.search), args.database_url, _say)]
        print(json.dumps(searched, indent=2) if args.json else "\n\n".join(map(_lines, searched)))
        return 0
    asked = Asked(
        sizes=tuple(dict.fromkeys(args.referrals)),
        rounds=args.rounds,
        starts=args.starts,
        root=ROOT,
        database_url=args.database_url,
        keep=args.keep,
    )
    results = measure(asked, _app, _say)
    print(
        json.dumps(results.json(), indent=2) if args.json else table(results), end="\n" if args.json else ""
    )
    return 0


def _other(args: argparse.Namespace) -> dict[str, float] | None:
    """Measure what was asked for instead, if anything was."""
    now = SystemClock().now()
    if args.councils is not None:
        return asdict(measure_councils(args.councils, now))
    if args.decisions is not None:
        return asdict(measure_decisions(args.decisions, now))
    if args.trail is not None:
        trail = measure_trail(args.trail, args.database_url, now, _say)
        return asdict(trail) | {"verify_seconds": trail.verify_seconds}
    if args.page is not None:
        return asdict(measure_page(args.page, args.rounds, args.database_url, _app, _say))
    if args.submitting is not None:
        return asdict(measure_submitting(args.submitting, args.rounds, args.database_url, _say))
    return None


def _app(place: Workplace) -> Flask:
    """Build the application on a workplace that is made already: the settings only say how it serves."""
    settings = Settings(
        database_url=place.database.engine.url.render_as_string(hide_password=False),
        key_ring=ROOT / "no key ring is read",
        secure=False,
    )
    return create_app(settings, place)


def _lines(figures: dict[str, float]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {round(figure, 2)}" for name, figure in figures.items())


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
