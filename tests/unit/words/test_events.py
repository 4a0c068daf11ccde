"""Every event of the trail can be read aloud."""

import dataclasses
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import pytest

from intake.audit.event import Code, Event, detail_of
from intake.audit.events import EVENTS
from intake.words.events import SENTENCES, sentence
from intake.words.particulars import particulars

PERSON = uuid4()


def test_every_event_has_a_sentence_and_every_sentence_an_event() -> None:
    assert set(SENTENCES) == set(EVENTS)


def test_no_two_events_read_alike() -> None:
    said = [str(words) for words in SENTENCES.values()]
    assert len(set(said)) == len(said)


def test_what_a_later_version_wrote_is_said_to_be_not_understood() -> None:
    assert "no words for" in str(sentence("child.cloned"))


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.NAME)
def test_whatever_an_event_holds_is_put_into_words_or_left_out(event: type[Event]) -> None:
    made = event(**{name: _example(hint) for name, hint in _fields(event).items()})
    words = particulars(event.NAME, detail_of(made), {PERSON: "Sam Reed"})

    assert all(words)
    assert not [said for said in words if str(PERSON) in said or "_" in said]


def test_a_colour_a_role_and_a_person_are_said() -> None:
    given = {"role": "duty_worker", "person_id": str(PERSON)}

    assert particulars("referral.coloured", {"colour": "red"}, {}) == ("Red",)
    assert particulars("membership.given", given, {PERSON: "Sam Reed"}) == ("Duty worker", "Sam Reed")
    assert particulars("membership.given", given, {}) == ("Duty worker",)


def test_what_presses_is_said_and_what_does_not_is_left_out() -> None:
    pressing = {"danger_now": "yes", "missing_now": "no"}

    assert particulars("concern.recorded", pressing, {}) == ("danger now",)
    assert particulars("concern.recorded", {"danger_now": "no", "missing_now": "yes"}, {}) == ("missing now",)


def test_ids_are_counted_and_none_is_no_number() -> None:
    assert particulars("identity_cards.listed", {"case_ids": ["a", "b"]}, {}) == ("2 names shown",)
    assert particulars("meeting.opened", {"minute_ids": []}, {}) == ()


def test_the_parts_of_a_case_are_named_and_the_whole_is_called_the_whole() -> None:
    assert particulars("referral.opened", {"compartments": ["D"]}, {}) == ("who the child is",)
    assert particulars("referral.opened", {"compartments": ["A", "B", "D", "R"]}, {}) == ("all of it",)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"colour": "red", "minutes": 240, "working_time": True}, "4 hours while the service is open"),
        ({"colour": "red", "minutes": 90, "working_time": False}, "1 hour 30 minutes"),
    ],
)
def test_a_time_limit_is_said_as_it_was_entered(limit: Mapping[str, object], said: str) -> None:
    assert particulars("colour_limit.set", limit, {}) == ("Red", said)


@pytest.mark.parametrize(("whole", "said"), [(True, "unaltered"), (False, "a fault was found")])
def test_what_a_check_found_is_said(whole: bool, said: str) -> None:  # noqa: FBT001 - a fact of the table
    assert said in particulars("audit.verified", {"whole": whole, "entries": 3}, {})


def _fields(event: type[Event]) -> dict[str, typing.Any]:
    hints = typing.get_type_hints(event)
    return {field.name: hints[field.name] for field in dataclasses.fields(event)}


def _example(hint: typing.Any) -> object:  # noqa: ANN401 - a type hint is any object
    if typing.get_origin(hint) is tuple:
        return (_example(typing.get_args(hint)[0]),)
    options = [each for each in typing.get_args(hint) or (hint,) if each is not type(None)]
    kind = options[0]
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    examples = {
        UUID: PERSON,
        int: 2,
        bool: True,
        bytes: b"\x01" * 16,
        datetime: datetime(2026, 11, 23, 10, tzinfo=UTC),
        date: date(2026, 11, 23),
        Code: Code("halton-icart"),
    }
    return examples[kind]
