"""Importing the ONS postcode directory beside the one that answers, and changing over once it is whole."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION
from intake.audit.events.keeping import PlacesLoaded
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Unit
from intake.errors import Refused
from intake.models.places import Postcode, PostcodeRelease
from intake.queries.postcode_releases import newest_release
from intake.routing.postcode_directory import PostcodeFile, PostcodeRow
from intake.services.postcode_files import opened

#: Rows to a transaction: few enough that nobody who writes waits for long.
_AT_ONCE = 10_000
_OUTWARDS_AT_ONCE = 20
_COLUMNS = "release_id, outward, inward, authority_code, police_area, country, terminated_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be imported, of when where its name does not say so, from where, and by whom."""

    file: Path
    source: str
    by: str
    released_on: date | None = None
    part: bool = False


@dataclass(slots=True)
class Seen:
    """What went by while a file was read."""

    rows: int = 0
    terminated: int = 0
    councils: Counter[str | None] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported."""

    name: str
    released_on: date
    seen: Seen
    knows_police: bool


class PostcodeImport:
    """One import: rows by the ten thousand, each lot a short transaction, and one that changes over."""

    def __init__(self, database: Database, clock: Clock, key_ring: KeyRing) -> None:
        self._database = database
        self._clock = clock
        self._key_ring = key_ring

    def run(self, asked: Asked) -> Imported:
        """Import a file whole, or change nothing; raises `DataFault` or `Refused`."""
        with opened(asked.file) as published:
            released_on = asked.released_on or published.released_on()
            if released_on is None:
                raise Refused(
                    "released", f"{published.name}: say of which month it is, with --released 2025-05."
                )
            file = PostcodeFile(published.name, published.lines)
            self._sweep()
            release_id = self._begin(asked, published.name, released_on)
            try:
                seen = self._fill(release_id, file)
                if not asked.part:
                    file.require_whole()
                self._change_over(release_id, seen)
            finally:
                # The release before, which no longer answers, or else what was not finished.
                self._sweep()
        return Imported(published.name, released_on, seen, file.knows_police)

    def _begin(self, asked: Asked, name: str, released_on: date) -> int:
        with asked.file.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").digest()
        with self._database.writing() as unit:
            release = PostcodeRelease(
                name=name[:80],
                released_on=released_on,
                source=asked.source,
                sha256=digest,
                whole=not asked.part,
                row_count=0,
                begun_at=self._clock.now(),
                loaded_by=asked.by[:80],
            )
            unit.session.add(release)
            unit.session.flush()
            return release.id

    def _fill(self, release_id: int, file: PostcodeFile) -> Seen:
        seen, rows = Seen(), file.rows()
        try:
            while lot := list(islice(rows, _AT_ONCE)):
                with self._database.writing() as unit:
                    _put(unit, release_id, lot, sqlite=self._database.is_sqlite)
                seen.rows += len(lot)
                seen.terminated += sum(row.terminated_on is not None for row in lot)
                seen.councils.update(row.authority_code for row in lot)
        except (IntegrityError, psycopg.IntegrityError) as error:
            file.refuse(f"a postcode of the last {_AT_ONCE} lines stands in the file twice", error)
        return seen

    def _change_over(self, release_id: int, seen: Seen) -> None:
        with self._database.writing() as unit:
            mine = select(func.count()).select_from(Postcode).where(Postcode.release_id == release_id)
            if not seen.rows or unit.session.scalar(mine) != seen.rows:
                raise Refused(
                    "file", "Nothing was changed: the file is empty, or another import ran meanwhile."
                )
            release = unit.session.get_one(PostcodeRelease, release_id)
            release.row_count, release.finished_at = seen.rows, self._clock.now()
            AuditLog(unit, self._clock, self._key_ring).record(
                PlacesLoaded(
                    released_on=release.released_on,
                    rows=seen.rows,
                    whole=release.whole,
                    sha256=release.sha256,
                ),
                actor=None,
                organisation_id=PLATFORM,
                subject=INSTALLATION,
            )

    def _sweep(self) -> None:
        """Take the rows of every release but the one that answers away, and all trace of unfinished ones."""
        with self._database.reading() as unit:
            newest = newest_release(unit.session)
            kept = None if newest is None else newest.id
            others = unit.session.scalars(
                select(PostcodeRelease.id).where(PostcodeRelease.id != (kept or 0))
            ).all()
        for release_id in others:
            while self._sweep_some(release_id):
                pass
        with self._database.writing() as unit:
            unit.session.execute(delete(PostcodeRelease).where(PostcodeRelease.finished_at.is_(None)))

    def _sweep_some(self, release_id: int) -> bool:
        """Take some rows of a release away; whether there were any."""
        with self._database.writing() as unit:
            mine = Postcode.release_id == release_id
            some = select(Postcode.outward).where(mine).distinct().limit(_OUTWARDS_AT_ONCE)
            outwards = unit.session.scalars(some).all()
            unit.session.execute(delete(Postcode).where(mine, Postcode.outward.in_(outwards)))
            return bool(outwards)


def _put(unit: Unit, release_id: int, rows: Sequence[PostcodeRow], *, sqlite: bool) -> None:
    """Write rows past the mapper, which would make an object of each of 2.6 million."""
    connection = unit.session.connection()
    if sqlite:
        statement = f"INSERT INTO postcode ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - no value is in it
        connection.exec_driver_sql(statement, list(_plain(release_id, rows)))
        return
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY postcode ({_COLUMNS}) FROM STDIN") as copy:
        for values in _plain(release_id, rows):
            copy.write_row(values)


def _plain(release_id: int, rows: Sequence[PostcodeRow]) -> Iterator[tuple[int | str | None, ...]]:
    for row in rows:
        ended = row.terminated_on
        yield (release_id, *row[:-1], None if ended is None else ended.isoformat())
