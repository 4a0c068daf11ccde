"""What the check names besides gaps: what somebody accepted, who overlaps, and whom nobody ever reaches."""

from datetime import timedelta

import pytest

from intake.routing.coverage import Coverage, Gap, Overlap, Unreached, coverage
from intake.vocabulary import ServiceKind
from tests.unit.routing.cases import DIRECTORY, local
from tests.unit.routing.directory_texts import AUTHORITY, CODE, make, service

BEGINS_AT = local("2026-11-23T00:00")
ALWAYS = 'notation = "24/7"'
DAYS, NIGHTS = 'notation = "Mo-Su 08:00-20:00"', 'notation = "Mo-Su 00:00-08:00,20:00-24:00"'
ENGLISH, ENGLISH_CODE = AUTHORITY.replace(CODE, "E06000024").replace("wales", "england"), "E06000024"


def found(local_file: str, days: int = 7, code: str = CODE) -> Coverage:
    directory = make(local_file)
    return coverage(directory, directory.authorities[code], BEGINS_AT, days)


def gap_accepted(begins: str, ends: str) -> str:
    return f"""
[[authority.accepted_gap]]
begins = {begins}:00
ends = {ends}:00
reason = "The team is being moved."
accepted_by = "A. Person"
accepted_on = 2026-11-23
"""


FIRST_NIGHT = Gap(local("2026-11-23T20:00"), local("2026-11-24T00:00"))


def test_what_closes_as_the_time_looked_at_ends_leaves_no_gap() -> None:
    assert found(AUTHORITY + service("front", 'notation = "Mo 00:00-24:00"'), days=1).gaps == ()


@pytest.mark.parametrize(
    ("accepted", "left"),
    [
        ((), (FIRST_NIGHT,)),
        ((("2026-11-23T20:00", "2026-11-24T00:00"),), ()),
        ((("2026-11-01T00:00", "2026-12-24T00:00"),), ()),
        (
            (("2026-11-23T20:01", "2026-11-24T00:00"),),
            (Gap(FIRST_NIGHT.begins_at, local("2026-11-23T20:01")),),
        ),
        ((("2026-11-23T20:00", "2026-11-23T23:59"),), (Gap(local("2026-11-23T23:59"), FIRST_NIGHT.ends_at),)),
        (
            (("2026-11-23T21:00", "2026-11-23T22:00"), ("2026-11-23T23:00", "2026-11-24T00:00")),
            (
                Gap(FIRST_NIGHT.begins_at, local("2026-11-23T21:00")),
                Gap(local("2026-11-23T22:00"), local("2026-11-23T23:00")),
            ),
        ),
    ],
)
def test_only_what_nobody_has_accepted_is_a_gap(
    accepted: tuple[tuple[str, str], ...], left: tuple[Gap, ...]
) -> None:
    one = found(
        AUTHORITY
        + "".join(gap_accepted(*window) for window in accepted)
        + service("front", 'notation = "Mo-Su 00:00-20:00"'),
        days=1,
    )
    assert one.gaps == left
    assert [gap.reason for gap in one.accepted] == ["The team is being moved."] * len(accepted)


@pytest.mark.parametrize(
    "window", [("2026-11-23T10:00", "2026-11-23T20:00"), ("2026-11-24T00:00", "2026-11-25T00:00")]
)
def test_an_accepted_time_without_a_gap_is_not_named(window: tuple[str, str]) -> None:
    one = found(
        AUTHORITY + gap_accepted(*window) + service("front", 'notation = "Mo-Su 00:00-20:00"'), days=1
    )
    assert (one.gaps, one.accepted) == ((FIRST_NIGHT,), ())


def test_two_of_a_kind_at_once_are_named_with_the_time_as_one() -> None:
    one = found(
        AUTHORITY
        + service("first", ALWAYS)
        + service("second", DAYS)
        # Changes inside the time of the overlap do not cut it in two.
        + service("edt", 'notation = "Mo-Su 10:00-12:00"', kind="emergency_duty"),
        days=2,
    )
    assert one.overlaps == tuple(
        Overlap(
            ServiceKind.FRONT_DOOR,
            ("first", "second"),
            BEGINS_AT + timedelta(days=day, hours=8),
            BEGINS_AT + timedelta(days=day, hours=20),
        )
        for day in (0, 1)
    )


