"""Time limits that the directory has of an authority hold until its manager enters the authority's own."""

import pytest

from intake.routing.directory_folder import directory_of, read_texts
from intake.vocabulary import Colour
from tests.factories.hub_work import Desk
from tests.support.web import Visiting

HALTON = "E06000006-halton.toml"
LISTED = """
[[authority.limit]]
colour = "amber"
minutes = 1440
source = "An invented page"
source_dated = "spring 2026"

[[authority.limit]]
colour = "red"
minutes = 240
working_time = true
source = "An invented page"
"""


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """A duty desk whose authority has limits in the directory."""
    texts = read_texts()
    texts[HALTON] += LISTED
    with desk.place.writing() as services:
        services.directory_versions.put_in_force(directory_of(texts), texts)
    return desk


def test_until_a_manager_enters_any_those_of_the_directory_hold(listed: Desk, visiting: Visiting) -> None:
    said = visiting(listed.manager).get("/limits").text
    assert "Until you enter your own, these hold, as the directory has them:" in said
    assert said.index("Decide within 4 hours, counted while the service is open") < said.index("24 hours")
    assert "Source: An invented page, spring 2026. Not checked." in said
    assert "only the one-working-day clock runs" not in said
    shown = visiting(listed.sam).get(f"/queue/{listed.acknowledged()}")
    assert "Decide within 4 hours, counted while the service is open" in shown.text
    with listed.place.reading() as services:
        limits = services.limits.in_force("E06000006")
    assert [(limit.colour, limit.minutes) for limit in limits] == [(Colour.RED, 240), (Colour.AMBER, 1440)]


def test_what_a_manager_enters_wins_whole(listed: Desk, visiting: Visiting) -> None:
    rae = visiting(listed.manager)
    rae.get("/limits").form("Keep these limits").fill(red="2 hours", red_counted="clock").submit()
    assert "as the directory has them" not in rae.get("/limits").text
    with listed.place.reading() as services:
        limits = services.limits.in_force("E06000006")
    assert [(limit.colour, limit.minutes, limit.working_time) for limit in limits] == [
        (Colour.RED, 120, False)
    ]


def test_no_other_authority_is_given_them(listed: Desk) -> None:
    with listed.place.reading() as services:
        assert services.limits.in_force("W06000015") == ()
        assert services.limits.in_force("W06000099") == ()
        assert services.limits.in_force(None) == ()
