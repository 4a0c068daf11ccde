"""`intake data-map`: prints where everything is kept, what is sealed, and who may open it."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Boolean, Column, Date, DateTime, Enum, Integer, Table, Uuid

from intake.casework.documents import (
    child,
    concern,
    erasure,
    meeting,
    passing,
    person,
    referral,
    restriction,
    searching,
    second_person,
    withheld,
)
from intake.cli import Commands
from intake.crypto import inventory
from intake.crypto.inventory import SEALED_COLUMNS, SealedColumn
from intake.db import Base, Instant
from intake.models import METADATA
from intake.models.clear_columns import WHY_CLEAR
from intake.models.kept_for import KEPT_FOR
from intake.policy.permissions import Permission
from intake.policy.table import TABLE
from intake.vocabulary import Compartment, Role

_HEAD = """# Where everything is kept

Printed by `intake data-map` from the tables, the inventory of sealed columns and the list of what may stand
clear; a test keeps this page equal to them. *Tier* says whose table it is: the school's, the hub's, or one
that both sides read. **Sealed** columns hold one encrypted document each, under the key of their part of the
case; who opens one is told by role and by act, and `permissions.md` says what must also be true. That the
program compares cards for the report of looking, and shows nobody any, is in the trail alone. Everything
else stands clear, and every column of text or bytes that does says why it may. No clock ends a child's
record: how long it must be kept is the law's and the organisation's to say, and two people erase it then
([erasing](runbook/erasure.md)). A backup keeps what it has for thirty-five days.

## Who holds which key

