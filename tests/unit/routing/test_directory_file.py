"""What a directory file may say, and what is refused by name."""

from datetime import date
from pathlib import Path

import pytest

from intake.routing.codes import Audience, Standing
from intake.routing.directory_folder import make_directory, read_directory
from intake.routing.toml_table import DataFault
from intake.vocabulary import OpenState
from tests.unit.routing.cases import local
from tests.unit.routing.directory_texts import AUTHORITY, POLICE, make, refusal

SERVICE = """
[[service]]
slug = "front"
kind = "front_door"
name = "the front door"
covers = ["W06000024"]
source = "x"
[[service.phone]]
number = "01632 960001"
language = "cy"
source = "x"
checked_on = 2026-11-20
checked_by = "A. Person"
[service.hours]
notation = "Mo-Fr 09:00-17:00; PH off"
source = "x"
"""


def test_a_number_somebody_checked_says_who_and_when() -> None:
    phone = make(AUTHORITY + SERVICE).services["front"].phones[0]
    assert (phone.provenance.checked_on, phone.provenance.checked_by) == (date(2026, 11, 20), "A. Person")
    assert (phone.language, phone.unverified) == ("cy", False)


def test_what_a_leaflet_offers_is_read_with_its_standing() -> None:
    offered = """
[[support]]
slug = "a-line"
name = "A line to ring"
about = "For parents."
audience = "parents"
standing = "historic"
source = "x"
"""
    (resource,) = make(AUTHORITY + SERVICE + offered).support
    assert (resource.slug, resource.name, resource.about) == ("a-line", "A line to ring", "For parents.")
    assert (resource.audience, resource.standing) == (Audience.PARENTS, Standing.HISTORIC)
    assert (resource.phone, resource.url) == (None, None)


def test_a_dated_exception_is_kept_to() -> None:
    training = '[[service.hours.exception]]\non = 2026-11-25\nhours = "09:00-12:00"\n'
    hours = make(AUTHORITY + SERVICE + training).services["front"].hours
    assert hours.state_at(local("2026-11-25T13:00")) is OpenState.CLOSED
    assert hours.state_at(local("2026-11-26T13:00")) is OpenState.OPEN


def test_hours_follow_the_calendar_of_the_authoritys_nation() -> None:
    hours = make(AUTHORITY + SERVICE).services["front"].hours
    assert hours.state_at(local("2026-12-28T10:00")) is OpenState.CLOSED


def test_a_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "local.toml").write_text(AUTHORITY + SERVICE, encoding="utf-8")
    (tmp_path / "directory" / "national.toml").write_text(POLICE, encoding="utf-8")
    (tmp_path / "directory" / "notes.txt").write_text("not a file of the directory", encoding="utf-8")
    (tmp_path / "places.toml").write_text("", encoding="utf-8")
    directory = read_directory(tmp_path)
    assert list(directory.authorities) == ["W06000024"]
    assert directory.version == make(AUTHORITY + SERVICE).version


def test_any_change_of_a_file_is_another_version() -> None:
    before = make(AUTHORITY + SERVICE).version
    assert make(AUTHORITY + SERVICE.replace("960001", "960002")).version != before


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ('notation = "Mo-Fr 09:00-17:00; PH off"', 'notation = "nine to five"', "not in the notation"),
        ('notation = "Mo-Fr 09:00-17:00; PH off"', "", "give one of: notation, unknown"),
        ('notation = "Mo-Fr 09:00-17:00; PH off"', "unknown = false", "can only be true"),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            'whenever_closed = "nobody"',
            "nobody is not the slug of a service",
        ),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            'whenever_closed = "front"',
            "its own closing: front -> front",
        ),
        ('covers = ["W06000024"]', "", "give one of: covers, police_force"),
        ('covers = ["W06000024"]', 'covers = ["W06000024"]\neverywhere = true', "give one of: covers"),
        ('checked_by = "A. Person"', "", "or neither"),
        ("checked_on = 2026-11-20", "", "or neither"),
        ('[[service.phone]]\nnumber = "01632 960001"', '[[service.fax]]\nnumber = "1"', "nobody can ring"),
        ('kind = "front_door"', 'kind = "back_door"', "must be one of front_door"),
        ('slug = "front"', 'slug = "police-101"', "slug of another service already"),
        ('source = "x"\n[[service.phone]]', "[[service.phone]]", "service.source: is missing"),
        ('name = "the front door"', 'name = "the front door"\nfax = "1"', "not a field"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_named(said: str, instead: str, why: str) -> None:
    assert said in SERVICE
    assert why in refusal(AUTHORITY + SERVICE.replace(said, instead, 1))


def test_an_exception_needs_its_day() -> None:
    training = '[[service.hours.exception]]\nhours = "09:00-12:00"\n'
    assert "exception.on: is missing" in refusal(AUTHORITY + SERVICE + training)


def test_a_fault_in_a_field_is_named_by_its_line() -> None:
    line = (AUTHORITY + SERVICE).splitlines().index('notation = "Mo-Fr 09:00-17:00; PH off"') + 1
    said = refusal(AUTHORITY + SERVICE.replace("Mo-Fr", "Mon-Fri"))
    assert said.startswith(f"local.toml, line {line}: service.hours.notation: ")


def test_an_authority_has_one_file() -> None:
    with pytest.raises(DataFault, match="has another file already"):
        make_directory({"a.toml": AUTHORITY, "b.toml": AUTHORITY, "national.toml": POLICE}, "")


def test_a_force_has_one_service() -> None:
    force = POLICE[POLICE.index('\n[[service]]\nslug = "police-101"') :]
    force = force.replace("everywhere = true", 'police_force = "gwent"')
    twice = force.replace("police-101", "gwent-1") + force.replace("police-101", "gwent-2")
    assert "gwent has a service already" in refusal(AUTHORITY + SERVICE, POLICE + twice)


@pytest.mark.parametrize("missing", ["police-999", "police-101"])
def test_a_directory_without_the_police_is_no_directory(missing: str) -> None:
    kind = "police_emergency" if missing == "police-999" else "police"
    assert "exactly one service" in refusal(
        AUTHORITY + SERVICE, POLICE.replace(f'kind = "{kind}"', 'kind = "other"')
    )
