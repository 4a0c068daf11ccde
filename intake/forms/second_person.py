"""What is asked of whoever wants a second person, and of the second person."""

import re
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Text, Words
from intake.vocabulary import KeyChange
from intake.words.refusals import refusal
from intake.words.vocabulary import label

_MOST = 2_000
_REFERENCE: Final = re.compile(r"[A-Z]{1,4}(-[A-Z0-9]{2,6}){1,3}")
#: What has no reference, as a child's file, goes by its id.
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class WhyForm(BaseForm[str]):
    """Why something is asked for."""

    why = Words(
        _l("Why?"),
        hint=_l("A second administrator reads this and decides. Write nothing about a child."),
        required=refusal("second_person.reason_missing"),
        rows=4,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.why.data)


@dataclass(frozen=True, slots=True)
class KeyChangeDraft:
    """What is to be done to keys, in codes, and why."""

    codes: tuple[str, ...]
    why: str


class KeyChangeForm(BaseForm[KeyChangeDraft]):
    """What is to be done to keys at the machine, and why."""

    change = OneOf[KeyChange](
        _l("What is to be done?"),
        {change: label(change) for change in KeyChange},
        required=_l("Choose what is to be done"),
    )
    case = Text(
        _l("Which case?"),
        hint=_l("The reference of the referral or concern, or the id of a child's file."),
        most=40,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )
    why = Words(
        _l("Why?"),
        hint=_l("A second administrator reads this and decides. Write nothing about a child."),
        required=refusal("second_person.reason_missing"),
        rows=4,
        most=_MOST,
    )

    def check(self) -> None:
        case = self._case()
        if self.change.data is KeyChange.CASE and not (_ID.fullmatch(case) or _REFERENCE.fullmatch(case)):
            self.refuse("case", refusal("keys.no_case"))

    def draft(self) -> KeyChangeDraft:
        change: KeyChange = self.change.data
        codes = (change, self._case()) if change is KeyChange.CASE else (change,)
        return KeyChangeDraft(codes, str(self.why.data))

    def _case(self) -> str:
        said = str(self.case.data).strip()
        return said.lower() if _ID.fullmatch(said.lower()) else said.upper()


class ApprovalForm(BaseForm[None]):
    """Approving what is on the page: it asks nothing more."""

    def draft(self) -> None:
        return None


class RefusalForm(BaseForm[str]):
    """Why something is refused."""

    answer = Words(
        _l("Why not?"), required=_l("Say why not: whoever asked will read it."), rows=3, most=_MOST
    )

    def draft(self) -> str:
        return str(self.answer.data)


class TakeBackForm(BaseForm[str]):
    """Why somebody takes back what they asked for."""

    why = Words(
        _l("Why do you take it back?"),
        required=_l("Say why you take it back: it stays with what you asked for."),
        rows=3,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.why.data)
