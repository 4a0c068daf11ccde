"""The log: one line of JSON for each event, holding names of events, ids and numbers, and no words."""

import logging
import sys
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from gunicorn.glogging import Logger
from structlog.typing import Processor

from config import ROOT
from intake.views.street import IDS, RULE

_OURS = "intake"
_FILES = "/static/"
_MILLISECOND = timedelta(milliseconds=1)
_REFUSED = 400


class Lines(logging.Handler):
    """Writes what any library logs as a line: its words are ours only where the logger is."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record.

        A library's message may have been made of a request's address or of a value in a row, so of those
        only the unfilled template is written, and of an error its kind and the places it passed.
        """
        ours = record.name.partition(".")[0] == _OURS
        said: dict[str, Any] = {"logger": record.name}
        if record.exc_info and record.exc_info[1] is not None:
            said |= {"error": type(record.exc_info[1]).__name__, "at": _places(record.exc_info[2])}
        event = record.getMessage() if ours else str(record.msg)
        structlog.get_logger().log(record.levelno, event, **said)


class ServerLog(Logger):  # type: ignore[misc] # published without types
    """What the web server says, in lines; of a request the rule it met and the ids in it, not its address."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - the server's own settings
        """Leave the writing to the lines."""
        self.cfg = cfg
        self._access_log_enabled = True
        self.error_log.propagate = True

    def access(self, resp: Any, req: object, environ: dict[str, Any], request_time: timedelta) -> None:  # noqa: ANN401 - the server's own
        """Write a line for one answer; a file that every page brings along is no event."""
        del req
        rule = environ.get(RULE)
        status = int(str(resp.status).split(maxsplit=1)[0])
        if str(rule).startswith(_FILES) and status < _REFUSED:
            return
        structlog.get_logger().info(
            "request",
            method=environ.get("REQUEST_METHOD"),
            rule=rule,
            status=status,
            ms=round(request_time / _MILLISECOND, 1),
            **environ.get(IDS, {}),
        )


def set_up(level: int, carried: Processor | None = None) -> None:
    """Send every library's log, and our own, to standard error as JSON; `carried` sees each line as well."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
            *(() if carried is None else (carried,)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=level, handlers=[Lines()], force=True)
    logging.captureWarnings(capture=True)


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        inside = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
        places.append(f"{inside}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places
