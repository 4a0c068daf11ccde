"""Finding a near-unique value again without keeping it."""

from uuid import UUID

import pytest

from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex, Indexed, email_written, identifier_index
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys
from intake.vocabulary import IdentifierKind

_RING = KeyRing.new()
_INDEX = BlindIndex.of(SIGN_IN_EMAIL, _RING)


@pytest.mark.parametrize(
    "typed",
    ["lead@school.example", " Lead@School.Example ", "LEAD@SCHOOL.EXAMPLE\n", "\uff4cead@school.example"],
)
def test_an_address_is_found_however_it_was_typed(typed: str) -> None:
    assert _INDEX.token(typed) == _INDEX.token("lead@school.example")


def test_an_address_with_an_accent_is_one_address_however_it_was_composed() -> None:
    assert email_written("sio\u0302n@ysgol.example") == email_written("siôn@ysgol.example")


def test_two_addresses_have_two_tokens() -> None:
    assert _INDEX.token("lead@school.example") != _INDEX.token("deputy@school.example")


def test_a_token_is_64_bits_and_holds_nothing_of_the_value() -> None:
    token = _INDEX.token("a@b.example")
    assert len(token) == 8
    assert b"a@b" not in token


def test_tokens_mean_nothing_elsewhere() -> None:
    other_version = Indexed(SIGN_IN_EMAIL.name, 2, email_written)
    other_value = Indexed("mobile", 1, email_written)
    indexes = [
        _INDEX,
        BlindIndex.of(SIGN_IN_EMAIL, KeyRing.new()),
        BlindIndex.of(other_version, _RING),
        BlindIndex.of(other_value, _RING),
        BlindIndex.of(SIGN_IN_EMAIL, _RING, scope=UUID(int=1)),
        BlindIndex.of(SIGN_IN_EMAIL, _RING, scope=UUID(int=2)),
    ]
    assert len({index.token("lead@school.example") for index in indexes}) == len(indexes)


def test_each_kind_of_identifier_has_an_index_of_its_own() -> None:
    tokens = {BlindIndex.of(identifier_index(kind), _RING).token("9434765919") for kind in IdentifierKind}
    assert len(tokens) == len(IdentifierKind)


def test_the_same_ring_gives_the_same_tokens_every_day() -> None:
    assert BlindIndex.of(SIGN_IN_EMAIL, _RING).token("a@b.example") == _INDEX.token("a@b.example")


def test_tokens_that_were_kept_once_are_still_the_same() -> None:
    ring = KeyRing(RingKeys(seed=bytes(32), roots={1: bytes(32)}, active=1))
    assert BlindIndex.of(SIGN_IN_EMAIL, ring).token("lead@school.example").hex() == "60c2a642448218fd"
    numbers = BlindIndex.of(identifier_index(IdentifierKind.NHS_NUMBER), ring, scope=UUID(int=1))
    assert numbers.token("9434765919").hex() == "b23d4650384b976a"


def test_an_index_shows_nothing_of_its_key() -> None:
    assert _INDEX.key.hex() not in repr(_INDEX)
    assert "key" not in repr(_INDEX)
