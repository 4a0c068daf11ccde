"""The people to sign in as are whole on paper: every role in every place, nobody twice, nobody real."""

from collections import Counter

import pyotp
import pytest

from intake.samples.people import (
    ORGANISATIONS,
    PASSWORD,
    PEOPLE,
    TOTP_SECRET,
    Place,
    SamplePerson,
    current_code,
    person,
)
from intake.services.passwords import require_strong
from intake.vocabulary import HUB_ROLES, SCHOOL_ROLES, OrganisationKind, Role


@pytest.mark.parametrize("organisation", ORGANISATIONS, ids=lambda organisation: organisation.place.name)
def test_every_role_of_an_organisation_has_somebody(organisation: object) -> None:
    found = next(one for one in ORGANISATIONS if one is organisation)
    wanted = SCHOOL_ROLES if found.kind is OrganisationKind.SCHOOL else HUB_ROLES
    assert {one.role for one in PEOPLE if one.place is found.place} == wanted


def test_every_organisation_says_that_it_is_a_sample() -> None:
    assert all(place.value.endswith(" (sample)") for place in Place)


@pytest.mark.parametrize("place", [Place.OTTERBROOK, Place.GWYLAN])
def test_deputies_stand_in_an_order(place: Place) -> None:
    ladder = [one.ladder for one in PEOPLE if one.place is place and one.role is Role.DEPUTY_LEAD]
    assert ladder == [1, 2]


@pytest.mark.parametrize("place", [Place.HALTON_HUB, Place.CARDIFF_HUB])
def test_two_duty_workers_can_reach_for_the_same_referral(place: Place) -> None:
    assert [one.role for one in PEOPLE if one.place is place].count(Role.DUTY_WORKER) == 2


def test_no_address_is_given_twice_or_could_be_anybodys() -> None:
    assert Counter(one.email for one in PEOPLE).most_common(1)[0][1] == 1
    assert all(one.email.endswith(".example") for one in PEOPLE)


def test_only_reporters_sign_in_with_a_password_alone() -> None:
    assert {one.role for one in PEOPLE if one.totp_secret is None} == {Role.REPORTER}


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda one: one.email)
def test_the_password_would_be_taken_for_anybody(somebody: SamplePerson) -> None:
    require_strong(PASSWORD, known=(somebody.name, somebody.email, somebody.place.value))


def test_somebody_is_found_however_their_address_is_written() -> None:
    found = person(" Ruth@Otterbrook.example ")
    assert found is not None
    assert found.given == "ruth"
    assert person("nobody@otterbrook.example") is None


def test_the_code_is_what_an_app_with_the_secret_shows() -> None:
    totp = pyotp.TOTP(TOTP_SECRET)
    assert totp.verify(current_code(), valid_window=1)
