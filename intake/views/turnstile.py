"""A turnstile before what anybody may ask: it counts in memory only, and never shuts off the numbers."""

from datetime import datetime, timedelta

from intake.clock import Clock
from intake.services.throttle import network_of

_WINDOW = timedelta(minutes=1)
#: A whole school stands behind one address; nobody in it looks up a postcode every second.
_FREE = 60
_MOST_NETWORKS = 10_000


class Turnstile:
    """How often each network asked within the present minute; nothing of it is written anywhere."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun_at: datetime = clock.now()
        self._counts: dict[str, int] = {}

    def lets_in(self, address: str) -> bool:
        """Count one asking, and say whether it may be answered."""
        now = self._clock.now()
        if not self._begun_at <= now < self._begun_at + _WINDOW or len(self._counts) > _MOST_NETWORKS:
            self._begun_at, self._counts = now, {}
        network = network_of(address)
        self._counts[network] = self._counts.get(network, 0) + 1
        return self._counts[network] <= _FREE
