"""The program, served as ever, that stops for good at one place of a write: for a test to kill it there.

Run as a process of its own. `PAUSE_AT` is how the statement begins before which it stops, or `COMMIT`, or
`ANSWER` for after the commit and before anybody is told; `PAUSED` is the file it then makes.
"""

import logging
import os
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.pool import ConnectionPoolEntry

from config import Settings
from intake.cli.serving.mailers import mail_server
from intake.cli.serving.start import open_ready, serve

COMMIT, ANSWER = "COMMIT", "ANSWER"
_RECORDING = "INSERT INTO concern "


class Pause:
    """Stops the thread that records a concern, at one place, and says that it has."""

    def __init__(self, place: str, told: Path) -> None:
        self._place = place
        self._told = told

    def before_statement(
        self, connection: Connection, _cursor: object, statement: str, *_more: object
    ) -> None:
        if statement.startswith(_RECORDING):
            connection.info["recording"] = True
        if connection.info.get("recording") and statement.startswith(self._place):
            self._stop()

    def before_commit(self, connection: Connection) -> None:
        if connection.info.get("recording") and self._place == COMMIT:
            self._stop()

    def let_go(self, _connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own
        if record.info.pop("recording", False) and self._place == ANSWER:
            self._stop()

    def _stop(self) -> None:
        self._told.touch()
        threading.Event().wait()


def main() -> None:
    """Serve until killed."""
    settings = Settings.from_env(os.environ)
    place = open_ready(settings)
    pause = Pause(os.environ["PAUSE_AT"], Path(os.environ["PAUSED"]))
    event.listen(place.database.engine, "before_cursor_execute", pause.before_statement)
    event.listen(place.database.engine, "commit", pause.before_commit)
    event.listen(place.database.engine, "checkin", pause.let_go)
    serve(settings, place, mail_server(settings.mail), level=logging.WARNING, announce=lambda: None)


if __name__ == "__main__":
    main()
