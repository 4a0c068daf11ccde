"""Words about people are sealed: what the databases hold, against the list of what may stand clear."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Enum, LargeBinary, MetaData, Numeric, Uuid

from intake.crypto.inventory import SEALED_COLUMNS
from intake.db import Database
from intake.models import METADATA
from intake.models.clear_columns import WHY_CLEAR
from intake.vocabulary import Compartment

#: Which side's tables may hold documents of a part of a case; the child's card goes with the referral.
_TIERS = {
    Compartment.SCHOOL: {"school"},
    Compartment.IDENTITY: {"school", "shared"},
    Compartment.REFERRAL: {"shared"},
    Compartment.HUB: {"hub"},
    Compartment.RESTRICTED: {"shared", "hub"},
    Compartment.RELEASE: {"shared"},
    Compartment.BREACH: {"shared"},
    Compartment.PEOPLE: {"shared"},
    Compartment.REQUEST: {"shared"},
    Compartment.DRAFT: {"shared"},
}
#: What cannot hold a sentence.
_NO_WORDS = (Boolean, Date, DateTime, Numeric, Uuid)
#: A clear column of such a name would be a mistake whatever reason was given for it.
_OF_PEOPLE = re.compile(
    r"(given|family|child|known|first|last|sur)_?name|known_as|address|postcode|e?mail$|born|birth|gender|"
    r"said|words|reason|note|comment|description|happened|rationale|allergy|language|religion|ethnic"
)


def of_the_database(database: Database) -> Iterator[Column[object]]:
    """Yield every column of ours, as the database itself describes it."""
    found = MetaData()
    with database.engine.connect() as connection:
        found.reflect(connection)
    for table in found.tables.values():
        if table.name != "alembic_version":
            yield from table.columns


def name_of(column: Column[object]) -> str:
    return f"{column.table.name}.{column.name}"


def could_hold_words(column: Column[object]) -> bool:
    """Whether text or bytes of anybody's could be put there: not an id, a time, or one of a few words."""
    modelled = METADATA.tables[column.table.name].columns[column.name].type
    plain = isinstance(column.type, _NO_WORDS) or column.type.python_type is int
    return not plain and not isinstance(modelled, (Uuid, Enum))


def test_every_sealed_column_of_the_database_is_in_the_inventory_and_no_other(database: Database) -> None:
    found = {name_of(column) for column in of_the_database(database) if column.name.endswith("_sealed")}
    assert found == {f"{sealed.table}.{sealed.column}" for sealed in SEALED_COLUMNS}


def test_every_other_column_that_could_hold_words_says_why_it_may_stand_clear(database: Database) -> None:
    found = {
        name_of(column)
        for column in of_the_database(database)
        if could_hold_words(column) and not column.name.endswith("_sealed")
    }
    assert found - WHY_CLEAR.keys() == set()
    assert len(found) > 30


def test_no_reason_is_given_for_a_column_that_is_not_there(database: Database) -> None:
    columns = {name_of(column) for column in of_the_database(database)}
    columns |= {f"*.{column.name}" for column in of_the_database(database)}
    assert WHY_CLEAR.keys() - columns == set()


def test_a_sealed_document_lies_in_a_table_of_a_side_that_holds_its_key() -> None:
    for sealed in SEALED_COLUMNS:
        assert METADATA.tables[sealed.table].info["tier"] in _TIERS[sealed.compartment], sealed


def test_no_clear_column_is_named_as_words_about_people_would_be(database: Database) -> None:
    named = {
        name_of(column)
        for column in of_the_database(database)
        if not column.name.endswith("_sealed") and _OF_PEOPLE.search(column.name)
    }
    assert named <= {"outbox_mail.mail_id", "alert.mail_id"}


@pytest.mark.parametrize("name", ["child_name", "home_postcode", "reason", "born_on", "email", "note"])
def test_such_a_name_would_be_noticed(name: str) -> None:
    assert _OF_PEOPLE.search(name)


def test_a_column_of_text_without_a_reason_would_be_noticed(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE referral ADD COLUMN whispered VARCHAR(80)")
        found = MetaData()
        found.reflect(connection, only=["referral"])
    column = found.tables["referral"].columns["whispered"]
    assert name_of(column) not in WHY_CLEAR
    assert not isinstance(column.type, (*_NO_WORDS, LargeBinary))


def test_every_table_says_whose_it_is() -> None:
    for table in METADATA.tables.values():
        assert table.info["tier"] in {"school", "hub", "shared"}, table.name
