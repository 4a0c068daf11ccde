"""Which acts want two people: who may ask for each, and who may approve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.vocabulary import RequestKind


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """The permission of whoever asks, and of whoever approves: never the same person."""

    ask: Permission
    approve: Permission


_RESTRICTED = TwoPeople(Permission.RESTRICTION_CHANGE, Permission.RESTRICTION_APPROVE)
#: Whoever may approve one may ask for another: which case is theirs to have erased is asked of the case.
_ERASING = TwoPeople(Permission.ERASURE_APPROVE, Permission.ERASURE_APPROVE)
#: The same of an extract.
_GIVING_OUT = TwoPeople(Permission.EXTRACT_APPROVE, Permission.EXTRACT_APPROVE)
_PEOPLE = TwoPeople(Permission.PEOPLE_MANAGE, Permission.PEOPLE_APPROVE)

#: By kind. What then follows is done by the service that owns it: see `Services.second_person`.
TWO_PEOPLE: Mapping[RequestKind, TwoPeople] = MappingProxyType(
    {
        RequestKind.ROLE: _PEOPLE,
        RequestKind.SIGN_IN_LINK: _PEOPLE,
        RequestKind.REOPENING: _PEOPLE,
        RequestKind.LETTING_IN: _RESTRICTED,
        RequestKind.LIFTING: _RESTRICTED,
        RequestKind.ERASURE: _ERASING,
        RequestKind.HOLD_LIFTING: _ERASING,
        RequestKind.PACK: TwoPeople(Permission.AUDIT_VIEW, Permission.PACK_APPROVE),
        RequestKind.KEYS: TwoPeople(Permission.KEYS_ASK, Permission.KEYS_APPROVE),
        RequestKind.SHIFT_CODE: TwoPeople(Permission.SHIFT_CODE_ASK, Permission.SHIFT_CODE_APPROVE),
        RequestKind.DECOY: TwoPeople(Permission.DECOY_MARK, Permission.DECOY_APPROVE),
        RequestKind.EXTRACT: _GIVING_OUT,
    }
)

#: What is only allowed by the approval, and done afterwards: once, by whoever asked, or at the machine.
ALLOWED_ONCE = frozenset({RequestKind.PACK, RequestKind.KEYS, RequestKind.EXTRACT})


def kinds_seen(actor: Actor) -> frozenset[RequestKind]:
    """Return the kinds of request the actor may ask for or approve, and so see."""
    return frozenset(
        kind for kind, two in TWO_PEOPLE.items() if role_may(actor, two.ask) or role_may(actor, two.approve)
    )
