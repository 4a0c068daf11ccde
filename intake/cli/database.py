"""`intake database`: the roles under which each tier of a split installation meets PostgreSQL."""

import argparse

from intake.cli import Commands
from intake.cli.opened import open_database, settings
from intake.errors import NotConfigured
from intake.services.database_roles import MIGRATOR, ROLES, apply, statements

_NOT_SPLIT = (
    "This installation is one process with one key ring, and has no need of roles: they are for two tiers "
    "(docs/runbook/tiers.md)."
)
_NO_ROLES = "SQLite has no roles: two tiers are for PostgreSQL (docs/runbook/tiers.md)."


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "database",
        help="say or make the roles of the two tiers in PostgreSQL",
        description="Look after what the database itself lets each tier do.",
    )
    acts = parser.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    roles = acts.add_parser(
        "roles",
        help="the roles of the two tiers, and of whoever keeps the database",
        description=f"The roles {', '.join(ROLES.values())} for the two processes that serve, and "
        f"{MIGRATOR}, which owns the tables: it sets up, backs up, restores and makes keys anew. Made "
        "without a password: give each one of its own. Done again after every 'intake setup'; what is in "
        "place stays.",
    )
    how = roles.add_mutually_exclusive_group(required=True)
    how.add_argument("--print", action="store_true", dest="only_print", help="print the SQL, and do nothing")
    how.add_argument(
        "--apply",
        action="store_true",
        help="do it, all or nothing, as the user in DATABASE_URL, who may make roles and give tables away",
    )


def run(args: argparse.Namespace) -> int:
    """Print the statements, or carry them out."""
    if args.only_print:
        print("\n".join(f"{statement};" for statement in statements()))
        return 0
    found = settings()
    if not found.tier.is_split:
        raise NotConfigured(_NOT_SPLIT)
    with open_database(found) as database:
        if database.is_sqlite:
            raise NotConfigured(_NO_ROLES)
        with database.writing() as unit:
            apply(unit.session)
    print(f"In place: {', '.join((*ROLES.values(), MIGRATOR))}. Give each a password of its own.")
    return 0
