"""What is asked for is the same when it is read back from its codes, and says its time in one way."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from intake.casework.pack_asked import PackAsked, pack_of

_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "asked",
    [
        PackAsked(_NOON, _NOON + timedelta(hours=1)),
        PackAsked(_NOON, _NOON + timedelta(days=2), UUID(int=7), whole=True),
    ],
)
def test_codes_say_precisely_what_was_asked(asked: PackAsked) -> None:
    assert pack_of(asked.codes) == asked
    elsewhere = timezone(timedelta(hours=1))
    assert PackAsked(asked.begins.astimezone(elsewhere), asked.ends).codes[0] == "20261120T120000Z"
