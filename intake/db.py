"""The database: how it is opened, and the only commit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum, unique
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Insert,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from intake.errors import NotConfigured, NotConfirmed

_BUSY_MILLISECONDS = 5_000
_UNCONFIRMED = "unconfirmed"
_ONLY_READ = "only_read"
# With synchronous replication a cancelled wait lets the commit return as if all were well, with this warning.
_WARNING = "01000"
# Without `secure_delete`, what was erased would stand in free pages until something is written over it.
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": _BUSY_MILLISECONDS,
    "secure_delete": 1,
}
#: What SQLite (read-only, input or output failed, full) and PostgreSQL say where nothing can be written.
_SQLITE_TAKES_NOTHING = frozenset({8, 10, 13})
_POSTGRESQL_TAKES_NOTHING = frozenset({"25006", "53100", "58030"})
_POSTGRESQL_DEADLOCK = "40P01"
_SAID_OF_ITSELF = (b"in_hot_standby", b"default_transaction_read_only")
#: Changes nothing, and a database that can only be read refuses it all the same.
_TOUCH = "DELETE FROM audit_head WHERE 0"
# Without the last, a row that replaces another is not seen to remove it, and the trail could be rewritten.
_MORE_PRAGMAS = {"trusted_schema": "OFF", "recursive_triggers": "ON"}


class Base(DeclarativeBase):
    """The root of every table."""


class Instant(TypeDecorator[datetime]):
    """An aware instant kept in UTC, on databases that know time zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody knows what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a time without a zone cannot be stored"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time back aware and in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@unique
class Mode(Enum):
    """What a unit of work is for."""

    READING = "reading"
    OPENING = "opening"
    WRITING = "writing"


class Unit:
    """One unit of work: a session, and what must happen before its commit and after it."""

    def __init__(self, engine: Engine, session: Session, mode: Mode) -> None:
        self.session = session
        self._engine = engine
        self._mode = mode
        self._before: list[Callable[[], None]] = []
        self._kept: list[Callable[[], None]] = []
        self._after: list[Callable[[], None]] = []

    @property
    def writes(self) -> bool:
        """Whether this unit was begun to write."""
        return self._mode is Mode.WRITING

    def before_commit(self, act: Callable[[], None]) -> None:
        """Have `act` run as the last step before every commit of this unit."""
        self._before.append(act)

    def once_kept(self, act: Callable[[], None]) -> None:
        """Have `act` run after every commit of this unit that is known to be kept."""
        self._kept.append(act)

    def clear_remains(self) -> None:
        """Have what this unit deletes gone from SQLite's journal too, once it is committed."""
        self.after_commit(lambda: empty_journal(self._engine))

    def after_commit(self, act: Callable[[], None]) -> None:
        """Have `act` run once the final commit is known to be kept."""
        self._after.append(act)

    def commit_record(self) -> None:
        """Commit what was recorded so far, so that sealed words may then be opened.

        The only commit besides the final one. Raises `NotConfirmed` where the database could not
        say that it kept the record: nothing may be opened then.
        """
        self._commit()
        if self._mode is Mode.OPENING:
            self.session.bind = self._engine.execution_options(writing=False)

    def _commit(self) -> None:
        for act in self._before:
            act()
        kept = self.session.connection().info if self.session.in_transaction() else {}
        kept.pop(_UNCONFIRMED, None)
        try:
            self.session.commit()
        except DBAPIError as trouble:
            if trouble.connection_invalidated:
                msg = "the database went away during the commit"
                raise NotConfirmed(msg) from trouble
            raise
        if kept.pop(_UNCONFIRMED, False):
            msg = "the database committed here, and its standby has not said so"
            raise NotConfirmed(msg)
        for act in self._kept:
            act()

    @property
    def only_opens(self) -> bool:
        """Whether this unit records what it opens, and keeps nothing else that anybody was promised."""
        return self._mode is Mode.OPENING

    @property
    def can_record(self) -> bool:
        """Whether the database takes writing now, as far as that is known before it is tried."""
        return not (self.only_opens and self.session.connection().info.get(_ONLY_READ, False))

    def only_read(self) -> None:
        """Let go of what was written so far, which the database would not take, and only read."""
        self.session.rollback()
        self.session.bind = self._engine.execution_options(writing=False)

    def finish(self) -> None:
        """Make the final commit, then run what waited for it."""
        self._commit()
        for act in self._after:
            act()


