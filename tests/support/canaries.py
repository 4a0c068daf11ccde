"""What a walk with planted words leaves behind, apart from its pages; and the keys it was kept under."""

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_string
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import select

from intake.crypto.key_file import RingFile
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.models import METADATA
from intake.services.holders import held_grants, newest_pairs, open_held
from tests.support.mailbox import Postbox
from tests.support.postgres import PostgresServer
from tests.support.traces import Words, files_in, keys_as_bytes, texts
from tests.support.walk import PASSWORD
from tests.support.whole_walk import Seen, Watched

Places = Iterable[tuple[str, bytes]]
_AT_LEAST = 50
_MAILS = 3


def browsers(app: Flask, seen: Seen, base_url: str = "http://localhost") -> Callable[[], Watched]:
    """Give browsers that are looked over the shoulder of."""

    def visit() -> Watched:
        visitor = Watched(app, base_url=base_url)
        visitor.seen = seen
        return visitor

    return visit


def require_planted(words: Words, seen: Seen) -> None:
    """Be sure that each word but the passwords came back on some page: what was not kept proves nothing."""
    pages = "\n".join(seen.pages)
    shown = {where for where in words.planted if words.is_on(pages, where)}
    missing = [where for where in words.planted if where not in shown and PASSWORD not in where]
    assert not missing, missing
    assert len(shown) >= _AT_LEAST


def columns_with(database: Database, mark: str) -> set[str]:
    """Return the columns in which a word can be read as it is."""
    texts_of = {
        str(column): select(column).where(column.contains(mark)).limit(1)
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.type.python_type is str
    }
    with database.reading() as unit:
        return {name for name, found in texts_of.items() if unit.session.scalars(found).first()}


def beside(seen: Seen, postbox: Postbox) -> list[tuple[str, bytes]]:
    """Return what passed outside the pages: addresses, titles, cookies, and mail but for whom it is to."""
    mails = []
    for mail in postbox.taken:
        message = message_from_string(mail)
        del message["To"]
        mails.append(message.as_string())
    assert len(mails) >= _MAILS
    return [
        texts("addresses", seen.addresses),
        texts("titles", seen.titles),
        texts("cookies", seen.cookies),
        texts("mails", mails),
    ]


def keys_of(ring: KeyRing, database: Database, folder: Path) -> dict[str, bytes]:
    """Return every key there is: the ring's own, and each data key that it can unwrap."""
    ring.keep(folder / "ring.json")
    held = RingFile(folder / "ring.json").read()
    keys = {"seed": held.seed, **{f"root {kid}": root for kid, root in held.roots.items()}}
    with database.reading() as unit:
        for row, kept in held_grants(unit.session):
            opened = open_held(ring, row, kept)
            keys[f"{row.compartment} of {row.case_id}"] = opened.secret
        for holder, pair in newest_pairs(unit.session, ring).items():
            keys[f"pair of {holder}"] = pair.secret
    return keys


def keys_found(keys: Mapping[str, bytes], places: Places) -> list[tuple[str, str]]:
    """Return which key lies where, in whatever dress."""
    looked_for = list(keys_as_bytes(keys))
    return [(place, name) for place, data in places for name, needle in looked_for if needle in data]


def tokens_found(seen: Seen, places: Places) -> list[tuple[str, str]]:
    """Return where something lies that opens a session or sets a password, or that only our forms carry."""
    looked_for = [
        (kind, dress.encode())
        for kind, tokens in seen.tokens.items()
        for token in tokens
        for dress in {token, token.replace("-", "")}
    ]
    return [(place, kind) for place, data in places for kind, needle in looked_for if needle in data]


@contextmanager
def everything_logged(path: Path) -> Iterator[None]:
    """Have every logger write everything it can be made to write into one file."""
    handler, root = logging.FileHandler(path), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in root.manager.loggerDict)]
    before = [(logger, logger.level) for logger in loggers if logger.level != logging.NOTSET]
    # The tests' own mail server writes down its callers; it stands outside.
    handler.addFilter(lambda record: not record.name.startswith("mail."))
    root.addHandler(handler)
    for logger, _ in before:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for logger, level in before:
            logger.setLevel(level)
        handler.close()


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Have this process put what it needs for a moment into a folder of its own."""
    folder.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


class ServerFiles:
    """What a database server keeps on its disk of one database, from now on."""

    def __init__(self, server: PostgresServer, name: str) -> None:
        self._server = server
        with self._connection() as connection:
            self._from = self._one(connection, "SELECT pg_walfile_name(pg_current_wal_lsn())")
            self._oid = self._one(connection, "SELECT oid FROM pg_database WHERE datname = %s", name)

    def read(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the database, what was logged of its writes, and the server's own log."""
        with self._connection() as connection:
            connection.execute("CHECKPOINT")
        data = self._server.folder / "data"
        yield from files_in(data / "base" / self._oid, data / "global", data / "pg_xact")
        yield from ((name, held) for name, held in files_in(data / "pg_wal") if Path(name).name >= self._from)
        yield "server log", (self._server.folder / "log").read_bytes()

    def _connection(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(f"host={self._server.folder} user=postgres dbname=postgres", autocommit=True)

    @staticmethod
    def _one(connection: psycopg.Connection[tuple[object, ...]], query: str, *values: str) -> str:
        row = connection.execute(query, values).fetchone()
        assert row is not None
        return str(row[0])
