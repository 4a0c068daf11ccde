"""`intake not-audited`: prints what leaves no entry in the trail, and why it need not."""

import argparse
from collections.abc import Mapping

from intake.cli import Commands

_HEAD = """# What is not audited

Printed by `intake not-audited`. Tests hold the first three tables equal to the program: the first to its
code, the next two to what a walk through all of the work left in no chain. What is asked there and refused
for want of a right is in the trail all the same.

## Pages that open and write nothing

"""
_FORMS_HEAD = """
## Pages that may be shown without an entry

Each can record, and does where it opens something or is sent. Shown with nothing opened, as here, it leaves
no entry.

"""
_ACTS_HEAD = """
## What may be sent without an entry

What the walk sent, and nothing tells of. Any other form sent with something missing or wrong is given back
with its words, changes nothing, and leaves no entry either.

"""
_ROUNDS_HEAD = """
## Rounds and commands

No test holds this table.

"""
_PUBLIC = "open to anybody, signed in or not: public words"
_DIRECTORY = "the directory: public facts about services"
_CLEAR = "states, times and services that stand clear; opening any of them is recorded"

PAGES = {
    "breaches.listed": _CLEAR,
    "copies.listed": _CLEAR,
    "directory.service": _DIRECTORY,
    "directory.shown": _DIRECTORY,
    "directory.version": _DIRECTORY,
    "directory.versions": _DIRECTORY,
    "directory_changes.shown": _DIRECTORY,
    "extracts.checked_of_child": "as extracts.checked_of_referral",
    "extracts.checked_of_referral": "whether a text is one that was given out; making one is recorded",
    "glass.behind": "references of cases whose finding was recorded; opening one is recorded",
    "glass.reviews": "who broke the glass and when; reading why is recorded",
    "health.report": "figures and versions for whoever watches the machine",
    "health.shown": "figures and versions for whoever watches the machine",
    "home.accessibility": _PUBLIC,
    "home.live": "asked by a machine every few seconds; says that it answers",
    "home.privacy": _PUBLIC,
    "home.ready": "asked by a machine every few seconds; says that it answers",
    "home.shown": "leads to a person's own pages, and shows numbers",
    "home.who_to_ring": _PUBLIC,
    "offers.listed": _CLEAR,
    "oversight.shown": "how many reviews wait for whoever looks; opening one of them is recorded",
    "passing.listed": _CLEAR,
    "passing.record": _CLEAR,
    "people.listed": "who works in an administrator's own organisation, who manages them",
    "people.shown": "one colleague's account, to the administrator who manages it; changing it is recorded",
    "queue.found": "leads from a reference to a page; opening that page is recorded",
    "queue.unfinished": _CLEAR,
    "second_person.listed": "what waits for a second person, by kind and name; reading why is recorded",
    "shift_codes.listed": "who was given a code for one shift, by whom and when; reading why is recorded",
    "sign_in.old_link": "says that a code is asked for; nothing of the address is looked at",
    "single_sign_on.begin": "leads on to a provider; coming in by it is recorded",
    "single_sign_on.link": "leads on to a provider; linking it is recorded",
    "static": "styles, scripts and pictures",
}

_EMPTY = "an empty form: sending it is recorded"
_ASKS = "asks, and says what would be done, by reference: doing it, or opening why, is recorded"
_DOOR = "the door: coming in, and failing to, is recorded"
_OWN = "one's own account, to oneself: changing it is recorded"
_LATER = "half a form, sealed for whoever typed it: sending it whole is recorded"
_CHECKED = "whether a text is one that was given out; making one is recorded, and none is shown"

