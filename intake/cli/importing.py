"""`intake directory import`: an operator's files, proposed as a change for an administrator to approve."""

import argparse
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from intake.services.directory_check import CheckFound
from intake.services.shipped_directory import bring_files
from intake.services.workplace import Workplace


def add_import(acts: Any) -> None:  # noqa: ANN401 - argparse's own type for it has no name
    """Add the act."""
    parser = acts.add_parser(
        "import",
        help="propose files as a change, for an administrator to approve; exit 1 on a gap",
        description="Check files of the directory's format together with the directory in force, and propose "
        "them as a change. Nothing comes into force: an administrator approves it on the page 'Directory'. A "
        "fault names file, line and field, and nothing is kept. A gap ends in 1: the change waits all the "
        "same, and cannot be approved.",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file of one council, or national.toml"
    )
    parser.add_argument("--reason", required=True, metavar="WORDS", help="why, for whoever approves it")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def import_files(texts: Mapping[str, str], args: argparse.Namespace) -> int:
    """Propose the files, and say what the check found."""
    with _at_work() as place:
        found = bring_files(place, texts, args.reason)
    print(json.dumps(_as_json(found), indent=2) if args.json else "\n".join(_in_words(found)))
    return 0 if found.covered else 1


def texts_in_force() -> dict[str, str]:
    """Return the files of the directory in force in the database that the settings name."""
    with _at_work() as place, place.reading() as services:
        return services.directory_versions.texts(services.directory.version)


def _at_work() -> AbstractContextManager[Workplace]:
    # Only here, because showing and checking files needs no database and should not wait for one.
    from intake.cli.at_work import at_work  # noqa: PLC0415 - see above

    return at_work()


def _in_words(found: CheckFound) -> list[str]:
    return [
        f"Proposed as version {found.version}. An administrator approves it on the page 'Directory'.",
        *(
            f"GAP: nobody answers for {one.name} ({one.code}) from {begins.isoformat()} to {ends.isoformat()}"
            for one in found.authorities
            for begins, ends in one.gaps
        ),
    ]


def _as_json(found: CheckFound) -> dict[str, object]:
    gaps = [one.code for one in found.authorities if one.gaps]
    return {"version": found.version, "covered": found.covered, "gaps": gaps}
