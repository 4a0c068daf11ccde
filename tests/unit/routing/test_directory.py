"""The shipped directory: what the leaflets and the pages say, and where each fact was read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from intake.calendars.hours import UnknownHours, WheneverClosed
from intake.routing.codes import Standing
from intake.routing.directory import Provenance
from intake.routing.directory_folder import read_directory
from intake.routing.places import AuthorityName
from intake.vocabulary import Nation, ServiceKind
from tests.unit.routing.cases import CARDIFF, DIRECTORY, HALTON, THE_VALE, local

MONDAY = local("2026-11-23T10:00")


def facts() -> Iterator[Provenance]:
    for authority in DIRECTORY.authorities.values():
        yield authority.provenance
    for service in DIRECTORY.services.values():
        yield service.provenance
        yield service.on_duty.provenance
        yield from (phone.provenance for phone in service.phones)
        yield from (way.provenance for way in service.receives)
    for resource in DIRECTORY.support:
        yield resource.provenance


@pytest.mark.parametrize(
    ("slug", "number"),
    [
        ("halton-icart", "0151 907 8305"),
        ("halton-edt", "0345 050 0148"),
        ("cardiff-mash", "029 2053 6490"),
        ("cardiff-edt", "029 2078 8570"),
        ("south-east-wales-edt", "0800 328 4432"),
        ("torfaen-front-door", "01495 762200"),
        ("newport-front-door", "01633 656656"),
        ("police-999", "999"),
        ("police-101", "101"),
        ("police-101-cheshire", "101"),
        ("police-101-south-wales", "101"),
        ("police-101-gwent", "101"),
    ],
)
def test_the_numbers_are_those_printed(slug: str, number: str) -> None:
    assert DIRECTORY.services[slug].phones[0].number == number


def test_every_fact_names_its_source_and_none_pretends_to_be_checked() -> None:
    assert all(fact.source for fact in facts())
    assert {(fact.checked_on, fact.checked_by) for fact in facts()} == {(None, None)}


def test_cardiffs_emergency_number_is_marked_unverified_and_its_office_hours_unknown() -> None:
    assert DIRECTORY.services["cardiff-edt"].phones[0].unverified
    assert DIRECTORY.services["cardiff-mash"].hours == UnknownHours()
    assert DIRECTORY.services["cardiff-edt"].hours == WheneverClosed((UnknownHours(),))


def test_haltons_emergency_team_answers_whenever_its_office_is_closed() -> None:
    office = DIRECTORY.services["halton-icart"].hours
    assert DIRECTORY.services["halton-edt"].hours == WheneverClosed((office,))


def test_the_front_door_is_tried_before_the_emergency_team_and_other_lines_never() -> None:
    assert [service.slug for service in DIRECTORY.duty_services(HALTON, MONDAY)] == [
        "halton-icart",
        "halton-edt",
    ]
    assert [service.slug for service in DIRECTORY.duty_services(CARDIFF, MONDAY)] == [
        "cardiff-mash",
        "cardiff-edt",
    ]
    assert DIRECTORY.duty_services(THE_VALE, MONDAY) == ()


def test_cardiffs_other_lines_are_what_they_are_for() -> None:
    for kind, slug in (
        (ServiceKind.OPEN_CASES, "cardiff-open-cases"),
        (ServiceKind.EDUCATION, "cardiff-mash-education"),
    ):
        assert [found.slug for found in DIRECTORY.of_kind(CARDIFF, kind, MONDAY)] == [slug]


def test_five_councils_share_one_emergency_team() -> None:
    shared = DIRECTORY.services["south-east-wales-edt"]
    assert {DIRECTORY.authorities[code].name for code in shared.covers} == {
        *("Blaenau Gwent", "Caerphilly", "Monmouthshire", "Newport", "Torfaen")
    }
    assert all(shared in DIRECTORY.duty_services(code, MONDAY) for code in shared.covers)


def test_an_authority_goes_by_its_name_listed_or_not() -> None:
    assert DIRECTORY.named(HALTON).name == "Halton"
    assert DIRECTORY.named(THE_VALE).name == "Vale of Glamorgan"
    assert DIRECTORY.named("W06000099").nation == "wales"
    assert DIRECTORY.named("E09000099").name == "E09000099"
    assert DIRECTORY.authority(THE_VALE) is None
    assert DIRECTORY.authority(None) is None


def test_the_police_go_by_force_where_it_is_known() -> None:
    assert DIRECTORY.police(DIRECTORY.authority(HALTON)).name == "Cheshire Police"
    assert DIRECTORY.police(DIRECTORY.authority(CARDIFF)).name == "South Wales Police"
    assert DIRECTORY.police(None) is DIRECTORY.police_anywhere


def test_no_resource_of_a_leaflet_is_offered_as_checked_and_the_doubtful_are_marked() -> None:
    standing = {resource.slug: resource.standing for resource in DIRECTORY.support}
    assert Standing.CHECKED not in standing.values()
    doubtful = {"selfie-cop", "zipit", "wud-u", "face-up-2-it", "say-something", "barnardos-cut-them-free"}
    assert {standing[slug] for slug in doubtful} == {Standing.HISTORIC}


def test_the_same_files_are_the_same_version() -> None:
    assert read_directory().version == DIRECTORY.version
    assert len(DIRECTORY.version) == 16


def test_a_council_has_the_name_of_its_file_then_of_the_list_then_its_code() -> None:
    its_own = replace(DIRECTORY.authorities[HALTON], name="Halton Borough")
    directory = replace(DIRECTORY, authorities={**DIRECTORY.authorities, HALTON: its_own})
    assert directory.named(HALTON) == AuthorityName(HALTON, "Halton Borough", Nation.ENGLAND)
    assert directory.named(THE_VALE) == AuthorityName(THE_VALE, "Vale of Glamorgan", Nation.WALES)
    assert directory.named("E06999999") == AuthorityName("E06999999", "E06999999", Nation.ENGLAND)
    assert directory.named("W06999999") == AuthorityName("W06999999", "W06999999", Nation.WALES)
