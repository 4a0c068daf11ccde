"""A database that can be read and takes nothing, as a standby or a full disk is; and takes writing again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from intake.db import Database

_STANDBY = "SET default_transaction_read_only = on"
#: No page more than the file has: the next that is wanted finds the disk full.
_FULL = "PRAGMA max_page_count = 1"


@contextmanager
def only_read(database: Database) -> Iterator[None]:
    """Have the database take nothing: SQLite's file open to reading alone, PostgreSQL as on a standby."""

    def connect(*said: Any) -> sqlite3.Connection:  # noqa: ANN401 - the driver's own types
        del said
        file = f"file:{database.engine.url.database}?mode=ro"
        return sqlite3.connect(file, uri=True, check_same_thread=False)

    def stand_by(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        connection.cursor().execute(_STANDBY)
        connection.commit()

    heard = ("do_connect", connect) if database.is_sqlite else ("connect", stand_by)
    with _every_connection(database, *heard):
        yield


@contextmanager
def disk_full(database: Database) -> Iterator[None]:
    """Have the disk under a SQLite database be full as soon as its file must grow."""

    def fill(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        connection.cursor().execute(_FULL)

    with _every_connection(database, "connect", fill):
        yield


@contextmanager
def full_at_the_commit(database: Database) -> Iterator[None]:
    """Have SQLite take every statement of a unit that writes, and find the disk full when it commits."""

    def refuse(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("COMMIT", None, full)

    event.listen(database.engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(database.engine, "commit", refuse)


@contextmanager
def _every_connection(database: Database, when: str, act: Callable[..., object]) -> Iterator[None]:
    database.engine.dispose()
    event.listen(database.engine, when, act)
    try:
        yield
    finally:
        event.remove(database.engine, when, act)
        database.engine.dispose()
