"""What is asked of whoever restricts a case, has a tie to one, breaks the glass, or reviews that."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import GlassDraft, GlassReviewDraft, RestrictDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf, SomeOf
from intake.forms.fields import Text, Words
from intake.vocabulary import GlassFinding
from intake.words.refusals import refusal
from intake.words.vocabulary import label


class RestrictForm(BaseForm[RestrictDraft]):
    """To whom a case is restricted, and why."""

    people: SomeOf[UUID] = SomeOf(_l("Who may still see it?"), {}, hint=_l("You are one of them."))
    reason = Words(
        _l("Why must it be restricted?"),
        hint=_l("Only those you name read this."),
        required=refusal("restriction.reason_missing"),
        rows=4,
    )

    def draft(self) -> RestrictDraft:
        return RestrictDraft(tuple(self.people.data), self.reason.data)


class RestrictedNoteForm(BaseForm[str]):
    """Words only the named may read."""

    text = Words(_l("Write a restricted note"), required=refusal("note.empty"), rows=4)

    def draft(self) -> str:
        return str(self.text.data)


class LetInForm(BaseForm[UUID]):
    """Whom else to let into a restricted case, and why."""

    person: OneOf[UUID] = OneOf(_l("Who else must see it?"), {}, required=_l("Choose a colleague"))
    why = Words(_l("Why?"), required=_l("Say why, for whoever approves it"), rows=3)

    def draft(self) -> UUID:
        person: UUID = self.person.data
        return person


class LiftForm(BaseForm[str]):
    """Why a case need not be restricted any more."""

    why = Words(
        _l("Why can everybody here see it again?"), required=_l("Say why, for whoever approves it"), rows=3
    )

    def draft(self) -> str:
        return str(self.why.data)


class TieForm(BaseForm[UUID]):
    """Who has a tie to a case."""

    person: OneOf[UUID] = OneOf(
        _l("Who has the tie?"),
        {},
        hint=_l("Their own child, somebody of their family, a neighbour, a friend."),
        required=refusal("tie.not_here"),
    )

    def draft(self) -> UUID:
        person: UUID = self.person.data
        return person


class GlassForm(BaseForm[GlassDraft]):
    """What must be looked for behind the glass, and why."""

    looked_for = Text(
        _l("Name or reference"),
        hint=_l("The child's name as it is spelt, or the whole reference."),
        required=refusal("glass.looked_for_missing"),
        autocomplete="off",
        spellcheck=False,
    )
    reason = Words(
        _l("Why must you see it now?"),
        hint=_l("A colleague reads this afterwards, and decides whether it was right."),
        required=refusal("glass.reason_missing"),
        rows=4,
    )

    def draft(self) -> GlassDraft:
        return GlassDraft(self.looked_for.data, self.reason.data)


class CloseGlassForm(BaseForm[None]):
    """One button."""

    def draft(self) -> None:
        return None


class GlassReviewForm(BaseForm[GlassReviewDraft]):
    """What was found about a breaking of glass."""

    finding = OneOf(
        _l("Was it needed?"),
        {finding: label(finding) for finding in GlassFinding},
        required=_l("Choose whether it was needed"),
    )
    words = Words(
        _l("What did you find out?"),
        hint=_l("Whom you asked, what they said, and what follows from it."),
        required=refusal("glass.words_missing"),
        rows=5,
    )

    def draft(self) -> GlassReviewDraft:
        return GlassReviewDraft(self.finding.data, self.words.data)
