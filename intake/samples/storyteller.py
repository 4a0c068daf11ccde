"""How the fortnight is told: several stories at once, each act at its time, and the post going in between."""

import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import func, select

from intake.clock import SetClock
from intake.mail.mailer import Letter
from intake.models.concern import Alert
from intake.policy.actor import Actor
from intake.samples.cast import Cast
from intake.samples.people import SamplePerson
from intake.services.postman import Postman
from intake.services.workplace import Services, Workplace

Doing = Callable[[Services, Actor], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does at an instant."""

    at: datetime
    who: SamplePerson
    do: Doing


#: Yields the acts of one child's story in their order, and is sent what each of them gave.
Story = Generator[Act, Any, None]


class _Delivered:
    """Takes every mail of the invented past as sent: nobody is waiting for it any more."""

    def send(self, letter: Letter) -> None:
        """Let it be sent."""


@dataclass(frozen=True, slots=True)
class Storyteller:
    """Tells stories in a workplace whose clock is ours to move."""

    place: Workplace
    cast: Cast
    clock: SetClock
    until: datetime

    def tell(self, stories: Iterable[Story]) -> int:
        """Act out the stories as far as they have come by now; returns how many acts there were."""
        order, acts = count(), 0
        waiting: list[tuple[datetime, int, Act, Story]] = []
        for story in stories:
            heapq.heappush(waiting, (*_keyed(next(story), order), story))
        while waiting:
            _, _, act, story = heapq.heappop(waiting)
            if act.at > self.until:
                continue
            done = self._do(act)
            acts += 1
            try:
                following = story.send(done)
            except StopIteration:
                continue
            if following.at < act.at:
                msg = "a story goes forward in time"
                raise ValueError(msg)
            heapq.heappush(waiting, (*_keyed(following, order), story))
        self._let_pass(self.until)
        return acts

    def _do(self, act: Act) -> Any:  # noqa: ANN401 - whatever the act gave is its own story's to know
        self._let_pass(act.at)
        actor = self.cast.actor(act.who)
        with self.place.writing() as services:
            done = act.do(services, actor)
        self._postman().round()
        return done

    def _let_pass(self, instant: datetime) -> None:
        """Let time pass until an instant, telling the next deputy of what lies unread when due."""
        while (due := self._next_alert()) is not None and due <= instant:
            self.clock.instant = max(due, self.clock.instant)
            self._postman().round()
        self.clock.instant = instant

    def _next_alert(self) -> datetime | None:
        with self.place.reading() as services:
            due: datetime | None = services.unit.session.scalar(
                select(func.min(Alert.due_at)).where(Alert.ended_at.is_(None), Alert.sent_at.is_(None))
            )
        return due

    def _postman(self) -> Postman:
        return Postman(self.place, _Delivered())


def _keyed(act: Act, order: "count[int]") -> tuple[datetime, int, Act]:
    return act.at, next(order), act
