"""Everything or nothing: a practice copy that was cut short half-way would be nobody's history."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from intake.db import Database, Mode, Unit


class Together(Database):
    """A database whose units of work are all kept by one commit of whoever opened the connection.

    A unit's own commit becomes a savepoint, and so does the record of an opening: nobody reads what was
    invented before all of it is kept, so nothing is opened that could be lost from the trail.
    """

    def __init__(self, connection: Connection) -> None:
        self.engine = connection.engine
        self.is_sqlite = connection.dialect.name == "sqlite"
        self._connection = connection

    @contextmanager
    def _unit(self, mode: Mode) -> Iterator[Unit]:
        del mode
        with Session(
            self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield Unit(self.engine, session, Mode.WRITING)
