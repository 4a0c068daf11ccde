"""What an entry of the trail adds to its sentence: a colour, a role, how many names were shown."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import vocabulary as v
from intake.words.limits import time_allowed
from intake.words.vocabulary import label

Said = Mapping[str, Any]


def particulars(event: str, said: Said, names: Mapping[UUID, str]) -> tuple[str, ...]:
    """Return what is worth reading of an event's own fields, in words; `names` are those of people.

    Ids are left out: they are in the entry for whoever must have them, and nobody reads one.
    """
    found = (*_choices(event, said), *_counts(said), *_others(event, said), *_people(said, names))
    return tuple(words for words in found if words)


def _choices(event: str, said: Said) -> Iterator[str]:
    """Say what was chosen from a list."""
    for field, kind in _KINDS.items():
        if field in said:
            yield str(label(kind(said[field])))
    if "why" in said and event in _WHYS:
        yield str(label(_WHYS[event](said["why"])))
    if said.get("danger_now") == v.Answer.YES:
        yield _("danger now")
    if said.get("missing_now") == v.Answer.YES:
        yield _("missing now")
    yield from (str(label(v.HeldBack(each))) for each in said.get("put_in", ()))
    yield from parts_of(frozenset(map(v.Compartment, said.get("compartments", ()))))


def parts_of(opened: frozenset[v.Compartment]) -> Iterator[str]:
    """Say which parts of a case were opened: all that a hub holds of it, or each by name."""
    if opened >= _WHOLE_CASE:
        yield _("all of it")
    else:
        yield from (str(_PARTS[part]) for part in _PARTS if part in opened)


def _counts(said: Said) -> Iterator[str]:
    """Say how many there were of what is only an id."""
    for field, words in _COUNTED.items():
        number = said.get(field, 0)
        if number := len(number) if isinstance(number, list) else number:
            yield str(words(number))


def _others(event: str, said: Said) -> Iterator[str]:
    if event == "audit.verified":
        yield _("unaltered") if said["whole"] else _("a fault was found")
    if "behind_glass" in said:
        yield _("behind broken glass")
    if "by_shift_code" in said:
        yield _("with a code for one shift")
    if event == "access.denied" and said["not_theirs"]:
        yield _("not theirs to open, or not there")
    if event == "colour_limit.set":
        yield _minutes(said["minutes"], working_time=said["working_time"])


def _people(said: Said, names: Mapping[UUID, str]) -> Iterator[str]:
    if "person_id" in said:
        yield names.get(UUID(said["person_id"]), "")


def _minutes(minutes: int, *, working_time: bool) -> str:
    time = time_allowed(minutes)
    return str(_("%(time)s while the service is open", time=time) if working_time else time)


_WHOLE_CASE: Final = frozenset(
    {v.Compartment.IDENTITY, v.Compartment.REFERRAL, v.Compartment.HUB, v.Compartment.RELEASE}
)
_PARTS: Final[Mapping[v.Compartment, LazyString]] = MappingProxyType(
    {
        v.Compartment.IDENTITY: _l("who the child is"),
        v.Compartment.REFERRAL: _l("the referral as it was sent"),
        v.Compartment.HUB: _l("the duty service's notes"),
        v.Compartment.RESTRICTED: _l("what only the named may read"),
        v.Compartment.RELEASE: _l("what the school may read"),
        v.Compartment.SCHOOL: _l("the school's record"),
        v.Compartment.BREACH: _l("what was done about a wrong place"),
        v.Compartment.REQUEST: _l("why a second person was asked, or it is on hold"),
    }
)
_KINDS: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {
        "colour": v.Colour,
        "role": v.Role,
        "compartment": v.Compartment,
        "asked": v.Asked,
        "act": v.BreachAct,
        "request_kind": v.RequestKind,
        "finding": v.GlassFinding,
        "audience": v.Audience,
    }
)
_WHYS: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {"session.ended": v.SessionEnd, "sign_in.failed": v.SignInFailure, "referral.passed_on": v.PassingWhy}
)
_COUNTED: Final[Mapping[str, Callable[[int], str]]] = MappingProxyType(
    {
        "case_ids": lambda n: ngettext("%(num)s name shown", "%(num)s names shown", n),
        "referral_ids": lambda n: ngettext("%(num)s referral", "%(num)s referrals", n),
        "message_ids": lambda n: ngettext("%(num)s message", "%(num)s messages", n),
        "note_ids": lambda n: ngettext("%(num)s note", "%(num)s notes", n),
        "concern_ids": lambda n: ngettext("%(num)s concern", "%(num)s concerns", n),
        "minute_ids": lambda n: ngettext("%(num)s set of minutes", "%(num)s sets of minutes", n),
        "person_ids": lambda n: ngettext("%(num)s colleague", "%(num)s colleagues", n),
        "named_ids": lambda n: ngettext("%(num)s colleague", "%(num)s colleagues", n),
        "documents": lambda n: ngettext("%(num)s document", "%(num)s documents", n),
        "entries": lambda n: ngettext("%(num)s entry", "%(num)s entries", n),
        "readings": lambda n: ngettext("%(num)s reading", "%(num)s readings", n),
        "cases": lambda n: ngettext("%(num)s record", "%(num)s records", n),
        "findings": lambda n: ngettext("%(num)s to ask about", "%(num)s to ask about", n),
        "cards": lambda n: ngettext("%(num)s name looked at", "%(num)s names looked at", n),
        "sessions_ended": lambda n: ngettext("%(num)s sign-in ended", "%(num)s sign-ins ended", n),
    }
)
