"""A small invented directory as texts, to be changed one field at a time."""

import pytest

from intake.routing.directory import Authority, Directory, Service
from intake.routing.directory_folder import make_directory
from intake.routing.toml_table import DataFault

CODE = "W06000024"
POLICE = """
[[service]]
slug = "police-999"
kind = "police_emergency"
name = "999"
everywhere = true
source = "x"
[[service.phone]]
number = "999"
source = "x"
[service.hours]
notation = "24/7"
source = "x"

[[service]]
slug = "police-101"
kind = "police"
name = "the police"
everywhere = true
source = "x"
[[service.phone]]
number = "101"
source = "x"
[service.hours]
notation = "24/7"
source = "x"
"""
AUTHORITY = f"""
[authority]
code = "{CODE}"
name = "Merthyr Tydfil"
nation = "wales"
source = "x"
"""
OFFICE_HOURS = 'notation = "Mo-Fr 09:00-17:00; PH off"'

TIMES = """
zone = "Europe/London"
languages = ["en", "cy"]
neighbours = ["W06000024", "W06000015"]
[[authority.clock]]
act = "decide"
minutes = 1440
source = "the council's thresholds"
[[authority.limit]]
colour = "red"
minutes = 240
working_time = true
source = "the council's thresholds"
"""
GAP = """
[[authority.accepted_gap]]
begins = 2026-12-25T00:00:00
ends = 2026-12-26T09:00:00
reason = "The team is being moved."
accepted_by = "A. Person"
accepted_on = 2026-11-23
"""
WAYS = """
[[service.receives]]
channel = "secure_email"
where = "duty@example.org"
hours = "Mo-Fr 09:00-16:00; PH off"
source = "x"
[[service.receives]]
channel = "telephone"
urgent_only = true
hours = "Mo-Fr 16:00-20:00"
source = "x"
[[service.receives]]
channel = "own_form"
where = "https://example.org/form"
hours = "Sa 09:00-12:00"
source = "x"
"""


def service(slug: str = "front", hours: str = OFFICE_HOURS, more: str = "", kind: str = "front_door") -> str:
    """Give one service; `more` is what stands behind its plain fields."""
    return f"""
[[service]]
slug = "{slug}"
kind = "{kind}"
name = "the {slug}"
covers = ["{CODE}"]
source = "x"
{more}
[[service.phone]]
number = "01632 960001"
source = "x"
[service.hours]
{hours}
source = "x"
"""


def make(local: str, national: str = POLICE, **others: str) -> Directory:
    """Make a directory of a local file, what is national, and others by name."""
    files = {f"{name}.toml": text for name, text in others.items()}
    return make_directory({"local.toml": local, "national.toml": national, **files}, "")


def front(local: str) -> Service:
    """Give the service `front` of a local file."""
    return make(AUTHORITY + local).services["front"]


def authority(text: str) -> Authority:
    """Give the authority of a local file."""
    return make(text).authorities[CODE]


def refusal(local: str, national: str = POLICE, **others: str) -> str:
    """Give the words with which a directory is refused."""
    with pytest.raises(DataFault) as raised:
        make(local, national, **others)
    return str(raised.value)


def _periods(second: str) -> str:
    return f"""source = "x"
[[service.hours.period]]
valid_to = 2026-11-30
notation = "Mo-Fr 09:00-17:00; PH off"
source = "the old page"
[[service.hours.period.exception]]
on = 2026-11-25
hours = "off"
[[service.hours.period]]
valid_from = {second}
valid_to = 2026-12-31
unknown = true
source = "the new page\""""


def with_periods(second: str = "2026-12-01") -> str:
    """Give a service whose hours change on a day; the second period begins when it is said to."""
    return service().replace('notation = "Mo-Fr 09:00-17:00; PH off"\nsource = "x"', _periods(second))
