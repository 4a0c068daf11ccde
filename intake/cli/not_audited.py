"""`intake not-audited`: prints what leaves no entry in the trail, and why it need not."""

import argparse

from intake.cli import Commands

_HEAD = """# What is not audited

Printed by `intake not-audited`; a test holds the first table equal to the program: these are the pages whose
code opens nothing sealed about a child and writes nothing, and there are no others. What is asked there and
refused is in the trail all the same. A page that shows an empty form is recorded when the form is sent.

## Pages

| page | why |
|---|---|
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

ACTS = {
    "half-filled forms kept and let go": "a person's own typing, sealed for that person alone",
    "sign-in counts, once-keys and browsers forgotten": "nobody's words, and over",
    "mail sent or tried again": "it carries a reference and nothing else; what it tells of is recorded",
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
    pages = "".join(f"| `{page}` | {why} |\n" for page, why in PAGES.items())
    acts = "".join(f"| {act} | {why} |\n" for act, why in ACTS.items())
    return f"{_HEAD}{pages}\n## Acts\n\n| act | why |\n|---|---|\n{acts}"
