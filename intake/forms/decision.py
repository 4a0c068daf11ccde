"""What is asked of whoever decides on a referral."""

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import DecisionDraft
from intake.casework.triage import decision_objections
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import HiddenNumber, Words
from intake.vocabulary import Decision
from intake.words.refusals import refusal
from intake.words.vocabulary import label


class DecisionForm(BaseForm[DecisionDraft]):
    """The decision, why, what would change it, who has the child now, and what the school may read."""

    version = HiddenNumber()
    decision = OneOf(
        _l("What have you decided?"),
        {decision: label(decision) for decision in Decision},
        hints={
            Decision.AWAITING_INFORMATION: _l(
                "The clock goes on: nothing has been decided for the child yet."
            ),
            Decision.NO_FURTHER_ACTION: _l(
                "Never silent: say what would change it, and write to the school."
            ),
        },
        required=_l("Choose what you have decided"),
    )
    rationale = Words(
        _l("Why?"),
        hint=_l("What you weighed, and what spoke against it. Only your service reads this."),
        required=refusal("decision.rationale_missing"),
    )
    now_with = Words(
        _l("Who has the child's case now?"),
        hint=_l(
            "Needed when you pass the case on: who accepted it and when, or the reference of the other"
            " referral."
        ),
        rows=2,
    )
    would_change_it = Words(
        _l("What would change this decision?"),
        hint=_l("Needed when your service will do nothing more itself."),
        rows=3,
    )
    to_school = Words(
        _l("What may the school read of this?"),
        hint=_l("The sender, the lead and the deputies read this at once, exactly as you write it."),
        rows=5,
    )
    advice = Words(
        _l("Advice to the school (optional)"),
        hint=_l("What to watch for, what to do meanwhile, when to come back."),
        rows=3,
    )

    def check(self) -> None:
        """Name everything this decision still has to say, all at once."""
        if self.decision.data is None or self.rationale.empty:
            return
        for objection in decision_objections(self.draft()):
            self.refuse(objection.field, str(refusal(objection.code)))

    def draft(self) -> DecisionDraft:
        return DecisionDraft(
            decision=self.decision.data,
            rationale=self.rationale.data,
            would_change_it=self.would_change_it.data,
            to_school=self.to_school.data,
            advice=self.advice.data,
            now_with=self.now_with.data,
        )
