"""The bare floors: what the parts of an act cost with nothing around them."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from argon2 import PasswordHasher
from flask import Flask, redirect, render_template_string
from flask_wtf import FlaskForm
from sqlalchemy import text
from sqlalchemy.engine.interfaces import DBAPIConnection
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from intake.bench.made_up import concern_draft
from intake.bench.measuring import Act
from intake.bench.roster import PASSWORD
from intake.bench.visitor import Visitor
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import open_sealed, seal
from intake.crypto.inventory import CASE_NOTE
from intake.db import Database
from intake.vocabulary import Compartment

P: Final = "P: a form parsed and validated"
T: Final = "T: five rows, durable"
G: Final = "G: a static page of 50 rows"
S: Final = "S: one step of a SHA-256 chain"
ARGON2: Final = "one Argon2id hash"
SEAL: Final = "seal 1 KB"
OPEN: Final = "open 1 KB"
FSYNC: Final = "one fsync of 4 KB"

_ROWS = tuple(
    (f"R-{number:04}", "Robin Example", "danger", "amber", "10:00", "Rowan") for number in range(50)
)
_PAGE = """<!doctype html><html lang="en"><head><title>Rows</title></head><body><main><h1>Rows</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></main></body></html>"""
_FORM = """<main><form method="post">{{ form.csrf_token }}</form></main>"""
_QUESTIONS = ("child_name", "danger_now", "missing_now", "occurred_on", "occurred_about")
_FIVE = 5
_ROW_BYTES = 400
_MANY = 1_000
_KILOBYTE = 1_024


class _Floor:
    """A floor is done once a round unless it is too short to be timed alone."""

    times = 1

    def __init__(self, name: str) -> None:
        self.name = name

    def prepare(self) -> None:
        """Nothing has to be done before."""
        return


class ParsesForm(_Floor):
    """P: Flask, its session, the token and seven validated fields, and nothing done with them."""

    def __init__(self, app: Flask) -> None:
        super().__init__(P)
        self._visitor = Visitor(app)
        self._form: dict[str, str] = {}

    def prepare(self) -> None:
        self._form = self._visitor.form("/form")

    def run(self) -> None:
        said = dict.fromkeys(_QUESTIONS, "no") | {"happened": concern_draft(0).happened}
        self._visitor.post("/form", self._form | said)


class ShowsPage(_Floor):
    """G: Flask and Jinja, and fifty rows that are always the same."""

    def __init__(self, app: Flask) -> None:
        super().__init__(G)
        self._visitor = Visitor(app)

    def run(self) -> None:
        self._visitor.get("/rows")


class WritesRows(_Floor):
    """T: five rows in one transaction, through the driver alone, kept as durably as everything else."""

    def __init__(self, database: Database, driver: DBAPIConnection) -> None:
        super().__init__(T)
        self._driver = driver
        # The other driver begins of itself.
        self._begin = ("BEGIN IMMEDIATE",) if database.is_sqlite else ()
        mark = "?" if database.is_sqlite else "%s"
        self._insert = f"INSERT INTO bench_floor (words) VALUES ({mark})"  # noqa: S608 - a mark of the driver's
        kind = "BLOB" if database.is_sqlite else "BYTEA"
        with database.engine.begin() as connection:
            connection.execute(text(f"CREATE TABLE bench_floor (words {kind} NOT NULL)"))

    def run(self) -> None:
        cursor = self._driver.cursor()
        for begin in self._begin:
            cursor.execute(begin)
        for _ in range(_FIVE):
            cursor.execute(self._insert, (os.urandom(_ROW_BYTES),))
        cursor.execute("COMMIT")
        cursor.close()


class HashesPassword(_Floor):
    """One hash at the cost that sign-in pays."""

    def __init__(self) -> None:
        super().__init__(ARGON2)
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * _KILOBYTE, parallelism=1)

    def run(self) -> None:
        self._hasher.hash(PASSWORD)


class StepsChain(_Floor):
    """S: a thousand steps of a bare chain."""

    times = _MANY

    def __init__(self) -> None:
        super().__init__(S)
        self._entry = os.urandom(_ROW_BYTES)

    def run(self) -> None:
        last = b""
        for _ in range(_MANY):
            last = hashlib.sha256(last + self._entry).digest()


class SealsWords(_Floor):
    """A thousand envelopes of a kilobyte, sealed under one key, or opened."""

    times = _MANY

    def __init__(self, *, opens: bool) -> None:
        super().__init__(OPEN if opens else SEAL)
        self._opens = opens
        self._key = DataKey.new(UUID(int=1), Compartment.HUB)
        self._place = CASE_NOTE.place(row_id=UUID(int=2), case_id=UUID(int=1))
        self._words = os.urandom(_KILOBYTE)
        self._blob = seal(self._words, key=self._key, binding=self._place)

    def run(self) -> None:
        for _ in range(_MANY):
            if self._opens:
                open_sealed(self._blob, key=self._key, binding=self._place)
            else:
                seal(self._words, key=self._key, binding=self._place)


class Syncs(_Floor):
    """What the disk takes to say that it has four kilobytes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(FSYNC)
        self._path = folder / "synced"
        self._path.touch()

    def run(self) -> None:
        with self._path.open("ab") as file:
            file.write(bytes(4 * _KILOBYTE))
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def transactions(database: Database) -> Iterator[Act]:
    """Give T, in the database that is measured."""
    driver = database.engine.raw_connection()
    yield WritesRows(database, driver)
    driver.close()


@contextmanager
def floors() -> Iterator[tuple[Act, ...]]:
    """Give every floor but T: they have nothing to do with how much there is."""
    app = _bare_app()
    with TemporaryDirectory(prefix="intake-bench-") as folder:
        yield (
            ParsesForm(app),
            ShowsPage(app),
            StepsChain(),
            HashesPassword(),
            SealsWords(opens=False),
            SealsWords(opens=True),
            Syncs(Path(folder)),
        )


class _BareForm(FlaskForm):  # type: ignore[misc] # published without types
    """As many questions as the first page of a concern has, each of which must be answered."""

    child_name = StringField(validators=[DataRequired(), Length(max=200)])
    danger_now = StringField(validators=[DataRequired(), Length(max=20)])
    missing_now = StringField(validators=[DataRequired(), Length(max=20)])
    happened = TextAreaField(validators=[DataRequired(), Length(max=20_000)])
    occurred_on = StringField(validators=[DataRequired(), Length(max=20)])
    occurred_about = StringField(validators=[DataRequired(), Length(max=200)])


def _bare_app() -> Flask:
    app = Flask("bare")
    app.secret_key = os.urandom(32)

    @app.route("/form", methods=["GET", "POST"])
    def form() -> Response | str:
        asked = _BareForm()
        if asked.validate_on_submit():
            return redirect("/rows", 303)
        return render_template_string(_FORM, form=asked)

    @app.get("/rows")
    def rows() -> str:
        return render_template_string(_PAGE, rows=_ROWS)

    return app
