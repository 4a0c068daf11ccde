"""The rows of a sealed column, each with its document's place; and changing those that never change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select, Table, func, literal, select, text
from sqlalchemy.orm import Session

from intake.crypto.inventory import SealedColumn
from intake.models import METADATA


def sealed_rows(sealed: SealedColumn, *case_ids: UUID) -> Select[Any]:
    """Select a sealed column's rows, or those of some cases: row id, case id, version and envelope.

    What was emptied when its case was erased is no document any more.
    """
    blob = METADATA.tables[sealed.table].c[sealed.column]
    found = all_rows(sealed).where(blob.is_not(None), func.length(blob) > 0)
    case = METADATA.tables[sealed.through.table if sealed.through else sealed.table].c[sealed.case]
    return found.where(case.in_(case_ids)) if case_ids else found


def all_rows(sealed: SealedColumn) -> Select[Any]:
    """Select the same of every row, whether there is a document in it or not."""
    here = METADATA.tables[sealed.table]
    version = literal(1) if sealed.version is None else here.c[sealed.version]
    knows_case: Table = here
    rows: FromClause = here
    if sealed.through is not None:
        knows_case = METADATA.tables[sealed.through.table]
        rows = here.join(knows_case, here.c[sealed.through.column] == knows_case.c.id)
    return select(here.c[sealed.row], knows_case.c[sealed.case], version, here.c[sealed.column]).select_from(
        rows
    )


@contextmanager
def refusals_lifted(session: Session, table: str) -> Iterator[None]:
    """Let rows be changed that the database itself refuses to change, within this transaction and table only.

    Another transaction sees the refusal stand all the while; if this one fails, it stands as before.
    Whoever does this must own the table.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        of_table = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        refusals = connection.execute(of_table, {"table": table}).all()
        lift = [f'DROP TRIGGER "{name}"' for name, _ in refusals]
        put_back = [sql for _, sql in refusals]
    else:
        of_table = text(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
        )
        names = connection.execute(of_table, {"table": table}).scalars().all()
        lift = [f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"' for name in names]
        put_back = [f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"' for name in names]
    for step in lift:
        connection.exec_driver_sql(step)
    yield
    for step in put_back:
        connection.exec_driver_sql(step)
