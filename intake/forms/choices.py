"""Questions answered by choosing: what is posted is only ever looked up in the list that was shown."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.forms.fields import Question

K = TypeVar("K")

_log = logging.getLogger("intake.forms")

#: More choices than this in one list were not ticked by a person.
MOST_TICKS = 200


class Choosing(Question, Generic[K]):
    """A question whose answers are listed; what is posted is only ever looked up in that list."""

    def __init__(
        self,
        label: str,
        choices: Mapping[K, str] | None = None,
        *,
        hints: Mapping[K, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.choices: Mapping[K, str] = choices or {}
        self.hints: Mapping[K, str] = hints or {}

    def options(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield value, words, hint and whether chosen, for each answer in order."""
        for key, words in self.choices.items():
            yield str(key), str(words), str(self.hints.get(key, "")), self.chosen(key)

    def chosen(self, key: K) -> bool:
        return bool(self.data == key)

    def known(self, posted: Sequence[object]) -> tuple[K, ...]:
        """Return the listed answers among what was posted, in the order of the list.

        Raises ValueError when something else was posted: an old page, or a hand-made request.
        """
        said = {str(value) for value in posted[:MOST_TICKS]}
        found = tuple(key for key in self.choices if str(key) in said)
        if len(found) != len(said):
            _log.warning("an answer that was not among those shown, to %s", self.name)
            raise ValueError(_("Choose from the answers shown"))
        return found


class OneOf(Choosing[K]):
    """One answer out of a few, as radio buttons; `data` is the key chosen, or None."""

    component = "radios"

    def __init__(
        self, label: str, choices: Mapping[K, str] | None = None, *, inline: bool = False, **options: Any
    ) -> None:
        super().__init__(label, choices, **options)
        self.inline = inline

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            (self.data,) = self.known(valuelist[:1])


class OneOfMany(OneOf[K]):
    """One answer out of a long list, as a drop-down; `blank` stands there until something is chosen."""

    component = "select"

    def __init__(
        self, label: str, choices: Mapping[K, str] | None = None, *, blank: str | None = None, **options: Any
    ) -> None:
        super().__init__(label, choices, **options)
        self.blank = blank or _l("Choose one")


class SomeOf(Choosing[K]):
    """Any number of answers, as checkboxes; `data` is a tuple of the keys ticked."""

    component = "checkboxes"

    @property
    def empty(self) -> bool:
        return not self.data

    def chosen(self, key: K) -> bool:
        return key in self.data

    def process_data(self, value: Collection[K] | None) -> None:
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = ()
        self.data = self.known([value for value in valuelist if value])


class Tick(Question):
    """A single box, ticked or not."""

    component = "checkboxes"

    @property
    def empty(self) -> bool:
        return not self.data

    def process_data(self, value: object) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist and valuelist[0])

    def options(self) -> Iterator[tuple[str, str, str, bool]]:
        yield "yes", str(self.label.text), "", self.data
