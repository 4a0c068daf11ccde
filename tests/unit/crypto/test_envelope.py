"""A sealed document opens with its own key in its own place, and in no other way."""

import random
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.binding import Binding, join
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import key_generation, open_sealed, opener, seal
from intake.crypto.padding import padded_length
from intake.errors import CannotOpen
from intake.vocabulary import Compartment
from tests.support.altered import each_byte_altered

_CASE = UUID(int=2)
_PLACE = Binding("concern", "words_sealed", UUID(int=1), _CASE, Compartment.SCHOOL, 1)
_KEY = DataKey(_CASE, Compartment.SCHOOL, 7, bytes(range(32)))
_WORDS = b"She got into the same car again. Wedi dweud wrth y gweithiwr."

_KEPT = (
    "0101000000070dc26b41191ee862f8d53b866f4aca9f3457e6ea18d33e16108d02408653857a24626a9029998aff923f"
    "454696c74f41a8283c764b2d6a21138c357302e9617f31308548e449ed4f2f2a6fc00cc0222abeecd014203cdd909786"
    "ad0d1552029fb76ca8e8"
)

_MOVES: dict[str, object] = {
    "table": "referral",
    "column": "detail_sealed",
    "row_id": UUID(int=9),
    "version": 2,
}


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_exactly(words: bytes) -> None:
    assert open_sealed(seal(words, key=_KEY, binding=_PLACE), key=_KEY, binding=_PLACE) == words


@pytest.mark.parametrize("moved", _MOVES)
def test_a_document_moved_anywhere_does_not_open(moved: str) -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    with pytest.raises(CannotOpen):
        open_sealed(blob, key=_KEY, binding=replace(_PLACE, **{moved: _MOVES[moved]}))  # type: ignore[arg-type]


@pytest.mark.parametrize("moved", [{"case_id": UUID(int=3)}, {"compartment": Compartment.HUB}])
def test_a_document_moved_to_another_case_or_compartment_does_not_open(moved: dict[str, object]) -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    elsewhere = replace(_PLACE, **moved)  # type: ignore[arg-type]
    same_secret = DataKey(elsewhere.case_id, elsewhere.compartment, _KEY.generation, _KEY.secret)
    for key in (_KEY, same_secret):
        with pytest.raises(CannotOpen):
            open_sealed(blob, key=key, binding=elsewhere)


@pytest.mark.parametrize("generation", [1, 8])
def test_a_document_never_opens_under_another_generation_of_the_key(generation: int) -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    other = DataKey(_CASE, Compartment.SCHOOL, generation, _KEY.secret)
    relabelled = blob[:2] + generation.to_bytes(4, "big") + blob[6:]
    for attempt in (blob, relabelled):
        with pytest.raises(CannotOpen):
            open_sealed(attempt, key=other, binding=_PLACE)


def test_another_case_s_key_of_the_same_generation_opens_nothing() -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    with pytest.raises(CannotOpen):
        open_sealed(blob, key=DataKey.new(_CASE, Compartment.SCHOOL, generation=7), binding=_PLACE)


def test_every_flipped_byte_is_noticed() -> None:
    chance = random.Random(4)
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    for at in range(len(blob)):
        flipped = bytearray(blob)
        flipped[at] ^= 1 << chance.randrange(8)
        with pytest.raises(CannotOpen):
            open_sealed(bytes(flipped), key=_KEY, binding=_PLACE)


def test_every_cut_and_every_addition_is_noticed() -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    for attempt in (*(blob[:end] for end in range(len(blob))), blob + b"\0", b"\0" + blob, blob + blob):
        with pytest.raises(CannotOpen):
            open_sealed(attempt, key=_KEY, binding=_PLACE)


@given(st.binary(max_size=200))
def test_no_bytes_whatever_do_anything_but_open_or_fail_to(blob: bytes) -> None:
    for attempt in (blob, b"\x01\x01\x00\x00\x00\x07" + blob):
        with pytest.raises(CannotOpen):
            open_sealed(attempt, key=_KEY, binding=_PLACE)


def test_a_document_whose_padding_was_never_ours_does_not_open() -> None:
    front, nonce = b"\x01\x01\x00\x00\x00\x07", bytes(12)
    beside = join(b"\x01", b"\x01", *_PLACE.parts(), b"\x00\x00\x00\x07")
    forged = front + nonce + AESGCM(_KEY.secret).encrypt(nonce, b"\xff" * 64, beside)
    with pytest.raises(CannotOpen):
        open_sealed(forged, key=_KEY, binding=_PLACE)


