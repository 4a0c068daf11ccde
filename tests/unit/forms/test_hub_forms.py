"""The short forms of the duty desk, and what is looked for in the trail."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from werkzeug.datastructures import MultiDict

from intake.casework.drafts import ColourDraft
from intake.casework.limits import ColourLimit
from intake.forms.decision import DecisionForm
from intake.forms.limits import LimitsForm, answers_of
from intake.forms.meeting import MeetingForm
from intake.forms.note import NoteForm
from intake.forms.trail import TrailForm
from intake.forms.triage import ActForm, ColourForm
from intake.queries.trail import TrailFilter
from intake.vocabulary import Colour, Decision

MEETING = {
    "on-day": "24",
    "on-month": "11",
    "on-year": "2026",
    "at": "2pm",
    "place": "Room 2",
    "purpose": "To agree who sees Maya",
    "invitees-0-name": "Anna Okafor",
}


def test_a_button_carries_the_version_it_was_pressed_on() -> None:
    form = ActForm(MultiDict({"version": "7"}))
    assert form.accepted()
    assert form.draft() == 7


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999"])
def test_a_button_of_no_version_is_not_taken(version: str) -> None:
    assert not ActForm(MultiDict({"version": version})).accepted()


def test_a_colour_comes_with_its_reason() -> None:
    form = ColourForm(MultiDict({"version": "3", "colour": "red", "reason": "A car waits."}))
    assert form.accepted()
    assert form.draft() == ColourDraft(Colour.RED, "A car waits.")


def test_a_colour_that_was_not_offered_is_refused() -> None:
    assert not ColourForm(MultiDict({"version": "3", "colour": "mauve", "reason": "?"})).accepted()


def test_a_decision_names_all_it_still_has_to_say() -> None:
    form = DecisionForm(MultiDict({"version": "3", "decision": "duplicate", "rationale": "Seen before"}))
    assert not form.accepted()
    assert [problem.anchor for problem in form.problems()] == ["now_with", "would_change_it", "to_school"]


def test_a_decision_that_goes_on_asks_no_more() -> None:
    form = DecisionForm(MultiDict({"version": "3", "decision": "assessment", "rationale": "The signs"}))
    assert form.accepted()
    assert form.draft().decision is Decision.ASSESSMENT


def test_a_decision_left_open_is_asked_for_first() -> None:
    form = DecisionForm(MultiDict({"version": "3"}))
    assert not form.accepted()
    assert [problem.anchor for problem in form.problems()] == ["decision", "rationale"]


def test_a_note_keeps_every_line_and_space() -> None:
    form = NoteForm(MultiDict({"text": "One\r\n\r\n  two "}))
    assert form.accepted()
    assert form.draft() == "One\n\n  two "


def test_a_meeting_is_at_a_local_time() -> None:
    form = MeetingForm(MultiDict(MEETING))
    assert form.accepted()
    assert form.draft().starts_at == datetime(2026, 11, 24, 14, tzinfo=UTC)
    summer = MeetingForm(MultiDict(MEETING | {"on-month": "7"}))
    assert summer.accepted()
    assert summer.draft().starts_at == datetime(2026, 7, 24, 13, tzinfo=UTC)


@pytest.mark.parametrize("year", ["1", "2062", "9999"])
def test_a_meeting_in_a_year_that_cannot_be_meant_is_asked_after(year: str) -> None:
    form = MeetingForm(MultiDict(MEETING | {"on-year": year.zfill(4)}), today=date(2026, 11, 23))
    assert not form.accepted()
    assert [problem.anchor for problem in form.problems()] == ["on-day"]


def test_somebody_with_neither_name_nor_job_is_not_invited() -> None:
    form = MeetingForm(MultiDict(MEETING | {"invitees-1-name": "", "invitees-2-agency": "Health"}))
    assert not form.accepted()
    assert [problem.anchor for problem in form.problems()] == ["invitees-2-name"]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("90", 90),
        ("90 minutes", 90),
        ("1 min", 1),
        ("4 hours", 240),
        ("4h", 240),
        (" 1 Hour ", 60),
        ("", None),
        ("soon", None),
        ("4 days", None),
        ("-4", None),
        ("4.5 hours", None),
        ("²", None),
    ],
)
def test_a_length_is_read_as_people_write_it(said: str, minutes: int | None) -> None:
    assert LimitsForm(MultiDict({"red": said})).red.minutes == minutes


def test_limits_say_how_they_are_counted() -> None:
    form = LimitsForm(
        MultiDict({"red": "4 hours", "red_counted": "open", "blue": "90", "blue_counted": "clock"})
    )
    assert form.accepted()
    assert form.draft() == {Colour.RED: (240, True), Colour.BLUE: (90, False)}


def test_no_time_at_all_is_not_a_limit() -> None:
    form = LimitsForm(MultiDict({"red": "0", "red_counted": "open"}))
    assert not form.accepted()


def test_limits_fill_the_form_in_the_way_it_understands() -> None:
    limits = (
        ColourLimit("E06000006", Colour.RED, 240, working_time=True),
        ColourLimit("E06000006", Colour.GREEN, 100, working_time=False),
    )
    assert LimitsForm(data=answers_of(limits)).draft() == {
        Colour.RED: (240, True),
        Colour.GREEN: (100, False),
    }


def test_the_trail_is_looked_through_by_anything_or_nothing() -> None:
    person = uuid4()
    said = MultiDict({"reference": " r-7k3m-9qtx ", "person": str(person), "event": "referral.taken"})
    form = TrailForm(said, choices={"person": {person: "Sam Reed"}})
    assert form.accepted()
    assert form.draft() == TrailFilter("R-7K3M-9QTX", person, "referral.taken", None)
    assert TrailForm(MultiDict({"reference": ""}), choices={"person": {}}).draft() == TrailFilter()


def test_a_stranger_is_not_to_be_chosen_in_the_trail() -> None:
    form = TrailForm(MultiDict({"person": str(uuid4())}), choices={"person": {uuid4(): "Sam Reed"}})
    assert not form.accepted()