FORMS = {
    "account.home": "one's own home postcode, to oneself: giving and removing it is recorded",
    "account.password": _OWN,
    "account.second_factor": _OWN,
    "account.shown": _OWN,
    "concern_detail.more": _EMPTY,
    "concerns.record": _EMPTY,
    "decoys.mark": _EMPTY,
    "directory.change": _DIRECTORY,
    "directory.file": _DIRECTORY,
    "erasing.hold_of_child": _ASKS,
    "erasing.hold_of_referral": _ASKS,
    "erasing.of_child": _ASKS,
    "erasing.of_referral": _ASKS,
    "extracts.of_child": _EMPTY,
    "extracts.of_referral": _EMPTY,
    "glass.broken": _EMPTY,
    "limits.shown": "the authority's own time limits: changing one is recorded",
    "looking.packed": _EMPTY,
    "offers.decline": _EMPTY,
    "passkeys.new": _OWN,
    "passkeys.use": _DOOR,
    "people.ask_link": _ASKS,
    "people.ask_reopening": _ASKS,
    "people.details": "one colleague's card, to the administrator who manages it: changing it is recorded",
    "people.new": _EMPTY,
    "queue.listed": "a queue in which nothing waits: one that shows a card is recorded",
    "referral_new.check": "one's own answers, before they are sent: sending them is recorded",
    "referrals.call": _EMPTY,
    "restrictions.let_in": _ASKS,
    "restrictions.lift": _ASKS,
    "restrictions.of_child": _ASKS,
    "restrictions.of_concern": _ASKS,
    "restrictions.of_referral": _ASKS,
    "searching.ask": _EMPTY,
    "second_person.ask_keys": _ASKS,
    "shift_codes.ask": _EMPTY,
    "shift_codes.give": _EMPTY,
    "sign_in.first_password": _DOOR,
    "sign_in.link": _DOOR,
    "sign_in.password": _DOOR,
    "sign_in.recovery_code": _DOOR,
    "sign_in.second_factor": _DOOR,
    "withheld.of_child": _EMPTY,
    "withheld.of_referral": _EMPTY,
    "withheld.of_sent": _EMPTY,
    "wrong_place.copy_of_hub": _EMPTY,
    "wrong_place.copy_of_school": _EMPTY,
    "wrong_place.of_school": _EMPTY,
}

ACTS = {
    "account.home": "sent with what stood there before, or with what is no postcode: nothing changes",
    "concerns.record": _LATER,
    "decisions.decide": _LATER,
    "decoys.mark": "sent with a referral that cannot be marked: nothing is asked of anybody",
    "drafts.save": _LATER,
    "extracts.checked_of_child": _CHECKED,
    "extracts.checked_of_referral": _CHECKED,
    "home.who_to_ring": _PUBLIC,
    "meetings.minute": _LATER,
    "searching.ask": "what is searched for, sealed for whoever asks: searching, next, is recorded",
    "sign_in.link": "a right code leads on: setting the password is recorded, and so is a wrong code",
}

_ROUNDS = {
    "sign-in counts, once-keys, searches and browsers forgotten": "nobody's words, and over",
    "checkpoints signed": "they cover every entry: one for each would never come to an end",
    "intake audit (but for pack and looking), health, keys status, data-map, permissions, route, erasures": (
        "commands that open no words"
    ),
}


def register(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser(
        "not-audited",
        help="print what leaves no entry in the trail, and why",
        description="Print what leaves no entry in the trail, and why it need not (docs/not-audited.md).",
    )


def run(_args: argparse.Namespace) -> int:
    """Print the lists."""
    print(document(), end="")
    return 0


def document() -> str:
    """Return the lists as Markdown."""
    return (
        f"{_HEAD}{_table('page', PAGES)}{_FORMS_HEAD}{_table('page', FORMS)}"
        f"{_ACTS_HEAD}{_table('sent to', ACTS)}{_ROUNDS_HEAD}{_table('what', _ROUNDS, code=False)}"
    )


def _table(what: str, rows: Mapping[str, str], *, code: bool = True) -> str:
    lines = (f"| `{each}` | {why} |\n" if code else f"| {each} | {why} |\n" for each, why in rows.items())
    return f"| {what} | why |\n|---|---|\n{''.join(lines)}"
