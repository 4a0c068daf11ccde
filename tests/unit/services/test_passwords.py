"""Passwords: kept with Argon2id, checked at one cost, and not taken when a stranger would try them first."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import Refused
from intake.services import passwords
from intake.services.passwords import SHORTEST, require_strong

GOOD = "nettle brick harbour"


def refused(password: str, *known: str) -> str | None:
    try:
        require_strong(password, known=known)
    except Refused as refusal:
        return refusal.message if refusal.field == "password" else f"on the field {refusal.field}"
    return None


def test_what_is_kept_is_argon2id_at_the_cost_asked_for() -> None:
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.is_outdated(kept)
    assert GOOD not in kept


def test_a_hash_made_at_a_lower_cost_is_outdated() -> None:
    kept = "$argon2id$v=19$m=8192,t=1,p=1$cZuWdljPcJtU2Xr/A6BcFw$986SkDIgdnVBFN3vxRTqkv+qQ7sYWsSYKV6gb9Mw9lc"
    assert passwords.is_outdated(kept)


def test_the_same_password_is_never_kept_twice_alike() -> None:
    assert passwords.hashed(GOOD) != passwords.hashed(GOOD)


def test_only_the_right_password_matches() -> None:
    kept = passwords.hashed(GOOD)
    assert passwords.matches(kept, GOOD)
    assert not passwords.matches(kept, GOOD + " ")
    assert not passwords.matches(kept, GOOD.title())
    assert not passwords.matches(kept, "")


def test_nobodys_password_opens_nothing() -> None:
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("", GOOD)


def test_nobodys_password_costs_as_much_to_check_as_anybodys() -> None:
    assert not passwords.is_outdated(passwords._NOBODYS)  # noqa: SLF001


def test_a_damaged_hash_matches_nothing() -> None:
    assert not passwords.matches("not a hash", GOOD)


def test_an_accent_typed_apart_is_the_same_password() -> None:
    kept = passwords.hashed("crème brûlée à Nguyễn")
    assert passwords.matches(kept, unicodedata.normalize("NFD", "crème brûlée à Nguyễn"))


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "ladder-violin-moss",
        "xk7-Qm29-vLpA",
        "}~>?{qZ|[]=+",
        "пароли бывают разные",
        "tired owls read slowly",
    ],
)
def test_a_password_that_takes_thought_to_guess_is_taken(password: str) -> None:
    assert refused(password, "Sampleford High School", "ann@example.org") is None


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "é" * (SHORTEST - 1)])
def test_fewer_than_twelve_characters_are_too_few(password: str) -> None:
    assert refused(password) == "password.too_short"


def test_more_than_a_thousand_characters_are_too_many() -> None:
    assert refused("nettle brick harbour " * 100) == "password.too_long"


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password2026!",
        "P4$$w0rd12345",
        "pass-it-on-2026",
        "PassItOn PassItOn",
        "safeguarding!!",
        "Safeguarding Lead 1",
        "welcome-to-school",
        "Winter2026!!",
        "qwertyuiop[]12",
        "poiuytrewq1234",
        "1qaz2wsx3edc",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "111122223333",
        "!!!!!!!!!!!!!!",
        "mustardmustard",
    ],
)
def test_what_a_stranger_tries_first_is_too_easy(password: str) -> None:
    assert refused(password) == "password.too_easy"


def test_the_name_the_address_and_the_organisation_make_no_password() -> None:
    known = ("Ann Llewellyn", "ann.llewellyn@sampleford.example", "Sampleford High School")
    assert refused("Sampleford2026", *known) == "password.too_easy"
    assert refused("ann.llewellyn.1980", *known) == "password.too_easy"
    assert refused("AnnAtSampleford!", *known) == "password.too_easy"
    assert refused("Sampleford2026 under the lamp", *known) is None


@given(st.text(alphabet=string.printable + "éßﬁ😀\u0301", max_size=60), st.text(max_size=20))
def test_any_password_is_taken_or_refused_and_never_falls_over(password: str, known: str) -> None:
    assert refused(password, known) in {None, "password.too_short", "password.too_easy"}


def test_none_of_the_commonest_passwords_is_taken() -> None:
    commonest = passwords._commonest()  # noqa: SLF001
    assert len(commonest) >= 3_000
    long_enough = [password for password in commonest if len(password) >= SHORTEST]
    assert len(long_enough) > 100
    assert [password for password in long_enough if refused(password) is None] == []


@pytest.mark.parametrize(
    "dressed", ["Butterfly_2026!!", "2026-butterfly-11", "8utterfly!!!!2026", "leave me alone"]
)
def test_nor_is_one_of_them_in_other_clothes(dressed: str) -> None:
    assert refused(dressed) == "password.too_easy"
