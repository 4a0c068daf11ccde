"""What every form has: a token of its own session, a once-key, plain errors, and a draft to hand on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import Field, FieldList, Form, FormField
from wtforms.csrf.core import CSRF
from wtforms.form import BaseForm as WTFormsForm
from wtforms.meta import DefaultMeta
from wtforms.utils import unset_value

from intake.errors import Refused
from intake.forms.choices import Choosing
from intake.forms.fields import Hidden, Password, Question

if TYPE_CHECKING:
    _FieldList = FieldList[Any]
else:  # WTForms' own class takes no parameter when the program runs
    _FieldList = FieldList

D = TypeVar("D")

#: What a page carries for itself; never part of a person's words.
CARRIED = frozenset({"csrf_token", "once_key", "version"})
_SECRET = frozenset({"password", "code", "secret", "token"})
#: The number of a row has no more.
_DIGITS = 4
_PARTS_OF_A_NAME = re.compile(r"[-_]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary and the control it leads to."""

    anchor: str
    message: str


class SessionToken(CSRF):
    """The token that shows a form was sent from a page of this session."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return str(generate_csrf())

    def validate_csrf_token(self, form: WTFormsForm, field: Field) -> None:
        """Check the token, unless the guard of the whole application has done so. Raises ValidationError."""
        if not g.get("csrf_valid", False):
            validate_csrf(field.data)


class Part(Form):
    """The questions asked of one row; a `Rows` holds several."""


class Rows(_FieldList):
    """The same few questions asked of several things, one numbered row each."""

    def __init__(
        self, part: type[Part], label: str = "", *, most: int = 20, least: int = 1, **bound: Any
    ) -> None:
        super().__init__(FormField(part), label, min_entries=least, max_entries=most, **bound)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Yield the row numbers posted; a name that only looks like one ('²', forty digits) is not ours."""
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if (
                name.startswith(f"{prefix}-")
                and number.isascii()
                and number.isdecimal()
                and len(number) <= _DIGITS
            ):
                yield int(number)

    def _add_entry(self, formdata: Any = None, data: Any = unset_value, index: int | None = None) -> Any:
        """Add a row: one that only fills up the number is blank, whatever was posted under that number."""
        return super()._add_entry(None if index is None else formdata, data, index)  # type: ignore[misc] # its types leave it out

    def parts(self) -> Iterator[Any]:
        """Yield the form of each row."""
        for entry in self.entries:
            yield entry.form

    def problems(self) -> Iterator[Problem]:
        """Yield the errors of every row, saying which row each is about: 'Action 2: Say who will do it'."""
        for number, part in enumerate(self.parts(), start=1):
            for problem in _problems_in(part):
                yield Problem(problem.anchor, f"{self.label.text} {number}: {problem.message}")


class BaseForm(Form, Generic[D]):
    """A form of the work: shown with a fresh once-key, posted back whole, read out as a draft."""

    #: What stands first on the page, where a subclass adds questions or asks one in its own words.
    FIRST: ClassVar[tuple[str, ...]] = ()

    once_key = Hidden("")

    class Meta(DefaultMeta):
        """WTForms' own settings."""

        csrf = True
        csrf_class = SessionToken
        csrf_field_name = "csrf_token"

    def __init__(
        self,
        posted: MultiDict[str, str] | None = None,
        *,
        once_key: str = "",
        today: date | None = None,
        choices: Mapping[str, Mapping[Any, str]] | None = None,
        saved: Mapping[str, Sequence[str]] | None = None,
        **answers: Any,
    ) -> None:
        """Make the form as posted, else as a saved draft, else with the given answers filled in.

        `once_key` is the fresh key for a form shown for the first time; a posted form keeps its own.
        `today` is the local date by which a date in the future is refused. `choices` gives the answers
        of questions whose list is only known now, by the question's name.
        """
        self.today = today
        self.submitted = posted is not None
        self._given_choices = choices or {}
        answered = posted if saved is None or self.submitted else ImmutableMultiDict(saved)
        super().__init__(answered, **answers)
        self._fields = {name: self._fields[name] for name in dict.fromkeys((*self.FIRST, *self._fields))}
        if not self.submitted:
            self.once_key.data = once_key

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Put the lists in place before the answers are looked up in them."""
        for name, listed in self._given_choices.items():
            question = self[name]
            if not isinstance(question, Choosing):
                raise TypeError(name)
            question.choices = listed
        super().process(*args, **kwargs)

    def accepted(self) -> bool:
        """Whether this was posted and every answer can be taken."""
        return self.submitted and self.validate()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        super().validate(extra_validators)
        if "csrf_token" in self and self["csrf_token"].errors:
            self.form_errors.append(_("This page had been open too long. Nothing was sent: press once more."))
        self.check()
        return not any(self.problems())

    def check(self) -> None:
        """Compare answers with each other; override and call `refuse`."""

    def refuse(self, name: str, message: str) -> None:
        """Put an error beside a question, or at the top of the form when it is about no one question."""
        question = self._fields.get(name)
        if isinstance(question, Question):
            question.refuse(message)
        else:
            self.form_errors.append(message)

    def take(self, refusal: Refused, words: Mapping[str, str] | None = None) -> None:
        """Put what a service refused beside the question it names; `words` says a code in plain words."""
        self.refuse(refusal.field, str((words or {}).get(refusal.message, refusal.message)))

    def problems(self) -> tuple[Problem, ...]:
        """Every error on the page, in the order of the questions."""
        return (*(Problem("", str(said)) for said in self.form_errors), *_problems_in(self))

    def draft(self) -> D:
        """Return the answers as the frozen value that the service takes."""
        raise NotImplementedError

    def typed_words(self) -> dict[str, list[str]]:
        """Return what was typed, as posted, for sealing as an unfinished draft: no token, no password."""
        return {name: said for question in _leaves(self) for name, said in question.posted().items()}


def words_in(posted: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return the words of any posted form: no token, no password or code, and nothing that was left empty."""
    return {
        name: said
        for name, said in posted.lists()
        # The page that refuses a post with a nameless part shows what else was typed.
        if name and name not in CARRIED and not is_secret(name) and any(map(str.strip, said))
    }


def is_secret(name: str) -> bool:
    """Whether a question of this name is answered with a password or a code; a postcode is neither."""
    return bool(_SECRET.intersection(_PARTS_OF_A_NAME.split(name)))


def _leaves(form: WTFormsForm) -> Iterator[Question]:
    for question in _questions(form):
        if not isinstance(question, Password) and question.short_name not in CARRIED:
            yield question


def _questions(form: WTFormsForm) -> Iterator[Question]:
    for question in form:
        if isinstance(question, FieldList):
            for entry in question.entries:
                yield from _questions(entry.form)
        elif isinstance(question, Question):
            yield question


def _problems_in(form: WTFormsForm) -> Iterator[Problem]:
    for question in form:
        if isinstance(question, Rows):
            yield from question.problems()
        elif isinstance(question, Question):
            yield from (Problem(question.anchor, str(said)) for said in question.errors)