| part | whose key | what is in it |
|---|---|---|
"""

_COLUMNS_HEAD = "| column | kept | what it is | opened by |\n|---|---|---|---|\n"

HOLDERS = {
    Compartment.SCHOOL: ("the school", "what a concern says"),
    Compartment.IDENTITY: (
        "the school; once referred, the hub as well",
        "who the child is, and nothing else",
    ),
    Compartment.REFERRAL: ("the school and the hub", "the referral as it was sent, why it went there, calls"),
    Compartment.HUB: ("the hub", "triage, case notes, meetings and their minutes"),
    Compartment.RESTRICTED: (
        "the organisation that restricted it; who opens it there is told by name",
        "why a case is restricted, what only the named may read, why the glass was broken",
    ),
    Compartment.RELEASE: ("the school and the hub", "what the hub lets the school read of a decision"),
    Compartment.BREACH: (
        "the school, who had the referral wrongly, and who passed it to them",
        "what was done about a referral sent to the wrong place",
    ),
    Compartment.PEOPLE: (
        "the person's own organisation",
        "who its staff are, their second factor, mail to them",
    ),
    Compartment.REQUEST: (
        "the organisation it was asked in",
        "why two people were asked; why there is a hold, a code for a shift, or an address seen",
    ),
    Compartment.DRAFT: ("the person's own organisation", "what somebody was in the middle of typing"),
}

_P = Permission

#: What each sealed column holds, and by which acts it is opened; a sentence where nobody's act opens it.
CONTENTS: dict[SealedColumn, tuple[type, tuple[Permission, ...] | str]] = {
    inventory.CHILD_CARD: (
        child.ChildCard,
        (_P.CHILD_SEARCH, _P.CHILD_OPEN, _P.CONCERN_LIST, _P.CONCERN_OPEN),
    ),
    inventory.EARLIER_CARD: (child.ChildCard, (_P.CHILD_OPEN,)),
    inventory.CONCERN_NAME: (child.ChildCard, (_P.CONCERN_LIST, _P.CONCERN_LIST_OWN, _P.CONCERN_OPEN)),
    inventory.CONCERN_WORDS: (concern.ConcernWords, (_P.CONCERN_OPEN, _P.REFERRAL_SUBMIT)),
    inventory.CONCERN_KEPT: (concern.KeptReason, (_P.CONCERN_OPEN,)),
    inventory.CONCERN_DETAIL: (concern.ConcernDetail, (_P.CONCERN_OPEN, _P.REFERRAL_SUBMIT)),
    inventory.REFERRAL_DOCUMENT: (
        referral.ReferralAsSent,
        (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN, _P.REFERRAL_ACCEPT),
    ),
    inventory.REFERRAL_CARD: (
        child.ChildCard,
        (_P.REFERRAL_LIST_SENT, _P.REFERRAL_OPEN_SENT, _P.QUEUE_LIST, _P.REFERRAL_OPEN, _P.REFERRAL_ACCEPT),
    ),
    inventory.ROUTING_TRACE: (
        referral.RoutingTrace,
        (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN, _P.REFERRAL_ACCEPT, _P.REFERRAL_PASS_ON),
    ),
    inventory.REFERRAL_CALL: (referral.CallMade, (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN)),
    inventory.RELEASE_WORDS: (referral.Release, (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN)),
    inventory.MESSAGE_WORDS: (referral.Message, (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN)),
    inventory.COLOUR_REASON: (referral.ColourReason, (_P.REFERRAL_OPEN,)),
    inventory.DECISION_REASON: (referral.DecisionReason, (_P.REFERRAL_OPEN,)),
    inventory.CLOSING_REASON: (referral.ClosingReason, (_P.REFERRAL_OPEN,)),
    inventory.CASE_NOTE: (referral.CaseNote, (_P.REFERRAL_OPEN,)),
    inventory.INVITATION: (meeting.Invitation, (_P.MEETING_OPEN,)),
    inventory.MEETING_CHANGE: (meeting.MeetingChange, (_P.MEETING_OPEN,)),
    inventory.MINUTE: (meeting.Minute, (_P.MEETING_OPEN,)),
    inventory.PASSING_WORDS: (
        passing.PassingWords,
        (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN, _P.REFERRAL_ACCEPT),
    ),
    inventory.PASSING_ANSWER: (passing.PassingAnswer, (_P.REFERRAL_OPEN_SENT, _P.REFERRAL_OPEN)),
    inventory.BREACH_WORDS: (passing.BreachWords, (_P.BREACH_OPEN,)),
    inventory.RESTRICTION_REASON: (restriction.RestrictionReason, (_P.RESTRICTION_OPEN,)),
    inventory.RESTRICTED_NOTE: (restriction.RestrictedWords, (_P.RESTRICTION_OPEN,)),
    inventory.GLASS_REASON: (restriction.GlassReason, (_P.GLASS_REVIEW,)),
    inventory.GLASS_REVIEW: (restriction.GlassReview, (_P.GLASS_REVIEW,)),
    inventory.REQUEST_REASON: (second_person.RequestWords, (_P.SECOND_PERSON_SEE, _P.SHIFT_CODE_REVIEW)),
    inventory.REQUEST_ANSWER: (second_person.RequestWords, (_P.SECOND_PERSON_SEE,)),
    inventory.SHIFT_CODE_REASON: (second_person.RequestWords, (_P.SHIFT_CODE_REVIEW,)),
    inventory.SHIFT_CODE_REVIEW: (second_person.ShiftCodeReview, (_P.SHIFT_CODE_REVIEW,)),
    inventory.HOLD_REASON: (erasure.HoldWords, (_P.REFERRAL_ERASE, _P.FILE_ERASE)),
    inventory.ADDRESS_REASON: (withheld.AddressReason, (_P.REFERRAL_LOOKERS, _P.CHILD_LOOKERS)),
    inventory.STAFF_CARD: (person.StaffCard, "colleagues, where a page says who did something"),
    inventory.HOME_POSTCODE: (
        person.HomePostcode,
        "whoever gave it; the program, to compare it for the report of looking (`audit.view`)",
    ),
    inventory.SECOND_FACTOR_SEED: (person.SecondFactorSeed, "nobody; the program, to check a code"),
    inventory.PASSKEY_NAME: (person.PasskeyName, "whoever's passkey it is"),
    inventory.MAIL_PAYLOAD: (person.MailPayload, "nobody; the program, to send the mail"),
    inventory.SEARCH_TERMS: (searching.SearchTerms, "whoever searched, while they look"),
    inventory.FORM_DRAFT: (person.FormDraft, "whoever was typing it"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: whose table it is in, how and how long it is kept, what it is, who opens what is sealed."""

    table: str
    column: str
    tier: str
    kept: str
    kept_for: str
    what: str
    opened_by: str


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "data-map",
        help="print where everything is kept, what is sealed, and who may open it",
        description="Print every column of every table: whose it is, whether it is sealed and under which "
        "part's key, what it holds, and who opens it. As tables for people (Markdown) or as JSON.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Print the map."""
    if args.json:
        print(json.dumps({"columns": [asdict(entry) for entry in entries()]}, indent=2))
    else:
        print(document(), end="")
    return 0


