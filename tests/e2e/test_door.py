"""The pages anybody may open, and the way in."""

import pytest

from tests.e2e.street import Street

pytestmark = pytest.mark.browser


def test_somebody_without_an_account_learns_whom_to_ring(street: Street) -> None:
    stranger = street.come("stranger").open("/")
    stranger.is_at("Worried about a child?").sees("999")
    stranger.follow("Who to ring now", within=stranger.page.locator("main"))
    stranger.is_at("Who to ring now").sees("Halton", "Cardiff")
    stranger.follow("Cardiff").is_at("Who to ring in Cardiff").sees(
        "Hours not confirmed: ring", "029 2053 6490"
    )
    stranger.follow("Accessibility").is_at("Accessibility")
    stranger.follow("Privacy").is_at("Privacy")
    stranger.open("/nowhere", status=404).is_at("There is nothing here")
