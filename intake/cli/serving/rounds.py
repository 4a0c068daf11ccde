"""The rounds of post, of signing the trail and of tidying up, by a thread of each worker while it lives."""

import logging
import threading
import time
from collections.abc import Callable

import structlog

from intake.services.checkpoints import Checkpoints
from intake.services.housekeeping import Housekeeping
from intake.services.kept_beside import KeptBeside
from intake.services.postman import Postman

_SECONDS_BEFORE_THE_FIRST = 0.5
_SECONDS_BETWEEN = 5.0
_LONGEST_WAIT = 300.0
_SECONDS_BETWEEN_TIDYING = 3600.0


class _Duty:
    """One thing done again and again: after trouble later and later, however it goes with the others."""

    def __init__(self, act: Callable[[], None], trouble: str, *, every: float, sooner: float) -> None:
        """Trouble is logged under its name, and tried again after `sooner`, then twice that, and so on."""
        self._act = act
        self._trouble = trouble
        self._every = every
        self._sooner = sooner
        self._late = 0.0
        self.due = 0.0

    def go(self) -> None:
        """Do it, and say when it is due again."""
        try:
            self._act()
            self._late = 0.0
        except Exception:
            # It must be done again once the database is back, whatever the trouble was called.
            logging.getLogger(f"intake.{self._trouble.partition('.')[0]}").exception(self._trouble)
            self._late = min(max(self._late, self._sooner) * 2, _LONGEST_WAIT)
        self.due = time.monotonic() + (self._late or self._every)


class Rounds:
    """Goes round after round; whatever goes wrong in one is logged, and that one comes a little later."""

    def __init__(
        self,
        postman: Postman,
        housekeeping: Housekeeping,
        checkpoints: Checkpoints,
        kept_beside: KeptBeside,
        *,
        seconds: float = _SECONDS_BETWEEN,
    ) -> None:
        self._postman = postman
        self._checkpoints = checkpoints
        self._kept_beside = kept_beside
        # None waits for another: mail goes out where nothing can be signed, and the other way about.
        self._duties = [
            _Duty(act, trouble, every=every, sooner=seconds)
            for act, trouble, every in (
                (self._post, "post.round_failed", seconds),
                (self._enter, "trail.kept_beside_not_entered", seconds),
                (self._sign, "checkpoint.not_signed", seconds),
                (housekeeping.round, "housekeeping.round_failed", _SECONDS_BETWEEN_TIDYING),
            )
        ]
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._go, name="post", daemon=True)

    def begin(self) -> None:
        """Start going."""
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Go no more, and wait at most so long for the round that is under way."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _go(self) -> None:
        wait = _SECONDS_BEFORE_THE_FIRST
        while not self._ending.wait(wait):
            for duty in self._duties:
                if duty.due <= time.monotonic():
                    duty.go()
            wait = max(0.0, min(duty.due for duty in self._duties) - time.monotonic())

    def _post(self) -> None:
        done = self._postman.round()
        if done.escalated or done.sent or done.failed:
            structlog.get_logger().info(
                "post.round",
                escalated=done.escalated,
                sent=done.sent,
                failed=done.failed,
                waiting=done.waiting.mails,
            )

    def _enter(self) -> None:
        entered = self._kept_beside.round()
        if entered:
            structlog.get_logger().info("trail.kept_beside_entered", batches=entered)

    def _sign(self) -> None:
        for one in self._checkpoints.round():
            # The whole note: a log that is carried off the machine is a witness as well.
            structlog.get_logger().info("checkpoint.signed", note=one.note)
