"""A key ring comes back from any two of its three sheets, typed by a tired person, and from nothing else."""

import re
from itertools import permutations

import pytest

from intake.crypto.escrow import Share, from_shares, read_share, to_shares
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys
from intake.errors import Refused

_KEYS = RingKeys(seed=b"s" * 32, roots={1: b"\1" * 32, 7: b"\7" * 32}, active=7)
#: Two of three sheets as they were once printed.
_PRINTED = {
    1: """
        1  53RY 69J3 BP6G HAHQ  4KSB
        2  G0KE NR81 QQWG 4GH4  HP5A
        3  1546 Q9KV B8R4 DNXY  PFDB
        4  PDC8 TSF8 S82B YJHT  ATB4
        5  3FPT GT8M H8PN PY0D  A9B1
        6  NW52 1WFH 18AP B8K5  C2E1
        7  H4E4 NM3N ZCPS E89C  YH0W
        8  SMAJ B196 YM8S 9C4J  Z516
        9  K96H 0FT4 WW1S Y0E4  CYQM
    """,
    3: """
        1  F853 RVP3 XXNF W0XZ  GG4Q
        2  FP6C 7QQ5 7BVE 084A  FTJJ
        3  ZMZ5 P5VB 12V2 S11Z  GDN5
        4  5076 MJE5 MFN3 SQ2A  D27F
        5  5CJE VD9J HDWY 71GS  X0YC
        6  WG86 W1G6 20RT 3WX1  T9JW
        7  HRND 0SCH 31WT RVBT  BS9S
        8  88RP 36H6 GDMY H6A8  ZY18
        9  TFNK 0GEC 682V M0TQ  8Q0B
    """,
}


@pytest.fixture(name="shares", scope="module")
def _shares() -> tuple[Share, ...]:
    return to_shares(_KEYS)


def test_any_two_sheets_give_the_ring_back(shares: tuple[Share, ...]) -> None:
    for two in permutations(shares, 2):
        back = from_shares(two)
        assert (back.seed, back.roots, back.active) == (_KEYS.seed, _KEYS.roots, 7)
    assert KeyRing.from_shares(shares).fingerprint() == KeyRing(_KEYS).fingerprint()


def test_sheets_that_were_printed_once_are_still_read() -> None:
    held = [read_share(number, lines.splitlines()) for number, lines in _PRINTED.items()]
    back = from_shares(held)
    assert (back.seed, back.roots, back.active) == (b"s" * 32, {0x01020304: b"\7" * 32}, 0x01020304)


def test_a_new_ring_fits_on_nine_lines_of_letters_that_cannot_be_mistaken() -> None:
    for share in KeyRing.new().to_shares():
        lines = share.lines()
        assert len(lines) == 9
        assert all(
            re.fullmatch(r"[ \d]\d  ([0-9A-HJKMNP-TV-Z]{4} ){4} [0-9A-HJKMNP-TV-Z]{4}", line)
            for line in lines
        )


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda line: line[4:],
        lambda line: line.replace(" ", ""),
        lambda line: line[:4] + line[4:].replace("0", "o").replace("1", "l"),
        lambda line: line[:4] + "-".join(line[4:].split()),
    ],
    ids=["small letters", "without numbers", "without spaces", "misread", "with dashes"],
)
def test_a_sheet_is_read_however_it_is_typed(shares: tuple[Share, ...], typed: object) -> None:
    assert callable(typed)
    for share in shares:
        lines = ["", *(typed(line) for line in share.lines()), " "]
        assert read_share(share.number, lines) == share


def test_a_line_that_begins_with_the_letter_of_its_number_is_read_without_its_number() -> None:
    share = Share(2, b"\x08" + bytes(9))
    line = share.lines()[0]
    assert line.split()[:2] == ["1", "1000"]
    assert read_share(2, [line]) == read_share(2, [line.split(maxsplit=1)[1]]) == share


def test_a_wrong_letter_is_found_in_its_line(shares: tuple[Share, ...]) -> None:
    lines = shares[0].lines()
    for at in range(4, len(lines[2])):
        if lines[2][at] != " ":
            other = "Z" if lines[2][at] != "Z" else "Y"
            wrong = [*lines[:2], lines[2][:at] + other + lines[2][at + 1 :], *lines[3:]]
            with pytest.raises(Refused, match="Share 1, line 3"):
                read_share(1, wrong)


@pytest.mark.parametrize("line", ["1  AAAA", "1", "!!!! !!!! !!!! !!!!  !!!!", "UUUU UUUU UUUU UUUU  UUUU"])
def test_what_is_no_line_is_said(line: str) -> None:
    with pytest.raises(Refused, match="line 1") as said:
        read_share(1, [line])
    assert said.value.field == "shares"


def test_a_line_of_another_sheet_or_place_is_found(shares: tuple[Share, ...]) -> None:
    one, other = shares[0].lines(), shares[1].lines()
    for wrong in ([one[1], *one[1:]], [other[0], *one[1:]]):
        with pytest.raises(Refused, match="line 1"):
            read_share(1, [line[4:] for line in wrong])


def test_one_sheet_or_the_same_twice_is_not_enough(shares: tuple[Share, ...]) -> None:
    for few in ((), shares[:1], (shares[0], shares[0])):
        with pytest.raises(Refused, match="2 different") as said:
            from_shares(few)
        assert said.value.field == "shares"


def test_sheets_of_two_printings_give_nothing(shares: tuple[Share, ...]) -> None:
    again = to_shares(_KEYS)
    cut = Share(2, shares[1].held[:-10])
    # The head still reads as one: only what checks the whole tells.
    held = shares[1].held
    other = Share(2, held[:20] + bytes((held[20] ^ 1,)) + held[21:])
    empty = (Share(1, b""), Share(2, b""))
    for mixed in ((shares[0], again[1]), (shares[0], cut), (shares[0], other), empty):
        with pytest.raises(Refused, match="one and the same printing") as said:
            from_shares(mixed)
        assert said.value.field == "shares"


def test_shares_that_do_not_give_the_ring_back_are_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.crypto.escrow.combine", lambda _: b"something else")
    with pytest.raises(RuntimeError, match="not given out"):
        to_shares(_KEYS)


def test_a_sheet_shows_nothing_in_a_log(shares: tuple[Share, ...]) -> None:
    assert str(shares[0].held) not in repr(shares[0])
