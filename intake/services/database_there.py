"""Whether there is a database at all, and whether it answers: asked before anything else is."""

from pathlib import Path

from sqlalchemy.exc import OperationalError

from intake.db import Database
from intake.errors import NotConfigured

_NONE_THERE = "There is no database at {file} yet. Make one with: make setup"
_AWAY = "The database at {host} does not answer. Is it running, and is DATABASE_URL right?"


def require_there(database: Database) -> None:
    """Raise `NotConfigured` where there is no database, or it does not answer; makes none by asking."""
    file = embedded_file(database)
    if file is not None and not file.exists():
        raise NotConfigured(_NONE_THERE.format(file=file))
    require_answering(database)


def require_answering(database: Database) -> None:
    """Raise `NotConfigured` where a database on a server does not answer."""
    try:
        database.engine.connect().close()
    except OperationalError as trouble:
        raise NotConfigured(_AWAY.format(host=database.engine.url.host)) from trouble


def embedded_file(database: Database) -> Path | None:
    """Return the file of the embedded database, or None where the database is on a server."""
    return Path(database.engine.url.database or "") if database.is_sqlite else None
