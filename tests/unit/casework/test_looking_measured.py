"""The report held against a made-up desk: what docs/looking.md says it came to is what it comes to."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from intake.casework import looking
from intake.vocabulary import AskWhy
from tests.support.made_up_desk import BEGINS, ENDS, usual
from tests.support.snooping import measure, plant

_PAGE = Path(__file__).parents[3] / "docs" / "looking.md"
#: The seed nothing was ever tuned on.
_MEASURED = 2


def test_the_figures_of_the_page_are_those_of_the_measured_seed() -> None:
    measured = measure(_MEASURED)
    assert (len(measured.found), measured.missed) == (15, ())
    assert measured.false == Counter(
        {AskWhy.SOUGHT: 23, AskWhy.OUT_OF_ROTA: 13, AskWhy.COLLEAGUES_TIE: 3, AskWhy.OUT_OF_HOURS: 1}
    )
    said = re.findall(
        r"^\| ([\w ]+) \|[^|]*\| \*\*([^*]+)\*\* \|", _PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dict(said) == {
        "looks": f"{measured.looks:,}",
        "planted patterns found": f"{len(measured.found)} of 15",
        "false alarms": str(measured.false.total()),
        "in a thousand looks": f"{measured.false_in_a_thousand:.1f}",
    }


def test_a_desk_at_which_nobody_snoops_has_none_of_the_fifteen_in_its_report() -> None:
    quiet, desk = usual(_MEASURED), usual(_MEASURED)
    planted = plant(desk)
    said = {(one.person_id, one.why, one.at) for one in looking.worth_asking(quiet.found(), BEGINS, ENDS)}
    with_them = looking.worth_asking(desk.found(), BEGINS, ENDS)
    new = [one for one in with_them if (one.person_id, one.why, one.at) not in said]
    assert {(each.who, each.why) for each in planted} <= {(one.person_id, one.why) for one in new}


@pytest.mark.parametrize(
    ("line", "never", "missed"),
    [
        ("looking.MANY_CHILDREN", 1_000, ("through_the_whole_list",)),
        ("looking.MANY_NAMES", 1_000, ("names_page_by_page",)),
        ("looking.MANY_SEARCHES", 1_000, ("one_street_name_by_name",)),
        ("looking.MANY_REFUSALS", 1_000, ("addresses_tried_one_after_another",)),
        ("looking.CAME_BACK_DAYS", 1_000, ("the_same_case_day_after_day",)),
        ("own_name._SHORTEST", 1_000, ("a_child_of_their_own_name",)),
        ("rota.LEEWAY", timedelta(days=1_000), ("at_night", "on_a_day_off")),
    ],
)
def test_a_line_that_nobody_can_cross_is_noticed(
    line: str, never: object, missed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"intake.casework.{line}", never)
    assert measure(_MEASURED).missed == missed
