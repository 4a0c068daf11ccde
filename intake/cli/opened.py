"""Opening what the settings name, for commands that look after it; nothing is made by opening it."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from config import Settings
from intake import schema
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import NotConfigured


def settings() -> Settings:
    """Return the settings of this process; raises `NotConfigured`."""
    return Settings.from_env(os.environ)


def embedded_file(settings: Settings) -> Path | None:
    """Return the file of the embedded database, or None where the database is a server."""
    url = make_url(settings.database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the database that is there; raises `NotConfigured` where none is, or it is of another schema."""
    file = embedded_file(settings)
    if file is not None and not file.exists():
        raise NotConfigured(f"There is no database at {file}. Make one with: make setup")
    with closing(Database(settings.database_url)) as database:
        database.check()
        found, wanted = schema.current(database), schema.newest()
        if found != wanted:
            raise NotConfigured(
                f"The database stands at schema {found or 'nothing'} and this program needs {wanted}. "
                "Bring it there with: make setup"
            )
        yield database


def load_key_ring(settings: Settings) -> KeyRing:
    """Load the key ring the settings name; raises `KeysMissing`, saying what to do."""
    return KeyRing.load(settings.key_ring)
