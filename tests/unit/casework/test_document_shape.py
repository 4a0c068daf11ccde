"""Each type a document may hold is written one way and read back the same."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Optional
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.document_shape import WrongShape, shape_of
from intake.vocabulary import Answer, Colour


class Floor(Enum):
    """A storey of a house, by a number and not by a word."""

    GROUND = 0


@dataclass(frozen=True, slots=True)
class Inner:
    """A part."""

    colour: Colour


@dataclass(frozen=True, slots=True)
class Everything:
    """One field of every kind."""

    text: str
    number: int
    sure: bool
    day: date
    at: datetime
    row_id: UUID
    answer: Answer | None
    words: tuple[str, ...]
    pair: tuple[str, int]
    parts: tuple[Inner, ...]
    part: Optional[Inner] = None  # noqa: UP045 - the older spelling of the same type is read as well


EVERYTHING = st.builds(
    Everything,
    text=st.text(),
    number=st.integers(),
    sure=st.booleans(),
    day=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    row_id=st.uuids(),
    answer=st.none() | st.sampled_from(Answer),
    words=st.lists(st.text()).map(tuple),
    pair=st.tuples(st.text(), st.integers()),
    parts=st.lists(st.builds(Inner)).map(tuple),
    part=st.none() | st.builds(Inner),
)


@given(EVERYTHING)
def test_a_value_written_as_json_is_read_back_the_same(value: Everything) -> None:
    shape = shape_of(Everything)

    through_json = json.loads(json.dumps(shape.write(value)))

    assert shape.read(through_json) == value


def test_the_shape_of_a_class_is_worked_out_once() -> None:
    assert shape_of(Everything) is shape_of(Everything)


def test_the_name_of_a_shape_says_every_field_and_its_type() -> None:
    assert shape_of(Everything).name == (
        "Everything(text: str, number: int, sure: bool, day: date, at: datetime, row_id: UUID,"
        " answer: Answer?, words: (str, ...), pair: (str, int), parts: (Inner(colour: Colour), ...),"
        " part: Inner(colour: Colour)?)"
    )


def test_an_instant_is_written_in_utc_whatever_its_offset() -> None:
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))

    assert shape_of(datetime).write(summer) == "2026-07-01T08:30:00+00:00"


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (str, 7),
        (str, None),
        (int, True),
        (int, "7"),
        (bool, 1),
        (date, datetime(2026, 7, 1, tzinfo=UTC)),
        (date, "2026-07-01"),
        (datetime, datetime(2026, 7, 1)),  # noqa: DTZ001 - without an offset on purpose
        (datetime, date(2026, 7, 1)),
        (UUID, "00000000-0000-0000-0000-000000000001"),
        (Answer, "yes"),
        (Answer, Colour.RED),
        (Answer | None, "yes"),
        (tuple[str, ...], ["a"]),
        (tuple[str, ...], ("a", 1)),
        (tuple[str, int], ("a",)),
        (tuple[str, int], ("a", 1, 2)),
        (Inner, None),
    ],
)
def test_a_value_that_is_not_of_its_type_is_never_written(hint: object, value: object) -> None:
    with pytest.raises(WrongShape):
        shape_of(hint).write(value)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (str, 7),
        (int, True),
        (int, 1.5),
        (bool, 0),
        (date, "2026-02-30"),
        (date, "20260701"),
        (date, 20260701),
        (datetime, "2026-07-01T08:30:00"),
        (datetime, "2026-07-01T08:30:00Z"),
        (datetime, "2026-07-01T09:30:00+01:00"),
        (UUID, "{00000000-0000-0000-0000-000000000001}"),
        (UUID, "not one"),
        (Answer, "perhaps"),
        (Answer, 1),
        (Answer, ["yes"]),
        (Answer | None, "perhaps"),
        (tuple[str, ...], "ab"),
        (tuple[str, ...], ["a", 1]),
        (tuple[str, int], ["a"]),
        (Inner, []),
        (Inner, {}),
        (Inner, {"colour": "red", "more": ""}),
    ],
)
def test_a_value_of_another_shape_is_never_read(hint: object, value: object) -> None:
    with pytest.raises(WrongShape):
        shape_of(hint).read(value)  # type: ignore[arg-type]


def test_a_complaint_never_quotes_the_value() -> None:
    with pytest.raises(WrongShape) as complaint:
        shape_of(date).read("the child's name")

    assert "child" not in str(complaint.value)


@pytest.mark.parametrize("hint", [float, dict[str, str], list[str], int | str, object, Floor])
def test_a_document_cannot_hold_any_other_type(hint: object) -> None:
    with pytest.raises(TypeError):
        shape_of(hint)
