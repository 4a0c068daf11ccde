"""What is asked for, as a sentence that a second person can say yes or no to."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import to_local
from intake.casework.extract import extract_of
from intake.casework.pack_asked import pack_of
from intake.vocabulary import HeldBack, KeyChange, RequestKind, Role
from intake.words.looking import edge
from intake.words.vocabulary import label

#: `about` is the name or reference of what it is about; `role` the role that is to be given; `who` is let in,
#: or is the one whose looks are asked about.
_ASKED: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.ROLE: _l("Give %(about)s the role: %(role)s"),
        RequestKind.SIGN_IN_LINK: _l("Make a new code to set a password for %(about)s"),
        RequestKind.REOPENING: _l("Open the closed account of %(about)s again"),
        RequestKind.LETTING_IN: _l("Let %(who)s into a restricted case: %(about)s"),
        RequestKind.LIFTING: _l("Open a restricted case to everybody here again: %(about)s"),
        RequestKind.ERASURE: _l("Erase a closed referral: %(about)s"),
        RequestKind.HOLD_LIFTING: _l("Lift the legal hold on a referral: %(about)s"),
        RequestKind.SHIFT_CODE: _l("Give %(about)s a code for one shift"),
        RequestKind.EXTRACT: _l("Give out an extract of %(about)s. For: %(audience)s"),
        RequestKind.DECOY: _l("Mark a closed case of this service as a decoy"),
        RequestKind.PACK: _l(
            "Make a list of who saw what of children's records: %(who)s, from %(begins)s to %(ends)s"
        ),
    }
)
_WHOLE_PACK: Final = _l(
    "Make a list at the machine of who saw what of children's records, restricted cases among them: %(who)s, "
    "from %(begins)s to %(ends)s"
)
_WITH: Final = _l("%(extract)s. With: %(put_in)s")
_COMMANDS: Final[Mapping[KeyChange, str]] = MappingProxyType(
    {
        KeyChange.ROOT: "intake keys rotate root",
        KeyChange.ORGANISATION: "intake keys rotate organisation NAME",
        KeyChange.CASE: "intake keys rotate case",
        KeyChange.ESCROW: "intake keys export-escrow --to FOLDER",
    }
)

#: The same of a child's file, which has no reference.
_OF_A_FILE: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.LETTING_IN: _l("Let %(who)s into a restricted child's file"),
        RequestKind.LIFTING: _l("Open a restricted child's file to everybody here again"),
        RequestKind.ERASURE: _l("Erase a child's file, with its concerns and referrals"),
        RequestKind.EXTRACT: _l("Give out an extract of a child's file. For: %(audience)s"),
        RequestKind.HOLD_LIFTING: _l("Lift the legal hold on a child's file"),
    }
)

_FOLLOWS: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.ROLE: _l(
            "They have the role at once. If nobody has signed in to their account yet, you are shown the "
            "code, this once: hand it over yourself. If you are shown none, ask them whether it was they."
        ),
        RequestKind.SIGN_IN_LINK: _l(
            "You are shown the code, this once. Hand it over yourself: whoever has it can sign in."
        ),
        RequestKind.REOPENING: _l("They can sign in again with the password and the second factor they had."),
        RequestKind.LETTING_IN: _l("They see the whole case at once, and what only the named may read."),
        RequestKind.LIFTING: _l(
            "Everybody here finds it again at once. What only the named may read stays theirs."
        ),
        RequestKind.ERASURE: _l("Its keys are destroyed at once. Nobody here can ever read it again."),
        RequestKind.HOLD_LIFTING: _l("From then on it can be erased, if two people say so."),
        RequestKind.PACK: _l("It can be made once, within a day. You do not see it yourself."),
        RequestKind.KEYS: _l("Whoever runs the machine can do it once, within a day."),
        RequestKind.EXTRACT: _l(
            "Whoever asked can make it once, within a day, and give it out. Look at the case first."
        ),
        RequestKind.DECOY: _l(
            "The reason begins with its reference. Look at it first: only a referral of a child who does not "
            "exist may be a decoy. From then on 'already known' leaves it out, nobody can write to it, and "
            "whoever opens it stands on 'Looks to ask about'."
        ),
        RequestKind.SHIFT_CODE: _l(
            "You are shown the code, this once. Ring them yourself, be sure of the voice, and read it out."
        ),
    }
)


def asked_for(kind: RequestKind, codes: Sequence[str], about: str, who: str) -> str:
    """Return the sentence; `about` is the name or reference of what it is about, `who` whom it names."""
    if kind is RequestKind.PACK:
        return _pack(codes, who)
    if kind is RequestKind.EXTRACT:
        return _extract(codes, about)
    if kind is RequestKind.KEYS:
        return ": ".join((str(label(KeyChange(codes[0]))), *codes[1:]))
    said = _ASKED if about else {**_ASKED, **_OF_A_FILE}
    role = label(Role(codes[0])) if kind is RequestKind.ROLE else ""
    return str(said[kind]) % {"about": about, "role": role, "who": who}


def command(kind: RequestKind, codes: Sequence[str]) -> str:
    """Return the command by which it is done at the machine; empty for what is not done there."""
    if kind is RequestKind.KEYS:
        change = KeyChange(codes[0])
        return " ".join((_COMMANDS[change], *codes[1:]))
    if kind is not RequestKind.PACK or not pack_of(codes).whole:
        return ""
    asked = pack_of(codes)
    begins, ends = (f"{to_local(each):%Y-%m-%dT%H:%M}" for each in (asked.begins, asked.ends))
    return f"intake audit pack --from {begins} --to {ends}"


def _pack(codes: Sequence[str], who: str) -> str:
    asked = pack_of(codes)
    return str(_WHOLE_PACK if asked.whole else _ASKED[RequestKind.PACK]) % {
        "who": who if asked.person_id else _("everybody"),
        "begins": edge(asked.begins, ends=False),
        "ends": edge(asked.ends, ends=True),
    }


def _extract(codes: Sequence[str], about: str) -> str:
    asked = extract_of(codes)
    whole = (_ASKED if about else _OF_A_FILE)[RequestKind.EXTRACT]
    said = whole % {"about": about, "audience": label(asked.audience)}
    put_in = "; ".join(str(label(each)) for each in HeldBack if each in asked.put_in)
    return str(_WITH % {"extract": said, "put_in": put_in} if put_in else said)


def what_follows(kind: RequestKind) -> str:
    """Say what happens as soon as it is approved."""
    return str(_FOLLOWS[kind])
