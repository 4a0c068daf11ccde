"""`intake permissions`: prints who may do what, from the table the program runs by."""

import argparse
import json

from intake.cli import Commands
from intake.policy.permissions import DESCRIPTIONS, Permission
from intake.policy.table import TABLE, Row
from intake.vocabulary import Role

_HEAD = """# Who may

Printed by `intake permissions` from `intake/policy/table.py`, which is what the program runs by; a test keeps
the two equal. A role counts only while its membership lasts and, for every role but the reporter's, once a
second factor was proven in the session. Where several rows stand for one act, any one of them is enough.

| act | what it is | who | and only if |
|---|---|---|---|
"""


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "permissions",
        help="print who may do what",
        description="Print who may do what, as a table for people (Markdown) or as JSON.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    if args.json:
        said = {permission.value: [_row(row) for row in rows] for permission, rows in TABLE.items()}
        print(json.dumps(said, indent=2))
    else:
        print(document(), end="")
    return 0


def document() -> str:
    """Return the table as Markdown."""
    lines = [
        f"| `{permission.value}` | {DESCRIPTIONS[permission]} | {who} | {only_if} |"
        for permission in Permission
        for who, only_if in (_words(row) for row in TABLE[permission])
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _words(row: Row) -> tuple[str, str]:
    who = ", ".join(role.value.replace("_", " ") for role in Role if role in row.roles)
    if row.roles == frozenset(Role):
        who = "everybody"
    only_if = "; ".join((predicate.__doc__ or "").strip().rstrip(".") for predicate in row.must)
    return who, only_if


def _row(row: Row) -> dict[str, list[str]]:
    return {
        "roles": sorted(role.value for role in row.roles),
        "must": [predicate.__name__ for predicate in row.must],
    }
