"""Which entries show somebody something of a child: every reading does or does not, and none is left out."""

from uuid import UUID

import pytest

from intake.audit.events import EVENTS
from intake.audit.looks import LISTS, READINGS, SEEING, SEEING_NOTHING, seen_by
from intake.vocabulary import Compartment, SubjectKind
from intake.words.events import READINGS as READ_ALOUD

_CASE, _OTHER = UUID(int=1), UUID(int=2)


def test_every_reading_shows_a_child_or_none() -> None:
    assert not SEEING & SEEING_NOTHING
    assert SEEING - {"glass.found"} | SEEING_NOTHING == READ_ALOUD
    assert EVENTS.keys() >= READINGS


#: What a verb of looking also names, and is an act: nobody saw anything of a child's record by it alone.
ACTS = {"backup.made", "breach.found", "extract.made", "passkey.made"}


def test_no_event_by_which_somebody_looks_is_left_out() -> None:
    verbs = {event.partition(".")[2] for event in READINGS}
    assert {event for event in EVENTS if event.partition(".")[2] in verbs} - ACTS == READINGS


@pytest.mark.parametrize("event", sorted(LISTS))
def test_a_list_shows_who_its_children_are(event: str) -> None:
    seen = seen_by(event, SubjectKind.ORGANISATION, None, {"case_ids": [str(_CASE), str(_OTHER)]})
    assert seen is not None
    assert (seen.case_ids, seen.listed) == ((_CASE, _OTHER), True)
    assert seen.parts == frozenset({Compartment.IDENTITY})


@pytest.mark.parametrize("event", sorted(SEEING - LISTS))
def test_an_opening_shows_the_parts_it_names(event: str) -> None:
    seen = seen_by(event, SubjectKind.REFERRAL, _CASE, {"compartments": ["A", "D"]})
    assert seen is not None
    assert (seen.case_ids, seen.listed) == ((_CASE,), False)
    assert seen.parts
    assert seen_by(event, SubjectKind.PERSON, _CASE, {"compartments": []}) is None
    assert seen_by(event, SubjectKind.REFERRAL, None, {"compartments": []}) is None


@pytest.mark.parametrize("event", [*sorted(SEEING_NOTHING), "referral.taken"])
def test_nothing_else_shows_any(event: str) -> None:
    assert seen_by(event, SubjectKind.REFERRAL, _CASE, {}) is None
