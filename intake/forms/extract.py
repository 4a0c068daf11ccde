"""What is asked of whoever wants an extract of a case, and of whoever has a text that may be one."""

from flask_babel import lazy_gettext as _l

from intake.casework.extract import ExtractDraft
from intake.errors import Refused
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf, SomeOf
from intake.forms.fields import Words
from intake.vocabulary import Audience, HeldBack
from intake.words.audiences import AUDIENCES, FILE_GOES, FILE_HELD, HELD_BACK, WHAT_GOES, WHAT_IS_HELD
from intake.words.refusals import refusal

_MOST = 600
#: An extract of a long case, with room for what a copy of it brings along.
_LONGEST_TEXT = 400_000


class ExtractForm(BaseForm[ExtractDraft]):
    """Whom an extract is for, what goes in that is held back otherwise, and why."""

    audience = OneOf[Audience](
        _l("Who is it for?"),
        {each: AUDIENCES[each] for each in WHAT_GOES},
        hints=WHAT_GOES,
        required=_l("Choose whom it is for"),
    )
    put_in = SomeOf[HeldBack](
        _l("What must go in that is left out otherwise?"),
        {each: HELD_BACK[each] for each in HeldBack},
        hint=_l("Leave these empty unless somebody must have it: each wants a reason of its own."),
        hints=WHAT_IS_HELD,
    )
    why_others = Words(_l("Why must words of other people go in?"), rows=2, most=_MOST)
    why_police = Words(_l("Why must police matters go in?"), rows=2, most=_MOST)
    why_address = Words(_l("Why must it say where the child lives or is?"), rows=2, most=_MOST)
    why = Words(
        _l("Why is it given out?"),
        hint=_l("For example: what the court ordered, or who asked, and when. Whoever approves reads this."),
        required=refusal("second_person.reason_missing"),
        rows=3,
        most=_MOST,
    )

    def check(self) -> None:
        try:
            self.draft().require_reasons()
        except Refused as refused:
            self.refuse(refused.field, refusal(refused.message))

    def draft(self) -> ExtractDraft:
        reasons = {each: str(self[f"why_{each}"].data) for each in self.put_in.data}
        return ExtractDraft(self.audience.data, str(self.why.data), reasons)

    def reasons(self) -> str:
        """Return every reason under what it is for, as whoever approves reads them."""
        draft = self.draft()
        each = (f"{HELD_BACK[held]}: {reason}" for held, reason in draft.put_in.items())
        return "\n\n".join((draft.why, *each))


class FileExtractForm(ExtractForm):
    """The same of a child's file, which a school also gives to the next one."""

    FIRST = ("audience", "put_in")

    audience = OneOf[Audience](
        _l("Who is it for?"),
        {each: AUDIENCES[each] for each in FILE_GOES},
        hints=FILE_GOES,
        required=_l("Choose whom it is for"),
    )
    put_in = SomeOf[HeldBack](
        _l("What must go in that is left out otherwise?"),
        {each: HELD_BACK[each] for each in HeldBack},
        hint=_l("Leave these empty unless somebody must have it: each wants a reason of its own."),
        hints=FILE_HELD,
    )


class TextForm(BaseForm[str]):
    """A text that may be one that was given out."""

    text = Words(
        _l("The text"),
        hint=_l(
            "From 'The child' to its last line. Spaces and line breaks do not matter; every letter does."
        ),
        required=_l("Paste the text here"),
        rows=8,
        most=_LONGEST_TEXT,
    )

    def draft(self) -> str:
        return str(self.text.data)
