"""Small changes to the directory's texts that leave every comment and every other line as it stands."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import tomlkit

from intake.errors import NotFound, Refused

Texts = Mapping[str, str]
_Table = Any  # tomlkit's own types are a web of items; what is made of the text is read again and checked.


def file_of(texts: Texts, slug: str) -> str:
    """Give the name of the file in which a service stands; raises `NotFound`."""
    for name, text in texts.items():
        if f'"{slug}"' in text and any(_is(service, slug) for service in _services(tomlkit.parse(text))):
            return name
    raise NotFound


def with_number(texts: Texts, slug: str, number: str, instead: str, source: str) -> dict[str, str]:
    """Put another number in place of one; it is of a new source and not checked until somebody rings it."""

    def change(service: _Table) -> None:
        phone = _phone(service, number)
        for field in ("unverified", "source_url", "source_dated", "checked_on", "checked_by", "note"):
            phone.pop(field, None)
        phone["number"], phone["source"] = instead, source

    return _changed(texts, slug, change)


def with_check(texts: Texts, slug: str, number: str, on: date, by: str) -> dict[str, str]:
    """Say that somebody rang a number, or read it on the service's own page, and that it is right."""

    def change(service: _Table) -> None:
        phone = _phone(service, number)
        phone.pop("unverified", None)
        phone["checked_on"], phone["checked_by"] = on, by

    return _changed(texts, slug, change)


def with_hours(texts: Texts, slug: str, notation: str, source: str) -> dict[str, str]:
    """Write other hours, '' where they are not known; dated exceptions stay."""

    def change(service: _Table) -> None:
        hours = service["hours"]
        for field in (
            "whenever_closed",
            "period",
            "source_url",
            "source_dated",
            "checked_on",
            "checked_by",
            "note",
        ):
            hours.pop(field, None)
        for field, value in {"notation": notation, "unknown": not notation}.items():
            hours.pop(field, None)
            if value:
                hours[field] = value
        if not notation:
            hours.pop("exception", None)
        hours["source"] = source

    return _changed(texts, slug, change)


def with_day(texts: Texts, slug: str, on: date, hours: str) -> dict[str, str]:
    """Say what a service does on one day, `off` where it is closed; in place of what was said of that day."""

    def change(service: _Table) -> None:
        kept = service["hours"]
        if "notation" not in kept:
            raise Refused("on", "directory.no_hours_to_except")
        days = kept.setdefault("exception", tomlkit.aot())
        for place in reversed([place for place, day in enumerate(days) if day["on"] == on]):
            del days[place]
        day = tomlkit.table()
        day["on"], day["hours"] = on, hours
        day.add(tomlkit.nl())
        days.append(day)

    return _changed(texts, slug, change)


def with_end(texts: Texts, slug: str, last_day: date) -> dict[str, str]:
    """Say the last day on which a service is there."""

    def change(service: _Table) -> None:
        service["valid_to"] = last_day

    return _changed(texts, slug, change)


def _changed(texts: Texts, slug: str, change: Callable[[_Table], None]) -> dict[str, str]:
    name = file_of(texts, slug)
    document = tomlkit.parse(texts[name])
    change(next(service for service in _services(document) if _is(service, slug)))
    return {**texts, name: tomlkit.dumps(document)}


def _services(document: _Table) -> list[_Table]:
    return list(document.get("service", ()))


def _is(service: _Table, slug: str) -> bool:
    return bool(service["slug"] == slug)


def _phone(service: _Table, number: str) -> _Table:
    for phone in service["phone"]:
        if phone["number"] == number:
            return phone
    raise Refused("number", "directory.number_gone")
