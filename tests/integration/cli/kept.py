"""A machine for a command to run on: a filled database, a key ring, and the settings that name them."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from intake.cli.main import main
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from tests.integration.cli.filled import fill


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a command runs."""

    folder: Path
    database: Database
    database_url: str
    key_ring: KeyRing
    organisation_id: UUID

    @property
    def ring_file(self) -> Path:
        """Where the key ring is kept."""
        return self.folder / "keys" / "keyring.json"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run a command and return its exit code, what it printed and what it complained of."""
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def machine(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Machine:
    """A machine with a filled database, once of each kind."""
    ring_file = tmp_path / "keys" / "keyring.json"
    key_ring = KeyRing.create(ring_file)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INTAKE_KEY_RING", str(ring_file))
    return Machine(tmp_path, database, database_url, key_ring, fill(database, key_ring))