def document() -> str:
    """Return the map as Markdown."""
    holders = (f"| {part.value} | {whose} | {what} |" for part, (whose, what) in HOLDERS.items())
    tables = (_section(table) for table in _tables())
    return _HEAD + "\n".join(holders) + "\n\n" + "\n".join(tables)


def entries() -> Iterator[Entry]:
    """Yield every column of every table."""
    for table in _tables():
        yield from (_entry(table, column) for column in table.columns)


def _tables() -> list[Table]:
    return sorted(METADATA.tables.values(), key=lambda table: table.name)


def _section(table: Table) -> str:
    about = next(mapper.class_.__doc__ for mapper in Base.registry.mappers if mapper.local_table is table)
    lines = (
        f"| `{entry.column}` | {entry.kept} | {entry.what} | {entry.opened_by} |"
        for entry in (_entry(table, column) for column in table.columns)
    )
    kept = KEPT_FOR[table.name]
    head = f"## {table.name}\n\n{about} Tier: {table.info['tier']}. Kept {kept}.\n\n"
    return head + _COLUMNS_HEAD + "\n".join(lines) + "\n"


def _entry(table: Table, column: Column[object]) -> Entry:
    tier, kept_for = table.info["tier"], KEPT_FOR[table.name]
    found = [
        sealed for sealed in SEALED_COLUMNS if (sealed.table, sealed.column) == (table.name, column.name)
    ]
    if not found:
        return Entry(table.name, column.name, tier, "clear", kept_for, _what(column), "")
    kind, by = CONTENTS[found[0]]
    what = (kind.__doc__ or "").split("\n", 1)[0]
    said = by if isinstance(by, str) else _who(by)
    sealed = f"**sealed**, {found[0].compartment.value}"
    return Entry(table.name, column.name, tier, sealed, kept_for, what, said)


def _who(acts: tuple[Permission, ...]) -> str:
    roles = {role for act in acts for row in TABLE[act] for role in row.roles}
    words = ", ".join(role.value.replace("_", " ") for role in Role if role in roles)
    return f"{words} ({', '.join(f'`{act.value}`' for act in acts)})"


def _what(column: Column[object]) -> str:
    said = WHY_CLEAR.get(f"{column.table.name}.{column.name}") or WHY_CLEAR.get(f"*.{column.name}")
    if said is not None:
        return said
    for key in column.foreign_keys:
        return f"which {key.column.table.name.replace('_', ' ')}"
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return f"a word of the vocabulary: {(column.type.enum_class.__doc__ or '').strip()}"
    return next((words for kind, words in _PLAIN if isinstance(column.type, kind)), "")


_PLAIN: tuple[tuple[type, str], ...] = (
    (Uuid, "an id"),
    (Instant, "a time"),
    (DateTime, "a time"),
    (Date, "a day"),
    (Boolean, "yes or no"),
    (Integer, "a number"),
)
