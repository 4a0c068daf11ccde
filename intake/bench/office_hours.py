"""A clock by which it is an ordinary working morning: whoever measures at night measures the same work."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: A plain Monday in term: both hubs' offices are open.
MONDAY_AT_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Runs as fast as any clock, from Monday at ten."""

    began: float = field(default_factory=time.perf_counter)

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return MONDAY_AT_TEN + timedelta(seconds=time.perf_counter() - self.began)
