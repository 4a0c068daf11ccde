"""What is asked of whoever wants a second person, and of the second person."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Words
from intake.words.refusals import refusal

_MOST = 2_000


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
