"""What an operator of two tiers does: two rings and one database, roles, a backup of all of it, a restore."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.services.database_roles import MIGRATOR, ROLES
from intake.vocabulary import Tier
from tests.integration.cli.kept import run
from tests.support.postgres import PostgresServer

_FOUNDED = {
    Tier.SCHOOL: ("--kind", "school"),
    Tier.HUB: ("--kind", "hub", "--service", "halton-icart"),
}


@dataclass(frozen=True, slots=True)
class Machines:
    """One machine for each tier, each with a key ring of its own."""

    folder: Path
    be: Callable[..., None]

    def ring(self, tier: Tier) -> Path:
        """Where a tier keeps its key ring."""
        return self.folder / tier.value / "keyring.json"


@pytest.fixture
def machines(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machines]:
    """Machines upon one PostgreSQL: `be` says which tier runs, as which database user, upon which one."""
    name = postgres_server.new_database()

    def be(tier: Tier, user: str = "postgres", *, database: str = name, ring: Tier | None = None) -> None:
        url = postgres_server.url(database).replace("postgres@", f"{user}@")
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("INTAKE_TIER", tier.value)
        monkeypatch.setenv("INTAKE_KEY_RING", str(Machines(tmp_path, be).ring(ring or tier)))

    yield Machines(tmp_path, be)
    postgres_server.drop_database(name)


@pytest.fixture
def elsewhere(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database."""
    name = postgres_server.new_database()
    yield name
    postgres_server.drop_database(name)


def _found(tier: Tier, name: str = "The first") -> tuple[str, ...]:
    who = ("--administrator", f"Ann <ann@{tier}.test>", "--administrator", f"Ben <ben@{tier}.test>")
    return ("init", *_FOUNDED[tier], "--name", f"{name} {tier} (test)", "--authority", "E06000006", *who)


def test_two_tiers_are_set_up_kept_apart_backed_up_and_put_together_again(
    machines: Machines, elsewhere: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for tier in ROLES:
        machines.be(tier)
        assert run(capsys, "setup")[0] == 0
    code, out, _ = run(capsys, "database", "roles", "--apply")
    assert (code, MIGRATOR in out) == (0, True)
    for tier, role in ROLES.items():
        machines.be(tier, MIGRATOR)
        assert run(capsys, "setup")[0] == 0
        machines.be(tier, role)
        assert run(capsys, *_found(tier))[0] == 0
        assert run(capsys, "audit", "verify")[0] == 0
        code, out, _ = run(capsys, "health", "--json")
        assert json.loads(out)["tier"] == tier.value
        code, _, said = run(capsys, *_found(next(each for each in ROLES if each is not tier), "Another"))
        assert (code, "INTAKE_TIER says which half runs here" in said) == (2, True), said
        code, _, said = run(capsys, "backup", "--database-to", machines.folder / "words")
        assert (code, "a backup is of all or of nothing" in said) == (2, True)
        assert list((machines.folder / "words").glob("*.backup")) == []
    machines.be(Tier.COMBINED, ring=Tier.HUB)
    code, _, said = run(capsys, "health")
    assert (code, "set up for two tiers" in said) == (2, True)

    machines.be(Tier.HUB, MIGRATOR)
    code, out, said = run(capsys, "backup", "--database-to", machines.folder / "words", "--json")
    assert code == 0, said
    backup = Path(json.loads(out)["path"])
    for tier, ring in ((Tier.HUB, Tier.SCHOOL), (Tier.SCHOOL, Tier.HUB), (Tier.COMBINED, Tier.HUB)):
        machines.be(tier, database=elsewhere, ring=ring)
        code, _, said = run(capsys, "restore", "--database-from", backup)
        assert (code, "key ring" in said or "two tiers" in said) == (2, True), said
    machines.be(Tier.HUB, database=elsewhere)
    code, out, said = run(capsys, "restore", "--database-from", backup, "--json")
    assert (code, json.loads(out)["proved"]) == (0, True), said
    assert json.loads(out)["opened"] >= 2
    machines.be(Tier.SCHOOL, database=elsewhere)
    code, out, _ = run(capsys, "audit", "verify", "--json")
    assert code == 0


def test_roles_are_for_two_tiers_on_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / "keyring.json"))
    assert run(capsys, "database", "roles", "--apply")[0] == 2
    monkeypatch.setenv("INTAKE_TIER", "school")
    assert run(capsys, "setup")[0] == 0
    code, _, said = run(capsys, "database", "roles", "--apply")
    assert (code, "SQLite has no roles" in said) == (2, True)


def test_the_one_log_is_signed_and_proved_in_the_hubs_tier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoints = tmp_path / "checkpoints"
    for name, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'intake.sqlite3'}",
        "INTAKE_KEY_RING": str(tmp_path / "keyring.json"),
        "INTAKE_TIER": "school",
        "INTAKE_CHECKPOINTS": str(checkpoints),
    }.items():
        monkeypatch.setenv(name, value)
    assert run(capsys, "setup")[0] == 0
    checkpoints.write_text("what the hubs' tier keeps there\n")
    for words in (("key",), ("checkpoint",), ("prove", "R-7K3M-9QTX", "--out", tmp_path / "proof")):
        code, out, said = run(capsys, "audit", *words)
        assert (code, out, "signed in the hubs' tier" in said) == (2, "", True), words
    assert json.loads(run(capsys, "health", "--json")[1])["behind_what_was_witnessed"] is False


def test_each_tier_makes_its_own_first_ring_in_the_one_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    for tier in ROLES:
        monkeypatch.setenv("INTAKE_TIER", tier.value)
        for ring, ends in (("first", 0), ("another", 2)):
            monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / tier.value / ring / "keyring.json"))
            assert run(capsys, "keys", "create")[0] == ends
            if ends == 0:
                assert run(capsys, "setup")[0] == 0
