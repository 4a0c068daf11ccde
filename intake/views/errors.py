"""What a person is told when something cannot be done: what happened, what was kept, and what to do now."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, Response, render_template, request
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from intake import vocabulary
from intake.errors import (
    IllegalTransition,
    IntakeError,
    NotConfirmed,
    NotFound,
    NotPermitted,
    Refused,
    StaleVersion,
)
from intake.forms.base import words_in

_log = logging.getLogger("intake.errors")

#: Refusals with a page of their own; any other is told as a request that could not be understood.
_TOLD = frozenset({400, 403, 404, 405, 409, 413, 429})
_STATUS: dict[type[Exception], int] = {
    NotPermitted: 403,
    NotFound: 404,
    IllegalTransition: 409,
    StaleVersion: 409,
    Refused: 400,
}
_FAILED = 500
_AWAY = 503
_TRY_AGAIN_AFTER = "30"

#: What was chosen from a list is not somebody's words, and need not be copied to be kept.
_ANSWERS = frozenset(
    str(value)
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for value in kind
)


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """A duty service to ring, as the failure page prints it."""

    authority: str
    service: str
    phone: str


#: What is done before somebody is told of a refusal; it may give an answer to take the refusal's place.
Before = Callable[[IntakeError], AnyResponse | None]


class RefusalPages:
    """Answers refusals with a page that says what to do, and failures with one that needs nothing to work."""

    def __init__(self, outage: "Outage", unavailable: tuple[type[Exception], ...], before: Before) -> None:
        self._outage = outage
        self._unavailable: tuple[type[Exception], ...] = (NotConfirmed, *unavailable)
        self._before = before

    def refused(self, problem: IntakeError) -> AnyResponse:
        """Tell of something this program would not do."""
        try:
            instead = self._before(problem)
        except Exception as trouble:  # noqa: BLE001 - what must be done first was not done: nothing is told
            return self.failed(trouble)
        if instead is not None:
            return instead
        status = next((code for kind, code in _STATUS.items() if isinstance(problem, kind)), None)
        return self.failed(problem) if status is None else self._tell(status)

    def not_understood(self, problem: HTTPException) -> AnyResponse:
        """Tell of a request that HTTP itself refuses."""
        status = problem.code or _FAILED
        if status >= _FAILED:
            return self.failed(problem)
        answer = self._tell(status)
        for name, value in problem.get_headers():
            if name in {"Allow", "Retry-After"}:
                answer.headers[name] = value
        return answer

    def failed(self, problem: Exception) -> AnyResponse:
        """Answer with the ready-made page; the log learns where it happened and never what was said.

        A template's own complaint names only its own parts, so that is told.
        """
        said = f": {problem}" if isinstance(problem, TemplateError) else ""
        _log.error("%s%s at %s", type(problem).__name__, said, _places(problem))
        status = _AWAY if isinstance(problem, self._unavailable) else _FAILED
        return Response(self._outage.page(), status, {"Retry-After": _TRY_AGAIN_AFTER}, mimetype="text/html")

    def _tell(self, status: int) -> AnyResponse:
        page = status if status in _TOLD else 400
        try:
            return Response(render_template(f"errors/{page}.html", typed=_typed()), status)
        except Exception as trouble:  # noqa: BLE001 - the page around it may need what is broken
            return self.failed(trouble)


def set_up(
    app: Flask,
    *,
    before: Before,
    numbers: Callable[[], tuple[DutyNumber, ...]] = tuple,
    unavailable: tuple[type[Exception], ...] = (),
) -> None:
    """Answer every refusal and failure with a page.

    `before` is asked before each refusal; `numbers` gives those printed on the failure page; `unavailable`
    are the errors by which the database says it is away. Call it after the templates have been set up.
    """
    pages = RefusalPages(Outage(app, numbers), unavailable, before)
    app.register_error_handler(IntakeError, pages.refused)
    app.register_error_handler(HTTPException, pages.not_understood)
    app.register_error_handler(Exception, pages.failed)


class Outage:
    """The page for when nothing else works, no database and no session: ready-made, with the numbers."""

    def __init__(self, app: Flask, numbers: Callable[[], tuple[DutyNumber, ...]]) -> None:
        self._app = app
        self._numbers = numbers
        self._made_of = numbers()
        self._page = self._make()

    def page(self) -> str:
        """Return the page, made again only where the numbers known to this process have changed since."""
        numbers = self._numbers()
        if numbers != self._made_of:
            self._made_of = numbers
            self._page = self._make()
        return self._page

    def _make(self) -> str:
        with self._app.app_context():
            return self._app.jinja_env.get_template("errors/outage.html").render(numbers=self._made_of)


def _typed() -> tuple[str, ...]:
    """Return what the person had written, to be copied from the page that turned it away."""
    try:
        posted = words_in(request.form)
    except HTTPException:  # too much was sent to be read at all
        return ()
    return tuple(text for said in posted.values() for text in said if text.strip() and text not in _ANSWERS)


def _places(problem: Exception) -> str:
    """Return the file, line and function of each step down to the failure, without its message."""
    steps = traceback.extract_tb(problem.__traceback__)
    return " > ".join(f"{step.filename.rpartition('/')[2]}:{step.lineno} {step.name}" for step in steps)
