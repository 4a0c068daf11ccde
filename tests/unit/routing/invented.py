"""The shipped directory with services added that it does not list yet: invented, and only for tests."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from intake.calendars.hours import WrittenHours
from intake.calendars.term import Term
from intake.routing.codes import WrittenChannel
from intake.routing.decision import Decision
from intake.routing.directory import Directory, Receives, Service
from intake.routing.engine import route
from intake.routing.places import Place
from intake.routing.question import Question
from intake.vocabulary import Nation, ServiceKind
from tests.unit.routing.cases import DIRECTORY, HALTON, MONDAY, local

OFFICE = WrittenHours("Mo-Fr 09:00-17:00; PH off", Nation.ENGLAND)
ICART = DIRECTORY.services["halton-icart"]
GONE = Term(last=date(2026, 1, 31))


def service(slug: str, kind: ServiceKind, code: str = HALTON, **more: Any) -> Service:  # noqa: ANN401 - any field
    """Give an invented service that is open in office hours."""
    on_duty = replace(ICART.on_duty, hours=OFFICE)
    made = replace(
        ICART, slug=slug, kind=kind, name=slug, covers=frozenset({code}), on_duty=on_duty, receives=()
    )
    return replace(made, **more)


def with_services(services: Iterable[Service], directory: Directory = DIRECTORY) -> Directory:
    """Give the directory with services added, or put in the place of those of the same name."""
    added = {one.slug: one for one in services}
    everything = {**directory.services, **added}
    by_authority = {
        code: tuple(one for one in everything.values() if code in one.covers)
        for code in directory.by_authority
    }
    return replace(directory, services=everything, by_authority=by_authority)


LADO = service("halton-lado", ServiceKind.LADO)
OPEN_CASES = service("halton-open-cases", ServiceKind.OPEN_CASES)
ADULTS = service("halton-adults", ServiceKind.ADULT)
CLOSED_DOWN = service("halton-old-team", ServiceKind.DUTY_TEAM, term=GONE)
EVERYTHING = with_services([LADO, OPEN_CASES, ADULTS, CLOSED_DOWN])

#: The last half hour takes only what cannot wait.
LAST_HALF_HOUR = with_services([replace(ICART, urgent_only_before_closing=30)])

_A_WAY = Receives(
    channel=WrittenChannel.TELEPHONE,
    where=None,
    hours=None,
    urgent_only=False,
    provenance=ICART.provenance,
)

#: By secure e-mail in office hours only, else by telephone.
BY_POST = with_services(
    [
        replace(
            ICART,
            receives=(
                replace(
                    _A_WAY, channel=WrittenChannel.SECURE_EMAIL, where="duty@council.invalid", hours=OFFICE
                ),
                replace(_A_WAY, channel=WrittenChannel.TELEPHONE, urgent_only=True),
            ),
        )
    ]
)


def ask_of(directory: Directory, home: Place, at: str = MONDAY, **more: Any) -> Decision:  # noqa: ANN401 - any field
    """Put a question to a directory, at a local time."""
    return route(Question(home=home, at=local(at), **more), directory)
