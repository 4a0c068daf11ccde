"""Starting up: nothing starts on a database, a key ring or a mode that do not belong together."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake import schema
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import IntakeError, KeysMissing, NotConfigured
from intake.services.installation import Installations
from intake.services.start_up import require_ready, require_set_up
from intake.services.workplace import Workplace
from tests.support.place import TestPlace


def mark(place: Workplace, *, sample: bool = False) -> None:
    with place.writing() as services:
        tools = place.tools
        Installations(services.unit, tools.clock, tools.key_ring, services.audit).begin(sample=sample)


def refusal(place: Workplace, kind: type[IntakeError] = NotConfigured) -> str:
    with pytest.raises(kind) as refused:
        require_ready(place)
    return str(refused.value)


def in_sample_mode(place: Workplace) -> Workplace:
    return Workplace(place.database, replace(place.tools, sample=True))


def test_what_belongs_together_starts(place: TestPlace) -> None:
    mark(place)
    require_ready(place)


def test_a_practice_copy_starts_in_practice_mode(place: TestPlace) -> None:
    mark(place, sample=True)
    require_ready(in_sample_mode(place))


def test_a_practice_copy_is_not_served_in_earnest(place: TestPlace) -> None:
    mark(place, sample=True)
    assert "invented people of the practice copy" in refusal(place)
    assert require_set_up(place).sample


def test_a_real_organisation_is_not_served_with_sign_ins_that_everybody_knows(place: TestPlace) -> None:
    mark(place)
    assert "holds a real organisation" in refusal(in_sample_mode(place))


def test_a_database_of_another_key_ring_is_not_opened(place: TestPlace) -> None:
    mark(place)
    other = Workplace(place.database, replace(place.tools, key_ring=KeyRing.new()))
    assert "was sealed with key ring" in refusal(other, KeysMissing)


def test_a_database_of_an_older_schema_asks_to_be_set_up(place: TestPlace) -> None:
    mark(place)
    schema.downgrade(place.database, "0001")
    assert refusal(place).startswith("The database stands at schema 0001 and this program needs ")
    assert "make setup" in refusal(place)


def test_a_database_that_was_never_marked_asks_to_be_set_up(place: TestPlace) -> None:
    assert refusal(place) == "This database was never set up. Set it up with: make setup"


def test_asking_for_a_database_that_is_not_there_makes_none(place: TestPlace, tmp_path: Path) -> None:
    file = tmp_path / "nothing" / "intake.sqlite3"
    missing = Workplace(Database(f"sqlite:///{file}"), place.tools)
    assert refusal(missing) == f"There is no database at {file} yet. Make one with: make setup"
    assert not file.parent.exists()


def test_a_server_that_does_not_answer_is_named_without_its_password(place: TestPlace) -> None:
    away = Workplace(Database("postgresql+psycopg://ann:secret@127.0.0.1:1/x"), place.tools)
    assert refusal(away).startswith("The database at 127.0.0.1 does not answer.")
    assert "secret" not in refusal(away)
