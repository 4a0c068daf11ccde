"""The printed roles: what they may is read by whoever keeps the database, before it is done."""

from pathlib import Path

import pytest

from intake.cli.main import main
from intake.models import METADATA
from intake.services import database_roles as roles
from intake.vocabulary import Tier

PRINTED = Path(__file__).parents[3] / "docs" / "database-roles.sql"


def test_the_document_is_what_would_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "roles", "--print"]) == 0
    assert capsys.readouterr().out == PRINTED.read_text()


def test_nothing_is_named_that_is_not_there() -> None:
    for name, may_change in roles.ONLY_ADDED_TO.items():
        assert set(may_change) <= set(METADATA.tables[name].columns.keys()), name
    assert METADATA.tables.keys() >= roles.REMOVED_FROM
    assert not roles.REMOVED_FROM & roles.ONLY_ADDED_TO.keys()


def test_every_table_of_people_or_organisations_is_limited_to_a_tiers_own() -> None:
    limited = {limit.table for limit in roles.limits(Tier.SCHOOL)}
    whose = {"organisation_id", "person_id", "restriction_id"}
    of_somebody = {
        table.name for table in roles.tables_of(Tier.SCHOOL) if whose.intersection(table.columns.keys())
    }
    shared = {name for name in of_somebody if METADATA.tables[name].info["tier"] == "shared"}
    assert shared - limited == {"exclusion"}