@pytest.mark.parametrize(
    "key", [replace(_KEY, case_id=UUID(int=3)), replace(_KEY, compartment=Compartment.HUB)]
)
def test_nothing_is_sealed_under_the_key_of_another_case(key: DataKey) -> None:
    with pytest.raises(ValueError, match="another case or compartment"):
        seal(_WORDS, key=key, binding=_PLACE)


def test_the_same_words_never_look_the_same_twice() -> None:
    sealed = {seal(_WORDS, key=_KEY, binding=_PLACE) for _ in range(200)}
    nonces = {blob[6:18] for blob in sealed}
    assert len(sealed) == len(nonces) == 200


def test_the_envelope_is_laid_out_as_it_is_written_down() -> None:
    blob = seal(_WORDS, key=_KEY, binding=_PLACE)
    assert blob[:6] == b"\x01\x01\x00\x00\x00\x07"
    assert key_generation(blob) == 7
    assert key_generation(b"\x01\x01\xfe\xdc\xba\x98" + blob[6:]) == 0xFEDCBA98
    assert len(blob) == 1 + 1 + 4 + 12 + padded_length(4 + len(_WORDS)) + 16


@pytest.mark.parametrize("length", [0, 1, 2, 6, 18, 33])
def test_what_is_too_short_for_an_envelope_is_said_to_be_none(length: int) -> None:
    with pytest.raises(CannotOpen, match=r"^not an envelope this program knows$"):
        key_generation(seal(_WORDS, key=_KEY, binding=_PLACE)[:length])


def test_whoever_cannot_open_is_told_which_of_two_reasons_it_is() -> None:
    place = replace(_PLACE, row_id=_CASE)
    blob, quick = seal(_WORDS, key=_KEY, binding=place), opener(_PLACE, _KEY.generation)
    altered, newer = blob[:-1] + bytes((blob[-1] ^ 1,)), blob[:5] + b"\x08" + blob[6:]
    for sealed, why in ((altered, "^altered, or moved"), (newer, "^sealed under another key$")):
        with pytest.raises(CannotOpen, match=why):
            open_sealed(sealed, key=_KEY, binding=place)
        with pytest.raises(CannotOpen, match=why):
            quick(_CASE, _KEY.secret, sealed)


def test_an_envelope_written_down_once_still_opens() -> None:
    kept = bytes.fromhex(_KEPT)
    assert open_sealed(kept, key=_KEY, binding=_PLACE) == _WORDS


def test_all_short_answers_are_sealed_to_one_length() -> None:
    sealed = {
        len(seal(word, key=_KEY, binding=_PLACE)) for word in (b"", b"no", b"yes", b"not known", b"x" * 60)
    }
    assert sealed == {34 + 64}


# Test case 16 of the GCM specification submitted to NIST (McGrew and Viega, 2005).
_GCM_16 = {
    "key": "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    "nonce": "cafebabefacedbaddecaf888",
    "plaintext": "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    "beside": "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    "sealed": "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    "76fc6ece0f4e1768cddf8853bb2d551b",
}


def test_the_cipher_gives_the_published_answer() -> None:
    vector = {name: bytes.fromhex(value) for name, value in _GCM_16.items()}
    cipher = AESGCM(vector["key"])
    assert cipher.encrypt(vector["nonce"], vector["plaintext"], vector["beside"]) == vector["sealed"]
    assert cipher.decrypt(vector["nonce"], vector["sealed"], vector["beside"]) == vector["plaintext"]


def test_many_are_opened_as_one_is_and_only_those() -> None:
    place = replace(_PLACE, row_id=_CASE)
    blob = seal(_WORDS, key=_KEY, binding=place)
    quick = opener(replace(_PLACE, case_id=UUID(int=8)), _KEY.generation)
    assert quick(_CASE, _KEY.secret, blob) == _WORDS
    moved = [replace(_PLACE, **{name: _MOVES[name]}) for name in ("table", "column", "version")]  # type: ignore[arg-type]
    others = [opener(each, _KEY.generation) for each in moved]
    others += [opener(replace(_PLACE, compartment=Compartment.HUB), _KEY.generation), opener(_PLACE, 8)]
    attempts = [(each, _CASE, _KEY.secret, blob) for each in others]
    attempts += [
        (quick, UUID(int=3), _KEY.secret, blob),
        (quick, _CASE, bytes(32), blob),
        (quick, _CASE, b"", blob),
    ]
    attempts += [(quick, _CASE, _KEY.secret, each) for each in (*each_byte_altered(blob), blob[:30], b"")]
    for opening, case_id, secret, sealed in attempts:
        with pytest.raises(CannotOpen):
            opening(case_id, secret, sealed)
