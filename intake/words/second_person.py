"""What is asked for, as a sentence that a second person can say yes or no to."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import RequestKind, Role
from intake.words.vocabulary import label

#: `about` is the name or reference of what it is about; `role` the role that is to be given; `who` is let in.
_ASKED: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.ROLE: _l("Give %(about)s the role: %(role)s"),
        RequestKind.SIGN_IN_LINK: _l("Make a new sign-in link for %(about)s"),
        RequestKind.REOPENING: _l("Open the closed account of %(about)s again"),
        RequestKind.LETTING_IN: _l("Let %(who)s into a restricted case: %(about)s"),
        RequestKind.LIFTING: _l("Open a restricted case to everybody here again: %(about)s"),
        RequestKind.ERASURE: _l("Erase a closed referral: %(about)s"),
        RequestKind.HOLD_LIFTING: _l("Lift the legal hold on a referral: %(about)s"),
        RequestKind.SHIFT_CODE: _l("Give %(about)s a code for one shift"),
    }
)

#: The same of a child's file, which has no reference.
_OF_A_FILE: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.LETTING_IN: _l("Let %(who)s into a restricted child's file"),
        RequestKind.LIFTING: _l("Open a restricted child's file to everybody here again"),
        RequestKind.ERASURE: _l("Erase a child's file, with its concerns and referrals"),
        RequestKind.HOLD_LIFTING: _l("Lift the legal hold on a child's file"),
    }
)

_FOLLOWS: Final[Mapping[RequestKind, LazyString]] = MappingProxyType(
    {
        RequestKind.ROLE: _l("They have the role at once."),
        RequestKind.SIGN_IN_LINK: _l(
            "You are shown the link, this once. Hand it over yourself: whoever opens it can sign in."
        ),
        RequestKind.REOPENING: _l("They can sign in again with the password and the second factor they had."),
        RequestKind.LETTING_IN: _l("They see the whole case at once, and what only the named may read."),
        RequestKind.LIFTING: _l(
            "Everybody here finds it again at once. What only the named may read stays theirs."
        ),
        RequestKind.ERASURE: _l("Its keys are destroyed at once. Nobody here can ever read it again."),
        RequestKind.HOLD_LIFTING: _l("From then on it can be erased, if two people say so."),
        RequestKind.SHIFT_CODE: _l(
            "You are shown the code, this once. Ring them yourself, be sure of the voice, and read it out."
        ),
    }
)


def asked_for(kind: RequestKind, codes: Sequence[str], about: str, who: str) -> str:
    """Return the sentence; `about` is the name or reference of what it is about, `who` whom it lets in."""
    said = _ASKED if about else {**_ASKED, **_OF_A_FILE}
    role = label(Role(codes[0])) if kind is RequestKind.ROLE else ""
    return str(said[kind]) % {"about": about, "role": role, "who": who}


def what_follows(kind: RequestKind) -> str:
    """Say what happens as soon as it is approved."""
    return str(_FOLLOWS[kind])
