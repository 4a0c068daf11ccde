"""Rows by the thousand, straight through the driver, and each table's indexes made once at the end."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Index, Table, select

from intake.db import Database
from intake.models import METADATA

_AT_ONCE = 20_000
#: In this order no row is written before the one it refers to.
_IN_ORDER = tuple(METADATA.sorted_tables)
#: SQLite keeps this much of a growing database in memory, so that no page is written twice.
_CACHE_KIB = 512 * 1024

_Row = dict[str, object]
_Told = Callable[[Any], Any]


class Bulk:
    """Rows waiting to be written."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.written = 0
        self._waiting: dict[str, list[_Row]] = defaultdict(list)
        self._many = 0

    def add(self, table: str, **row: object) -> None:
        """Have a row written; every row of a table names the same columns."""
        self._waiting[table].append(row)
        self._many += 1

    def write_if_many(self) -> None:
        """Write what waits once it is much; only between cases, so that every row's parent is there."""
        if self._many >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write everything that waits."""
        for table in _IN_ORDER:
            rows = self._waiting.pop(table.name, [])
            if rows:
                self._write(table, rows)
                self.written += len(rows)
        self._many = 0

    def _write(self, table: Table, rows: Sequence[_Row]) -> None:
        # SQLAlchemy's own way of many rows costs more than making them: its types are asked once a column.
        names = tuple(rows[0])
        tell = [_teller(self.connection, table, name) for name in names]
        told = [tuple(each(row[name]) for each, name in zip(tell, names, strict=True)) for row in rows]
        listed = ", ".join(f'"{name}"' for name in names)
        cursor = self.connection.connection.cursor()
        if self.connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(names))
            cursor.executemany(f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', told)  # noqa: S608 - our tables' names
            return
        with cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            for row in told:
                copy.write_row(row)


@contextmanager
def bulk_writing(database: Database) -> Iterator[Bulk]:
    """Give a place to put rows; at the end all are kept, and every index stands again."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
        empty = [table for table in _IN_ORDER if not _holds_rows(connection, table)]
        indexes = [index for table in empty for index in _plain(table)]
        for index in indexes:
            index.drop(connection)
        bulk = Bulk(connection)
        # Looking for circles among millions of rows that hold none would take a fifth of the time.
        gc.disable()
        try:
            yield bulk
            bulk.write()
        finally:
            gc.enable()
        for index in indexes:
            index.create(connection)


def settle(database: Database) -> None:
    """Leave the database as one that had grown slowly: swept, its log folded in, its tables counted."""
    # Whatever was set on the connections while the rows were written goes with them.
    database.engine.dispose()
    if database.is_sqlite:
        with closing(database.engine.raw_connection()) as driver:
            driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _teller(connection: Connection, table: Table, name: str) -> _Told:
    """Return how a column's values are said to the driver."""
    dialect = connection.dialect
    return table.columns[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value


def _holds_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(1).select_from(table).limit(1)).first() is not None


def _plain(table: Table) -> list[Index]:
    return sorted((index for index in table.indexes if not index.unique), key=lambda index: index.name or "")
