"""The report held against a made-up desk: what docs/looking.md says it came to is what it comes to."""

import re
from collections import Counter
from pathlib import Path

import pytest

from intake.casework import looking
from intake.vocabulary import AskWhy
from tests.support.snooping import BEGINS, ENDS, measure, plant, usual

_PAGE = Path(__file__).parents[3] / "docs" / "looking.md"
#: The seed nothing was ever tuned on.
_MEASURED = 2


def test_the_figures_of_the_page_are_those_of_the_measured_seed() -> None:
    measured = measure(_MEASURED)
    assert (len(measured.found), measured.missed) == (10, ())
    assert measured.false == Counter({AskWhy.SOUGHT: 23, AskWhy.COLLEAGUES_TIE: 3, AskWhy.OUT_OF_HOURS: 1})
    said = re.findall(
        r"^\| ([\w ]+) \|[^|]*\| \*\*([^*]+)\*\* \|", _PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dict(said) == {
        "looks": f"{measured.looks:,}",
        "planted patterns found": f"{len(measured.found)} of 10",
        "false alarms": str(measured.false.total()),
        "in a thousand looks": f"{measured.false_in_a_thousand:.1f}",
    }


def test_a_desk_at_which_nobody_snoops_has_none_of_the_ten_in_its_report() -> None:
    quiet, desk = usual(_MEASURED), usual(_MEASURED)
    planted = plant(desk)
    said = {(one.person_id, one.why, one.at) for one in looking.worth_asking(quiet.found(), BEGINS, ENDS)}
    with_them = looking.worth_asking(desk.found(), BEGINS, ENDS)
    new = [one for one in with_them if (one.person_id, one.why, one.at) not in said]
    assert {(each.who, each.why) for each in planted} <= {(one.person_id, one.why) for one in new}


@pytest.mark.parametrize(
    ("line", "missed"),
    [
        ("MANY_CHILDREN", "through_the_whole_list"),
        ("MANY_SEARCHES", "one_street_name_by_name"),
        ("MANY_REFUSALS", "addresses_tried_one_after_another"),
        ("CAME_BACK_DAYS", "the_same_case_day_after_day"),
    ],
)
def test_a_line_that_nobody_can_cross_is_noticed(
    line: str, missed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, line, 1_000)
    assert measure(_MEASURED).missed == (missed,)
