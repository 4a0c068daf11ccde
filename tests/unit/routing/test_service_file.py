"""What a file says of a service, on both sides of every day and minute it names."""

from datetime import date

import pytest

from intake.calendars.hours import PeriodHours, WheneverClosed
from intake.routing.codes import WrittenChannel
from intake.vocabulary import OpenState, ServiceKind
from tests.unit.routing.cases import local
from tests.unit.routing.directory_texts import (
    AUTHORITY,
    CODE,
    WAYS,
    front,
    make,
    refusal,
    service,
    with_periods,
)

MONDAY = local("2026-11-23T10:00")


def test_a_service_is_there_on_its_days_and_closed_outside_them() -> None:
    directory = make(AUTHORITY + service(more="valid_from = 2026-11-23\nvalid_to = 2026-11-30"))
    for at, there in (
        ("2026-11-22T23:59", False),
        ("2026-11-23T00:00", True),
        ("2026-11-30T23:59", True),
        ("2026-12-01T00:00", False),
    ):
        assert bool(directory.of_kind(CODE, ServiceKind.FRONT_DOOR, local(at))) is there
        assert bool(directory.duty_services(CODE, local(at))) is there
    hours = directory.services["front"].hours
    assert hours.state_at(local("2026-11-20T10:00")) is OpenState.CLOSED
    assert hours.next_change(local("2026-11-20T10:00")) == local("2026-11-23T09:00")
    assert hours.state_at(local("2026-12-01T10:00")) is OpenState.CLOSED


def test_services_are_tried_by_their_kind_whatever_the_order_of_the_file() -> None:
    kinds = ("standby", "emergency_duty", "other", "duty_team", "front_door", "lado")
    directory = make(AUTHORITY + "".join(service(kind.replace("_", "-"), kind=kind) for kind in kinds))
    tried = [found.slug for found in directory.duty_services(CODE, MONDAY)]
    assert tried == ["front-door", "duty-team", "emergency-duty", "standby"]
    assert [found.slug for found in directory.of_kind(CODE, ServiceKind.LADO, MONDAY)] == ["lado"]
    assert directory.of_kind("E06000006", ServiceKind.LADO, MONDAY) == ()


CHANGED_NUMBER = """
valid_to = 2026-11-30
[[service.phone]]
number = "01632 960002"
valid_from = 2026-12-01
source = "x"
[[service.phone]]
number = "01632 960003"
language = "cy"
source = "x"
"""


def test_a_number_changes_on_its_day_and_one_in_another_language_stands_beside_it() -> None:
    found = front(
        service().replace(
            'number = "01632 960001"\nsource = "x"', f'number = "01632 960001"\nsource = "x"{CHANGED_NUMBER}'
        )
    )
    for at, number in (("2026-11-30T23:59", "01632 960001"), ("2026-12-01T00:00", "01632 960002")):
        assert found.phone_at(local(at)).number == number
        assert [phone.language for phone in found.other_phones_at(local(at))] == ["cy"]


def test_outside_its_term_a_service_still_has_the_number_it_had() -> None:
    found = front(
        service(more="valid_to = 2026-11-30").replace(
            'number = "01632 960001"', 'number = "01632 960001"\nvalid_to = 2026-11-30'
        )
    )
    assert found.phone_at(local("2027-01-01T10:00")).number == "01632 960001"
    assert found.other_phones_at(local("2027-01-01T10:00")) == ()


def test_a_day_without_any_number_is_refused() -> None:
    ends = service().replace('number = "01632 960001"', 'number = "01632 960001"\nvalid_to = 2026-11-30')
    assert "service.phone: there are days on which none of these numbers holds" in refusal(AUTHORITY + ends)


@pytest.mark.parametrize(
    ("at", "channel", "urgent_only"),
    [
        ("2026-11-23T08:59", None, None),
        ("2026-11-23T09:00", WrittenChannel.SECURE_EMAIL, False),
        ("2026-11-23T15:59", WrittenChannel.SECURE_EMAIL, False),
        ("2026-11-23T16:00", WrittenChannel.TELEPHONE, True),
        ("2026-11-23T19:59", WrittenChannel.TELEPHONE, True),
        ("2026-11-23T20:00", None, None),
        ("2026-11-28T09:00", WrittenChannel.OWN_FORM, False),
        ("2026-12-25T10:00", None, None),
    ],
)
def test_words_are_taken_in_the_way_of_that_hour(
    at: str, channel: WrittenChannel | None, *, urgent_only: bool | None
) -> None:
    way = front(service() + WAYS).receives_at(local(at))
    assert (way and way.channel, way and way.urgent_only) == (channel, urgent_only)


