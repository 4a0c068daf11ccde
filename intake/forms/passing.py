"""What is asked of whoever passes a referral on, declines one, or says that it went to the wrong place."""

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import BreachDraft, PassOnDraft, WrongPlaceDraft
from intake.forms.base import BaseForm
from intake.forms.call import CallForm
from intake.forms.choices import OneOf, OneOfMany
from intake.forms.fields import HiddenNumber, Text, Words
from intake.vocabulary import BreachAct, PassingWhy
from intake.words.refusals import refusal
from intake.words.vocabulary import label

_COUNCIL = _l("Which council is the right one? (optional)")
_COUNCIL_HINT = _l("If you leave this open, we look again without your service.")
_NOT_KNOWN = _l("Not known")


class PassOnForm(BaseForm[PassOnDraft]):
    """Why a referral is passed on, and where to if somebody knows."""

    version = HiddenNumber()
    why = OneOf(
        _l("Why do you pass it on?"),
        {why: label(why) for why in PassingWhy},
        required=_l("Choose why you pass it on"),
    )
    reason = Words(
        _l("Say it in your own words"),
        hint=_l("The next service and the school read this."),
        required=refusal("passing.reason_missing"),
        rows=4,
    )
    council: OneOfMany[str] = OneOfMany(_COUNCIL, {}, hint=_COUNCIL_HINT, blank=_NOT_KNOWN)

    def draft(self) -> PassOnDraft:
        return PassOnDraft(self.why.data, self.reason.data, self.council.data)


class HandOverForm(CallForm):
    """Who took a referral over by telephone, and when."""

    FIRST = ("spoke_to",)

    version = HiddenNumber()
    spoke_to = Text(
        _l("Who took it?"),
        hint=_l("Their name, and their service. If nobody has taken it yet, it is still yours."),
        required=_l("Say who took it. If nobody has taken it yet, it is still yours."),
        autocomplete="off",
    )


class AcceptForm(BaseForm[None]):
    """One button."""

    def draft(self) -> None:
        return None


class DeclineForm(BaseForm[str]):
    """Why a service does not take a referral over."""

    reason = Words(
        _l("Why can you not take it?"),
        hint=_l("The service that has it, and the school, read this. Say where it should go if you know."),
        required=refusal("passing.decline_missing"),
        rows=4,
    )

    def draft(self) -> str:
        return str(self.reason.data)


class WrongPlaceForm(BaseForm[WrongPlaceDraft]):
    """How it is known that a referral should never have gone there."""

    version = HiddenNumber()
    reason = Words(
        _l("How do you know that it went to the wrong place?"),
        hint=_l("This begins the record of what happened. The school and the service both read it."),
        required=refusal("breach.reason_missing"),
        rows=4,
    )
    council: OneOfMany[str] = OneOfMany(
        _COUNCIL, {}, hint=_l("If you leave this open, we look again without them."), blank=_NOT_KNOWN
    )

    def draft(self) -> WrongPlaceDraft:
        return WrongPlaceDraft(self.reason.data, self.council.data)


class WrongCopyForm(BaseForm[WrongPlaceDraft]):
    """How it is known that a copy should never have gone there."""

    reason = Words(
        _l("How do you know that the copy went to the wrong place?"),
        hint=_l("This begins the record of what happened. The school and the service both read it."),
        required=refusal("breach.reason_missing"),
        rows=4,
    )

    def draft(self) -> WrongPlaceDraft:
        return WrongPlaceDraft(self.reason.data, None)


class BreachForm(BaseForm[BreachDraft]):
    """One thing to write down about a breach; only what may be done now is offered."""

    version = HiddenNumber()
    act: OneOf[BreachAct] = OneOf(
        _l("What do you write down?"), {}, required=_l("Choose what you write down")
    )
    words = Words(
        _l("What, who and when"),
        hint=_l("For a decision, the reason. It cannot be changed later, only added to."),
        required=refusal("breach.words_missing"),
        rows=4,
    )

    def draft(self) -> BreachDraft:
        return BreachDraft(self.act.data, self.words.data)
