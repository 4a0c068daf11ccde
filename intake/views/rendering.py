"""How pages are made: a strict template environment, times in London, and what stands around every page."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask_babel import Babel, get_locale
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from intake.clock import Clock
from intake.views import numbers, times
from intake.views.components import Components
from intake.words.home import home_words
from intake.words.tiers import tier_words

#: The languages there is a catalogue for; the first is the one the words are written in.
LANGUAGES = ("en_GB",)

#: How values are written in a template: times in London time, numbers grouped for reading aloud.
FILTERS: Mapping[str, Callable[..., str]] = {
    "when": times.when,
    "short_when": times.short_when,
    "day": times.day,
    "date": times.short_date,
    "dated": times.dated,
    "clock_time": times.clock_time,
    "machine_time": times.machine_time,
    "phone": numbers.phone,
    "tel": numbers.tel,
    "home": home_words,
    "tier_words": tier_words,
}


@dataclass(frozen=True, slots=True)
class Link:
    """One place to go from every page; `here` says that the page is that place or a part of it."""

    words: str
    href: str
    current: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around a page: who is signed in, where they may go, and whether this is practice.

    `person` is empty when nobody is signed in; `sign_out` is the address the sign-out button posts to;
    `glass_until` is when glass that this person broke is whole again;
    `behind` says that somebody elsewhere keeps proof of records which this database has not got;
    `beside` that what is looked at is kept in the second place, as the database took nothing.
    """

    home: str = "/"
    person: str = ""
    role: str = ""
    organisation: str = ""
    links: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    sign_out: str = ""
    sample: bool = False
    behind: bool = False
    beside: bool = False
    glass_until: datetime | None = None


def set_up(
    app: Flask, *, clock: Clock, around: Callable[[], Shell], fresh_once_key: Callable[[], str]
) -> None:
    """Make the template environment strict and give it our filters, components and shell."""
    Babel(
        app,
        default_locale=LANGUAGES[0],
        default_timezone="Europe/London",
        locale_selector=lambda: LANGUAGES[0],
    )
    components = Components()
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    del environment.globals["config"]
    environment.filters |= FILTERS
    environment.globals |= {
        "asset": Assets(app),
        "component": components,
        "show_field": components.field,
        "show_problems": components.problems,
        "csrf_token": generate_csrf,
        "fresh_once_key": fresh_once_key,
        "due": lambda due_at, done_at=None: times.due(due_at, clock.now(), done_at),
        "language": language,
        "navigation_items": navigation_items,
        "now": clock.now,
    }
    app.context_processor(lambda: {"shell": around()})


def language() -> str:
    """Return the language of the page as HTML names it: en-GB."""
    return str(get_locale()).replace("_", "-")


def navigation_items(links: tuple[Link, ...]) -> list[dict[str, str | bool]]:
    """Return the links as the navigation component takes them."""
    return [
        {"text": link.words, "href": link.href, "current": link.current, "active": link.here}
        for link in links
    ]


class Assets:
    """Addresses of built files, each with the fingerprint of its content so that it may be kept for long."""

    def __init__(self, app: Flask) -> None:
        self._folder = Path(app.static_folder or "") / "build"
        self._base = f"{app.static_url_path}/build"
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = self._address(name)
        return self._known[name]

    def _address(self, name: str) -> str:
        built = self._folder / name
        if not built.is_file():
            return f"{self._base}/{name}"
        mark = hashlib.sha256(built.read_bytes()).hexdigest()[:12]
        return f"{self._base}/{name}?v={mark}"