def test_a_way_without_hours_is_there_at_any_hour() -> None:
    way = '[[service.receives]]\nchannel = "here"\nsource = "x"\n'
    found = front(service() + way).receives_at(local("2026-11-22T03:00"))
    assert found is not None
    assert (found.channel, found.where, found.urgent_only) == (WrittenChannel.HERE, None, False)


@pytest.mark.parametrize(
    ("at", "urgent_only"),
    [
        ("2026-11-23T09:00", False),
        ("2026-11-23T16:29", False),
        ("2026-11-23T16:30", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T16:45", False),
        ("2026-11-25T11:29", False),
        ("2026-11-25T11:30", True),
        ("2026-11-25T12:00", False),
    ],
)
def test_in_its_last_half_hour_a_desk_takes_only_what_cannot_wait(at: str, *, urgent_only: bool) -> None:
    training = '[[service.hours.exception]]\non = 2026-11-25\nhours = "09:00-12:00"\n'
    way = '[[service.receives]]\nchannel = "here"\nsource = "x"\n'
    found = front(service(more="urgent_only_before_closing = 30") + training + way)
    assert found.urgent_only_at(local(at)) is urgent_only
    taken = found.receives_at(local(at))
    assert taken is not None
    assert taken.urgent_only is urgent_only


def test_a_desk_that_never_closes_or_whose_hours_are_not_known_has_no_last_half_hour() -> None:
    for hours in ('notation = "24/7"', "unknown = true"):
        found = front(service(hours=hours, more="urgent_only_before_closing = 30"))
        assert not found.urgent_only_at(MONDAY)


def test_hours_change_on_a_day_each_with_its_source() -> None:
    found = front(with_periods())
    assert isinstance(found.hours, PeriodHours)
    for at, state, source in (
        ("2026-11-30T10:00", OpenState.OPEN, "the old page"),
        ("2026-11-25T10:00", OpenState.CLOSED, "the old page"),
        ("2026-12-01T00:00", OpenState.UNKNOWN, "the new page"),
        ("2027-01-01T10:00", OpenState.UNKNOWN, "x"),
    ):
        assert found.hours.state_at(local(at)) is state
        assert found.on_duty.source_at(local(at)).source == source


def test_in_one_period_hours_may_follow_anothers_closing() -> None:
    text = with_periods().replace("unknown = true", 'whenever_closed = "standby"')
    found = front(text + service("standby", 'notation = "Mo-Su 08:00-20:00"', kind="standby"))
    states = [found.hours.state_at(local(at)) for at in ("2026-12-01T10:00", "2026-12-01T21:00")]
    assert states == [OpenState.CLOSED, OpenState.OPEN]


def test_a_period_that_does_not_end_has_none_after_it() -> None:
    endless = with_periods().replace("valid_to = 2026-11-30\n", "valid_from = 2026-11-01\n")
    assert "begins before the period above it has ended" in refusal(AUTHORITY + endless)
    from_ever = with_periods().replace("valid_from = 2026-12-01\n", "")
    assert "begins before the period above it has ended" in refusal(AUTHORITY + from_ever)


def test_periods_do_not_run_into_each_other() -> None:
    said = refusal(AUTHORITY + with_periods(second="2026-11-30"))
    assert "service.hours.period.valid_from: begins before the period above it has ended" in said
    line = (AUTHORITY + with_periods(second="2026-11-30")).splitlines().index("valid_from = 2026-11-30") + 1
    assert said.startswith(f"local.toml, line {line}: ")


def test_three_tiers_follow_each_other_in_one_night_across_files() -> None:
    evening = 'notation = "Mo-Fr 17:00-22:00; PH off"'
    directory = make(
        AUTHORITY
        + service("relief", 'whenever_closed = "standby"', kind="other")
        + service("standby", 'whenever_closed = ["front", "evening", "edt"]', kind="standby")
        + service("evening", evening, kind="duty_team"),
        # The file of another council, read after the first.
        other=service("edt", 'notation = "Mo-Su 00:00-02:00,22:00-24:00"', kind="emergency_duty")
        + service("front", 'notation = "Mo-Fr 09:00-17:00; PH off"\nnation = "wales"'),
    )
    for at, slug in (
        ("2026-11-23T16:59", "front"),
        ("2026-11-23T17:00", "evening"),
        ("2026-11-23T21:59", "evening"),
        ("2026-11-23T22:00", "edt"),
        ("2026-11-24T01:59", "edt"),
        ("2026-11-24T02:00", "standby"),
        ("2026-11-24T08:59", "standby"),
        ("2026-11-24T09:00", "front"),
    ):
        there = [
            one.slug
            for one in directory.duty_services(CODE, local(at))
            if one.hours.state_at(local(at)) is OpenState.OPEN
        ]
        assert there == [slug]
        relieved = directory.services["relief"].hours.state_at(local(at)) is OpenState.OPEN
        assert relieved is (slug != "standby")
    assert directory.services["standby"].on_duty.follows == ("front", "evening", "edt")
    assert list(directory.services)[:3] == ["relief", "standby", "evening"]


def test_whoever_follows_a_service_that_ends_answers_from_the_day_it_has_ended() -> None:
    directory = make(
        AUTHORITY
        + service(more="valid_from = 2026-11-23\nvalid_to = 2026-11-23")
        + service("edt", 'whenever_closed = "front"', kind="emergency_duty")
    )
    hours = directory.services["edt"].hours
    assert isinstance(hours, WheneverClosed)
    assert hours.state_at(local("2026-11-23T10:00")) is OpenState.CLOSED
    assert hours.state_at(local("2026-11-24T10:00")) is OpenState.OPEN


def test_a_circle_of_closings_is_refused_by_name() -> None:
    circle = (
        service("one", 'whenever_closed = "two"')
        + service("two", 'whenever_closed = ["three"]')
        + service("three", 'whenever_closed = "two"')
    )
    assert "follows its own closing: two -> three -> two" in refusal(AUTHORITY + circle)


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ('slug = "front"', 'slug = "Front Door"', "service.slug: 'Front Door' must be small letters"),
        (f'covers = ["{CODE}"]', 'covers = ["Cardiff"]', "must be an ONS code"),
        ('number = "01632 960001"', 'number = "ring us"', "must be a telephone number in figures"),
        ('number = "01632 960001"', 'number = "٠٢٩ ٢٠٥٣"', "must be a telephone number in figures"),
        ('number = "01632 960001"', f'number = "{"0" * 21}"', "must be a telephone number in figures"),
        ('number = "01632 960001"', 'number = "01632 960001"\nlanguage = "Welsh"', "must be an ISO 639 code"),
        (
            'name = "the front"',
            'name = "x"\nvalid_from = 2027-01-01\nvalid_to = 2026-12-31',
            "before valid_from",
        ),
        ('name = "the front"', 'name = "x"\nurgent_only_before_closing = "30"', "must be a whole number"),
        ('name = "the front"', 'name = "x"\nurgent_only_before_closing = -1', "must be a whole number"),
        ('name = "the front"', 'name = "x"\nurgent_only_before_closing = true', "must be a whole number"),
        ('name = "the front"', 'name = "x"\nvalid_from = 2026-11-23T10:00:00', "must be a date"),
        ("notation =", "nation = 1\nnotation =", "must be words"),
        ("notation =", "period = []\nnotation =", "give one of"),
        ('notation = "Mo-Fr 09:00-17:00; PH off"', "whenever_closed = [1]", "must be a list of words"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_named(said: str, instead: str, why: str) -> None:
    assert said in service()
    assert why in refusal(AUTHORITY + service().replace(said, instead, 1))


def test_in_a_file_without_an_authority_the_bank_holidays_are_somebodys() -> None:
    said = refusal(AUTHORITY, shared=service())
    assert "shared.toml, line" in said
    assert "service.hours.nation: say whose bank holidays PH means" in said


def test_one_day_has_one_exception() -> None:
    day = '[[service.hours.exception]]\non = 2026-11-25\nhours = "off"\n'
    text = AUTHORITY + service() + day + day
    said = refusal(text)
    assert "service.hours.exception.on: 2026-11-25 has an exception already" in said
    assert f"line {len(text.splitlines()) - 1}:" in said


def test_a_fault_in_the_second_number_is_named_by_its_own_line() -> None:
    text = AUTHORITY + service() + '[[service.phone]]\nnumber = "x"\nsource = "x"\n'
    line = text.splitlines().index('number = "x"') + 1
    assert refusal(text).startswith(f"local.toml, line {line}: ")


def test_a_number_says_when_it_was_checked() -> None:
    checked = 'number = "01632 960001"\nchecked_on = 2026-11-20\nchecked_by = "A. Person"'
    phone = front(service().replace('number = "01632 960001"', checked)).phones[0]
    assert phone.provenance.checked_on == date(2026, 11, 20)


def test_a_file_has_as_many_services_as_a_check_gets_through_while_somebody_waits() -> None:
    listed = [service(f"s-{number}") for number in range(31)]
    assert len(make(AUTHORITY + "".join(listed[:30])).by_authority[CODE]) == 30
    assert "service: more than 30 of these are not taken" in refusal(AUTHORITY + "".join(listed))
