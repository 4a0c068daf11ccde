"""What is sealed to a public half, its private half opens, beside the same words of where it belongs."""

from dataclasses import replace
from uuid import UUID

import pytest

from intake.crypto.pairs import SUITE_HYBRID, SUITE_X25519, KeyPair, PublicKey
from intake.errors import CannotOpen
from tests.support.altered import each_byte_altered
from tests.support.hpke import AES_128, open_base, open_hybrid

_HOLDER = UUID(int=2)
_SECRET = bytes(range(32))
_X25519 = KeyPair(_HOLDER, 1, SUITE_X25519, b"\1" * 32)
_HYBRID = KeyPair(_HOLDER, 1, SUITE_HYBRID, b"\2" * 96)
both = pytest.mark.parametrize("pair", [_X25519, _HYBRID], ids=["X25519", "hybrid"])


@both
def test_what_is_sealed_to_the_public_half_the_private_half_opens(pair: KeyPair) -> None:
    one, other = (pair.public.seal(_SECRET, b"here") for _ in range(2))
    assert one != other
    assert pair.open(one, b"here") == pair.open(other, b"here") == _SECRET


@both
def test_nothing_else_opens_it_and_nowhere_else(pair: KeyPair) -> None:
    sealed = pair.public.seal(_SECRET, b"here")
    stranger = KeyPair.new(_HOLDER, 1, pair.suite)
    for opener, info in ((pair, b"there"), (pair, b""), (stranger, b"here")):
        with pytest.raises(CannotOpen, match=r"^sealed to another key, or altered$"):
            opener.open(sealed, info)


@both
def test_every_altered_or_missing_byte_is_noticed(pair: KeyPair) -> None:
    for altered in each_byte_altered(pair.public.seal(_SECRET, b"here")):
        with pytest.raises(CannotOpen):
            pair.open(altered, b"here")


def test_the_second_reading_itself_opens_the_published_vector() -> None:
    # RFC 9180, appendix A.1.1, sequence number 0.
    enc = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    body = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    secret = "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"
    sealed, info = bytes.fromhex(enc + body), b"Ode on a Grecian Urn"
    opened = open_base(sealed, bytes.fromhex(secret), info, aad=b"Count-0", aead=AES_128)
    assert opened == b"Beauty is truth, truth beauty"


def test_a_second_reading_of_the_standard_opens_what_is_sealed_by_x25519() -> None:
    sealed = _X25519.public.seal(_SECRET, b"here")
    assert open_base(sealed, _X25519.secret, b"here") == _SECRET


def test_a_second_reading_of_the_draft_opens_what_is_sealed_by_both() -> None:
    sealed = _HYBRID.public.seal(_SECRET, b"here")
    assert open_hybrid(sealed, _HYBRID.secret, b"here") == _SECRET


def test_a_pair_written_down_once_is_still_the_same() -> None:
    assert _X25519.public.fingerprint() == "2f3491da2006336a9335d01b7e4ab4cd"
    assert _HYBRID.public.fingerprint() == "59537ae537cf7953e01a87abea29fc46"
    assert (len(_X25519.public.raw), len(_HYBRID.public.raw)) == (32, 1216)
    old = bytes.fromhex(
        "1531c0b8e704e07ecbd9bbe358b52fd441ffa454e4c1ec58f851274c3c78ad540c9d20fedcef4cda"
        "11065672b126c2210a140db5433088f5014523e9ba0a933c13e0bc55852efb1dd057ebc1de71ff72"
    )
    assert _X25519.open(old, b"here") == _SECRET


def test_a_new_pair_is_of_the_kind_that_outlasts_a_quantum_computer() -> None:
    one, other = KeyPair.new(_HOLDER), KeyPair.new(_HOLDER)
    assert (one.suite, one.version) == (SUITE_HYBRID, 1)
    assert one.secret != other.secret
    assert len(one.public.seal(_SECRET, b"")) == 1168
    assert len(_X25519.public.seal(_SECRET, b"")) == 80


def test_each_version_and_each_half_has_a_fingerprint_of_its_own() -> None:
    of = _X25519.public
    changed: list[PublicKey] = [
        replace(of, version=2),
        replace(of, holder=UUID(int=9)),
        replace(of, suite=2),
        replace(of, raw=bytes(32)),
    ]
    assert len({each.fingerprint() for each in (of, *changed)}) == 5


def test_a_pair_shows_nothing_secret_of_itself() -> None:
    shown = repr(_X25519) + str(_HYBRID)
    assert _X25519.public.fingerprint() in shown
    assert _X25519.secret.hex() not in shown
    assert str(_X25519.secret) not in shown


@pytest.mark.parametrize(
    ("version", "suite", "length"),
    [(1, 1, 31), (1, 2, 32), (1, 3, 32), (0, 1, 32), (1 << 32, 1, 32), (None, 1, 32)],
)
def test_a_pair_that_cannot_be_is_refused(version: int, suite: int, length: int) -> None:
    with pytest.raises(ValueError, match="private half"):
        KeyPair(_HOLDER, version, suite, bytes(length))
