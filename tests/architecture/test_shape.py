"""Files stay short, are named for what they hold, and say what they are for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import shape
from tests.architecture.tree import ROOT

_GOOD = '"""A file with a reason."""\n'


def test_every_file_of_the_project_has_the_shape_agreed() -> None:
    assert shape.faults(ROOT) == []


def test_files_exactly_as_long_as_allowed_are_let_be(tmp_path: Path) -> None:
    _write(tmp_path, "intake/referrals.py", _lines(300))
    _write(tmp_path, "tests/unit/test_referrals.py", _lines(400))
    _write(tmp_path, "templates/referrals/show.html", "<p>\n" * 120)
    _write(tmp_path, "intake/acts.py", _GOOD + _function(40))

    assert shape.faults(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("intake/referrals.py", lambda: _lines(301), ": 301 lines, and 300 are allowed"),
        ("config.py", lambda: _lines(301), ": 301 lines, and 300 are allowed"),
        ("migrations/env.py", lambda: _lines(301), ": 301 lines, and 300 are allowed"),
        ("tests/unit/test_referrals.py", lambda: _lines(401), ": 401 lines, and 400 are allowed"),
        ("templates/referrals/show.html", lambda: "<p>\n" * 121, ": 121 lines, and 120 are allowed"),
        ("intake/static/src/app.scss", lambda: "a {}\n" * 301, ": 301 lines, and 300 are allowed"),
        ("intake/static/src/app.js", lambda: "go();\n" * 301, ": 301 lines, and 300 are allowed"),
        ("intake/acts.py", lambda: _GOOD + _function(41), ":2: act has 41 lines, and 40 are allowed"),
        (
            "intake/acts.py",
            lambda: _GOOD + "async " + _function(41),
            ":2: act has 41 lines, and 40 are allowed",
        ),
        ("tests/test_acts.py", lambda: _GOOD + _function(41), ":2: act has 41 lines, and 40 are allowed"),
        ("intake/silent.py", lambda: "value = 1\n", ": no docstring for the module"),
        ("intake/silent.py", lambda: "", ": no docstring for the module"),
        (
            "intake/silent.py",
            lambda: _GOOD + "class Child:\n    age = 1\n",
            ":2: no docstring for the class Child",
        ),
        (
            "intake/utils.py",
            lambda: _GOOD,
            ": a name that says nothing of what is inside",
        ),
        (
            "intake/common/places.py",
            lambda: _GOOD,
            ": a name that says nothing of what is inside",
        ),
        (
            "tests/unit/helpers.py",
            lambda: _GOOD,
            ": a name that says nothing of what is inside",
        ),
    ],
)
def test_a_planted_fault_is_named(tmp_path: Path, name: str, text: Callable[[], str], fault: str) -> None:
    _write(tmp_path, name, text())

    assert shape.faults(tmp_path) == [name + fault]


def test_a_migration_may_be_as_long_as_its_change(tmp_path: Path) -> None:
    _write(tmp_path, "migrations/versions/0001_tables.py", _GOOD + _function(301))

    assert shape.faults(tmp_path) == []


def test_what_was_built_is_not_judged(tmp_path: Path) -> None:
    _write(tmp_path, "intake/static/src/build/vendor.js", "go();\n" * 301)

    assert shape.faults(tmp_path) == []


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _lines(count: int) -> str:
    return _GOOD + "x = 1\n" * (count - 1)


def _function(lines: int) -> str:
    return "def act() -> None:\n" + "    x = 1\n" * (lines - 1)
