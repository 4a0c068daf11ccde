"""The browser tests find a Chromium, get one where they may, or say what to install."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.browser import NoChromium, ensure_chromium, find_chromium


def test_the_first_that_starts_is_taken(tmp_path: Path) -> None:
    _program(tmp_path, "chromium", exit_code=1)
    browser = _program(tmp_path, "chromium-browser")
    _program(tmp_path, "google-chrome")

    assert find_chromium({"PATH": str(tmp_path)}) == browser


def test_one_named_is_the_only_one_tried(tmp_path: Path) -> None:
    _program(tmp_path, "chromium")
    mine = _program(tmp_path, "mine")

    assert find_chromium({"PATH": str(tmp_path), "CHROMIUM": str(mine)}) == mine
    assert find_chromium({"PATH": str(tmp_path), "CHROMIUM": str(tmp_path / "gone")}) is None


def test_root_with_apt_installs_one(tmp_path: Path) -> None:
    _program(tmp_path, "apt-get")
    told: list[str] = []

    def run(command: Sequence[str]) -> None:
        told.append(" ".join(command))
        _program(tmp_path, "chromium")

    found = ensure_chromium({"PATH": str(tmp_path)}, is_root=True, run=run)

    assert found == tmp_path / "chromium"
    assert told == ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends chromium"]


@pytest.mark.parametrize(("is_root", "apt"), [(False, True), (True, False)])
def test_anyone_else_is_told_what_to_install(tmp_path: Path, *, is_root: bool, apt: bool) -> None:
    if apt:
        _program(tmp_path, "apt-get")

    with pytest.raises(NoChromium, match="apt install chromium"):
        ensure_chromium({"PATH": str(tmp_path)}, is_root=is_root, run=_never)


def test_an_installation_that_brings_none_is_told(tmp_path: Path) -> None:
    _program(tmp_path, "apt-get")

    with pytest.raises(NoChromium):
        ensure_chromium({"PATH": str(tmp_path)}, is_root=True, run=len)


def _never(command: Sequence[str]) -> None:
    pytest.fail(f"ran {command}")


def _program(folder: Path, name: str, *, exit_code: int = 0) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
