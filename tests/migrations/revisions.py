"""The revisions there are, in order, and the rows kept for the test of each."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from intake.db import Database
from intake.schema import alembic_config
from tests.migrations.rows import Snapshot

FOLDER = Path(__file__).resolve().parents[2] / "migrations" / "versions"
BASE = "base"


class Data(Protocol):
    """A module `data_NNNN.py`: rows at one revision, and what becomes of rows on the way to it and back."""

    def fill(self, connection: Connection, /) -> None:
        """Put rows into every table, as this revision has them."""

    def went_up(self, before: Snapshot, after: Snapshot) -> None:
        """Assert what the rows of the revision before became."""

    def went_down(self, before: Snapshot, after: Snapshot) -> None:
        """Assert what the rows of this revision became when it was undone."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One step: where it leads, and from where."""

    id: str
    below: str
    path: Path

    @property
    def data(self) -> Data:
        """The rows kept for its test; an `ImportError` here says that a revision was written without any."""
        return cast("Data", import_module(f"tests.migrations.data_{self.id}"))


def scripts() -> tuple[Script, ...]:
    """Return Alembic's own view of the revisions, oldest first; it raises where they branch."""
    found = ScriptDirectory.from_config(alembic_config(Database("sqlite://"))).walk_revisions()
    return tuple(reversed(tuple(found)))


REVISIONS = tuple(
    Revision(script.revision, str(script.down_revision or BASE), Path(script.path)) for script in scripts()
)
