"""What somebody who passes a referral on, declines one or finds a breach still has to say."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from intake.casework import passing
from intake.casework.drafts import BreachDraft, PassOnDraft, WrongPlaceDraft
from intake.errors import Refused
from intake.vocabulary import BreachAct, PassingWhy

ASKED: list[tuple[Callable[[str], None], str, str]] = [
    (
        lambda said: passing.require_passing(PassOnDraft(PassingWhy.WRONG_AREA, said, None)),
        "reason",
        "passing.reason_missing",
    ),
    (passing.require_declining, "reason", "passing.decline_missing"),
    (
        lambda said: passing.require_wrong_place(WrongPlaceDraft(said, None)),
        "reason",
        "breach.reason_missing",
    ),
    (lambda said: passing.require_entry(BreachDraft(BreachAct.DO, said)), "words", "breach.words_missing"),
]


@pytest.mark.parametrize(("require", "field", "code"), ASKED)
def test_every_act_has_its_reason(require: Callable[[str], None], field: str, code: str) -> None:
    require("She moved.")
    with pytest.raises(Refused) as refused:
        require(" - ")
    assert (refused.value.field, refused.value.message) == (field, code)


def test_a_breach_is_reported_within_three_days_of_being_found() -> None:
    friday = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert passing.report_by(friday) == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
