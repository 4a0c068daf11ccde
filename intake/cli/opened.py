"""Opening what the settings name, for commands that look after it; nothing is made by opening it."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from config import Settings
from intake import schema
from intake.audit.log import AuditLog
from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import NotConfigured
from intake.services.database_there import require_there
from intake.services.installation import Installations
from intake.services.key_custody import ring_file


def settings() -> Settings:
    """Return the settings of this process; raises `NotConfigured`."""
    return Settings.from_env(os.environ)


def load_key_ring(settings: Settings) -> KeyRing:
    """Load the key ring the settings name; raises `KeysMissing`, saying what to do."""
    return KeyRing.load(ring_file(settings.key_ring, settings.keys))


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the database that is there; raises `NotConfigured` where none is, or it is of another schema."""
    with closing(Database(settings.database_url)) as database:
        require_there(database)
        database.check()
        found, wanted = schema.current(database), schema.newest()
        if found != wanted:
            raise NotConfigured(
                f"The database stands at schema {found or 'nothing'} and this program needs {wanted}. "
                "Bring it there with: make setup"
            )
        yield database


@contextmanager
def open_own_database(settings: Settings, key_ring: KeyRing) -> Iterator[Database]:
    """Open the database likewise; raises `KeysMissing` where it was sealed with another key ring."""
    with open_database(settings) as database:
        with database.reading() as unit:
            clock = SystemClock()
            audit = AuditLog(unit, clock, key_ring, settings.tier)
            Installations(unit, clock, key_ring, audit, settings.tier).recognise()
        yield database
