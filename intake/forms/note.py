"""What is asked when a case note is written."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Words
from intake.words.refusals import refusal


class NoteForm(BaseForm[str]):
    """One note; a correction is asked for with the same question."""

    text = Words(
        _l("Write a note"),
        hint=_l(
            "A note cannot be changed once it is kept. To put something right, correct it: both are shown."
        ),
        required=refusal("note.empty"),
        rows=5,
    )

    def draft(self) -> str:
        return str(self.text.data)
