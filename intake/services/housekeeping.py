"""Letting go of what has served its time; never of anybody's words."""

from intake.services.workplace import Workplace


class Housekeeping:
    """Forgets old once-keys, sign-in counts and browsers, so that their tables do not grow for ever.

    Half-filled forms stay: a concern that was never sent is let go by its author, not by a clock.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def round(self) -> None:
        """Let go of everything whose time is over."""
        with self._place.writing() as services:
            services.once.forget_old()
            services.throttle.forget_old()
            services.devices.forget_old()
