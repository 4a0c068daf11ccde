"""The rounds of post, of signing the trail and of tidying up, by threads of each worker while it lives."""

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
    """One thing done again and again by a thread of its own: after trouble later and later."""

    def __init__(self, act: Callable[[], None], trouble: str, *, every: float, sooner: float) -> None:
        """Trouble is logged under its name, and tried again after `sooner`, then twice that, and so on."""
        self._act = act
        self._trouble = trouble
        self._every = every
        self._sooner = sooner
        self._late = 0.0

    def go_on_until(self, ending: threading.Event) -> None:
        """Do it again and again."""
        wait = _SECONDS_BEFORE_THE_FIRST
        while not ending.wait(wait):
            self._go()
            wait = self._late or self._every

    def _go(self) -> None:
        try:
            self._act()
            self._late = 0.0
        except Exception:
            # It must be done again once the database is back, whatever the trouble was called.
            logging.getLogger(f"intake.{self._trouble.partition('.')[0]}").exception(self._trouble)
            self._late = min(max(self._late, self._sooner) * 2, _LONGEST_WAIT)


class Rounds:
    """Goes round after round; whatever goes wrong in one is logged, and that one comes a little later.

    None waits for another, whether it fails or hangs: a mail server that does not answer must keep nobody
    from being told next, and nothing from being signed.
    """

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
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(
                target=_Duty(act, trouble, every=every, sooner=seconds).go_on_until,
                args=(self._ending,),
                name=f"rounds {trouble}",
                daemon=True,
            )
            for act, trouble, every in (
                (self._raise, "post.nobody_told_next", seconds),
                (self._post, "post.round_failed", seconds),
                (self._enter, "trail.kept_beside_not_entered", seconds),
                (self._sign, "checkpoint.not_signed", seconds),
                (housekeeping.round, "housekeeping.round_failed", _SECONDS_BETWEEN_TIDYING),
            )
        ]

    def begin(self) -> None:
        """Start going."""
        for thread in self._threads:
            thread.start()

    def end(self, seconds: float) -> None:
        """Go no more, and wait at most so long for the rounds that are under way."""
        self._ending.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))

    def _raise(self) -> None:
        escalated = self._postman.raise_due()
        if escalated:
            structlog.get_logger().info("post.told_next", escalated=escalated)

    def _post(self) -> None:
        done = self._postman.send_due(lambda: not self._ending.is_set())
        if done.sent or done.failed:
            structlog.get_logger().info(
                "post.round", sent=done.sent, failed=done.failed, waiting=done.waiting.mails
            )

    def _enter(self) -> None:
        entered = self._kept_beside.round()
        if entered:
            structlog.get_logger().info("trail.kept_beside_entered", batches=entered)

    def _sign(self) -> None:
        for one in self._checkpoints.round():
            # The whole note: a log that is carried off the machine is a witness as well.
            structlog.get_logger().info("checkpoint.signed", note=one.note)
