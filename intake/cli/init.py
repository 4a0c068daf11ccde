"""`intake init`: the first thing in earnest, an organisation and two administrators; nothing is invented."""

import argparse
import json
from email.utils import parseaddr

from intake.casework.documents.person import StaffCard
from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.cli.handing import as_json, as_lines
from intake.errors import Refused
from intake.services.operator import Operator, OrganisationDraft
from intake.vocabulary import OrganisationKind

_AT_LEAST = 2
_LONGEST_NAME = 80
_REFUSALS = {
    "organisation.service_taken": "Another organisation already answers for that duty service.",
    "organisation.other_tier": "INTAKE_TIER says which half runs here: schools are founded in the schools', "
    "hubs in the hubs' (docs/runbook/tiers.md).",
    "person.email_taken": "Somebody signs in with one of these addresses already; nothing was kept.",
}


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "init",
        help="found an organisation with two administrators",
        description="Found a school, or the hub that answers for a duty service, with two administrators. "
        "Each gets a code to set a password with, once; they then add everybody else on the page 'People'. "
        "Nothing invented is loaded. Refuses in the practice copy's database.",
        epilog="For example: intake init --kind school --name 'Sampleford High School' --authority E06000006 "
        "--administrator 'Ann Llewellyn <ann@sampleford.example>' "
        "--administrator 'Ben Okoro <ben@sampleford.example>'",
    )
    parser.add_argument("--kind", required=True, choices=[kind.value for kind in OrganisationKind])
    parser.add_argument("--name", required=True, help="as its staff call it")
    parser.add_argument(
        "--authority",
        required=True,
        metavar="CODE",
        help="the council, by its code in the directory ('intake directory show' lists them)",
    )
    parser.add_argument(
        "--service", metavar="SLUG", help="for a hub: the duty service of the directory it answers for"
    )
    parser.add_argument("--phone", help="the number on which colleagues reach it")
    parser.add_argument(
        "--administrator",
        action="append",
        default=[],
        dest="administrators",
        metavar="'NAME <ADDRESS>'",
        help="who looks after accounts; give two, so that neither is ever the only one",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Found the organisation and print the codes."""
    draft = OrganisationDraft(
        OrganisationKind(args.kind), _name(args.name), args.authority, args.service, args.phone
    )
    administrators = tuple(_card(said) for said in args.administrators)
    if len({card.email.casefold() for card in administrators}) < _AT_LEAST:
        raise Refused("administrators", "Give two administrators, each with an address of their own.")
    with at_work() as place:
        url = place.tools.public_url
        try:
            with place.writing() as services:
                handed = Operator(services).found(draft, administrators)
        except Refused as refusal:
            raise Refused(refusal.field, _REFUSALS.get(refusal.message, refusal.message)) from refusal
    if args.json:
        found = {"organisation": draft.name, "administrators": [as_json(one, url) for one in handed]}
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    print(f"Founded {draft.name}. Hand each administrator their own code, and nobody else's:")
    for one in handed:
        print("", *as_lines(one, url), sep="\n")
    return 0


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise Refused("name", f"Give a name of at most {_LONGEST_NAME} characters.")
    return name


def _card(said: str) -> StaffCard:
    name, email = parseaddr(said)
    if not name or "@" not in email:
        raise Refused("administrators", f"Write {said!r} as 'Name <name@example.org>'.")
    return StaffCard(name=name, email=email, post="", phone="")
