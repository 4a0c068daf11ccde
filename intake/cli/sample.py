"""`intake sample`: the practice copy, with invented people whom anybody may sign in as."""

import argparse
import json
import logging
import os
import time
from collections.abc import Sequence

from config import Settings
from intake.cli import Commands
from intake.errors import NotConfigured, NotFound
from intake.samples.people import PASSWORD, PEOPLE, TOTP_SECRET, SamplePerson, current_code, person

_NOT_SAMPLE = "INTAKE_SAMPLE says no, and this is the practice copy. Leave it out, or say 1."
_NOBODY = "Nobody in the practice copy signs in with {email}. See: intake sample people"
_NO_CODE = "{email} signs in with the password alone."
_EVERYBODY = "Everybody else there is:  .venv/bin/intake sample people"

#: Who walks the main job from end to end; more names than these would not be read.
_FIRST = frozenset({"tomasz", "ruth", "imran", "deborah", "martin", "farida"})


def register(commands: Commands) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "sample",
        help="try the program out with invented people",
        description="The practice copy: two schools in Halton and one in Cardiff, their hubs, everybody in "
        "them, and a fortnight of history. All of it is invented; the passwords are printed. It serves this "
        "machine only, and never goes into a database that holds real people.",
    )
    parts = parser.add_subparsers(title="parts", dest="part", metavar="PART", required=True)
    people = parts.add_parser("people", help="list the people to sign in as; needs no database")
    people.add_argument("--json", action="store_true", help="print a JSON list instead")
    code = parts.add_parser("code", help="print the six digits an authenticator app would show now")
    code.add_argument(
        "email", nargs="?", default="", help="for whom (it is the same for everybody who needs one)"
    )
    parts.add_parser("run", help="set up, load and serve, whatever of it is left to do: what make run does")
    parts.add_parser("load", help="put the practice copy into the database, once")
    parts.add_parser("serve", help="serve it on this machine: PORT (8000) says where")


def run(args: argparse.Namespace) -> int:
    """Do one part."""
    if args.part == "people":
        _say_people(as_json=args.json)
    elif args.part == "code":
        _say_code(args.email)
    elif args.part == "load":
        _load()
    else:
        if args.part == "run":
            _make_ready()
        _serve()
    return 0


def settings() -> Settings:
    """Return the settings of the practice copy; raises `NotConfigured` where they name another machine."""
    said = os.environ.get("INTAKE_SAMPLE", "1")
    found = Settings.from_env({**os.environ, "INTAKE_SAMPLE": said})
    if not found.sample:
        raise NotConfigured(_NOT_SAMPLE)
    return found


def table(people: Sequence[SamplePerson]) -> str:
    """Return people to sign in as, each organisation with its own, as a person reads them."""
    wide = max(len(one.email) for one in people)
    lines: list[str] = []
    for place in dict.fromkeys(one.place for one in people):
        lines += ["", place.value]
        lines += [f"  {one.email:{wide}}  {_role(one)}" for one in people if one.place is place]
    return "\n".join(lines)


def _say_people(*, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_as_json(one) for one in PEOPLE], indent=2, ensure_ascii=False))
        return
    print(table(PEOPLE))
    print(f"\n{_how_to_sign_in()}")


def _as_json(one: SamplePerson) -> dict[str, str | None]:
    return {
        "name": one.name,
        "email": one.email,
        "role": one.role.value,
        "organisation": one.place.value,
        "password": PASSWORD,
        "totp_secret": one.totp_secret,
    }


def _role(one: SamplePerson) -> str:
    words = one.role.value.replace("_", " ")
    return f"{words} {one.ladder}" if one.ladder else words


def _how_to_sign_in() -> str:
    return (
        f"Everybody's password:  {PASSWORD}\n"
        "Everybody but reporters is asked for a code as well:  .venv/bin/intake sample code\n"
        f"(or put {TOTP_SECRET} into an authenticator app, once for everybody)"
    )


def _say_code(email: str) -> None:
    found = person(email) if email else None
    if email and found is None:
        raise NotFound(_NOBODY.format(email=email))
    if found is not None and found.totp_secret is None:
        print(_NO_CODE.format(email=found.email))
        return
    print(current_code())


def _make_ready() -> None:
    """Set up and load in this same process: a second start is mostly waiting for what it imports."""
    from intake.cli.setup import in_words, set_up  # noqa: PLC0415 - the other parts need none of it

    found = settings()
    print("\n".join(in_words(found, set_up(found))), flush=True)
    _load()


def _load() -> None:
    from intake.app import open_workplace  # noqa: PLC0415 - the other parts need none of it
    from intake.samples.load import load  # noqa: PLC0415 - as above
    from intake.services.start_up import require_set_up  # noqa: PLC0415 - as above

    place = open_workplace(settings())
    require_set_up(place)
    began = time.monotonic()
    loaded = load(place)
    if loaded is not None:
        print(
            f"Invented {loaded.organisations} organisations, {loaded.people} people and a fortnight of "
            f"history ({loaded.acts} acts) in {time.monotonic() - began:.1f} s.",
            flush=True,
        )
    place.database.close()


def _serve() -> None:
    from intake.cli.serving.start import open_ready, serve  # noqa: PLC0415 - as above
    from intake.mail.console import ConsoleMailer  # noqa: PLC0415 - as above

    found = settings()
    place = open_ready(found)
    mailer = ConsoleMailer(_print_now)
    serve(found, place, mailer, level=logging.WARNING, announce=lambda: _announce(found.port))


def _announce(port: int) -> None:
    first = [one for one in PEOPLE if one.given in _FIRST]
    _print_now(
        f"{table(first)}\n\n{_how_to_sign_in()}\n{_EVERYBODY}\n\n"
        f"Pass It On, the practice copy, is at http://localhost:{port}\n"
    )


def _print_now(words: str) -> None:
    print(words, flush=True)
