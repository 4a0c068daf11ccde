"""What a change to the directory would do, in sentences: for whom, what, and when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeVar

from flask_babel import LazyString, ngettext
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
#: Why a change is refused, by code.
REFUSED: Final = {
    "directory.nothing_changed": _l("This changes nothing: it says what the directory says already."),
    "directory.number_gone": _l(
        "This service no longer has that number. Look at it again, then say it anew."
    ),
    "directory.no_hours_to_except": _l(
        "This service has no hours of its own, so no day can differ from them. Change the hours first."
    ),
    "directory.already_decided": _l("Somebody has decided on this change already."),
    "directory.clashes": _l(
        "The same lines have been changed since this was proposed. Nothing is lost: write it again on the"
        " directory as it is now."
    ),
    "directory.changed_meanwhile": _l(
        "The directory changed while you were reading. Look at what this would change now, and then decide."
    ),
    "directory.council_gone": _l(
        "A council would be gone from the directory, and nobody would be rung for its children. Keep its"
        " file; write into it what has become of the council, and who is rung instead."
    ),
    "directory.newcomer": _l(
        "Your account was made after this change was proposed. Somebody who was here before must approve it."
    ),
    "directory.gap": _l(
        "Nobody could be rung at some time in the next 400 days. Close the gap, or write into the file why it"
        " is accepted; until then this cannot be approved."
    ),
}
Span = tuple[datetime, datetime]
T = TypeVar("T")


def comparison_words(comparison: Comparison, now: datetime) -> tuple[str, ...]:
    """Say what would change for one council, or for everybody."""
    return (*_services(comparison), *_first(comparison, now), *_hours(comparison, now))


def by_which_version(version: str, since: datetime | None) -> str:
    """Say by which version of the directory something was answered, and since when that is in force."""
    if since is None:
        return str(_("Answered by version %(version)s of the directory, as it was shipped.", version=version))
    return str(
        _(
            "Answered by version %(version)s of the directory, in force since %(when)s.",
            version=version,
            when=spoken(since, since, dated=True),
        )
    )


def _services(comparison: Comparison) -> Iterator[str]:
    for each in comparison.services:
        yield str(_DIFFERENCES[each.difference]) % {"service": each.service, "what": each.what}
    if not (comparison.services or comparison.hours or comparison.first):
        yield str(_("What is said of the council itself changes, as the lines below show."))


def _first(comparison: Comparison, now: datetime) -> list[str]:
    return [
        str(
            _(
                "People would ring %(name)s on %(phone)s first, and no longer %(old_name)s on %(old_phone)s,"
                " %(times)s.",
                name=would_be[0],
                phone=would_be[1],
                old_name=was[0],
                old_phone=was[1],
                times=_times(spans, now),
            )
        )
        for (was, would_be), spans in _alike(
            ((each.was, each.would_be), (each.begins_at, each.ends_at)) for each in comparison.first
        )
    ]


def _hours(comparison: Comparison, now: datetime) -> list[str]:
    return [
        str(
            _(
                "%(service)s would be %(state)s, and not %(old_state)s, %(times)s.",
                service=service,
                state=_STATES[would_be],
                old_state=_STATES[was],
                times=_times(spans, now),
            )
        )
        for (service, was, would_be), spans in _alike(
            ((each.service, each.was, each.would_be), (each.begins_at, each.ends_at))
            for each in comparison.hours
        )
    ]


def _alike(found: Iterable[tuple[T, Span]]) -> Iterable[tuple[T, list[Span]]]:
    """Put the times together at which the same would change."""
    together: dict[T, list[Span]] = {}
    for what, span in found:
        together.setdefault(what, []).append(span)
    return together.items()


def _times(spans: list[Span], now: datetime) -> str:
    """Say the first time, and how many more there are until when."""
    begins, ends = (spoken(instant, now) for instant in spans[0])
    if len(spans) == 1:
        return str(_("from %(begins)s until %(ends)s", begins=begins, ends=ends))
    said: str = ngettext(
        "from %(begins)s until %(ends)s, and at %(num)s more time until %(last)s",
        "from %(begins)s until %(ends)s, and at %(num)s more times until %(last)s",
        len(spans) - 1,
        begins=begins,
        ends=ends,
        last=spoken(spans[-1][1], now),
    )
    return said
