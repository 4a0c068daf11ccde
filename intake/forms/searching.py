"""What is asked of somebody who looks for a child."""

from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from intake.casework.birthdays import born_from
from intake.casework.documents.searching import SearchTerms
from intake.forms.base import BaseForm
from intake.forms.fields import Text, Words

#: Of fewer letters or figures than this, too many cards hold a part.
_FEWEST: Final = 2


class SearchForm(BaseForm[SearchTerms]):
    """A name, a birthday or a number: one of them is enough."""

    name = Text(
        _l("Name"),
        hint=_l("All or part of it, in any order. Other spellings and short forms are found too."),
        autocomplete="off",
        spellcheck=False,
    )
    born = Text(
        _l("Date of birth, year of birth or age"),
        hint=_l("For example, 27 3 2012 or 2012 or 14"),
        most=20,
        width="10",
        autocomplete="off",
    )
    other = Words(
        _l("A number, address or nickname"),
        hint=_l(
            "A telephone number, email address, NHS number, UPN, user name or nickname, or a number plate."
            " Part of a plate is enough: write ? for what was not seen."
        ),
        rows=2,
        most=200,
        autocomplete="off",
        spellcheck=False,
    )

    def __init__(self, posted: MultiDict[str, str] | None = None, *, today: date, **options: Any) -> None:
        """Read an age by the day on which it is asked."""
        super().__init__(posted, today=today, **options)
        self._day = today

    def check(self) -> None:
        """Ask for more where a whole service would be the answer."""
        terms = self.draft()
        born = born_from(terms.born, self._day) if terms.born.strip() else None
        if terms.born.strip() and born is None:
            self.refuse("born", _("Write a date like 27 3 2012, a year like 2012, or an age like 14"))
            return
        said = sum(letter.isalnum() for letter in terms.other)
        if not terms.name.strip() and said < _FEWEST and (born is None or born.on is None):
            self.refuse("name", _("Give a name, a whole date of birth, or a number or nickname"))

    def draft(self) -> SearchTerms:
        """Return the terms as typed."""
        return SearchTerms(name=self.name.data, born=self.born.data, other=self.other.data)
