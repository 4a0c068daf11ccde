"""Measures the check of a directory as large as England and Wales: made-up councils of three tiers each."""

import time
from dataclasses import dataclass
from datetime import datetime

from intake.routing.coverage import coverage
from intake.routing.directory import Directory
from intake.routing.directory_folder import directory_of, read_texts

_DAYS = 400
_NATIONAL, _PLACES = "national.toml", "places.toml"
_AUTHORITY = """[authority]
code = "E99{number:06d}"
name = "Made-up council {number}"
nation = "england"
source = "made up"
"""
_SERVICE = """
[[service]]
slug = "{slug}-{number}"
kind = "{kind}"
name = "made up"
covers = ["E99{number:06d}"]
source = "made up"
[[service.phone]]
number = "01632 960000"
source = "made up"
[service.hours]
{hours}
source = "made up"
"""


@dataclass(frozen=True, slots=True)
class CouncilsMeasured:
    """What reading and checking a directory took, in seconds on the wall and of the processor."""

    councils: int
    days: int
    read_seconds: float
    check_seconds: float
    check_processor_seconds: float
    gaps: int


def councils(count: int) -> Directory:
    """Make a directory of so many councils, no two of them with the same hours next to each other."""
    texts = {name: text for name, text in read_texts().items() if name in {_NATIONAL, _PLACES}}
    return directory_of({**texts, **{f"council-{n}.toml": _council(n) for n in range(count)}})


def measure_councils(count: int, at: datetime) -> CouncilsMeasured:
    """Make, read and check so many councils, every minute of 400 days."""
    began = time.perf_counter()
    directory = councils(count)
    read = time.perf_counter()
    worked = time.process_time()
    gaps = sum(len(coverage(directory, one, at, _DAYS).gaps) for one in directory.authorities.values())
    return CouncilsMeasured(
        councils=count,
        days=_DAYS,
        read_seconds=read - began,
        check_seconds=time.perf_counter() - read,
        check_processor_seconds=time.process_time() - worked,
        gaps=gaps,
    )


def _council(number: int) -> str:
    minute = f"{number % 60:02d}"
    tiers = {
        "front_door": f'notation = "Mo-Th 08:{minute}-17:{minute}; Fr 08:{minute}-16:30; PH off"',
        "duty_team": f'notation = "Mo-Fr 17:{minute}-21:{minute}; PH off"',
        "emergency_duty": f'whenever_closed = ["front-door-{number}", "duty-team-{number}"]',
    }
    services = (
        _SERVICE.format(slug=kind.replace("_", "-"), kind=kind, number=number, hours=hours)
        for kind, hours in tiers.items()
    )
    return _AUTHORITY.format(number=number) + "".join(services)
