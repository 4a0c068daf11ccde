"""Looking a postcode up for a command: in the database where there is one, else among the shipped rows."""

import sys
from collections.abc import Callable
from contextlib import closing

from config import Settings
from intake.cli.opened import open_database, settings
from intake.db import Database
from intake.errors import NotConfigured
from intake.queries.places import Places
from intake.routing.directory import Directory
from intake.routing.places import Located
from intake.services.database_there import embedded_file

Locate = Callable[[str], Located]


def locating(directory: Directory) -> Locate:
    """Return a way to look postcodes up; a database that cannot be asked is named, and stops nobody."""

    def locate(typed: str) -> Located:
        try:
            found = settings()
            if not _has_database(found):
                return directory.gazetteer.locate(typed)
            with open_database(found) as database, database.reading() as unit:
                return Places(unit.session, directory).locate(typed)
        except NotConfigured as trouble:
            sys.stderr.write(f"Answered without the directory of postcodes: {trouble}\n")
            return directory.gazetteer.locate(typed)

    return locate


def _has_database(found: Settings) -> bool:
    with closing(Database(found.database_url)) as database:
        file = embedded_file(database)
        return file is None or file.exists()
