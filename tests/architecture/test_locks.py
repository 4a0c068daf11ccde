"""What is installed is what was chosen: pinned, hashed, and from wherever the person installing says."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT, kept, words

_SETS = ("run", "build", "dev", "mutants", "security", "token")
#: Sets that are installed apart from the others, and need not agree with them.
_APART = ("wapiti", "wapiti-build")
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
_ADDRESS = re.compile(r"://|(^|\s)(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b")
# Written apart, so that this file does not hold what it looks for.
_INDEXES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
_HOMES = re.compile(r"/(?:home|Users)/[a-z]|/[r]oot/|C:\\Users")
_PICTURES = frozenset({".png", ".pdf", ".ico", ".woff2"})


@pytest.mark.parametrize("name", _SETS + _APART)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    assert _unhashed(_lock(name)) == []


@pytest.mark.parametrize("name", _SETS + _APART)
def test_a_lock_names_no_address(name: str) -> None:
    assert not _ADDRESS.search(_lock(name))


@pytest.mark.parametrize("name", _SETS + _APART)
def test_a_lock_holds_what_was_asked_for(name: str) -> None:
    asked = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in asked.splitlines() if line and line[0] not in "#-"]

    # One package may be locked twice, for an older Python and for a newer one.
    pins = _PIN.findall(_lock(name))
    assert [
        str(one)
        for one in wanted
        if not any(
            one.specifier.contains(version) for each, version in pins if each == canonicalize_name(one.name)
        )
    ] == []


def test_the_locks_agree() -> None:
    pins = {pin for name in _SETS for pin in _pins(name).items()}

    assert len(pins) == len({package for package, _ in pins})


def test_what_the_project_says_it_needs_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = [Requirement(line) for line in project["project"]["dependencies"]]
    builds = [Requirement(line) for line in project["build-system"]["requires"]]

    assert [
        str(one) for one in needs if not one.specifier.contains(_pins("run")[canonicalize_name(one.name)])
    ] == []
    assert [
        str(one) for one in builds if not one.specifier.contains(_pins("build")[canonicalize_name(one.name)])
    ] == []


def test_every_front_end_package_is_pinned_with_its_checksum_and_no_address() -> None:
    lock: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    chosen = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = {name: found for name, found in lock["packages"].items() if name}

    assert [name for name, found in packages.items() if "integrity" not in found or "resolved" in found] == []
    assert {name: packages[f"node_modules/{name}"]["version"] for name in chosen} == chosen


def test_no_kept_file_names_a_machine_or_an_index() -> None:
    assert _traces(ROOT, kept()) == []


def test_a_package_without_a_hash_is_named() -> None:
    lock = "flask==3.1.3 \\\n    --hash=sha256:aa\nclick==8.5.1\njinja2>=3\n    --hash=sha256:bb\n"

    assert _unhashed(lock) == ["click==8.5.1", "jinja2>=3"]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "-i there",
        "flask @ https://x.example/flask.whl",
        "-f ./wheels",
    ],
)
def test_an_address_in_a_lock_is_seen(line: str) -> None:
    assert _ADDRESS.search(f"click==8.5.1\n{line}\n")


def test_a_planted_path_or_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("see /ro" + "ot/keys\n", encoding="utf-8")
    (tmp_path / "here.toml").write_text(f'path = "{tmp_path}/x"\n', encoding="utf-8")
    (tmp_path / "where.txt").write_text(f"from {_INDEXES[0]}\n", encoding="utf-8")
    (tmp_path / "clean.md").write_text("templates/home.html\n", encoding="utf-8")

    assert _traces(tmp_path, sorted(tmp_path.iterdir())) == ["here.toml", "notes.md", "where.txt"]


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(_PIN.findall(_lock(name)))


def _unhashed(lock: str) -> list[str]:
    stanzas = re.split(r"\n(?=\S)", lock.strip())
    return [
        stanza.splitlines()[0].rstrip(" \\")
        for stanza in stanzas
        if not _PIN.match(stanza) or "--hash=sha256:" not in stanza
    ]


def _traces(root: Path, found: list[Path]) -> list[str]:
    """Give the files that name this machine's folders, anybody's home, or an index of packages."""
    here = re.compile(re.escape(str(root)) + r"\b") if len(root.parts) > 2 else _HOMES
    return [
        str(path.relative_to(root))
        for path in found
        if path.suffix not in _PICTURES
        and (
            _HOMES.search(text := words(path)) or here.search(text) or any(name in text for name in _INDEXES)
        )
    ]