def test_those_who_relieve_each_other_do_not_overlap() -> None:
    assert found(AUTHORITY + service("days", DAYS) + service("nights", NIGHTS)).overlaps == ()


def test_a_service_nobody_is_ever_sent_to_is_named_with_why() -> None:
    one = found(
        AUTHORITY
        + service("front", ALWAYS)
        + service("edt", NIGHTS, kind="emergency_duty")
        + service("standby", "unknown = true", kind="standby")
        + service("team", 'notation = "off"', kind="duty_team")
    )
    assert one.unreached == (
        ("team", Unreached.NEVER_ON_DUTY),
        ("edt", Unreached.ALWAYS_BEHIND),
        ("standby", Unreached.ALWAYS_BEHIND),
    )


def test_somebody_behind_hours_nobody_has_confirmed_is_reached() -> None:
    one = found(
        AUTHORITY + service("front", "unknown = true") + service("edt", ALWAYS, kind="emergency_duty")
    )
    assert (one.unreached, one.unknown_hours) == ((), ("front",))


def test_hours_that_end_with_their_last_period_are_named_as_not_known() -> None:
    period = 'source = "x"\n[[service.hours.period]]\nvalid_to = 2026-11-24\nnotation = "24/7"'
    text = AUTHORITY + service("front", ALWAYS).replace(ALWAYS + '\nsource = "x"', period + '\nsource = "x"')
    assert found(text, days=1).unknown_hours == ()
    assert found(text, days=3).unknown_hours == ("front",)


@pytest.mark.parametrize(
    ("days_of_it", "named"),
    [
        ("valid_to = 2026-11-22", ()),
        ("valid_to = 2026-11-23", ("late",)),
        ("valid_from = 2026-11-29", ("late",)),
        ("valid_from = 2026-11-30", ()),
    ],
)
def test_only_services_that_are_there_in_the_time_looked_at_are_judged(
    days_of_it: str, named: tuple[str, ...]
) -> None:
    late = service("late", DAYS, kind="standby", more=days_of_it)
    one = found(AUTHORITY + service("front", ALWAYS) + late)
    assert tuple(slug for slug, _ in one.unreached) == named


def test_in_wales_a_number_answered_in_welsh_is_missed() -> None:
    welsh = service("front", ALWAYS).replace(
        'number = "01632 960001"', 'number = "01632 960001"\nlanguage = "cy"'
    )
    late = welsh.replace('language = "cy"', 'language = "cy"\nvalid_from = 2027-01-01')
    beside = '[[service.phone]]\nnumber = "01632 960002"\nsource = "x"\n'
    assert found(AUTHORITY + service("front", ALWAYS)).languages_missing == ("cy",)
    assert found(AUTHORITY + welsh).languages_missing == ()
    assert found(AUTHORITY + late + beside).languages_missing == ("cy",)
    english = (ENGLISH + service("front", ALWAYS)).replace(
        f'covers = ["{CODE}"]', f'covers = ["{ENGLISH_CODE}"]'
    )
    assert found(english, code=ENGLISH_CODE).languages_missing == ()


def test_three_councils_of_south_east_wales_have_no_office_listed_and_that_is_accepted_until_a_day() -> None:
    for code in ("W06000018", "W06000019", "W06000021"):
        authority = DIRECTORY.authorities[code]
        one = coverage(DIRECTORY, authority, BEGINS_AT, 400)
        assert (one.gaps, len(one.accepted)) == ((), 1)
        later = coverage(DIRECTORY, authority, local("2029-01-01T00:00"), 7)
        assert later.gaps[0] == Gap(local("2029-01-02T08:30"), local("2029-01-02T17:00"))
