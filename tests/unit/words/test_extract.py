"""An extract in words: every field that may go has its own, and a text is what stands on the page."""

import dataclasses
from datetime import UTC, date, datetime
from typing import get_args, get_type_hints

from intake.casework.documents.concern import ConcernDetail, FollowUp, HarmNoted, SignNoted
from intake.casework.documents.meeting import Minute, PlanRow
from intake.casework.documents.referral import ColourReason
from intake.casework.extract import FIELDS, ExtractAsked, Passage, passage
from intake.vocabulary import Audience, Colour
from intake.words.audiences import AUDIENCES, HELD_BACK, WHAT_GOES, WHAT_IS_HELD
from intake.words.extract import LABELS, Line, section, text_of

_AT = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
#: Said under the words of the catalogue, and not by a label.
_BY_THE_CATALOGUE = {SignNoted, HarmNoted, FollowUp}


def _holds_documents(hint: object) -> bool:
    return any(dataclasses.is_dataclass(each) for each in (hint, *get_args(hint)))


def test_whatever_may_go_has_words_of_its_own() -> None:
    for kind in FIELDS.keys() - _BY_THE_CATALOGUE:
        hints = get_type_hints(kind)
        said = {
            field
            for field, listed in FIELDS[kind].items()
            if listed.to and not _holds_documents(hints[field])
        }
        assert said - {"locations"} == LABELS.get(kind, {}).keys(), kind
    assert AUDIENCES.keys() == WHAT_GOES.keys()
    assert HELD_BACK.keys() == WHAT_IS_HELD.keys()


def test_signs_stand_under_the_words_of_their_edition() -> None:
    detail = Passage(
        ConcernDetail,
        (
            ("catalogue_version", "2026-11"),
            ("signs", (Passage(SignNoted, (("code", "unknown_vehicles"), ("when", "twice"))),)),
            ("locations", ("park",)),
        ),
    )
    shown = section(Passage(Minute, (("statements", (detail,)),)), _AT, None)
    assert [line.text for line in shown.lines] == ["twice", "Park", "2026-11"]
    assert shown.when == "10:42am on 23 November 2026"


def test_the_text_is_every_word_from_top_to_bottom() -> None:
    plan = (PlanRow("Ring her", "", date(2026, 11, 26), ""),)
    asked = ExtractAsked(Audience.COURT)
    goes = passage(ColourReason("A car waits."), asked)
    shown = section(goes, _AT, Colour.RED)
    assert shown.lines == (Line("Colour", "Red"), Line("Why", "A car waits."))
    assert text_of((shown, shown)) == "\n".join([shown.text] * 2)
    assert shown.text.split("\n") == [shown.heading, shown.when, "Colour", "Red", "Why", "A car waits."]
    row = section(Passage(Minute, (("plan", tuple(passage(each, asked) for each in plan)),)), _AT, None)
    assert row.lines == (Line("To do", "Ring her"), Line("By when", "26 November 2026"))
