"""A scratch database is empty before and gone afterwards, and nobody's own database is ever filled."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from intake import schema
from intake.bench.scratch import scratch_databases
from intake.db import Database
from intake.errors import NotConfigured


def schemas(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_schema_names())
    engine.dispose()
    return found


def test_a_sqlite_file_for_each_size_is_made_and_removed() -> None:
    with scratch_databases(None, (200, 300), keep=False) as made:
        files = [Path(make_url(each.url).database or "") for each in made]
        assert [each.referrals for each in made] == [200, 300]
        assert all(schema.current(each.database) == schema.newest() for each in made)
        assert all(each.bytes() > 0 for each in made)
    assert not any(file.parent.exists() for file in files)


def test_what_is_to_be_kept_is_kept() -> None:
    with scratch_databases(None, (200,), keep=True) as (made,):
        file = Path(make_url(made.url).database or "")
    assert file.exists()
    for each in file.parent.iterdir():
        each.unlink()
    file.parent.rmdir()


def test_a_postgresql_database_gets_a_schema_for_each_size_and_loses_it_again(postgres_url: str) -> None:
    before = schemas(postgres_url)
    with scratch_databases(postgres_url, (200, 300), keep=False) as made:
        assert schemas(postgres_url) - before == {"bench_200", "bench_300"}
        with made[0].database.engine.begin() as connection:
            connection.execute(text("INSERT INTO throttle VALUES ('x', 1, now(), now())"))
        with made[1].database.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM throttle")).scalar_one() == 0
        assert all(each.bytes() > 0 for each in made)
    assert schemas(postgres_url) == before


def test_schemas_that_are_to_be_kept_are_kept(postgres_url: str) -> None:
    with scratch_databases(postgres_url, (200,), keep=True) as (made,):
        url = made.url
    again = Database(url)
    assert schema.current(again) == schema.newest()
    again.close()


def test_a_database_in_use_is_refused_and_left_as_it_was(postgres_url: str) -> None:
    ours = Database(postgres_url)
    schema.upgrade(ours)
    ours.close()
    before = schemas(postgres_url)
    with (
        pytest.raises(NotConfigured, match="has tables in public"),
        scratch_databases(postgres_url, (200,), keep=False),
    ):
        pass
    assert schemas(postgres_url) == before


def test_somebodys_sqlite_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.sqlite3"
    with (
        pytest.raises(NotConfigured, match="or none: then it is SQLite"),
        scratch_databases(f"sqlite:///{path}", (200,), keep=False),
    ):
        pass
    assert not path.exists()
