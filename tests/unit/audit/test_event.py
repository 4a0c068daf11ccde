"""An event holds ids, enums, numbers and times; a free word cannot get into one."""

import dataclasses
import json
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, ClassVar
from uuid import UUID

import pytest

from intake.audit.event import INSTALLATION, Code, Event, Subject, canonical, detail_of, instant_text
from intake.vocabulary import Answer, Compartment, SubjectKind

_ID = UUID(int=10)
_AT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Anything(Event):
    """An event that does not say what it holds."""

    NAME: ClassVar[str] = "thing.happened"
    value: Any


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Answer.YES, "yes"),
        (_ID, "00000000-0000-0000-0000-00000000000a"),
        (True, True),
        (7, 7),
        (_AT, "2026-11-23T09:05:00.000000+00:00"),
        (date(2026, 11, 23), "2026-11-23"),
        (b"\x01\xff", "01ff"),
        (b"x" * 32, "78" * 32),
        (Code("E06000006"), "E06000006"),
        ((), []),
        ((_ID,), ["00000000-0000-0000-0000-00000000000a"]),
        ((Compartment.HUB, Compartment.REFERRAL), ["B", "A"]),
    ],
)
def test_ids_enums_numbers_times_and_codes_are_written(value: object, said: object) -> None:
    assert detail_of(_Anything(value)) == {"value": said}


def test_what_is_not_there_is_not_written() -> None:
    assert detail_of(_Anything(None)) == {}


@pytest.mark.parametrize(
    "value",
    [
        "Mair",
        "",
        b"x" * 33,
        1.5,
        ["Mair"],
        {"name": "Mair"},
        ("Mair",),
        ((_ID,), (_ID,)),
        object(),
        timedelta(days=1),
    ],
)
def test_whatever_could_be_a_word_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="an event cannot hold"):
        detail_of(_Anything(value))


@pytest.mark.parametrize("value", ["halton-icart", "E06000006", "2026-11-23.1", "concern-words:1", "a" * 80])
def test_a_code_is_one_unbroken_run(value: str) -> None:
    assert Code(value) == value


@pytest.mark.parametrize("value", ["", "two words", "-x", "a" * 81, "a\n", "Siân", "a,b", "<b>"])
def test_what_is_no_code_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        Code(value)


@pytest.mark.parametrize("reference", [None, "C-7K3M-9QTX", "R-234A", "CF-7K3M-9QTX"])
def test_a_subject_is_named_by_its_reference(reference: str | None) -> None:
    assert Subject(SubjectKind.CONCERN, _ID, reference).reference == reference


@pytest.mark.parametrize("reference", ["", "Mair", "C 7K3M", "c-7k3m-9qtx", "C-7K3M-9QTX "])
def test_a_subject_is_named_by_nothing_else(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        Subject(SubjectKind.CONCERN, _ID, reference)


def test_the_installation_has_no_id() -> None:
    assert dataclasses.asdict(INSTALLATION) == {
        "kind": SubjectKind.INSTALLATION,
        "id": None,
        "reference": None,
    }


def test_an_instant_is_written_in_utc_whatever_its_zone() -> None:
    summer = datetime(2026, 7, 1, 10, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert instant_text(summer) == "2026-07-01T09:00:00.000005+00:00"


def test_an_instant_is_written_in_utc_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        said = instant_text(_AT)
    time.tzset()
    assert said == "2026-11-23T09:05:00.000000+00:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        instant_text(datetime(2026, 7, 1, 10))  # noqa: DTZ001 - what is being refused


def test_json_is_always_written_the_same_way() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"\\u00e9","b":1}'
    assert json.loads(canonical({"b": [True, None]})) == {"b": [True, None]}
