"""T21: one form pressed by thirty-two at once, over and over, on either kind of database: one record."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from intake import schema
from intake.db import Database
from intake.models.concern import Concern
from tests.factories.people import People
from tests.factories.school import School, make_school
from tests.security.outcome import Outcome
from tests.support.client import Visitor
from tests.support.place import TestPlace, make_place
from tests.support.postgres import a_server
from tests.support.web import make_app, signed_in

_AT_ONCE, _FORMS = 32, 157
_PAGE = "/concerns/new"
_SAID = {
    "child_name": "Maya Ellison",
    "danger_now": "no",
    "missing_now": "no",
    "happened": "A car waited for her.",
    "occurred_on": "today",
}


def measure(folder: Path) -> Outcome:
    """Press every form from thirty-two tabs; pressed with a key for each tab, it must be seen to be many."""
    figures: dict[str, object] = {}
    faults: list[str] = []
    with ExitStack() as stack:
        server = stack.enter_context(a_server())
        urls = {
            "SQLite": f"sqlite:///{folder / 'intake.sqlite3'}",
            "PostgreSQL": server.url(server.new_database()),
        }
        for name, url in urls.items():
            database = stack.enter_context(closing(Database(url)))
            schema.upgrade(database)
            pressing = _Pressing(make_place(database))
            led = [pressing.form(one_key=True) for _ in range(_FORMS)]
            records = pressing.records()
            wrong = [each for each in led if each != {303: _AT_ONCE}]
            figures[name] = f"{_FORMS * _AT_ONCE} presses of {_FORMS} forms, {records} records"
            if records != _FORMS or wrong:
                faults.append(f"{name}: {records} records of {_FORMS} forms, answered {wrong[:3]}")
            pressing.form(one_key=False)
            if pressing.records() == records + 1:
                faults.append(f"{name}: presses with a key each are not seen to be many records")
    return Outcome(figures, tuple(faults))


class _Pressing:
    """A teacher with a form in many tabs."""

    def __init__(self, place: TestPlace) -> None:
        self._place = place
        self._school: School = make_school(place, People(place))
        self._app: Flask = make_app(place)
        self._visitor: Visitor = signed_in(self._app, place, self._school.teacher)

    def form(self, *, one_key: bool) -> dict[int, int]:
        """Press one form from all tabs at one moment; gives how many were answered by what."""
        said = [self._filled() for _ in range(1 if one_key else _AT_ONCE)]
        said *= _AT_ONCE // len(said)
        with ThreadPoolExecutor(_AT_ONCE) as tabs:
            answered = list(tabs.map(self._press, said))
        return {status: answered.count(status) for status in set(answered)}

    def records(self) -> int:
        """Count the concerns there are."""
        with self._place.reading() as services:
            return services.unit.session.scalars(select(func.count()).select_from(Concern)).one()

    def _filled(self) -> dict[str, Any]:
        return self._visitor.get(_PAGE).form(_PAGE).fill(_SAID).values

    def _press(self, said: dict[str, Any]) -> int:
        tab = self._app.test_client()
        tab.set_cookie("session", self._visitor.cookie("session"))
        return tab.post(_PAGE, data=said).status_code
