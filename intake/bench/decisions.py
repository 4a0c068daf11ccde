"""Measures one decision: where a child is one of few councils', and where of as many as there are."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from intake.bench.councils import councils
from intake.routing.directory import Directory
from intake.routing.engine import route
from intake.routing.places import in_authority
from intake.routing.question import Question

_FEW, _ROUNDS, _AN_HOUR = 10, 2_000, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DecisionsMeasured:
    """What one decision takes in milliseconds, among few councils and among many, and how that grew.

    The medians are by the clock on the wall; `processor_ms` is the mean of what the processor did for it.
    """

    councils: int
    few: int
    median_ms_among_few: float
    median_ms: float
    processor_ms: float
    grown: float


def measure_decisions(count: int, at: datetime) -> DecisionsMeasured:
    """Decide many times, at every hour in turn, for one council after the other; the two sizes by turns."""
    small, large = councils(_FEW), councils(count)
    questions = tuple(zip(_questions(small, at), _questions(large, at), strict=True))
    for few, many in questions:  # hours of a year are worked out once and then known
        route(few, small)
        route(many, large)
    worked = time.process_time()
    for _few, many in questions:
        route(many, large)
    worked = time.process_time() - worked
    taken = [(_milliseconds(few, small), _milliseconds(many, large)) for few, many in questions]
    among_few, among_many = median(few for few, _many in taken), median(many for _few, many in taken)
    return DecisionsMeasured(
        councils=count,
        few=_FEW,
        median_ms_among_few=among_few,
        median_ms=among_many,
        processor_ms=worked * 1_000 / _ROUNDS,
        grown=among_many / among_few,
    )


def _questions(directory: Directory, at: datetime) -> Iterator[Question]:
    """Ask everything there is to ask: a child in care, found elsewhere, with a worker, about staff."""
    codes = tuple(directory.authorities)
    for number in range(_ROUNDS):
        here, there, third = (codes[(number + step) % len(codes)] for step in range(3))
        question = Question(
            home=in_authority(here), at=at + number * _AN_HOUR, caring=third, school_authority=here
        )
        pressing = number % 2 == 0
        yield replace(
            question,
            found=in_authority(there),
            urgent=pressing,
            allocated=pressing,
            about_staff=not pressing,
        )


def _milliseconds(question: Question, directory: Directory) -> float:
    began = time.perf_counter()
    route(question, directory)
    return (time.perf_counter() - began) * 1_000
