"""`intake directory`: shows whom to ring, checks that somebody always answers, writes files."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from intake.cli import Commands
from intake.cli.directory_words import checked, page, report, shown
from intake.cli.importing import add_import, import_files, texts_in_force
from intake.clock import SystemClock
from intake.errors import Refused
from intake.routing.canonical import canonical
from intake.routing.coverage import coverage
from intake.routing.directory import Authority, Directory
from intake.routing.directory_file import read_file
from intake.routing.directory_folder import directory_of, read_texts

_DAYS = 400


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "directory",
        help="show, check or write out the directory of services",
        description="Show the directory of duty services, check that somebody answers at every minute, or"
        " write its files in their one form.",
    )
    acts = parser.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    add_import(acts)
    check = acts.add_parser(
        "check",
        help="check every minute of the next 400 days; exit 1 on a gap",
        description="Check every minute of the next 400 days for each authority. A gap, when nobody is on"
        " duty and nobody has accepted that in writing, ends in 1. Overlaps, hours not known, services nobody"
        " is ever sent to, missing languages and numbers not checked for 180 days are named.",
    )
    show = acts.add_parser(
        "show",
        help="print every authority, service, number and source",
        description="Print every authority, service, number and source of the directory.",
    )
    export = acts.add_parser(
        "export",
        help="write the files in their one form, without comments",
        description="Write the files of the directory in one order and one form; they read back the same.",
    )
    for act in (check, show, export):
        _add_what_to_read(act)
    for act in (check, show):
        act.add_argument("--json", action="store_true", help="print one JSON object instead")
    export.add_argument("--to", type=Path, metavar="FOLDER", required=True, help="where to write the files")


def _add_what_to_read(act: argparse.ArgumentParser) -> None:
    act.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="FILE",
        help="a file to put in place of the one of its name; only what it is about is looked at",
    )
    act.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        help="a directory other than the one the program ships with",
    )
    act.add_argument(
        "--in-force", action="store_true", help="the one in force in this installation's database"
    )


def run(args: argparse.Namespace) -> int:
    """Import, show, check or export."""
    files = {path.name: _text(path) for path in args.files}
    if args.act == "import":
        return import_files(files, args)
    texts = {**(texts_in_force() if args.in_force else _texts(args.folder)), **files}
    directory = directory_of(texts)
    if args.act == "export":
        return _export(texts, files, args.to)
    listed = _listed(directory, files)
    if args.act == "show":
        _print(shown(directory, listed) if args.json else page(directory, listed))
        return 0
    now = SystemClock().now()
    found = [coverage(directory, authority, now, _DAYS) for authority in listed]
    _print(checked(found, directory, _DAYS) if args.json else report(found, _DAYS))
    return 1 if any(one.gaps for one in found) else 0


def _print(said: str | dict[str, object]) -> None:
    print(said if isinstance(said, str) else json.dumps(said, indent=2, ensure_ascii=False))


def _export(texts: Mapping[str, str], files: Mapping[str, str], to: Path) -> int:
    names = sorted(files or texts)
    for name in names:
        # The places are a file of another form, and are handed on as they stand.
        own_form = name == "places.toml"
        path = to / name if own_form else to / "directory" / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[name] if own_form else canonical(texts[name]), encoding="utf-8")
        except OSError as error:
            raise Refused("to", f"--to {to}: {error.strerror}: {error.filename}") from error
    print(f"{len(names)} files written to {to}.")
    return 0


def _listed(directory: Directory, files: Mapping[str, str]) -> list[Authority]:
    """Give the authorities that some files are about, all of them when there are no files."""
    if not files:
        return list(directory.authorities.values())
    read = [read_file(name, text) for name, text in files.items()]
    codes = {code for one in read for service in one.services for code in service.service.covers}
    codes |= {one.authority.code for one in read if one.authority}
    return [authority for code, authority in directory.authorities.items() if code in codes]


def _texts(folder: Path | None) -> dict[str, str]:
    try:
        return read_texts(folder)
    except OSError as error:
        raise Refused("folder", f"--folder {folder}: {error.strerror}: {error.filename}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("file", f"{path}: {error}") from error
