"""A referral: one name is enough, not knowing is an answer, and what was chosen is what is handed on."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from intake.forms.call import CallForm, ReferralCallForm
from intake.forms.referral import OTHER_COUNCIL, UNKNOWN_COUNCIL, ReferralForm
from intake.vocabulary import NotToldReason, ParentsTold

COUNCILS = {"E06000006": "Halton", OTHER_COUNCIL: "Another", UNKNOWN_COUNCIL: "Not known"}
GOOD = {
    "given_name": "O'Brien-Nguyễn",
    "home": "known",
    "home_postcode": "wa8 7qf",
    "home_council": "E06000006",
    "where_now": "With me",
    "danger_now": "no",
    "missing_now": "no",
    "parents_told": "no",
    "not_told_reasons": "risk_to_child",
    "sender_phone": "07700 900123",
}


def posted(**said: str) -> ReferralForm:
    answers = {name: value for name, value in {**GOOD, **said}.items() if value}
    choices = {"home_council": COUNCILS, "now_council": COUNCILS}
    return ReferralForm(MultiDict(answers), today=date(2026, 11, 23), choices=choices)


def test_a_child_with_one_name_is_referred_as_typed() -> None:
    form = posted()
    assert form.accepted(), form.problems()
    draft = form.draft()
    assert draft.child.full_name == "O'Brien-Nguyễn"
    assert draft.child.home_postcode == "wa8 7qf"
    assert draft.home_authority == "E06000006"
    assert draft.parents_told is ParentsTold.NO
    assert draft.not_told_reasons == (NotToldReason.RISK_TO_CHILD,)


@pytest.mark.parametrize("council", [OTHER_COUNCIL, UNKNOWN_COUNCIL, ""])
def test_a_council_that_is_not_listed_or_not_known_is_none(council: str) -> None:
    draft = posted(home_council=council).draft()
    assert draft.home_authority is None
    assert draft.another_council is (council == OTHER_COUNCIL)


@pytest.mark.parametrize(("home", "no_address"), [("no_fixed_address", True), ("not_known", False)])
def test_without_a_known_home_neither_postcode_nor_council_is_handed_on(home: str, no_address: bool) -> None:  # noqa: FBT001
    draft = posted(home=home).draft()
    assert draft.no_fixed_address is no_address
    assert (draft.child.home_postcode, draft.home_authority) == ("", None)
    assert not posted(home=home, home_council=OTHER_COUNCIL).draft().another_council


def test_an_age_alone_says_who_the_child_is() -> None:
    assert posted(given_name="", age_about="about 13").accepted()
    assert not posted(given_name="").accepted()


def test_a_day_of_birth_still_to_come_is_asked_about() -> None:
    form = posted(**{"born_on-day": "24", "born_on-month": "11", "born_on-year": "2026"})
    assert not form.accepted()


@pytest.mark.parametrize(("said", "hour"), [("14:30", 14), ("2.30pm", 14)])
def test_a_call_is_made_at_a_local_time(said: str, hour: int) -> None:
    day = {"called_on-day": "23", "called_on-month": "11", "called_on-year": "2026"}
    form = CallForm(MultiDict({"spoke_to": "Jan", "called_at": said, **day}), today=date(2026, 11, 23))
    assert form.accepted(), form.problems()
    assert form.draft().called_at.isoformat() == f"2026-11-23T{hour}:30:00+00:00"


def test_what_is_wrong_is_told_in_the_order_of_the_page() -> None:
    form = ReferralCallForm(MultiDict({"number": "1"}), today=date(2026, 11, 23))
    form.must_say_whom = True
    assert not form.accepted()
    asked = ("whom", "spoke_to", "answered", "called_on", "called_at")
    assert tuple(problem.anchor.removesuffix("-day") for problem in form.problems()) == asked
