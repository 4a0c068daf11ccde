"""The post goes its rounds, and tidies up every hour, whatever became of the last one."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

import pytest
from structlog.testing import capture_logs

from intake.audit.note import Checkpoint
from intake.cli.serving import rounds
from intake.cli.serving.rounds import Rounds
from intake.errors import NotContinued
from intake.services.checkpoints import Checkpoints
from intake.services.housekeeping import Housekeeping
from intake.services.kept_beside import KeptBeside
from intake.services.outbox import Waiting
from intake.services.postman import Postman, Round


class _Sulking:
    """A postman who cannot go the first time, has nothing the second, and two letters the third."""

    def __init__(self) -> None:
        self.rounds = 0
        self._told: dict[int, threading.Event] = {}
        self.third = self.at(3)

    def at(self, number: int) -> threading.Event:
        """Return what is set in that round."""
        return self._told.setdefault(number, threading.Event())

    def raise_due(self) -> int:
        """Tell nobody."""
        return 0

    def send_due(self, going_on: Callable[[], bool]) -> Round:
        """Go, or not."""
        assert going_on()
        self.rounds += 1
        if self.rounds == 1:
            raise ConnectionError("the database went away with Kezia's mail")
        if self.rounds in self._told:
            self._told[self.rounds].set()
        return Round(escalated=0, sent=0 if self.rounds == 2 else 2, failed=0, waiting=Waiting(0, None))


class _Tidy:
    """Counts how often it tidied up."""

    def __init__(self) -> None:
        self.rounds = 0

    def round(self) -> None:
        """Tidy up."""
        self.rounds += 1


class _Signing:
    """Cannot sign the first time, signs the second, and has nothing new after that."""

    def __init__(self) -> None:
        self.rounds = 0
        self.third = threading.Event()

    def round(self) -> tuple[Checkpoint, ...]:
        """Sign, or not."""
        self.rounds += 1
        if self.rounds == 1:
            raise NotContinued
        if self.rounds == 3:
            self.third.set()
        return (Checkpoint(1, b"", datetime(2026, 11, 23, tzinfo=UTC), "note"),) if self.rounds == 2 else ()


class _Beside:
    """What was kept beside the trail was altered the first time; the second, three batches are entered."""

    def __init__(self) -> None:
        self.rounds = 0
        self.third = threading.Event()

    def round(self) -> int:
        """Enter, or not."""
        self.rounds += 1
        if self.rounds == 1:
            raise NotContinued
        if self.rounds == 3:
            self.third.set()
        return 3 if self.rounds == 2 else 0


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first round comes at once."""
    monkeypatch.setattr(rounds, "_SECONDS_BEFORE_THE_FIRST", 0.0)


@pytest.fixture
def tidy() -> _Tidy:
    """Whoever tidies up."""
    return _Tidy()


def test_a_round_that_failed_is_logged_and_the_next_one_comes(
    tidy: _Tidy, caplog: pytest.LogCaptureFixture
) -> None:
    postman = _Sulking()
    going = _rounds(postman, tidy, seconds=0.001)
    with caplog.at_level(logging.ERROR, logger="intake.post"):
        going.begin()
        assert postman.third.wait(10)
        going.end(seconds=10)

    assert "post.round_failed" in caplog.messages
    assert tidy.rounds == 1


def test_where_nothing_can_be_signed_mail_goes_out_and_it_is_logged(
    tidy: _Tidy, caplog: pytest.LogCaptureFixture
) -> None:
    postman, signing = _Sulking(), _Signing()
    going = _rounds(postman, tidy, seconds=0.001, signing=signing)
    with caplog.at_level(logging.ERROR, logger="intake.checkpoint"), capture_logs() as lines:
        going.begin()
        assert postman.third.wait(10)
        assert signing.third.wait(10)
        going.end(seconds=10)

    assert "checkpoint.not_signed" in caplog.messages
    assert {"event": "checkpoint.signed", "note": "note", "log_level": "info"} in lines


def test_trouble_with_one_does_not_slow_the_others(tidy: _Tidy) -> None:
    """Were the wait one, it would double each time, and the thirtieth come in days."""

    class Ever(_Beside):
        """Altered whenever it is looked at."""

        def round(self) -> int:
            raise NotContinued

    postman = _Sulking()
    thirtieth = postman.at(30)
    going = _rounds(postman, tidy, seconds=0.001, beside=Ever())
    going.begin()
    assert thirtieth.wait(10)
    going.end(seconds=10)


def test_a_mail_server_that_hangs_keeps_nothing_from_being_signed_and_nobody_from_being_told(
    tidy: _Tidy,
) -> None:
    class Hanging(_Sulking):
        """Waits for a mail server until the test is over."""

        def __init__(self) -> None:
            super().__init__()
            self.over, self.told_next = threading.Event(), threading.Event()

        def raise_due(self) -> int:
            self.told_next.set()
            return 1

        def send_due(self, going_on: Callable[[], bool]) -> Round:
            self.over.wait(30)
            return super().send_due(going_on)

    postman, signing = Hanging(), _Signing()
    going = _rounds(postman, tidy, seconds=0.001, signing=signing)
    with capture_logs() as lines:
        going.begin()
        assert signing.third.wait(10)
        assert postman.told_next.wait(10)
        postman.over.set()
        going.end(seconds=10)

    assert {"event": "post.told_next", "escalated": 1, "log_level": "info"} in lines


def test_what_was_kept_beside_the_trail_is_entered_or_its_failure_logged(
    tidy: _Tidy, caplog: pytest.LogCaptureFixture
) -> None:
    beside = _Beside()
    going = _rounds(_Sulking(), tidy, seconds=0.001, beside=beside)
    with caplog.at_level(logging.ERROR, logger="intake.trail"), capture_logs() as lines:
        going.begin()
        assert beside.third.wait(10)
        going.end(seconds=10)

    assert "trail.kept_beside_not_entered" in caplog.messages
    assert {"event": "trail.kept_beside_entered", "batches": 3, "log_level": "info"} in lines


def test_rounds_that_have_ended_are_not_gone_again(tidy: _Tidy) -> None:
    postman = _Sulking()
    going = _rounds(postman, tidy, seconds=3600)
    going.begin()
    going.end(seconds=10)

    assert postman.rounds <= 1
    assert [thread for thread in threading.enumerate() if thread.name.startswith("rounds")] == []


def test_rounds_that_never_began_can_be_ended(tidy: _Tidy) -> None:
    _rounds(_Sulking(), tidy, seconds=3600).end(seconds=10)


def _rounds(
    postman: _Sulking,
    tidy: _Tidy,
    *,
    seconds: float,
    signing: "_Signing | None" = None,
    beside: "_Beside | None" = None,
) -> Rounds:
    return Rounds(
        cast("Postman", postman),
        cast("Housekeeping", tidy),
        cast("Checkpoints", signing or _Signing()),
        cast("KeptBeside", beside or _Beside()),
        seconds=seconds,
    )
