"""`intake people`: who has an account, and helping somebody in when no administrator can."""

import argparse
import json
from collections.abc import Callable

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.cli.handing import as_json, as_lines
from intake.errors import Refused
from intake.services.operator import Handed, Listed, Operator
from intake.services.workplace import Workplace
from intake.vocabulary import Role

_ROLES = [role.value for role in Role]
_REFUSALS = {
    "person.email_taken": "Somebody signs in with that address already. To give them a role in another "
    "organisation as well: intake people join",
    "person.role_held": "They have that role there already.",
    "person.role_not_here": "There is no such role in that kind of organisation.",
}


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "people",
        help="list people, add one, or make a code to set a password",
        description="Look after accounts from the machine itself. Administrators do it on the page 'People'; "
        "this is for when there is none, or they cannot sign in. Every act stands in the trail.",
    )
    acts = parser.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    listing = acts.add_parser("list", help="list everybody with an account")
    listing.add_argument("--organisation", metavar="NAME", help="only those of one organisation")
    adding = acts.add_parser("add", help="add a person and print their code to set a password")
    adding.add_argument("--organisation", required=True, metavar="NAME")
    adding.add_argument("--name", required=True, help="as colleagues know them; one name is enough")
    adding.add_argument("--email", required=True, help="the address they sign in with")
    adding.add_argument("--post", default="", help="for example 'Head of year 9'")
    adding.add_argument("--phone", default="", help="on which colleagues can ring them back")
    link = acts.add_parser(
        "link", help="make somebody a new code to set a password; earlier ones stop working"
    )
    join = acts.add_parser("join", help="give somebody a role in another organisation as well")
    join.add_argument("--organisation", required=True, metavar="NAME")
    forget = acts.add_parser(
        "forget-app",
        help="take a lost telephone, and passkeys, off an account",
        description="Take a lost authenticator app, passkeys and recovery codes off an account. Be sure "
        "first that whoever asks is that person: afterwards the password alone lets somebody set up others.",
    )
    for act in (link, join, forget):
        act.add_argument("email", help="the address they sign in with")
    for act in (adding, join):
        act.add_argument("--role", required=True, action="append", choices=_ROLES, dest="roles")
        act.add_argument("--turn", type=int, default=1, help="when a deputy lead is told: 1 is first")
    for act in (listing, adding, link, join, forget):
        act.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    acts: dict[str, Callable[[argparse.Namespace, Workplace], None]] = {
        "list": _list,
        "add": _add,
        "link": _link,
        "join": _join,
        "forget-app": _forget_app,
    }
    with at_work() as place:
        try:
            acts[args.act](args, place)
        except Refused as refusal:
            raise Refused(refusal.field, _REFUSALS.get(refusal.message, refusal.message)) from refusal
    return 0


def _list(args: argparse.Namespace, place: Workplace) -> None:
    with place.reading() as services:
        operator = Operator(services)
        organisation = None if args.organisation is None else operator.organisation(args.organisation)
        people = operator.listed(organisation)
    if args.json:
        print(json.dumps([_listed_as_json(person) for person in people], indent=2, ensure_ascii=False))
    else:
        print("\n".join(_line(person) for person in people) or "Nobody has an account yet.")


def _add(args: argparse.Namespace, place: Workplace) -> None:
    card = StaffCard(args.name.strip(), args.email.strip(), args.post.strip(), args.phone.strip())
    if not card.name or "@" not in card.email:
        raise Refused("email", "Give a name, and an address like name@example.org.")
    with place.writing() as services:
        operator = Operator(services)
        handed = operator.add(operator.organisation(args.organisation), PersonDraft(card, _roles(args)))
    _print_link(args, place, handed)


def _link(args: argparse.Namespace, place: Workplace) -> None:
    with place.writing() as services:
        handed = Operator(services).link(args.email)
    _print_link(args, place, handed)


def _join(args: argparse.Namespace, place: Workplace) -> None:
    with place.writing() as services:
        operator = Operator(services)
        organisation = operator.organisation(args.organisation)
        for role in _roles(args):
            operator.join(args.email, organisation, role)
    _print_done(args, f"{args.email} works in {args.organisation} as well.")


def _forget_app(args: argparse.Namespace, place: Workplace) -> None:
    with place.writing() as services:
        Operator(services).forget_app(args.email)
    _print_done(args, f"{args.email} sets up a new authenticator app when they next sign in.")


def _roles(args: argparse.Namespace) -> tuple[RoleDraft, ...]:
    roles = [Role(said) for said in dict.fromkeys(args.roles)]
    return tuple(RoleDraft(role, args.turn if role is Role.DEPUTY_LEAD else 0) for role in roles)


def _print_link(args: argparse.Namespace, place: Workplace, handed: Handed) -> None:
    url = place.tools.public_url
    if args.json:
        print(json.dumps(as_json(handed, url), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_lines(handed, url)))


def _print_done(args: argparse.Namespace, words: str) -> None:
    print(json.dumps({"email": args.email, "done": args.act}) if args.json else words)


def _listed_as_json(person: Listed) -> dict[str, object]:
    return {
        "name": person.name,
        "email": person.email,
        "organisation": person.organisation,
        "roles": [role.value for role in person.roles],
        "has_password": person.has_password,
        "has_second_factor": person.has_second_factor,
        "comes_in": person.comes_in,
        "closed_at": None if person.disabled_at is None else person.disabled_at.isoformat(timespec="seconds"),
    }


def _line(person: Listed) -> str:
    roles = ", ".join(role.value for role in person.roles) or "no role now"
    state = "closed" if person.disabled_at else "in use" if person.comes_in else "nothing to sign in with yet"
    return f"{person.organisation}: {person.name} <{person.email}>, {roles}; {state}"
