"""What a change to the directory would do, in sentences: for whom, what, and when."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.routing.comparison import Comparison, Difference
from intake.vocabulary import OpenState
from intake.words.spoken_times import spoken

_DIFFERENCES: Final[Mapping[Difference, LazyString]] = MappingProxyType(
    {
        Difference.ADDED: _l("%(service)s is added, on %(what)s."),
        Difference.GONE: _l("%(service)s is taken out, and with it %(what)s."),
        Difference.RENAMED: _l("%(service)s is now called %(what)s."),
        Difference.NUMBER_ADDED: _l("%(service)s gets the number %(what)s."),
        Difference.NUMBER_GONE: _l("%(service)s loses the number %(what)s."),
        Difference.CHECKED: _l("%(service)s: it is said anew when %(what)s was checked."),
        Difference.OTHER: _l("%(service)s: something else about it changes, as the lines below show."),
    }
)
_STATES: Final[Mapping[OpenState, LazyString]] = MappingProxyType(
    {
        OpenState.OPEN: _l("open"),
        OpenState.CLOSED: _l("closed"),
        OpenState.UNKNOWN: _l("of unknown hours"),
    }
)
#: So many times are said one by one; more are only counted.
_MOST = 12


def comparison_words(comparison: Comparison, now: datetime) -> tuple[str, ...]:
    """Say what would change for one council, or for everybody."""
    return (*_services(comparison), *_some(_first(comparison, now)), *_some(_hours(comparison, now)))


def _services(comparison: Comparison) -> Iterator[str]:
    for each in comparison.services:
        yield str(_DIFFERENCES[each.difference]) % {"service": each.service, "what": each.what}
    if not (comparison.services or comparison.hours or comparison.first):
        yield str(_("What is said of the council itself changes, as the lines below show."))


def _first(comparison: Comparison, now: datetime) -> list[str]:
    return [
        str(
            _(
                "From %(begins)s until %(ends)s people would ring %(name)s on %(phone)s first, and no longer"
                " %(old_name)s on %(old_phone)s.",
                begins=spoken(each.begins_at, now),
                ends=spoken(each.ends_at, now),
                name=each.would_be[0],
                phone=each.would_be[1],
                old_name=each.was[0],
                old_phone=each.was[1],
            )
        )
        for each in comparison.first
    ]


def _hours(comparison: Comparison, now: datetime) -> list[str]:
    return [
        str(
            _(
                "%(service)s would be %(state)s, and not %(old_state)s, from %(begins)s until %(ends)s.",
                service=each.service,
                state=_STATES[each.would_be],
                old_state=_STATES[each.was],
                begins=spoken(each.begins_at, now),
                ends=spoken(each.ends_at, now),
            )
        )
        for each in sorted(comparison.hours, key=lambda each: each.begins_at)
    ]


def _some(said: list[str]) -> list[str]:
    if len(said) <= _MOST:
        return said
    return [*said[:_MOST], str(_("And at %(number)s more times like these.", number=len(said) - _MOST))]
