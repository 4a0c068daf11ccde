"""A scratch database to measure in: empty before, and gone afterwards unless it is to be kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, make_url, text

from intake import schema
from intake.db import Database
from intake.errors import NotConfigured

_PREFIX = "bench_"


@dataclass(frozen=True, slots=True)
class Scratch:
    """One database of the newest schema with nothing in it, for a number of referrals."""

    referrals: int
    database: Database

    @property
    def url(self) -> str:
        """The address by which another process opens the same database."""
        return self.database.engine.url.render_as_string(hide_password=False)

    def bytes(self) -> int:
        """Return how much room the database takes."""
        with self.database.engine.connect() as connection:
            if self.database.is_sqlite:
                size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            else:
                size = (
                    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
                    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
                )
            return int(connection.execute(text(size)).scalar_one())


@contextmanager
def scratch_databases(
    url: str | None, sizes: tuple[int, ...], *, keep: bool
) -> Iterator[tuple[Scratch, ...]]:
    """Give an empty database for each size; raises `NotConfigured` for one that holds anything already.

    Without an address they are SQLite files in a temporary folder. A PostgreSQL database gets a schema
    for each size, so that all are measured in the same minutes.
    """
    if url is None:
        with _in_a_folder(sizes, keep=keep) as made:
            yield made
    elif make_url(url).get_backend_name() == "postgresql":
        with _in_schemas(url, sizes, keep=keep) as made:
            yield made
    else:
        raise NotConfigured(
            "bench takes the address of an empty PostgreSQL database, or none: then it is SQLite."
        )


@contextmanager
def _in_a_folder(sizes: tuple[int, ...], *, keep: bool) -> Iterator[tuple[Scratch, ...]]:
    folder = Path(tempfile.mkdtemp(prefix="intake-bench-"))
    try:
        with _opened({size: f"sqlite:///{folder / f'{_PREFIX}{size}.sqlite3'}" for size in sizes}) as made:
            yield made
    finally:
        if not keep:
            shutil.rmtree(folder)


@contextmanager
def _in_schemas(url: str, sizes: tuple[int, ...], *, keep: bool) -> Iterator[tuple[Scratch, ...]]:
    whole = create_engine(url)
    try:
        _refuse_if_used(whole)
        with whole.begin() as connection:
            for size in sizes:
                connection.execute(text(f"CREATE SCHEMA {_PREFIX}{size}"))
        try:
            with _opened({size: _in_schema(url, f"{_PREFIX}{size}") for size in sizes}) as made:
                yield made
        finally:
            if not keep:
                _drop(whole, sizes)
    finally:
        whole.dispose()


def _refuse_if_used(whole: Engine) -> None:
    inspector = inspect(whole)
    own = {"information_schema", "pg_catalog"}
    used = [
        name for name in inspector.get_schema_names() if name not in own and inspector.get_table_names(name)
    ]
    if used:
        raise NotConfigured(
            f"This database has tables in {', '.join(used)}. bench fills a database with invented referrals: "
            "give it an empty one."
        )


def _in_schema(url: str, name: str) -> str:
    there = make_url(url)
    said = there.query.get("options", "")
    there = there.update_query_dict({"options": f"{said} -csearch_path={name}".strip()})
    return there.render_as_string(hide_password=False)


@contextmanager
def _opened(urls: dict[int, str]) -> Iterator[tuple[Scratch, ...]]:
    made = tuple(Scratch(size, Database(url)) for size, url in urls.items())
    try:
        for each in made:
            schema.upgrade(each.database)
        yield made
    finally:
        for each in made:
            each.database.close()


def _drop(whole: Engine, sizes: tuple[int, ...]) -> None:
    with whole.begin() as connection:
        for size in sizes:
            connection.execute(text(f"DROP SCHEMA {_PREFIX}{size} CASCADE"))
