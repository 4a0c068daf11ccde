"""Revisions stand in one line, each says whether the old code still runs on it, each has rows to be tried."""

import re

import pytest
from alembic.script import Script

from intake import schema
from tests.migrations.revisions import FOLDER, REVISIONS, Revision, scripts

_SAYS = re.compile(r"\n\nOld code runs on this schema: \S.{8,}", re.DOTALL)
_FILE = re.compile(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)*")

every_revision = pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: revision.id)


def test_revisions_are_numbered_from_one_without_a_gap() -> None:
    assert [revision.id for revision in REVISIONS] == [f"{n:04}" for n in range(1, len(REVISIONS) + 1)]
    below = [revision.below for revision in REVISIONS]
    assert below == ["base", *(revision.id for revision in REVISIONS[:-1])]


def test_there_is_one_newest_revision_and_the_program_knows_it() -> None:
    assert schema.newest() == REVISIONS[-1].id


def test_no_file_among_them_is_not_a_revision() -> None:
    assert sorted(FOLDER.glob("*.py")) == [revision.path for revision in REVISIONS]


@every_revision
def test_a_file_begins_with_the_number_of_its_revision(revision: Revision) -> None:
    assert _FILE.fullmatch(revision.path.stem)
    assert revision.path.stem.startswith(f"{revision.id}_")


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.revision)
def test_a_revision_says_whether_the_old_code_still_runs_on_it(script: Script) -> None:
    assert _SAYS.search(script.module.__doc__ or "")


@every_revision
def test_a_revision_can_be_undone(revision: Revision) -> None:
    text = revision.path.read_text(encoding="utf-8")
    assert re.search(r"^def downgrade\(\) -> None:\n(?!    pass$)", text, re.MULTILINE)


@every_revision
def test_a_revision_has_rows_kept_for_its_test(revision: Revision) -> None:
    assert callable(revision.data.fill)
