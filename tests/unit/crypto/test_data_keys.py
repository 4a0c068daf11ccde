"""A data key belongs to one compartment of one case and says nothing of itself."""

from uuid import UUID

import pytest

from intake.crypto.data_keys import DataKey
from intake.vocabulary import Compartment

_CASE = UUID(int=5)


def test_every_new_key_is_another() -> None:
    keys = {DataKey.new(_CASE, Compartment.HUB).secret for _ in range(100)}
    assert len(keys) == 100
    assert {len(secret) for secret in keys} == {32}
    made = DataKey.new(_CASE, Compartment.HUB)
    assert (made.case_id, made.compartment, made.generation) == (_CASE, Compartment.HUB, 1)
    assert DataKey.new(_CASE, Compartment.HUB, generation=(1 << 32) - 1).generation == (1 << 32) - 1


def test_a_key_shows_nothing_of_itself() -> None:
    key = DataKey.new(_CASE, Compartment.HUB)
    assert "secret" not in repr(key)
    assert key.secret.hex() not in repr(key)
    assert str(key.secret) not in str(key)


def test_a_commitment_pins_the_key_and_no_other() -> None:
    key = DataKey(_CASE, Compartment.HUB, 1, bytes(32))
    other = DataKey(_CASE, Compartment.HUB, 1, bytes(31) + b"\1")
    assert key.commitment() == DataKey(_CASE, Compartment.HUB, 2, bytes(32)).commitment()
    assert key.commitment() != other.commitment()
    assert len(key.commitment()) == 16
    assert key.commitment() not in key.secret


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_size_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="256 bits"):
        DataKey(_CASE, Compartment.HUB, 1, bytes(length))


@pytest.mark.parametrize("generation", [-1, 0, 1 << 32])
def test_a_generation_that_does_not_fit_the_envelope_is_refused(generation: int) -> None:
    with pytest.raises(ValueError, match="32-bit"):
        DataKey(_CASE, Compartment.HUB, generation, bytes(32))
