"""The rounds of post, of signing the trail and of tidying up, by a thread of each worker while it lives."""

import logging
import threading
import time

import structlog

from intake.services.checkpoints import Checkpoints
from intake.services.housekeeping import Housekeeping
from intake.services.kept_beside import KeptBeside
from intake.services.postman import Postman

_SECONDS_BEFORE_THE_FIRST = 0.5
_SECONDS_BETWEEN = 5.0
_LONGEST_WAIT = 300.0
_SECONDS_BETWEEN_TIDYING = 3600.0


class Rounds:
    """Goes round after round; whatever goes wrong in one is logged, and the next comes a little later."""

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
        self._housekeeping = housekeeping
        self._checkpoints = checkpoints
        self._kept_beside = kept_beside
        self._tidied_at = -_SECONDS_BETWEEN_TIDYING
        self._seconds = seconds
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
            # None waits for another: mail goes out where nothing can be signed, and the other way about.
            well = all([self._post_went_well(), self._entering_went_well(), self._signing_went_well()])
            wait = self._seconds if well else min(max(wait, self._seconds) * 2, _LONGEST_WAIT)

    def _post_went_well(self) -> bool:
        try:
            done = self._postman.round()
            if time.monotonic() >= self._tidied_at + _SECONDS_BETWEEN_TIDYING:
                self._housekeeping.round()
                self._tidied_at = time.monotonic()
        except Exception:
            # Mail must go out again once the database is back, whatever the trouble was called.
            logging.getLogger("intake.post").exception("post.round_failed")
            return False
        if done.escalated or done.sent or done.failed:
            structlog.get_logger().info(
                "post.round",
                escalated=done.escalated,
                sent=done.sent,
                failed=done.failed,
                waiting=done.waiting.mails,
            )
        return True

    def _entering_went_well(self) -> bool:
        try:
            entered = self._kept_beside.round()
        except Exception:
            logging.getLogger("intake.trail").exception("trail.kept_beside_not_entered")
            return False
        if entered:
            structlog.get_logger().info("trail.kept_beside_entered", batches=entered)
        return True

    def _signing_went_well(self) -> bool:
        try:
            signed = self._checkpoints.round()
        except Exception:
            logging.getLogger("intake.checkpoints").exception("checkpoint.not_signed")
            return False
        for one in signed:
            # The whole note: a log that is carried off the machine is a witness as well.
            structlog.get_logger().info("checkpoint.signed", note=one.note)
        return True
