"""Every import contract is kept, and each has been seen to fail when somebody breaks it on purpose."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT

_SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_CONTRACTS = {contract["id"]: contract for contract in _SETTINGS["tool"]["importlinter"]["contracts"]}
_PURE = ("policy", "routing", "casework", "crypto", "calendars")

_BREACHES = [
    ("layers", "intake/errors.py", "import intake.db"),
    ("layers", "intake/db.py", "import intake.models"),
    ("layers", "intake/models/__init__.py", "import intake.services"),
    ("layers", "intake/policy/__init__.py", "import intake.casework"),
    ("layers", "intake/services/__init__.py", "import intake.views"),
    ("layers", "intake/forms/__init__.py", "import intake.services"),
    ("layers", "intake/views/__init__.py", "import intake.app"),
    ("layers", "intake/drawer.py", '"""A drawer nobody drew."""'),
    ("siblings", "intake/crypto/padding.py", "import intake.crypto.envelope"),
    *(("pure", f"intake/{name}/__init__.py", "import flask") for name in _PURE),
    *(("pure", f"intake/{name}/__init__.py", "import intake.clock") for name in _PURE),
    ("pure", "intake/casework/__init__.py", "import wtforms"),
    ("pure", "intake/crypto/__init__.py", "import sqlalchemy"),
    ("pure", "intake/routing/__init__.py", "import config"),
    ("no-web", "intake/services/__init__.py", "import flask"),
    ("no-web", "intake/queries/__init__.py", "import wtforms"),
    ("no-web", "intake/models/__init__.py", "import flask_login"),
    ("no-web", "intake/audit/__init__.py", "import werkzeug"),
    ("no-rows", "intake/views/__init__.py", "import intake.models"),
    ("no-rows", "intake/forms/__init__.py", "import intake.models"),
    ("no-rows", "intake/views/__init__.py", "import psycopg"),
    ("keys", "intake/views/__init__.py", "import intake.crypto"),
    ("keys", "intake/queries/__init__.py", "from intake.crypto import envelope"),
    ("settings", "intake/services/__init__.py", "from config import Settings"),
    ("settings", "intake/views/__init__.py", "import config"),
]


def test_every_contract_is_kept(tmp_path: Path) -> None:
    done = _lint(ROOT, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_a_breach_planted_below() -> None:
    assert {contract for contract, _, _ in _BREACHES} == set(_CONTRACTS)


def test_every_pure_package_is_held_to_it() -> None:
    assert set(_CONTRACTS["pure"]["source_modules"]) == {f"intake.{name}" for name in _PURE}


@pytest.mark.parametrize(("contract", "place", "line"), _BREACHES)
def test_a_planted_breach_breaks_its_contract(tmp_path: Path, contract: str, place: str, line: str) -> None:
    _copy(tmp_path)
    with (tmp_path / place).open("a", encoding="utf-8") as broken:
        broken.write(f"\n{line}\n")

    done = _lint(tmp_path, tmp_path, "--contract", contract)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{_CONTRACTS[contract]['name']} BROKEN" in done.stdout


def _copy(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "config.py", folder)
    left = shutil.ignore_patterns("__pycache__", "static", "translations")
    shutil.copytree(ROOT / "intake", folder / "intake", ignore=left)


def _lint(project: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    cache = ["--cache-dir", str(folder / "cache")]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), *cache, *options],
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
    )
