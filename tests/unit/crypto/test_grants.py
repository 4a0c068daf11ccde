"""A grant opens for its holder, its case and its key, by the pair it was sealed to, and not otherwise."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.data_keys import DataKey
from intake.crypto.grants import SUITE_HOLDER, Grant, GrantPlace, open_with, opener, seal_to, wrap_under
from intake.crypto.pairs import SUITE_HYBRID, SUITE_X25519, KeyPair
from intake.errors import CannotOpen
from intake.vocabulary import Compartment
from tests.support.altered import each_byte_altered

_CASE, _HUB = UUID(int=1), UUID(int=2)
_KEY = DataKey(_CASE, Compartment.HUB, 3, bytes(range(32)))
_PLACE = GrantPlace(_HUB, _CASE, Compartment.HUB, 3)
_X25519 = KeyPair(_HUB, 1, SUITE_X25519, b"\1" * 32)
_HYBRID = KeyPair(_HUB, 2, SUITE_HYBRID, b"\2" * 96)
_MADE = {
    "sealed by X25519": (_X25519, seal_to(_X25519.public, _KEY)),
    "sealed by both": (_HYBRID, seal_to(_HYBRID.public, _KEY)),
    "wrapped under the pair": (_HYBRID, wrap_under(_HYBRID, _KEY)),
}
#: A grant as it was once wrapped: nearly every case is opened by one like it.
_KEPT = (
    "0111ee64c45a39f576279d140791410755c9b1db085b880bd0a1997b913f0ab0"
    "c8232c0850ab3176c6833d6e2b35c644bbaab5ead4ed6723b09c76a9f38c"
)
_WHY = "this grant is not for this holder, case or key"
each_kind = pytest.mark.parametrize(("pair", "grant"), _MADE.values(), ids=list(_MADE))


@each_kind
def test_a_grant_gives_its_holder_the_data_key_back(pair: KeyPair, grant: Grant) -> None:
    opened = open_with(pair, grant, _PLACE)
    assert (opened.case_id, opened.compartment, opened.generation) == (_CASE, Compartment.HUB, 3)
    assert opened.secret == _KEY.secret


def test_a_grant_wrapped_under_its_holders_pair_once_still_opens() -> None:
    wrapped, commitment = bytes.fromhex(_KEPT), bytes.fromhex("87a312ddc3d875355aadba9c8415d0f6")
    assert open_with(_HYBRID, Grant(SUITE_HOLDER, 2, wrapped, commitment), _PLACE).secret == _KEY.secret
    assert opener(_HYBRID, Compartment.HUB, 3)(_CASE, wrapped, commitment) == _KEY.secret


@each_kind
def test_a_grant_names_how_it_is_wrapped_and_the_keys_commitment(pair: KeyPair, grant: Grant) -> None:
    assert grant.kid == pair.version
    assert grant.suite in {pair.suite, SUITE_HOLDER}
    assert grant.wrapped[:2] == bytes((1, grant.suite))
    assert grant.commitment == _KEY.commitment()
    assert _KEY.secret not in grant.wrapped


@each_kind
@pytest.mark.parametrize(
    "moved",
    [
        {"holder": UUID(int=9)},
        {"case_id": UUID(int=9)},
        {"compartment": Compartment.REFERRAL},
        {"generation": 4},
        {"generation": 0},
    ],
)
def test_a_grant_moved_to_another_holder_or_case_does_not_open(
    pair: KeyPair, grant: Grant, moved: dict[str, Any]
) -> None:
    with pytest.raises(CannotOpen):
        open_with(pair, grant, replace(_PLACE, **moved))


@each_kind
def test_a_grant_of_another_pair_version_or_kind_does_not_open(pair: KeyPair, grant: Grant) -> None:
    for stranger in (KeyPair.new(_HUB, 3), KeyPair.new(_HUB, 3, SUITE_X25519)):
        with pytest.raises(CannotOpen):
            open_with(stranger, grant, _PLACE)
    changes: list[dict[str, Any]] = [{"kid": 9}, *({"suite": suite} for suite in (1, 2, 16, 17, 99))]
    for changed in (replace(grant, **change) for change in changes):
        if changed != grant:
            with pytest.raises(CannotOpen):
                open_with(pair, changed, _PLACE)
    with pytest.raises(CannotOpen, match=_WHY):
        open_with(pair, replace(grant, suite=99), _PLACE)


@each_kind
def test_every_altered_byte_of_a_grant_is_noticed(pair: KeyPair, grant: Grant) -> None:
    for name in ("wrapped", "commitment"):
        for altered in each_byte_altered(getattr(grant, name)):
            changed: dict[str, Any] = {name: altered}
            with pytest.raises(CannotOpen):
                open_with(pair, replace(grant, **changed), _PLACE)


@given(st.sampled_from((1, 2, 16, 17, 99)), st.binary(max_size=90), st.binary(max_size=20))
def test_no_bytes_whatever_make_a_grant(suite: int, wrapped: bytes, commitment: bytes) -> None:
    for pair in (_X25519, _HYBRID):
        for attempt in (wrapped, bytes((1, suite)) + wrapped):
            with pytest.raises(CannotOpen):
                open_with(pair, Grant(suite, pair.version, attempt, commitment), _PLACE)


@pytest.mark.parametrize("make", [lambda: seal_to(_HYBRID.public, _KEY), lambda: wrap_under(_HYBRID, _KEY)])
def test_a_key_that_is_not_the_one_committed_to_is_not_used(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], Grant]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(DataKey, "commitment", lambda _: bytes(16))
        promised_wrongly = make()
    with pytest.raises(CannotOpen, match=_WHY):
        open_with(_HYBRID, promised_wrongly, _PLACE)


def test_many_are_opened_as_one_is_and_only_those() -> None:
    grant, quick = wrap_under(_HYBRID, _KEY), opener(_HYBRID, _PLACE.compartment, _PLACE.generation)
    assert quick(_CASE, grant.wrapped, grant.commitment) == _KEY.secret
    others = (
        opener(_X25519, _PLACE.compartment, _PLACE.generation),
        opener(_HYBRID, Compartment.SCHOOL, _PLACE.generation),
        opener(_HYBRID, _PLACE.compartment, _PLACE.generation + 1),
    )
    attempts = [(each, _CASE, grant.wrapped, grant.commitment) for each in others]
    attempts += [(quick, UUID(int=99), grant.wrapped, grant.commitment), (quick, _CASE, b"", b"")]
    attempts += [(quick, _CASE, each, grant.commitment) for each in each_byte_altered(grant.wrapped)]
    attempts += [(quick, _CASE, grant.wrapped, each) for each in each_byte_altered(grant.commitment)]
    for opening, case_id, wrapped, commitment in attempts:
        with pytest.raises(CannotOpen, match=_WHY):
            opening(case_id, wrapped, commitment)


def test_among_many_too_a_key_that_is_not_the_one_committed_to_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(DataKey, "commitment", lambda _: bytes(16))
        wrong = wrap_under(_HYBRID, _KEY)
    with pytest.raises(CannotOpen, match=_WHY):
        opener(_HYBRID, _PLACE.compartment, _PLACE.generation)(_CASE, wrong.wrapped, wrong.commitment)
