"""An extract in words: every field that may go has its own, and a text is what stands on the page."""

import dataclasses
from datetime import UTC, date, datetime
from typing import get_args, get_type_hints

from intake.casework.documents.concern import ConcernDetail, FollowUp, HarmNoted, SignNoted
from intake.casework.documents.meeting import Minute, PlanRow
from intake.casework.documents.referral import ColourReason
from intake.casework.extract import FIELDS, ExtractAsked, Passage, passage
from intake.casework.timeline import Step, Timeline
from intake.vocabulary import Audience, Colour, HeldBack, StepTaken
from intake.words.audiences import AUDIENCES, FILE_GOES, FILE_HELD, HELD_BACK, WHAT_GOES, WHAT_IS_HELD
from intake.words.extract import LABELS, Line, section, text_of

_AT = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
#: Said under the words of the catalogue, or a step under its time, and not by a label.
_WITHOUT_LABELS = {SignNoted, HarmNoted, FollowUp, Step}


def _holds_documents(hint: object) -> bool:
    return any(dataclasses.is_dataclass(each) for each in (hint, *get_args(hint)))


def test_whatever_may_go_has_words_of_its_own() -> None:
    for kind in FIELDS.keys() - _WITHOUT_LABELS:
        hints = get_type_hints(kind)
        said = {
            field
            for field, listed in FIELDS[kind].items()
            if listed.to and not _holds_documents(hints[field])
        }
        assert said - {"locations"} == LABELS.get(kind, {}).keys(), kind
    assert AUDIENCES.keys() == FILE_GOES.keys() == WHAT_GOES.keys() | {Audience.SCHOOL}
    assert HELD_BACK.keys() == WHAT_IS_HELD.keys() == FILE_HELD.keys()


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


def test_what_was_done_is_told_under_its_time_with_who_and_where_only_as_they_go() -> None:
    done = Timeline(
        (
            Step(_AT, StepTaken.RECORDED, "C-7K3M-9QTX", "", "Priya Nair"),
            Step(_AT, StepTaken.ARRIVED, "R-7K3M-9QTX", "Halton iCART", ""),
        )
    )
    asked = ExtractAsked(Audience.FAMILY)
    shown = section(passage(done, asked), _AT, None)
    at = "10:42am on 23 November 2026"
    assert (shown.when, [line.label for line in shown.lines]) == ("", [at, at])
    assert shown.lines[0].text == "Concern written down: C-7K3M-9QTX"
    whole = section(passage(done, ExtractAsked(Audience.FAMILY, frozenset(HeldBack))), _AT, None)
    assert [line.text for line in whole.lines] == [
        "Concern written down: C-7K3M-9QTX, by Priya Nair",
        "Referral arrived with the duty service: R-7K3M-9QTX, Halton iCART",
    ]


def test_a_document_of_a_file_says_of_what_it_is() -> None:
    shown = section(Passage(Minute, ()), _AT, None, "C-7K3M-9QTX")
    assert shown.lines == (Line("Reference", "C-7K3M-9QTX"),)
