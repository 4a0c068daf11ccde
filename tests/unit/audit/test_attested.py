"""What entries say of the records is kept by what comes last, in a chain and between chains."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from intake.audit.attested import Attested
from intake.audit.chain import Written
from intake.audit.event import canonical
from intake.vocabulary import ReferralState as S

_ROW, _PLACE = str(UUID(int=7)), "case_note.note_sealed"
_OLD, _NEW = b"\1" * 32, b"\2" * 32


def _entry(chain: str, at: str, event: str, **detail: object) -> Written:
    said = canonical(detail)
    return Written(chain, 1, at, None, None, event, "referral", _ROW, None, said, b"", b"")


def _sealing(chain: str, at: str, version: int, digest: bytes) -> Written:
    return _entry(chain, at, "note.written", sealed=[[_PLACE, _ROW, version, digest.hex()]])


@pytest.mark.parametrize(
    "seals",
    [
        # In one chain the later entry counts, where a clock was put back too.
        [("a", "10:00", 1, _OLD), ("a", "09:00", 1, _NEW)],
        # Between chains the time does, in whichever order they are read.
        [("a", "10:00", 1, _OLD), ("b", "11:00", 1, _NEW)],
        [("a", "11:00", 1, _NEW), ("b", "10:00", 1, _OLD)],
        # And before all a document's own version.
        [("a", "10:00", 2, _NEW), ("b", "11:00", 1, _OLD)],
    ],
)
def test_what_was_sealed_last_counts(seals: list[tuple[str, str, int, bytes]]) -> None:
    attested = Attested()
    for seal in seals:
        attested.take(_sealing(*seal))
    assert attested.sealings[_PLACE][_ROW].digest == _NEW


def test_of_two_chains_at_one_instant_either_may_have_sealed_last() -> None:
    attested = Attested()
    attested.take(_sealing("a", "10:00", 1, _OLD))
    attested.take(_sealing("b", "10:00", 1, _NEW))
    last = attested.sealings[_PLACE][_ROW]
    assert (last.is_of(1, _OLD), last.is_of(1, _NEW), last.is_of(2, _NEW)) == (True, True, False)


def test_what_another_tier_proves_supersedes_and_is_still_ours_to_miss() -> None:
    attested = Attested()
    attested.take(_sealing("a", "10:00", 1, _OLD))
    attested.take(_sealing("b", "2026-11-23T11:00", 1, _OLD), ours=False)
    detail = canonical({"sealed": [[_PLACE, _ROW, 1, _NEW.hex()]]})
    attested.take_crossing(detail, datetime(2026, 11, 24, tzinfo=UTC))
    attested.take_crossing("{}", datetime(2026, 11, 25, tzinfo=UTC))
    last = attested.sealings[_PLACE][_ROW]
    assert (last.digest, last.ours) == (_NEW, True)


def test_a_referral_stands_where_the_last_that_happened_to_it_leaves_it() -> None:
    attested = Attested()
    for event in ("referral.submitted", "referral.routed", "referral.sent"):
        attested.take(_entry("a", "10:00", event))
    for event in ("referral.received", "referral.opened", "referral.acknowledged"):
        attested.take(_entry("b", "10:00", event))
    standing = attested.standings[_ROW]
    # Two chains at one instant: either may have come last.
    assert (standing.states, standing.tied) == (frozenset({S.ACKNOWLEDGED}), frozenset({S.RECEIVED}))
    attested.take(_entry("b", "11:00", "referral.closed"))
    attested.take(_entry("c", "10:30", "referral.accepted"))
    standing = attested.standings[_ROW]
    assert (standing.states, standing.tied) == (frozenset({S.CLOSED}), frozenset())
