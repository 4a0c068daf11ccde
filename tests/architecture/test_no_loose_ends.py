"""Nothing is left for later, no test is set aside, and there is one clock and one commit."""

from pathlib import Path

import pytest

from tests.architecture import loose_ends
from tests.architecture.tree import ROOT

# Put together here, so that this file does not hold what is looked for.
_LATER = "TO" + "DO"
_BROKEN = "FIX" + "ME"
_NOT_COUNTED = "prag" + "ma: no"


def test_the_project_has_no_loose_end() -> None:
    assert loose_ends.faults(ROOT) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("intake/acts.py", f"x = 1\n# {_LATER}: the rest\n", f":2: {_LATER}"),
        ("intake/acts.py", f"if x:  # {_NOT_COUNTED} cover\n    y = 1\n", f":1: {_NOT_COUNTED}"),
        ("templates/home.html", f"{{# {_BROKEN} #}}\n", f":1: {_BROKEN}"),
        ("docs/routing.md", f"{_LATER}\n", f":1: {_LATER}"),
        ("pyproject.toml", f"# {_LATER}\n", f":1: {_LATER}"),
        ("tests/unit/test_acts.py", f"# {_BROKEN}\n", f":1: {_BROKEN}"),
        ("tests/unit/test_acts.py", "@pytest.mark.skip\ndef test_it(): ...\n", ":1: a test set aside: skip"),
        (
            "tests/unit/test_acts.py",
            "@mark.xfail(strict=True)\ndef f(): ...\n",
            ":1: a test set aside: xfail",
        ),
        (
            "tests/unit/test_acts.py",
            "html5lib = pytest.importorskip('x')\n",
            ":1: a test set aside: importorskip",
        ),
        ("tests/trips/test_walk.py", "from unittest import mock\n", ":1: a mock in a journey"),
        ("tests/trips/test_walk.py", "from unittest.mock import Mock\n", ":1: a mock in a journey"),
        ("tests/e2e/test_walk.py", "import unittest.mock\n", ":1: a mock in a journey"),
        ("tests/e2e/test_walk.py", "def test_it(monkeypatch): ...\n", ":1: a mock in a journey"),
        ("intake/services/acts.py", "print('hello')\n", ":1: print outside the commands"),
        ("intake/services/acts.py", "session.commit()\n", ":1: a commit outside intake/db.py"),
        ("intake/cli/people.py", "unit.session.commit()\n", ":1: a commit outside intake/db.py"),
        ("config.py", "at = datetime.now(UTC)\n", ":1: reads the time outside intake/clock.py"),
        ("intake/models/act.py", "at = func.now()\n", ":1: reads the time outside intake/clock.py"),
        ("intake/acts.py", "at = datetime.datetime.utcnow()\n", ":1: reads the time outside intake/clock.py"),
        (
            "intake/acts.py",
            "on = field(default_factory=date.today)\n",
            ":1: reads the time outside intake/clock.py",
        ),
        ("intake/acts.py", "at = time.time()\n", ":1: reads the time outside intake/clock.py"),
        ("intake/acts.py", "def act():\n    pass\n", ":1: a stub: act"),
        ("intake/acts.py", "class A:\n    def act(self): ...\n", ":2: a stub: act"),
    ],
)
def test_a_planted_loose_end_is_named(tmp_path: Path, name: str, text: str, fault: str) -> None:
    _write(tmp_path, name, text)

    assert loose_ends.faults(tmp_path) == [name + fault]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("intake/cli/people.py", "print('two people')\n"),
        ("intake/db.py", "session.commit()\n"),
        ("intake/acts.py", 'def act():\n    """Do nothing: the base would."""\n'),
        ("migrations/env.py", "opened.commit()\n"),
        ("intake/acts.py", "class Clock(Protocol):\n    def now(self) -> datetime: ...\n"),
        ("intake/acts.py", "@abstractmethod\ndef act(self): ...\n"),
        ("intake/clock.py", "at = datetime.now(UTC)\n"),
        ("intake/acts.py", "at = clock.now()\nstarted = time.perf_counter()\n"),
        ("tests/unit/test_acts.py", "def test_it(monkeypatch): ...\n"),
    ],
)
def test_the_one_place_for_each_thing_is_let_be(tmp_path: Path, name: str, text: str) -> None:
    _write(tmp_path, name, text)

    assert loose_ends.faults(tmp_path) == []


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
