"""The check that somebody answers at every minute."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from intake.calendars.hours import UnknownHours, WheneverClosed, WrittenHours
from intake.routing.coverage import Coverage, Gap, Unreached, coverage
from intake.routing.directory import Service, ServiceHours
from intake.vocabulary import Nation, OpenState
from tests.unit.routing.cases import CARDIFF, DIRECTORY, HALTON, local

MONDAY_MORNING = local("2026-11-23T00:00")


class Counted:
    """Written hours that count how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._hours = WrittenHours("Mo-Su 08:00-20:00", Nation.ENGLAND)

    def state_at(self, instant: datetime) -> OpenState:
        self.asked += 1
        return self._hours.state_at(instant)

    def next_change(self, instant: datetime) -> datetime | None:
        self.asked += 1
        return self._hours.next_change(instant)


def with_hours(service: Service, notation: str | None) -> Service:
    hours = WrittenHours(notation, Nation.ENGLAND) if notation else UnknownHours()
    return replace(service, on_duty=ServiceHours(hours, (), (), service.on_duty.provenance))


def checked(code: str, *services: Service, police: str = "24/7", days: int = 7) -> Coverage:
    directory = replace(
        DIRECTORY,
        by_authority={code: services or DIRECTORY.by_authority[code]},
        by_force={},
        police_anywhere=with_hours(DIRECTORY.police_anywhere, police),
    )
    return coverage(directory, DIRECTORY.authorities[code], MONDAY_MORNING, days)


OFFICE, EMERGENCY = DIRECTORY.services["halton-icart"], DIRECTORY.services["halton-edt"]


def test_halton_has_somebody_at_every_minute() -> None:
    found = checked(HALTON, days=400)
    assert (found.gaps, found.unknown_hours) == ((), ())


def test_the_hours_as_the_leaflet_prints_them_leave_a_hole_at_the_weekend() -> None:
    week = "Mo 17:00-24:00; Tu-Th 00:00-09:00,17:00-24:00; Fr 00:00-09:00,16:30-24:00; Sa 00:00-09:00"
    printed = with_hours(EMERGENCY, week)
    assert checked(HALTON, OFFICE, printed).gaps == (
        Gap(MONDAY_MORNING, local("2026-11-23T09:00")),
        Gap(local("2026-11-28T09:00"), local("2026-11-30T00:00")),
    )


def test_a_gap_across_a_change_of_the_police_is_one_gap() -> None:
    never = with_hours(EMERGENCY, "off")
    assert checked(HALTON, never, police="Mo-Su 09:00-17:00", days=2).gaps == (
        Gap(MONDAY_MORNING, MONDAY_MORNING + timedelta(days=2)),
    )


def test_unknown_hours_are_named_and_no_gap_while_the_police_stand_behind_them() -> None:
    found = checked(CARDIFF)
    assert found.gaps == ()
    assert found.unknown_hours == ("cardiff-mash", "cardiff-edt")


def test_unknown_hours_with_nobody_behind_them_are_a_gap() -> None:
    gaps = checked(CARDIFF, police="Mo-Su 00:00-12:00", days=1).gaps
    assert gaps == (Gap(local("2026-11-23T12:00"), local("2026-11-24T00:00")),)


def test_a_number_is_named_until_it_is_checked_and_again_after_half_a_year() -> None:
    def last_checked(day: date) -> Service:
        phone = OFFICE.phones[0]
        proof = replace(phone.provenance, checked_on=day, checked_by="A. Person")
        return replace(OFFICE, phones=(replace(phone, provenance=proof),))

    fresh, stale = date(2026, 5, 27), date(2026, 5, 26)
    assert [n.service for n in checked(HALTON, last_checked(fresh)).not_checked] == ["police-101"]
    named = checked(HALTON, last_checked(stale)).not_checked[0]
    assert (named.service, named.number, named.checked_on) == ("halton-icart", "0151 907 8305", stale)
    assert checked(HALTON).not_checked[0].checked_on is None


def test_the_police_behind_unknown_hours_are_those_of_the_councils_own_force() -> None:
    nobody = with_hours(DIRECTORY.by_force["south-wales"], "off")
    directory = replace(DIRECTORY, by_force={"south-wales": nobody})
    cardiff = DIRECTORY.authorities[CARDIFF]
    found = coverage(directory, cardiff, MONDAY_MORNING, 1)
    assert found.authority is cardiff
    assert found.gaps == (Gap(MONDAY_MORNING, MONDAY_MORNING + timedelta(days=1)),)


def test_a_council_without_a_service_is_one_gap() -> None:
    directory = replace(DIRECTORY, by_authority={})
    found = coverage(directory, DIRECTORY.authorities[HALTON], MONDAY_MORNING, 3)
    assert found.gaps == (Gap(MONDAY_MORNING, MONDAY_MORNING + timedelta(days=3)),)
    assert [one.service for one in found.not_checked] == ["police-101-cheshire"]


def test_services_that_follow_each_other_in_a_row_ask_the_first_no_oftener() -> None:
    def asked(followers: int) -> int:
        first = Counted()
        row: list[Any] = [first]
        for _ in range(followers):
            row.append(WheneverClosed((row[-1],)))
        services = (replace(OFFICE, on_duty=ServiceHours(each, (), (), OFFICE.provenance)) for each in row)
        assert checked(HALTON, *services).gaps == ()
        return first.asked

    assert asked(30) == asked(1) > 0


def test_who_follows_two_that_relieve_each_other_is_never_there() -> None:
    days, nights = "Mo-Su 08:00-20:00", "Mo-Su 00:00-08:00,20:00-24:00"
    by_day, by_night = with_hours(OFFICE, days), with_hours(EMERGENCY, nights)
    both = WheneverClosed((by_day.hours, by_night.hours))
    third = replace(by_day, slug="third", on_duty=ServiceHours(both, (), (), OFFICE.provenance))
    found = checked(HALTON, by_day, by_night, third, days=3)
    assert (found.gaps, found.unreached) == ((), (("third", Unreached.NEVER_ON_DUTY),))
