"""What a file says of an authority: its own figures, and the gaps somebody accepts."""

import pytest

from intake.routing.directory import AcceptedGap, TimedAct
from intake.vocabulary import Colour
from tests.unit.routing.cases import local
from tests.unit.routing.directory_texts import AUTHORITY, GAP, TIMES, authority, refusal


def test_an_authority_has_its_own_figures_with_their_source() -> None:
    found = authority(AUTHORITY + TIMES)
    assert (found.zone, found.languages) == ("Europe/London", ("en", "cy"))
    assert found.neighbours == ("W06000024", "W06000015")
    assert [(one.of, one.minutes, one.working_time) for one in found.clocks] == [
        (TimedAct.DECIDE, 1440, False)
    ]
    assert [(one.of, one.minutes, one.working_time) for one in found.limits] == [(Colour.RED, 240, True)]
    assert found.limits[0].provenance.source == "the council's thresholds"


def test_what_is_not_said_is_not_known() -> None:
    found = authority(AUTHORITY)
    assert (found.clocks, found.limits, found.accepted_gaps) == ((), (), ())
    assert (found.zone, found.neighbours, found.police_force) == ("Europe/London", (), None)


def test_a_gap_is_accepted_by_somebody_for_a_reason_in_local_time() -> None:
    (gap,) = authority(AUTHORITY + GAP).accepted_gaps
    begins_at, ends_at = local("2026-12-25T00:00"), local("2026-12-26T09:00")
    assert gap == AcceptedGap(begins_at, ends_at, "The team is being moved.", "A. Person", gap.accepted_on)


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ('zone = "Europe/London"', 'zone = "Europe/Paris"', "authority.zone: must be Europe/London"),
        ('languages = ["en", "cy"]', 'languages = ["Welsh"]', "must be an ISO 639 code"),
        ('neighbours = ["W06000024", "W06000015"]', 'neighbours = ["Cardiff"]', "must be an ONS code"),
        ('act = "decide"', 'act = "dither"', "must be one of acknowledge, decide, meet"),
        ("minutes = 240", "minutes = 0", "must be one or more"),
        ("minutes = 240", "", "authority.limit.minutes: is missing"),
        ('source = "the council\'s thresholds"', "", "authority.clock.source: is missing"),
        ("ends = 2026-12-26T09:00:00", "ends = 2026-12-25T00:00:00", "is not after it begins"),
        ("ends = 2026-12-26T09:00:00", "ends = 2026-12-26T09:00:00Z", "must be a local time"),
        ("ends = 2026-12-26T09:00:00", "ends = 2026-12-26", "must be a local time"),
        ('reason = "The team is being moved."', "", "authority.accepted_gap.reason: is missing"),
        ("accepted_on = 2026-11-23", "accepted_on = 2026-11-23\nwho = 1", "is not a field of this format"),
        (
            'code = "W06000024"',
            'code = "E06000024"',
            "authority.nation: E06000024 is not a code of that nation",
        ),
        ('code = "W06000024"', 'code = "6000024"', "must be an ONS code"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_named(said: str, instead: str, why: str) -> None:
    whole = AUTHORITY + TIMES + GAP
    assert said in whole
    assert why in refusal(whole.replace(said, instead, 1))


def test_a_time_of_one_minute_is_taken() -> None:
    (limit,) = authority(AUTHORITY + TIMES.replace("minutes = 240", "minutes = 1")).limits
    assert limit.minutes == 1


def test_one_act_or_colour_has_one_time() -> None:
    again = TIMES[TIMES.index("[[authority.limit]]") :]
    assert "authority.limit.colour: red has a time already" in refusal(AUTHORITY + TIMES + again)
