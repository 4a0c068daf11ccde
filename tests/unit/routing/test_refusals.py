"""What is wrong in a file is named by file, line and field, word for word: somebody has to find it."""

import pytest

from intake.routing.directory_folder import make_directory
from intake.routing.places_file import read_places
from intake.routing.toml_table import DataFault
from tests.unit.routing.directory_texts import AUTHORITY, CODE, GAP, POLICE, TIMES, refusal, service

ONS_CODE = "must be an ONS code of England or Wales, such as E06000006"
WHOLE = AUTHORITY + TIMES + GAP + service()
PLACES = """[[council]]
nation = "england"
source = "x"
[council.names]
E06000006 = "Halton"
[[police_force]]
source = "x"
[police_force.names]
E23000006 = "cheshire"
"""


@pytest.mark.parametrize(
    ("said", "instead", "field", "why"),
    [
        ('code = "W06000024"', 'code = "6000024"', "authority.code", f"'6000024' {ONS_CODE}"),
        (
            'languages = ["en", "cy"]',
            'languages = ["Welsh"]',
            "authority.languages",
            "'Welsh' must be an ISO 639 code, such as cy",
        ),
        (
            'neighbours = ["W06000024", "W06000015"]',
            'neighbours = ["Cardiff"]',
            "authority.neighbours",
            f"'Cardiff' {ONS_CODE}",
        ),
        (
            "minutes = 240",
            "minutes = 0",
            "authority.limit.minutes",
            "must be one or more; leave the table out when the time is not known",
        ),
        (
            "minutes = 240",
            "minutes = 240\nchecked_on = 2026-11-23",
            "authority.limit.checked_on",
            "a check has a day and the name of whoever made it, or neither",
        ),
        (
            'slug = "front"',
            'slug = "The Front"',
            "service.slug",
            "'The Front' must be small letters, figures and hyphens, as in halton-icart",
        ),
        (
            'number = "01632 960001"',
            'number = "none"',
            "service.phone.number",
            "'none' must be a telephone number in figures",
        ),
        (
            "ends = 2026-12-26T09:00:00",
            "ends = 2026-12-25T00:00:00",
            "authority.accepted_gap.ends",
            "is not after it begins",
        ),
        (
            "ends = 2026-12-26T09:00:00",
            "ends = 2026-12-26",
            "authority.accepted_gap.ends",
            "must be a local time such as 2026-11-23T09:00:00, without quotation marks",
        ),
        (
            "accepted_on = 2026-11-23",
            'accepted_on = "2026-11-23"',
            "authority.accepted_gap.accepted_on",
            "must be a date such as 2026-11-23, without quotation marks",
        ),
        (
            'covers = ["W06000024"]',
            "",
            "service.covers",
            "give one of: covers, police_force, everywhere = true",
        ),
        (
            'name = "the front"',
            'name = "x"\nvalid_from = 2027-01-01\nvalid_to = 2026-12-31',
            "service.valid_to",
            "is before valid_from",
        ),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            "unknown = false",
            "service.hours.unknown",
            "can only be true; give the hours when they are known",
        ),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            "unknown = true\nnotation = 'off'",
            "service.hours.notation",
            "give one of: notation, unknown, whenever_closed, period",
        ),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            'whenever_closed = "back"',
            "service.hours.whenever_closed",
            "back is not the slug of a service",
        ),
        (
            'notation = "Mo-Fr 09:00-17:00; PH off"',
            'whenever_closed = "front"',
            "service.hours.whenever_closed",
            "follows its own closing: front -> front",
        ),
        (
            'slug = "front"',
            'slug = "police-101"',
            "service.slug",
            "police-101 is the slug of another service already",
        ),
        (
            'number = "01632 960001"',
            'number = "01632 960001"\nlanguage = "Welsh"',
            "service.phone.language",
            "'Welsh' must be an ISO 639 code, such as cy",
        ),
    ],
)
def test_a_fault_of_the_directory_is_named(said: str, instead: str, field: str, why: str) -> None:
    assert said in WHOLE
    fault = refusal(WHOLE.replace(said, instead, 1))
    assert fault.startswith(("local.toml, line ", "national.toml, line "))
    assert fault.split(": ", 1)[1] == f"{field}: {why}"


def test_a_service_nobody_can_ring_is_not_listed() -> None:
    text = service()
    phone = text[text.index("[[service.phone]]") : text.index("[service.hours]")]
    assert refusal(AUTHORITY + text.replace(phone, "")) == (
        "local.toml, line 8: service.phone: a service nobody can ring is not one to be listed"
    )


def test_a_fault_of_the_whole_directory_is_named() -> None:
    texts = {"a.toml": AUTHORITY, "b.toml": AUTHORITY, "national.toml": POLICE}
    with pytest.raises(DataFault) as fault:
        make_directory(texts, "")
    assert str(fault.value) == f"b.toml: authority.code: {CODE} has another file already"
    with pytest.raises(DataFault, match=r"^places\.toml, line 1: odd: is not a field of this format"):
        make_directory({"national.toml": POLICE}, "odd = 1")
    force = POLICE.replace("everywhere = true", 'police_force = "gwent"')
    assert refusal(AUTHORITY + service(), force) == ("the directory: police-101: gwent has a service already")
    assert refusal(AUTHORITY + service(), "") == (
        "the directory: police_emergency: exactly one service of this kind must be everywhere"
    )


def test_a_council_is_read_though_a_file_without_one_comes_first() -> None:
    directory = make_directory({"a.toml": POLICE, "b.toml": AUTHORITY + service()}, "")
    assert list(directory.authorities) == [CODE]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            '[[exact]]\npostcode = "WA8"\nauthority = "E06000006"',
            "line 11: exact.postcode: must be a whole postcode",
        ),
        (
            '[[exact]]\npostcode = "WA8 7QF"\nauthority = "E0"',
            "line 12: exact.authority: E0 is not among the authorities of this file",
        ),
        (
            '[[outward]]\ncodes = ["WA8"]\nauthorities = ["E0"]',
            "line 12: outward.authorities: E0 is not among the authorities of this file",
        ),
        (
            '[[outward]]\ncodes = ["WA8", "WA8"]\nauthorities = ["E06000006"]',
            "line 11: outward.codes: WA8 is already in the file",
        ),
    ],
)
def test_a_fault_of_the_places_is_named(row: str, fault: str) -> None:
    with pytest.raises(DataFault) as raised:
        read_places("places.toml", f'{PLACES}{row}\nsource = "x"\n')
    assert str(raised.value) == f"places.toml, {fault}"


def test_places_are_read_as_they_stand() -> None:
    rows = (
        '[[exact]]\npostcode = "WA8 7QF"\nauthority = "E06000006"\nsource = "x"\n'
        '[[outward]]\ncodes = ["WA8", "WA7"]\nauthorities = ["E06000006"]\nsource = "x"\n'
    )
    places = read_places("places.toml", PLACES + rows)
    halton = places.names["E06000006"]
    assert (halton.code, halton.name, halton.nation) == ("E06000006", "Halton", "england")
    assert places.exact == {"WA8 7QF": "E06000006"}
    assert {half: len(councils) for half, councils in places.outward.items()} == {"WA8": 1, "WA7": 1}
    assert places.police_forces == {"E23000006": "cheshire"}
