"""Asking which council, in words that say why it is asked."""

import pytest

from intake.routing.codes import Reason
from intake.routing.places import AuthorityName, Located
from intake.vocabulary import Nation
from intake.words.routing import WHY_ASKED, which_council

HALTON = AuthorityName("E06000006", "Halton", Nation.ENGLAND)
CHESTER = AuthorityName("E06000050", "Cheshire West and Chester", Nation.ENGLAND)


@pytest.mark.parametrize(
    ("because", "said"),
    [
        (
            Reason.WHICH_COUNCIL,
            "That postcode may be in Halton or Cheshire West and Chester. Choose the council",
        ),
        (
            Reason.POSTCODE_NOT_FOUND,
            "We cannot find that postcode. Check it; others that begin like it are in Halton",
        ),
        (Reason.OUTSIDE_ENGLAND_AND_WALES, "That postcode is outside England and Wales. Check it. Choose"),
        (
            Reason.HOME_NOT_KNOWN,
            "We cannot tell the council from that. Choose the council, or say that you do not",
        ),
        (None, "We cannot tell the council from that."),
    ],
)
def test_it_says_why_it_asks(because: Reason | None, said: str) -> None:
    assert which_council(Located(None, (HALTON, CHESTER), because)).startswith(said)


def test_every_reason_not_to_know_has_its_words() -> None:
    assert {Reason.WHICH_COUNCIL, Reason.POSTCODE_NOT_FOUND, Reason.NOT_A_POSTCODE} <= set(WHY_ASKED)
