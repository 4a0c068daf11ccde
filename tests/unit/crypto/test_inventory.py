"""The list of sealed columns is the tables' own, and every id it names is there."""

from uuid import UUID

import pytest
from sqlalchemy import LargeBinary

from intake.crypto.binding import Binding
from intake.crypto.inventory import CHILD_CARD, CONCERN_WORDS, MINUTE, SEALED_COLUMNS, SealedColumn
from intake.models import METADATA
from intake.vocabulary import Compartment

_ROW, _CASE = UUID(int=1), UUID(int=2)


def test_every_sealed_column_of_the_tables_is_listed_and_no_other() -> None:
    found = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert {(sealed.table, sealed.column) for sealed in SEALED_COLUMNS} == found
    assert len(SEALED_COLUMNS) == len(found)


@pytest.mark.parametrize("sealed", SEALED_COLUMNS, ids=lambda sealed: f"{sealed.table}.{sealed.column}")
def test_the_ids_a_document_is_bound_to_stand_in_the_clear_columns_named(sealed: SealedColumn) -> None:
    table = METADATA.tables[sealed.table]
    assert isinstance(table.columns[sealed.column].type, LargeBinary)
    assert [column.name for column in table.primary_key] == [sealed.row]
    holder = table
    if sealed.through is not None:
        (key,) = table.columns[sealed.through.column].foreign_keys
        assert key.column.table.name == sealed.through.table
        holder = METADATA.tables[sealed.through.table]
    assert sealed.case in holder.columns
    assert sealed.version is None or sealed.version in table.columns


def test_a_column_says_where_its_documents_belong() -> None:
    assert CONCERN_WORDS.place(row_id=_ROW, case_id=_CASE) == Binding(
        "concern", "words_sealed", _ROW, _CASE, Compartment.SCHOOL, 1
    )
    assert CHILD_CARD.place(row_id=_ROW, case_id=_CASE, version=4).version == 4
    assert MINUTE.place(row_id=_ROW, case_id=_CASE).compartment is Compartment.HUB


def test_a_document_written_once_has_no_second_version() -> None:
    with pytest.raises(ValueError, match="written once"):
        CONCERN_WORDS.place(row_id=_ROW, case_id=_CASE, version=2)
