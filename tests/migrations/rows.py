"""Rows for every table of a schema as it stands in a database, made from its columns and keys alone."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    select,
)

#: The first row has a value in every column; in the second, what may be empty is; the third is full again.
HOW_MANY = 3
_EMPTIED = 1

Words = Mapping[str, tuple[str | int, ...]]
Snapshot = Mapping[str, tuple[tuple[Any, ...], ...]]
_Row = dict[str, Any]

_MORNING = datetime(2026, 3, 2, 8, 30, 15, 250_001, tzinfo=UTC)
_NO_TABLES_OF_OURS = frozenset({"alembic_version"})


def tables(connection: Connection) -> tuple[Table, ...]:
    """Return our tables as the database itself describes them, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return tuple(table for table in found.sorted_tables if table.name not in _NO_TABLES_OF_OURS)


def fill(connection: Connection, words: Words) -> None:
    """Put rows into every table; `words` gives the words of the columns that hold one of a few."""
    made: dict[str, list[_Row]] = {}
    for table in tables(connection):
        rows = made[table.name] = []
        for number in range(HOW_MANY):
            rows.append({})
            rows[number].update(
                (column.name, _value(column, number, made, words)) for column in table.columns
            )
            connection.execute(table.insert(), rows[number])


def snapshot(connection: Connection) -> Snapshot:
    """Return everything the tables hold, each table's rows in one order whatever order they came in."""
    return {
        table.name: tuple(sorted((tuple(row) for row in connection.execute(select(table))), key=repr))
        for table in tables(connection)
    }


def _value(column: Column[Any], number: int, made: Mapping[str, list[_Row]], words: Words) -> object:
    place = f"{column.table.name}.{column.name}"
    if column.nullable and number == _EMPTIED:
        return None
    for key in column.foreign_keys:
        rows = made[key.column.table.name]
        # A row that refers to its own table names the one before it; the first has none to name.
        at = number - 1 if key.column.table is column.table else number
        return rows[at][key.column.name] if at >= 0 else None
    if place in words:
        return words[place][number % len(words[place])]
    for kind, make in _BY_TYPE:
        if isinstance(column.type, kind):
            return make(column, number)
    raise AssertionError(f"{place}: no test knows how to make a {column.type!r}")


def _text(column: Column[Any], number: int) -> str:
    length = getattr(column.type, "length", None) or 80
    if column.type.__visit_name__ == "CHAR":
        return _uuid(column, number).hex
    return f"{number} {column.name} é"[:length]


def _uuid(column: Column[Any], number: int) -> UUID:
    return UUID(bytes=_bytes(column, number)[:16])


def _bytes(column: Column[Any], number: int) -> bytes:
    return hashlib.sha256(f"{column.table.name}.{column.name}.{number}".encode()).digest()


def _instant(_column: Column[Any], number: int) -> datetime:
    return _MORNING + timedelta(days=number, microseconds=number)


def _day(_column: Column[Any], number: int) -> date:
    return _MORNING.date() + timedelta(days=number)


_BY_TYPE: tuple[tuple[type, Callable[[Column[Any], int], object]], ...] = (
    (Uuid, _uuid),
    (Boolean, lambda _, number: number % 2 == 0),
    (Integer, lambda _, number: number + 1),
    (DateTime, _instant),
    (Date, _day),
    (LargeBinary, _bytes),
    (String, _text),
)
