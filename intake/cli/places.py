"""`intake places`: imports the ONS directory of postcodes, and says which release answers."""

import argparse
import getpass
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from intake.cli import Commands
from intake.cli.opened import load_key_ring, open_database, open_own_database, settings
from intake.clock import SystemClock
from intake.errors import Refused
from intake.models.places import PostcodeRelease
from intake.queries.postcode_releases import finished_releases
from intake.services.postcode_import import Asked, Imported, PostcodeImport

_SOURCE = "Office for National Statistics, Open Geography portal, https://geoportal.statistics.gov.uk"
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "places",
        help="import the ONS directory of postcodes, or say which release answers",
        description="Look after the table that tells which council a postcode is in.",
    )
    acts = parser.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    importing = acts.add_parser(
        "import",
        help="import a release, ONSPD or NSPL: the CSV or the published ZIP",
        description="Import a release of the ONS postcode directory (ONSPD) or the National Statistics "
        "postcode lookup (NSPL). The release before answers until this one is whole; a file that is "
        "broken, cut off or of another kind changes nothing, and what is wrong is named by line and column.",
    )
    importing.add_argument("file", type=Path, metavar="FILE", help="the published ZIP, or the CSV inside it")
    importing.add_argument("--released", metavar="YEAR-MONTH", help="of which month it is; else by its name")
    importing.add_argument(
        "--source", default=_SOURCE, help="where the file was fetched; the ONS unless said"
    )
    importing.add_argument(
        "--by", metavar="NAME", help="who imports it; the account of this machine unless said"
    )
    importing.add_argument(
        "--part", action="store_true", help="take a file that does not cover the whole country"
    )
    status = acts.add_parser("status", help="say which release answers, of when, and who imported it")
    for act in (importing, status):
        act.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Import, or say what there is."""
    return _import(args) if args.act == "import" else _status(as_json=args.json)


def _import(args: argparse.Namespace) -> int:
    asked = Asked(
        file=args.file,
        source=args.source,
        by=args.by or getpass.getuser(),
        released_on=_month(args.released),
        part=args.part,
    )
    found = settings()
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database:
        done = PostcodeImport(database, SystemClock(), key_ring).run(asked)
    unnamed = _unnamed(done)
    print(json.dumps(_imported(done, unnamed), indent=2) if args.json else "\n".join(_said(done, unnamed)))
    return 0


def _month(said: str | None) -> date | None:
    if said is None:
        return None
    found = _MONTH.fullmatch(said)
    if found is None:
        raise Refused("released", f"--released {said}: give a year and a month, such as 2025-05")
    return date(int(found[1]), int(found[2]), 1)


def _unnamed(done: Imported) -> list[str]:
    """Return the councils of the file nobody has named to us; the names are only loaded once all is done."""
    from intake.routing.directory_folder import read_directory  # noqa: PLC0415 - it would fill the memory

    names = read_directory().gazetteer.names
    return sorted(code for code in done.seen.councils if code is not None and code not in names)


def _imported(done: Imported, unnamed: list[str]) -> dict[str, object]:
    return {
        "name": done.name,
        "released_on": done.released_on.isoformat(),
        "postcodes": done.seen.rows,
        "terminated": done.seen.terminated,
        "without_council": done.seen.councils[None],
        "councils": len([code for code in done.seen.councils if code is not None]),
        "unnamed_councils": unnamed,
        "knows_police": done.knows_police,
    }


def _said(done: Imported, unnamed: list[str]) -> Iterable[str]:
    seen = done.seen
    yield f"Imported {done.name}, of {done.released_on:%B %Y}: {seen.rows:,} postcodes. It answers now."
    yield f"  {seen.terminated:,} are no longer in use: whoever types one is told so."
    yield f"  {seen.councils[None]:,} have no council of England or Wales."
    if unnamed:
        yield f"  We have no name for these councils, which go by their codes: {', '.join(unnamed)}."
    if not done.knows_police:
        yield "  It does not say which police force area a postcode is in."


def _status(*, as_json: bool) -> int:
    with open_database(settings()) as database, database.reading() as unit:
        releases = finished_releases(unit.session)
        if as_json:
            said = [_release(release) for release in releases]
            print(json.dumps({"answers": said[0] if said else None, "before": said[1:]}, indent=2))
            return 0
        if not releases:
            print("No directory of postcodes was imported: only the few shipped rows answer.")
        for number, release in enumerate(releases):
            print(_line(release, answers=number == 0))
    return 0


def _release(release: PostcodeRelease) -> dict[str, object]:
    return {
        "name": release.name,
        "released_on": release.released_on.isoformat(),
        "source": release.source,
        "sha256": release.sha256.hex(),
        "whole": release.whole,
        "postcodes": release.row_count,
        "imported_at": release.finished_at.isoformat(timespec="seconds") if release.finished_at else None,
        "imported_by": release.loaded_by,
    }


def _line(release: PostcodeRelease, *, answers: bool) -> str:
    now = "Answers" if answers else "Before"
    part = "" if release.whole else ", a part of the country"
    return (
        f"{now}: {release.name}, of {release.released_on:%B %Y}, {release.row_count:,} postcodes{part}; "
        f"imported {release.finished_at:%Y-%m-%d %H:%M} UTC by {release.loaded_by}; {release.source}"
    )
