"""What a database says its schema is, as plain facts that can be compared."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Inspector, TextClause, inspect, text

_LEFT_OUT = frozenset({"alembic_version"})


def schema_facts(connection: Connection) -> frozenset[str]:
    """Return a line for every table, column, key, index and trigger of ours, in no order."""
    inspector = inspect(connection)
    found = {f"trigger {trigger}" for trigger in _triggers(connection)}
    for table in set(inspector.get_table_names()) - _LEFT_OUT:
        found.update(f"{table}: {fact}" for fact in _table_facts(inspector, table))
    return frozenset(found)


def _table_facts(inspector: Inspector, table: str) -> Iterator[str]:
    yield "table"
    for column in inspector.get_columns(table):
        yield _column(column)
    yield f"primary key {inspector.get_pk_constraint(table)['constrained_columns']}"
    for key in inspector.get_foreign_keys(table):
        there = f"{key['referred_table']}{key['referred_columns']}"
        yield f"foreign key {key['constrained_columns']} to {there} {sorted(key['options'].items())}"
    for unique in inspector.get_unique_constraints(table):
        yield f"unique {unique['column_names']}"
    for check in inspector.get_check_constraints(table):
        yield f"check {check['sqltext']}"
    for index in inspector.get_indexes(table):
        if index.get("duplicates_constraint") is None:
            yield _index(index)


def _column(column: Mapping[str, Any]) -> str:
    kind, may = repr(column["type"]), "null" if column["nullable"] else "not null"
    return f"column {column['name']} {kind} {may} default {column['default']}"


def _index(index: Mapping[str, Any]) -> str:
    columns: Sequence[str | None] = index.get("expressions") or index["column_names"]
    known = index.get("dialect_options", {}).items()
    # A condition has no truth of its own; every other option that is empty says nothing.
    options = sorted((name, str(value)) for name, value in known if isinstance(value, TextClause) or value)
    sorting = sorted((index.get("column_sorting") or {}).items())
    return f"index {index['name']} {list(columns)} unique={bool(index['unique'])} {sorting} {options}"


def _triggers(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        found = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        found = (
            "SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
        )
    yield from connection.execute(text(found)).scalars()
