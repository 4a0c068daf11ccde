"""The clock of the bench."""

import time
from datetime import timedelta

from intake.bench.office_hours import MONDAY_AT_TEN, OfficeHours
from intake.calendars.working_days import is_working_day
from intake.vocabulary import Nation


def test_it_runs_on_from_a_plain_monday_morning() -> None:
    clock = OfficeHours(began=time.perf_counter() - 90)
    assert timedelta(seconds=90) <= clock.now() - MONDAY_AT_TEN < timedelta(seconds=100)
    assert OfficeHours().now() < OfficeHours(began=0).now()
    assert all(is_working_day(nation, MONDAY_AT_TEN.date()) for nation in Nation)
