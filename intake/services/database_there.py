"""Whether there is a database at all, whether it answers, and how it stands: asked before anything else."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import OperationalError

from intake import schema
from intake.db import Database
from intake.errors import NotConfigured
from intake.models.organisation import Installation
from intake.services.installation import ROWS
from intake.vocabulary import Tier

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


@dataclass(frozen=True, slots=True)
class Standing:
    """The schema a database stands at, if it has one, and whether it needs a ring that was made before."""

    schema: str | None
    in_use: bool


def standing(database: Database, tier: Tier) -> Standing:
    """Return how a database stands for a tier; raises `NotConfigured` where it does not answer."""
    file = embedded_file(database)
    if file is not None and not file.exists():
        return Standing(None, in_use=False)
    require_answering(database)
    stands_at = schema.current(database)
    in_use = file is not None or stands_at is not None
    if in_use and tier.is_split and stands_at == schema.newest():
        # The second tier makes its own ring, in the database that the first one made.
        with database.reading() as unit:
            in_use = unit.session.get(Installation, ROWS[tier]) is not None
    return Standing(stands_at, in_use)