class Database:
    """An engine opened the way this program needs it, and the units of work upon it."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        # What was bound to a statement never stands in an error: errors end in logs.
        options: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True}
        if url.startswith("postgresql"):
            options |= {"pool_size": pool_size, "connect_args": {"connect_timeout": 5}}
        self.engine: Engine = create_engine(url, **options)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", _heed_warnings)
            event.listen(self.engine, "begin", _look_whether_it_can_be_written)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Give a unit that commits once at its end, or keeps nothing if anything was raised."""
        with self._unit(Mode.WRITING) as unit:
            yield unit
            unit.finish()

    @contextmanager
    def opening(self) -> Iterator[Unit]:
        """Give a unit that records what it is about to open, commits that, and from then on only reads."""
        with self._unit(Mode.OPENING) as unit:
            yield unit
            unit.finish()

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Give a unit that only reads: it takes no write lock and is rolled back at its end."""
        with self._unit(Mode.READING) as unit:
            yield unit

    @contextmanager
    def _unit(self, mode: Mode) -> Iterator[Unit]:
        opens = mode is Mode.OPENING
        engine = self.engine.execution_options(writing=mode is not Mode.READING, opening=opens)
        with Session(engine, expire_on_commit=False) as session:
            yield Unit(self.engine, session, mode)

    def check(self) -> None:
        """Refuse a database that is not set as this program needs it; raises `NotConfigured`."""
        if not self.is_sqlite:
            return
        with self.engine.connect() as connection:
            for name, wanted in _PRAGMAS.items():
                found = connection.execute(text(f"PRAGMA {name}")).scalar_one()
                if found != wanted:
                    msg = (
                        f"SQLite says {name} is {found}, and it must be {wanted}: is the disk a network one?"
                    )
                    raise NotConfigured(msg)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def insert_missing(session: Session, table: type[Base] | Table) -> Insert:
    """Return an INSERT that leaves a row that is there as it is: of two units at once, one makes it."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def empty_journal(engine: Engine) -> None:
    """Carry SQLite's journal over into the database and cut it to nothing; elsewhere there is none to cut.

    It waits for whoever is reading; where they take too long, the next round of housekeeping does it.
    """
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def cannot_write(trouble: DBAPIError) -> bool:
    """Tell whether a database refused because it can only be read, or its disk is full or failing."""
    code = getattr(trouble.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_TAKES_NOTHING
    return getattr(trouble.orig, "sqlstate", None) in _POSTGRESQL_TAKES_NOTHING


def deadlocked(trouble: DBAPIError) -> bool:
    """Tell whether a database gave a unit up because it and another waited for each other."""
    return getattr(trouble.orig, "sqlstate", None) == _POSTGRESQL_DEADLOCK


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in (_PRAGMAS | _MORE_PRAGMAS).items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _heed_warnings(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
    def heed(said: Any) -> None:  # noqa: ANN401 - the driver's own type
        if said.sqlstate == _WARNING:
            record.info[_UNCONFIRMED] = True

    connection.add_notice_handler(heed)


def _begin_sqlite(connection: Connection) -> None:
    # A unit that will write takes the write lock at once: a later upgrade could only fail.
    options = connection.get_execution_options()
    writing = options.get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    connection.info.pop(_ONLY_READ, None)
    if writing and options.get("opening", False):
        try:
            connection.connection.cursor().execute(_TOUCH)
        except sqlite3.OperationalError as trouble:
            connection.info[_ONLY_READ] = trouble.sqlite_errorcode & 0xFF in _SQLITE_TAKES_NOTHING


def _look_whether_it_can_be_written(connection: Connection) -> None:
    # The server says of itself when that changes, so that nothing has to be asked.
    driver: Any = connection.connection.driver_connection
    said = {driver.pgconn.parameter_status(name) for name in _SAID_OF_ITSELF}
    connection.info[_ONLY_READ] = b"on" in said
