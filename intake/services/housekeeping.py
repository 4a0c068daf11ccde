"""Letting go of what has served its time; never of anybody's words."""

from uuid import UUID

from intake.db import empty_journal
from intake.services.deciding import lift_forsaken
from intake.services.workplace import Workplace


class Housekeeping:
    """Forgets old once-keys, sign-in counts, browsers and searches, lest their tables grow for ever.

    Half-filled forms stay, but for searches: a concern that was never sent is let go by its author, not by a
    clock.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def round(self) -> None:
        """Let go of everything whose time is over, and have what was sealed to a pair open quickly.

        What was erased while somebody was reading is cut from SQLite's journal now. What a school restricted
        to people who have all gone is opened again.
        """
        with self._place.writing() as services:
            services.once.forget_old()
            services.throttle.forget_old()
            services.devices.forget_old()
            services.challenges.forget_old()
            services.searching.forget_old()
            lift_forsaken(services.unit.session, services.audit, services.tools.clock.now())
        empty_journal(self._place.database.engine)
        last: UUID | None = None
        while True:
            with self._place.writing() as services:
                batch = services.key_keeping.rewrap(last)
            if batch.last is None:
                return
            last = batch.last
