"""Why somebody may be asked about a look, in words."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from babel.dates import format_date
from flask_babel import LazyString, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import to_local
from intake.vocabulary import AskWhy
from intake.words.spoken_times import time_of_day

WHY: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        AskWhy.OWN_SURNAME: _l("Opened the record of a child who has their surname, without a task"),
        AskWhy.OWN_POSTCODE: _l("Opened the record of a child at their own postcode, without a task"),
        AskWhy.COLLEAGUES_TIE: _l("Opened a record to which a colleague has a tie, without a task"),
        AskWhy.KEPT_OUT: _l("Asked for a record they are kept out of"),
        AskWhy.SOUGHT: _l("Searched for a child and opened the record, without a task"),
        AskWhy.CLOSED: _l("Opened a record closed for 90 days or more, without a task"),
        AskWhy.CAME_BACK: _l("Came back to a record that others work on, without a task"),
        AskWhy.MANY_CHILDREN: _l("Opened the records of many children in one hour"),
        AskWhy.MANY_NAMES: _l("Was shown the names of many children by searches in one hour"),
        AskWhy.MANY_SEARCHES: _l("Made many different searches in one hour"),
        AskWhy.REFUSED_OFTEN: _l("Asked for many things that are not theirs in one hour"),
        AskWhy.OUT_OF_HOURS: _l("Opened records while the service was closed"),
        AskWhy.OUT_OF_ROTA: _l("Opened records while others were on duty, without a task"),
        AskWhy.DECOY: _l("Opened a decoy: the case of a child who does not exist"),
    }
)


def edge(instant: datetime, *, ends: bool) -> str:
    """Say where a time begins or ends: of a whole day its start or its end, since midnight is of two days."""
    wall = to_local(instant)
    whole = wall.time() == time()
    day = wall.date() - timedelta(days=1) if whole and ends else wall.date()
    said = format_date(day, "d MMMM y", locale=get_locale() or "en_GB")
    if not whole:
        return str(_("%(time)s on %(day)s", time=time_of_day(wall.time()), day=said))
    return str(_("the end of %(day)s", day=said) if ends else _("the start of %(day)s", day=said))


def how_many(why: AskWhy, many: int) -> str:
    """Say of how many things a reason to ask is; '' where it is of one record."""
    if why in {AskWhy.MANY_CHILDREN, AskWhy.OUT_OF_HOURS, AskWhy.OUT_OF_ROTA}:
        return str(ngettext("%(num)s record", "%(num)s records", many))
    if why is AskWhy.MANY_NAMES:
        return str(ngettext("%(num)s child", "%(num)s children", many))
    if why is AskWhy.CAME_BACK:
        return str(ngettext("%(num)s day", "%(num)s days", many))
    return _("%(number)s different ones", number=many) if many > 1 else ""
