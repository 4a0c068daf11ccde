"""The database: how it is opened, and what a unit of work keeps."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from intake.db import Database
from intake.errors import NotConfigured, NotConfirmed
from intake.models.directory import DirectorySnapshot

NOON = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))


def snapshot(version: str, at: datetime = NOON) -> DirectorySnapshot:
    return DirectorySnapshot(version=version, document="{}", loaded_at=at)


def versions(database: Database) -> list[str]:
    with database.reading() as unit:
        return list(
            unit.session.scalars(select(DirectorySnapshot.version).order_by(DirectorySnapshot.version))
        )


def test_a_finished_unit_is_kept(database: Database) -> None:
    with database.writing() as unit:
        unit.session.add(snapshot("one"))
    assert versions(database) == ["one"]


def test_a_unit_in_which_anything_was_raised_keeps_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="half way"), database.writing() as unit:
        unit.session.add(snapshot("one"))
        unit.session.flush()
        raise RuntimeError("half way")
    assert versions(database) == []


def test_a_reading_unit_keeps_nothing(database: Database) -> None:
    with database.reading() as unit:
        unit.session.add(snapshot("one"))
    assert versions(database) == []


def test_what_was_recorded_is_kept_even_if_the_rest_fails(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as unit:
        unit.session.add(snapshot("recorded"))
        unit.commit_record()
        unit.session.add(snapshot("lost"))
        raise RuntimeError
    assert versions(database) == ["recorded"]


def test_after_the_record_an_opening_unit_holds_no_write_lock(database: Database) -> None:
    with database.opening() as unit:
        unit.session.add(snapshot("recorded"))
        unit.commit_record()
        assert unit.session.scalars(select(DirectorySnapshot.version)).all() == ["recorded"]
        with database.writing() as other:
            other.session.add(snapshot("meanwhile"))
    assert versions(database) == ["meanwhile", "recorded"]


def test_what_waits_for_the_commit_runs_around_it(database: Database) -> None:
    order: list[str] = []
    with database.writing() as unit:
        unit.before_commit(lambda: order.append("before"))
        unit.after_commit(lambda: order.append("after"))
        order.append("work")
    assert order == ["work", "before", "after"]


def test_nothing_that_waits_for_the_commit_runs_when_there_was_none(database: Database) -> None:
    order: list[str] = []
    with pytest.raises(RuntimeError), database.writing() as unit:
        unit.after_commit(lambda: order.append("after"))
        raise RuntimeError
    assert order == []


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    with database.writing() as unit:
        unit.session.add(snapshot("one", NOON))
    with database.reading() as unit:
        found = unit.session.scalars(select(DirectorySnapshot)).one().loaded_at
    assert found == NOON
    assert found.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 7, 1, 12)  # noqa: DTZ001 - the very thing to be refused
    with pytest.raises(StatementError, match="without a zone"), database.writing() as unit:
        unit.session.add(snapshot("one", naive))


def test_two_writers_wait_for_each_other_and_both_are_kept(database: Database) -> None:
    def write(version: str) -> None:
        for number in range(10):
            with database.writing() as unit:
                unit.session.add(snapshot(f"{version}{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(versions(database)) == 40


def test_rows_of_the_trail_cannot_be_changed_or_removed(database: Database) -> None:
    insert = (
        "INSERT INTO audit_entry (organisation_id, seq, at, event, subject_kind, detail, prev_mac, mac) "
        "VALUES (:id, 1, :at, 'x', 'x', '{}', :mac, :mac)"
    )
    values = {"id": "0" * 32, "at": datetime(2026, 1, 1, tzinfo=UTC), "mac": b"0" * 32}
    if not database.is_sqlite:
        values["id"] = "00000000-0000-0000-0000-000000000000"
    with database.writing() as unit:
        unit.session.execute(text(insert), values)
    for act in ("UPDATE audit_entry SET event = 'y'", "DELETE FROM audit_entry"):
        with pytest.raises(DBAPIError, match="only added to"), database.writing() as unit:
            unit.session.execute(text(act))


def test_a_database_set_as_it_must_be_passes(database: Database) -> None:
    database.check()


def test_sqlite_that_cannot_keep_what_it_confirms_is_refused() -> None:
    memory = Database("sqlite://")
    with pytest.raises(NotConfigured, match="journal_mode"):
        memory.check()
    memory.close()


def test_a_foreign_key_must_lead_somewhere(database: Database) -> None:
    with pytest.raises(DBAPIError), database.writing() as unit:
        unit.session.execute(
            text("INSERT INTO referral_concern (referral_id, concern_id) VALUES (:id, :id)"),
            {"id": "0" * 32 if database.is_sqlite else "00000000-0000-0000-0000-000000000000"},
        )


def test_an_error_of_the_database_tells_no_value(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed, database.writing() as unit:
        for _ in range(2):
            unit.session.execute(
                text(
                    "INSERT INTO directory_snapshot (version, document, loaded_at) VALUES ('1', :words, :at)"
                ),
                {"words": "O'Brien-Nguyễn", "at": datetime(2026, 1, 1, tzinfo=UTC)},
            )
    assert "Nguyễn" not in str(failed.value)


def test_a_sqlite_file_is_made_where_it_was_asked_for(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'here.sqlite3'}")
    made.check()
    made.close()
    assert (tmp_path / "here.sqlite3").exists()


def test_a_commit_that_the_standby_did_not_confirm_is_not_called_kept(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.writing() as unit:
        # What PostgreSQL does when the wait for its standby is cancelled: it commits, and warns.
        unit.session.execute(text("CREATE TABLE written (id int)"))
        unit.session.execute(
            text(
                "CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE WARNING USING ERRCODE = '01000'; RETURN NULL; END $$"
            )
        )
        unit.session.execute(
            text(
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON written DEFERRABLE INITIALLY DEFERRED "
                "FOR EACH ROW EXECUTE FUNCTION warn()"
            )
        )
    with pytest.raises(NotConfirmed, match="standby"), database.writing() as unit:
        unit.session.execute(text("INSERT INTO written VALUES (1)"))
    with database.writing() as unit:
        unit.session.execute(text("CREATE TABLE another (id int)"))
    database.close()


def test_a_database_that_goes_away_during_the_commit_confirmed_nothing(postgres_url: str) -> None:
    database, killer = Database(postgres_url), Database(postgres_url)
    with pytest.raises(NotConfirmed, match="went away"), database.writing() as unit:
        backend = unit.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with killer.writing() as other:
            other.session.execute(text("SELECT pg_terminate_backend(:backend, 5000)"), {"backend": backend})
    for each in (database, killer):
        each.close()
