"""Every row of ASVS 5.0 that we answer to has its evidence, and what the threat model names is there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture import asvs
from tests.architecture.tree import ROOT

LIST = asvs.read(ROOT / "docs" / "asvs.csv")
ASKED = asvs.asked(Path(__file__).with_name("asvs_5_0_0.csv"))
#: Every row of the standard's first and second level; of the third, those the project took on.
_OF_A_LEVEL = {"1": 70, "2": 183}
_PAGES = ("threat-model.md", "security-tests.md")


def test_every_row_is_answered_once_and_its_evidence_is_there() -> None:
    assert asvs.faults(LIST, ASKED, ROOT) == []


def test_all_of_the_first_two_levels_is_asked() -> None:
    levels = list(ASKED.values())
    assert {level: levels.count(level) for level in _OF_A_LEVEL} == _OF_A_LEVEL
    assert set(levels) <= {"1", "2", "3"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "99.1.1"}, "99.1.1: level 2 is not what was asked for"),
        ({"level": "1"}, "1.1.1: level 1 is not what was asked for"),
        ({"applies": "perhaps"}, "1.1.1: applies is 'perhaps'"),
        ({"applies": "no"}, "1.1.1: has evidence, and does not apply"),
        ({"evidence_kind": "none", "evidence": "", "note": " "}, "1.1.1: no evidence and no reason"),
        ({"evidence_kind": "none", "note": "why"}, "1.1.1: evidence of no kind"),
        ({"evidence_kind": "hope", "evidence": "x"}, "1.1.1: there is no hope x"),
        ({"evidence_kind": "setting", "evidence": "luck"}, "1.1.1: there is no setting luck"),
        ({"evidence_kind": "page", "evidence": "docs/none.md"}, "1.1.1: there is no page docs/none.md"),
        (
            {"evidence": "tests/trips/test_none.py::test_it"},
            "1.1.1: there is no test tests/trips/test_none.py::test_it",
        ),
        (
            {"evidence": "tests/architecture/test_asvs.py::test_gone"},
            "1.1.1: there is no test tests/architecture/test_asvs.py::test_gone",
        ),
        ({"note": "As ADR 20, 22 and 999 say."}, "1.1.1: there is no ADR 0999"),
        (
            {"evidence_kind": "page", "evidence": "docs/threat-model.md", "note": "Under: Luck."},
            "1.1.1: there is nothing under 'Luck' in threat-model.md",
        ),
        # A function, and no test that anything collects.
        (
            {"evidence": "tests/architecture/asvs.py::faults"},
            "1.1.1: there is no test tests/architecture/asvs.py::faults",
        ),
    ],
)
def test_a_planted_fault_is_named(change: dict[str, str], fault: str) -> None:
    sound = next(row for row in LIST if row.id == "1.1.1")
    changed = replace(sound, **change)
    assert fault in asvs.faults([changed], ASKED, ROOT)


def test_every_purpose_of_a_derived_key_is_in_the_inventory_and_no_other() -> None:
    said = (
        (ROOT / "docs" / "cryptography.md")
        .read_text(encoding="utf-8")
        .partition("## Keys that are derived")[2]
    )
    told = {
        name for line in said.splitlines() for name in re.findall(r"`([\w-]+)`", line.partition(" | ")[0])
    }
    assert told == asvs.purposes(ROOT / "intake")


def test_a_row_that_is_missing_or_there_twice_is_named() -> None:
    sound = [row for row in LIST if row.id in {"1.1.1", "1.1.2"}]
    two = {row.id: row.level for row in sound}
    assert asvs.faults(sound, two, ROOT) == []
    assert asvs.faults([sound[0], sound[0]], two, ROOT) == ["1.1.1: more than once", "1.1.2: not in the list"]


@pytest.mark.parametrize("name", _PAGES)
def test_what_a_page_names_is_there(name: str) -> None:
    said = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", said))
    linked = {link for link in re.findall(r"\]\(([^)#]+)\)", said) if "://" not in link}
    gone = [each for each in named if not (ROOT / each).is_file()]
    shown = set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", said))
    gone += [each for each in shown if not asvs.is_a_test(each, ROOT)]
    gone += [each for each in linked if not (ROOT / "docs" / each).exists()]
    assert linked
    assert gone == []
