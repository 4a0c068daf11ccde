"""A home that is withheld, blacked out of other words: all of it that is written, and nothing else."""

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.documents.child import ChildCard
from intake.casework.withheld_home import WithheldHome, has_marks
from intake.vocabulary import Answer

HOME = WithheldHome("Flat 2, 14a St Mary's Road Widnes\nCheshire", "wa87qf")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("She is at 14a St Mary's Road, Widnes.", "She is at █████."),
        ("flat 2,14 A  ST. MARYS\nroad", "flat 2,█████"),
        ("14a St Mary's, then WA8 7QF", "█████, then ███ ███"),
        ("wa87qf w a 8 7-Q-f WA8\u00a07QF", "███ ███ ███ ███ ███ ███"),
        ("WA8 7QFX, XWA8 7QF, WA8 and 7QF", "WA8 7QFX, XWA8 7QF, WA8 and 7QF"),
        ("114a St Mary's Road; 14a St Marylebone; 14 St Mary; 14a St", None),
        ("Widnes in Cheshire, St Mary's Road, flat 2", None),
        ("", None),
    ],
)
def test_the_home_is_blacked_out_however_it_is_spaced_and_other_words_are_not(
    written: str, shown: str | None
) -> None:
    assert HOME.black_out(written) == (written if shown is None else shown)


@pytest.mark.parametrize(
    ("address", "postcode", "written", "shown"),
    [
        ("14, Mill Lane, WA8 7QF", "", "14 mill lane, wa87qf", "█████, ███ ███"),
        ("Unit 3 Hope House; 5 Broadway", "", "3 Hope House, or 5 Broadway", "█████, or ██████"),
        ("Rose Cottage, Mill Lane", "WA8", "Rose Cottage, Mill Lane, WA8", None),
        ("House 14", "by the canal", "House 14 by the canal", None),
        ("14\n", "", "14", None),
        ("", "", "14 Mill Lane", None),
    ],
)
def test_what_is_found_of_a_home_is_a_number_with_its_street_and_a_whole_postcode(
    address: str, postcode: str, written: str, shown: str | None
) -> None:
    assert WithheldHome(address, postcode).black_out(written) == (written if shown is None else shown)


@dataclass(frozen=True)
class Row:
    """A document with a value of each kind that one may have."""

    said: str
    answer: Answer
    rows: tuple[str, ...]
    inside: ChildCard | None
    number: int


def test_every_text_of_a_document_is_blacked_out_and_put_back_and_nothing_else_is_touched() -> None:
    card = ChildCard("Maya", "", "", None, "", "14 Mill Lane", "WA8 7QF", identifiers="14 Mill Lane", upn="U")
    hidden = replace(card, address_withheld=True)
    home = hidden.withheld_home
    assert home is not None
    assert card.withheld_home is None
    assert hidden.masked() == replace(hidden, home_address="", home_postcode="", identifiers="█████")
    said = Row("By 14 Mill Lane.", Answer.YES, ("WA8 7QF", "mum"), card, 14)
    shown = home.shown(said)
    assert (shown.said, shown.answer, shown.rows, shown.number) == (
        "By █████.",
        Answer.YES,
        ("███ ███", "mum"),
        14,
    )
    assert has_marks(shown)
    assert not has_marks(said)
    assert home.edited(shown) == said


_WORDS = st.text(st.sampled_from("abMm 148WA7QFlLinke,.\n'█-"), max_size=60)
_HOMES = ("14a Mill Lane", "WA8 7QF")


@given(st.lists(st.one_of(_WORDS, st.sampled_from((*_HOMES, "14A, mill-lane", "wa87qf"))), max_size=6))
def test_nothing_but_the_home_is_ever_eaten_and_nothing_of_it_is_left(said: list[str]) -> None:
    written = " / ".join(said)
    shown = WithheldHome(*_HOMES).black_out(written)
    # Between the marks everything stands as it was, in order; what a mark took is the home and nothing else.
    between = [re.escape(each) for each in re.split("█████|███ ███", shown)]
    taken = re.fullmatch("([^/]*?)".join(between), written)
    assert taken is not None
    packed = {"".join(re.findall(r"\w", each)).casefold() for each in taken.groups()}
    assert packed <= {"14amilllane", "wa87qf", ""}
    assert WithheldHome(*_HOMES).black_out(shown) == shown


@given(st.lists(st.sampled_from(("14a Mill Lane", "WA8 7QF", "she", "at 14", "Mill", ", ")), max_size=8))
def test_what_is_put_back_is_what_was_hidden(said: list[str]) -> None:
    home, written = WithheldHome(*_HOMES), " | ".join(said)
    assert home.put_back(home.black_out(written)) == written
