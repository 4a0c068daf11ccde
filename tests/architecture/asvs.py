"""What is wrong with the list of what ASVS asks: a row that is missing, or evidence that is not there."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from config import KeySettings, MailSettings, Settings

_SETTINGS = {each.name for kind in (Settings, KeySettings, MailSettings) for each in fields(kind)}


_UNDER = re.compile(r"Under: ([^.;]+)")
_ADRS = re.compile(r"ADR ((?:\d+(?:, | and )?)+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of ASVS, and what we have to show for it."""

    id: str
    level: str
    applies: str
    evidence_kind: str
    evidence: str
    note: str


def read(path: Path) -> list[Row]:
    """Read the list."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Row(**row) for row in csv.DictReader(lines)]


def asked(path: Path) -> dict[str, str]:
    """Read which rows must be in it, with their levels."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["level"] for row in csv.DictReader(lines)}


def faults(rows: list[Row], wanted: dict[str, str], root: Path) -> list[str]:
    """Give each fault as 'id: what is wrong'."""
    found = [f"{each}: not in the list" for each in wanted.keys() - {row.id for row in rows}]
    found += [
        f"{each}: more than once" for each, times in Counter(row.id for row in rows).items() if times > 1
    ]
    return sorted([*found, *(f"{row.id}: {what}" for row in rows for what in _of(row, wanted, root))])


def _of(row: Row, wanted: dict[str, str], root: Path) -> Iterator[str]:
    if wanted.get(row.id) != row.level:
        yield f"level {row.level} is not what was asked for"
    if row.applies not in {"yes", "no"}:
        yield f"applies is {row.applies!r}"
    if row.applies == "no" and row.evidence_kind != "none":
        yield "has evidence, and does not apply"
    if row.evidence_kind == "none":
        if not row.note.strip():
            yield "no evidence and no reason"
        if row.evidence:
            yield "evidence of no kind"
    elif not _is_there(row, root):
        yield f"there is no {row.evidence_kind} {row.evidence}"
    yield from _of_note(row, root)


def _of_note(row: Row, root: Path) -> Iterator[str]:
    yield from (f"there is no ADR {each}" for each in sorted(_decisions(row.note) - _numbers(root)))
    page, under = root / row.evidence, _UNDER.search(row.note)
    if under and page.is_file() and under[1] not in _headings(page):
        yield f"there is nothing under {under[1]!r} in {page.name}"


def _headings(page: Path) -> frozenset[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    return frozenset(line.lstrip("#").strip() for line in lines if line.startswith("#"))


def _decisions(note: str) -> set[str]:
    """Give the numbers that a note names after 'ADR', four figures each."""
    named = _ADRS.findall(note)
    return {number.zfill(4) for some in named for number in re.findall(r"\d+", some)}


def _numbers(root: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in (root / "docs" / "adr").glob("*.md")}


def _is_there(row: Row, root: Path) -> bool:
    if row.evidence_kind == "setting":
        return row.evidence in _SETTINGS
    if row.evidence_kind == "page":
        return row.evidence.startswith("docs/") and (root / row.evidence).is_file()
    return row.evidence_kind == "test" and is_a_test(row.evidence, root)


def is_a_test(said: str, root: Path) -> bool:
    """Whether `path::name` names a test."""
    place, _, name = said.partition("::")
    file = root / place
    # pytest collects a function of this name from a file of this name, and no other.
    return file.name.startswith("test_") and name.startswith("test_") and name in _functions(file)


@cache
def _functions(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    module = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in module.body if isinstance(node, ast.FunctionDef))


def purposes(code: Path) -> frozenset[str]:
    """Give what every key derived from the ring's seed is for, as the code names it."""
    return frozenset(
        name for file in sorted(code.rglob("*.py")) for name in _purposes(file.read_text(encoding="utf-8"))
    )


def _purposes(text: str) -> Iterator[str]:
    if ".derive(" not in text:
        return
    module = ast.parse(text)
    named = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "derive":
            purpose = node.args[0] if node.args else None
            if isinstance(purpose, ast.Constant):
                yield str(purpose.value)
            elif isinstance(purpose, ast.Name) and purpose.id in named:
                yield str(named[purpose.id])
