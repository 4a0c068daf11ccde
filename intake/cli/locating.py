"""What a command answers from: the database where there is one, else what the program ships with."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config import Settings
from intake.cli.opened import open_database, settings
from intake.db import Database
from intake.errors import NotConfigured
from intake.queries.directory import in_force
from intake.queries.places import Places
from intake.routing.directory import Directory
from intake.routing.directory_folder import directory_of, read_directory
from intake.routing.places import Located
from intake.services.database_there import embedded_file

Locate = Callable[[str], Located]


@dataclass(frozen=True, slots=True)
class Sources:
    """The directory to go by, since when it is in force (None: as shipped), a way to look postcodes up."""

    directory: Directory
    since: datetime | None
    locate: Locate


@contextmanager
def sources() -> Iterator[Sources]:
    """Give what to answer from; a database that cannot be asked is named, and stops nobody."""
    with ExitStack() as held:
        session = _session(held)
        found = None if session is None else in_force(session)
        directory = read_directory() if found is None else directory_of(found.texts)
        yield Sources(
            directory=directory,
            since=None if found is None else found.since_at,
            locate=directory.gazetteer.locate if session is None else Places(session, directory).locate,
        )


def _session(held: ExitStack) -> Session | None:
    try:
        said = settings()
        if not _has_database(said):
            return None
        return held.enter_context(held.enter_context(open_database(said)).reading()).session
    except NotConfigured as trouble:
        sys.stderr.write(
            f"Answered by the shipped directory and without the directory of postcodes: {trouble}\n"
        )
        return None


def _has_database(found: Settings) -> bool:
    with closing(Database(found.database_url)) as database:
        file = embedded_file(database)
        return file is None or file.exists()
