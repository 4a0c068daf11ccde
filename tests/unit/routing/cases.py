"""The shipped directory, and questions put to it in few words."""

from datetime import datetime
from typing import Any

from intake.calendars.local_time import from_local
from intake.routing.decision import Decision
from intake.routing.directory_folder import read_directory
from intake.routing.engine import route
from intake.routing.places import Place, in_authority
from intake.routing.question import Question

DIRECTORY = read_directory()
HALTON, CARDIFF, THE_VALE = "E06000006", "W06000015", "W06000014"
AT_HALTON, AT_CARDIFF, AT_THE_VALE = in_authority(HALTON), in_authority(CARDIFF), in_authority(THE_VALE)

#: A plain Monday in term, and the same evening.
MONDAY, MONDAY_EVENING = "2026-11-23T10:00", "2026-11-23T20:00"


def local(text: str) -> datetime:
    return from_local(datetime.fromisoformat(text))


def ask(home: Place, at: str = MONDAY, **more: Any) -> Decision:  # noqa: ANN401 - any field of a question
    """Put a question to the shipped directory, at a local time."""
    return route(Question(home=home, at=local(at), **more), DIRECTORY)


def calls(decision: Decision) -> list[str]:
    """Give the services to ring, in order."""
    return [step.service for step in decision.steps if step.do == "call"]


def written(decision: Decision) -> list[tuple[str, str]]:
    """Give how and to whom the words go, in order."""
    return [(step.do.value, step.service) for step in decision.steps if step.do != "call"]
