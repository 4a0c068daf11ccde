"""Forms that hold rows of the same questions: more can be asked for, and a row left blank is no answer."""

from collections.abc import Sequence
from typing import Any, TypeVar

from intake.forms.base import BaseForm, Part, Rows
from intake.forms.fields import Question

D = TypeVar("D")

#: The name of the buttons that ask for one more row; the value says of what.
ANOTHER = "another"


class FormOfRows(BaseForm[D]):
    """A form with rows; `rows-0-question` names a question of the first row that says something."""

    def filled(self, name: str) -> Sequence[Any]:
        """Return the rows in which something was typed, in order."""
        rows = self[name]
        assert isinstance(rows, Rows)  # noqa: S101 - named by the form itself
        return tuple(part for part in rows.parts() if says_anything(part))

    def one_more(self, name: str | None) -> bool:
        """Add a blank row where one was asked for; tells whether it was, and nothing is to be sent yet."""
        rows = self._fields.get(name or "")
        if not isinstance(rows, Rows):
            return False
        if rows.max_entries is None or len(rows.entries) < rows.max_entries:
            rows.append_entry()
        return True

    def refuse(self, name: str, message: str) -> None:
        """Put an error beside its question, inside a row where the name leads into one."""
        rows, _, place_and_question = name.partition("-")
        place, _, question = place_and_question.partition("-")
        if not (isinstance(self._fields.get(rows), Rows) and place.isdecimal()):
            super().refuse(name, message)
            return
        beside = self.filled(rows)[int(place)][question]
        assert isinstance(beside, Question)  # noqa: S101 - rows are made of nothing else
        beside.refuse(message)


def says_anything(part: Part) -> bool:
    """Tell whether anything was typed or chosen in a row: nothing in a row stands chosen from the start."""
    return any(isinstance(question, Question) and not question.empty for question in part)
