"""Which shifts may be written down: whoever was on duty is not written down by themselves afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from intake.casework.rota import Rota, Shift, require_shift
from intake.errors import Refused

_NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
_RAE, _JO = UUID(int=1), UUID(int=2)
_HOUR, _DAY, _MOMENT = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("who", "begins", "lasts", "refused"),
    [
        (_JO, timedelta(), 25 * _HOUR, None),
        (_RAE, timedelta(), 8 * _HOUR, None),
        (_JO, -7 * _DAY, 8 * _HOUR, None),
        (_JO, 366 * _DAY, 8 * _HOUR, None),
        (_JO, timedelta(), timedelta(), "rota.ends_before"),
        (_JO, timedelta(), 25 * _HOUR + _MOMENT, "rota.too_long"),
        (_JO, -7 * _DAY - _MOMENT, 8 * _HOUR, "rota.too_late"),
        (_JO, 366 * _DAY + _MOMENT, 8 * _HOUR, "rota.too_far"),
        (_RAE, -_MOMENT, 8 * _HOUR, "rota.own_past"),
    ],
)
def test_a_shift_is_written_down_in_time_and_afterwards_by_somebody_else(
    who: UUID, begins: timedelta, lasts: timedelta, refused: str | None
) -> None:
    shift = Shift(who, _NOW + begins, _NOW + begins + lasts)
    if refused is None:
        require_shift(shift, by=_RAE, now=_NOW)
        return
    with pytest.raises(Refused, match=refused):
        require_shift(shift, by=_RAE, now=_NOW)


def test_a_rota_says_who_is_on_duty_and_nothing_of_any_other_time() -> None:
    rota = Rota([Shift(_JO, _NOW, _NOW + _HOUR)])
    assert [rota.covers(_NOW + off) for off in (-_MOMENT, timedelta(), _HOUR)] == [False, True, False]
    assert not rota.has(_RAE, _NOW)
    assert (rota.is_kept, Rota().is_kept) == (True, False)
