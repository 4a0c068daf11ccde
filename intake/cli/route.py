"""`intake route`: says who must be rung and who reads it, for a place and a time, and records nothing."""

import argparse
import json
import re
from datetime import UTC, date, datetime

from intake.calendars.local_time import from_local, happens_twice, is_skipped, to_local
from intake.cli import Commands
from intake.cli.locating import Locate, Sources, sources
from intake.clock import SystemClock
from intake.errors import Refused
from intake.routing.codes import Reason
from intake.routing.decision import Decision, Step
from intake.routing.directory import Directory
from intake.routing.engine import route
from intake.routing.explanation import Reader
from intake.routing.places import AuthorityName, Place
from intake.routing.question import Question
from intake.vocabulary import PlaceKind
from intake.words.directory import by_which_version
from intake.words.routing import SENTENCES, sentences

#: Bank holidays can be reckoned for these years.
_YEARS = range(2000, 2100)
_CODE = re.compile(r"[EW][0-9]{8}")

_DESCRIPTION = (
    "Say who must be rung now about a child, who receives the written referral and when they will read it. "
    "Nothing is recorded. No database is needed: where there is one, the directory in force there answers,"
    " and its directory of postcodes is asked; else what the program ships with."
)
_EPILOG = (
    "A time without an offset is London time: one that happens twice is taken the first time, one the clocks"
    " skip an hour on, and 'reasons' says so. With --json, one object: authority, candidates, steps in the"
    " order of doing, read_by, reasons, and directory: the version asked and since when it is in force here,"
    " null where it is the one the program ships with."
)


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "route",
        help="say whom to ring about a child at a place and a time",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument(
        "--postcode", metavar="P", help="where the child lives: a postcode, or its first half"
    )
    parser.add_argument("--authority", metavar="CODE", help="the council there, by its ONS code: E06000006")
    parser.add_argument("--no-fixed-address", action="store_true", help="the child has no fixed address")
    parser.add_argument("--found-postcode", metavar="P", help="where the child is now, if not at home")
    parser.add_argument("--found-authority", metavar="CODE", help="the council where the child is now")
    parser.add_argument("--at", metavar="TIME", help="when, such as 2026-12-25T10:00; now, if not given")
    parser.add_argument("--danger", action="store_true", help="the child is in danger now")
    parser.add_argument("--missing", action="store_true", help="the child is missing now")
    parser.add_argument("--urgent", action="store_true", help="protection is needed now")
    _add_the_child(parser)
    parser.add_argument("--school-authority", metavar="CODE", help="the school's own council")
    parser.add_argument(
        "--receives-here",
        metavar="SERVICE",
        action="append",
        default=[],
        help="a service that receives referrals in this program; may be given more than once",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    parser.add_argument(
        "--for",
        dest="reader",
        choices=[reader.value for reader in Reader],
        default=Reader.REFERRER.value,
        help="whom the sentences are for: who refers (so if not said), who receives it, who audits it",
    )


def _add_the_child(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--age", type=int, metavar="YEARS", help="how old the child is")
    parser.add_argument("--unborn", action="store_true", help="the child is not born yet")
    parser.add_argument("--due", metavar="DATE", help="the same, where it is known when the birth is due")
    parser.add_argument("--in-care", action="store_true", help="a council looks after the child")
    parser.add_argument("--caring", metavar="CODE", help="the council that looks after the child")
    parser.add_argument("--allocated", action="store_true", help="the child has a social worker already")
    parser.add_argument(
        "--about-staff", action="store_true", help="it is about a member of the school's staff"
    )


def run(args: argparse.Namespace) -> int:
    """Decide and print."""
    at, odd = _instant(args.at)
    with sources() as found:
        decision = route(_question(args, at, found), found.directory)
    if args.json:
        said = {**as_json(decision, odd), "directory": _by(decision, found)}
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return 0
    lines = sentences(decision, reader=Reader(args.reader))
    by = by_which_version(decision.directory_version, found.since)
    print("\n".join([*(str(SENTENCES[reason]) for reason in odd), *lines, by]))
    return 0


def _question(args: argparse.Namespace, at: datetime, found: Sources) -> Question:
    return Question(
        home=_home(args, found.locate),
        at=at,
        found=_place(args.found_postcode, args.found_authority, "found-authority", found.locate),
        danger=args.danger,
        missing=args.missing,
        urgent=args.urgent,
        age=args.age,
        unborn=args.unborn,
        due_on=_due_on(args.due),
        in_care=args.in_care or args.caring is not None,
        caring=_code(args.caring, "caring"),
        allocated=args.allocated,
        about_staff=args.about_staff,
        receiving=_receiving(args.receives_here, found.directory),
        school_authority=_code(args.school_authority, "school-authority"),
    )


def _by(decision: Decision, found: Sources) -> dict[str, str | None]:
    return {"version": decision.directory_version, "in_force_since": _time(found.since)}


def as_json(decision: Decision, also: tuple[Reason, ...] = ()) -> dict[str, object]:
    """Give a decision as programs read it; every time is ISO 8601 with its offset in London, or null."""
    return {
        "authority": _authority(decision.authority) if decision.authority else None,
        "candidates": [_authority(candidate) for candidate in decision.candidates],
        "steps": [_step(step) for step in decision.steps],
        "read_by": _time(decision.read_by),
        "reasons": [reason.value for reason in (*decision.reasons, *also)],
    }


def _authority(name: AuthorityName) -> dict[str, str]:
    return {"code": name.code, "name": name.name, "nation": name.nation.value}


def _step(step: Step) -> dict[str, object]:
    return {
        "do": step.do.value,
        "service": step.service,
        "name": step.name,
        "phone": step.phone,
        "open": step.open,
        "opens_at": _time(step.opens_at),
        "closes_at": _time(step.closes_at),
        "why": step.why.value,
    }


def _time(instant: datetime | None) -> str | None:
    return to_local(instant).isoformat() if instant else None


def _instant(text: str | None) -> tuple[datetime, tuple[Reason, ...]]:
    if text is None:
        return SystemClock().now(), ()
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or given.year not in _YEARS:
        raise Refused("at", f"--at {text}: give a time such as 2026-12-25T10:00")
    if given.tzinfo is not None:
        return given.astimezone(UTC), ()
    if happens_twice(given):
        return from_local(given), (Reason.LOCAL_TIME_DOUBLED,)
    return from_local(given), (Reason.LOCAL_TIME_SKIPPED,) if is_skipped(given) else ()


def _due_on(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise Refused("due", f"--due {text}: give a day such as 2027-03-01") from None


def _home(args: argparse.Namespace, locate: Locate) -> Place:
    if args.no_fixed_address:
        return Place(PlaceKind.NO_FIXED_ADDRESS)
    return _place(args.postcode, args.authority, "authority", locate) or Place(PlaceKind.NOT_KNOWN)


def _place(postcode: str | None, code: str | None, option: str, locate: Locate) -> Place | None:
    if postcode is None and code is None:
        return None
    located = None if postcode is None else locate(postcode)
    return Place(PlaceKind.KNOWN, _code(code, option), postcode, located)


def _code(code: str | None, option: str) -> str | None:
    if code is not None and not _CODE.fullmatch(code):
        raise Refused(option, f"--{option} {code}: give the ONS code of a council, such as E06000006")
    return code


def _receiving(slugs: list[str], directory: Directory) -> frozenset[str]:
    for slug in slugs:
        if slug not in directory.services:
            raise Refused(
                "receives-here", f"--receives-here {slug}: no service of the directory has that name"
            )
    return frozenset(slugs)
