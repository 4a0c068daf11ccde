"""The workplace upon a scratch database."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from intake.bench.office_hours import OfficeHours
from intake.casework.signs import current as current_signs
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.routing.directory_folder import read_directory
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace

MakeApp = Callable[[Workplace], Flask]
_LONG = timedelta(hours=12)


def workplace_upon(database: Database, key_ring: KeyRing) -> Workplace:
    """Return a workplace whose sessions last as long as any run, at a time when everybody is at work."""
    tools = Tools(
        clock=OfficeHours(),
        key_ring=key_ring,
        shelf=Shelf(read_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=_LONG, absolute=_LONG),
        public_url="http://localhost",
        sample=False,
    )
    return Workplace(database, tools)
