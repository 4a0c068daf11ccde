"""What is asked when the minutes of a safety-plan meeting are written, or corrected."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from intake.casework.documents.meeting import (
    AgencyStatement,
    Invitee,
    Minute,
    NotRecorded,
    PlanRow,
)
from intake.casework.drafts import MinuteDraft
from intake.casework.safety_plan import latest_review_on, minute_objections
from intake.forms.base import Part, Rows
from intake.forms.choices import OneOfMany
from intake.forms.fields import Hidden, Text, Words
from intake.forms.row_forms import FormOfRows
from intake.forms.times import DateParts
from intake.vocabulary import Attendance, PlanSlot, StatementKind
from intake.words.refusals import refusal
from intake.words.vocabulary import label

_ANSWERED: Final = (Attendance.ATTENDED, Attendance.APOLOGIES, Attendance.ABSENT)
_WHY: Final = _l("If this is not recorded, why not?")
_MOST_ROWS: Final = 40


class AttendanceRow(Part):
    """One person who was asked or came, and what became of it."""

    name = Text(_l("Name"), autocomplete="off", spellcheck=False)
    post = Text(_l("Job or relationship to the child"), autocomplete="off")
    agency = Text(_l("Agency"), autocomplete="off")
    attendance = OneOfMany(
        _l("Did they come?"),
        {kind: label(kind) for kind in _ANSWERED},
        blank=label(Attendance.NO_RESPONSE),
    )
    apologies = Text(_l("What they sent (optional)"), most=2_000)


class StatementRow(Part):
    """What one agency told the meeting, and how far it can be relied on."""

    agency = Text(_l("Who said it"), hint=_l("The agency, and the person if you can"), autocomplete="off")
    kind = OneOfMany(
        _l("Is it a fact, a report or an opinion?"), {kind: label(kind) for kind in StatementKind}
    )
    text = Words(_l("What they said"), rows=3)


class ActionRow(Part):
    """One thing somebody named will do by a day."""

    action = Words(_l("What will be done?"), rows=2)
    owner = Text(_l("Who will do it?"), hint=_l("One named person, and their job"), autocomplete="off")
    due_on = DateParts(_l("By when?"))
    otherwise = Text(
        _l("If it is not done by then, what happens? (optional)"), most=2_000, autocomplete="off"
    )


class MinuteForm(FormOfRows[MinuteDraft]):
    """Who came, what was said, what the risk is, and what will be done by whom by when."""

    corrects = Hidden("")
    invitees = Rows(AttendanceRow, _l("Person"), most=_MOST_ROWS)
    child_views = Words(
        _l("What does the child say?"),
        hint=_l("In the child's own words if you can, and how you came to know them."),
    )
    child_views_why = Text(_WHY, most=2_000)
    parents_views = Words(_l("What do the parents or carers say?"), rows=4)
    parents_views_why = Text(_WHY, most=2_000)
    statements = Rows(StatementRow, _l("Statement"), most=_MOST_ROWS, least=2)
    risk = Words(_l("What is the risk?"), hint=_l("In words: what may happen, from whom, where. No score."))
    plan = Rows(ActionRow, _l("Action"), most=_MOST_ROWS, least=3)
    plan_why = Text(_l("If there is no plan, why not?"), most=2_000)
    direct_worker = Text(
        _l("Who works directly with the child?"), hint=_l("Name, job, and how the child reaches them")
    )
    direct_worker_why = Text(_l("If nobody is named, why not?"), most=2_000)
    support_for_parents = Words(_l("What support do the parents or carers get?"), rows=3)
    support_for_parents_why = Text(_WHY, most=2_000)
    action_against_harm = Words(
        _l("What is being done about whoever is harming the child?"),
        hint=_l("The police, a licence, a tenancy, a vehicle, an account: who does what."),
        rows=4,
    )
    action_against_harm_why = Text(_WHY, most=2_000)
    dissent = Words(
        _l("Did anybody disagree? (optional)"), hint=_l("Who, with what, and their reason."), rows=3
    )
    review_on = DateParts(
        _l("When is the plan reviewed?"),
        hint=_l("Within three months of the meeting"),
        required=_l("Give the day on which the plan is reviewed"),
    )
    why_corrected = Words(
        _l("What are you correcting, and why?"),
        hint=_l("The earlier minutes stay, and are shown below the new ones."),
        rows=3,
    )

    def __init__(self, posted: MultiDict[str, str] | None = None, *, held_on: date, **options: Any) -> None:
        """Take the local day of the meeting, from which the plan's days are judged."""
        self.held_on = held_on
        super().__init__(posted, **options)

    @property
    def correcting(self) -> UUID | None:
        """The minute this one corrects, as the page named it; None for the first minutes."""
        try:
            return UUID(self.corrects.data)
        except ValueError:
            return None

    def check(self) -> None:
        """Name everything the minutes still have to say, all at once."""
        for place, row in enumerate(self.filled("statements")):
            if row.kind.data is None:
                self.refuse(f"statements-{place}-kind", _("Say whether it is a fact, a report or an opinion"))
            if row.text.empty:
                self.refuse(f"statements-{place}-text", _("Write down what they said"))
        for place, row in enumerate(self.filled("plan")):
            if row.due_on.data is None and not row.due_on.errors:
                self.refuse(f"plan-{place}-due_on", _("Give the day by which it will be done"))
        for objection in minute_objections(self.draft(), held_on=self.held_on):
            self.refuse(_question(objection.field), str(refusal(objection.code)))

    def draft(self) -> MinuteDraft:
        minute = Minute(
            invitees=tuple(map(_invitee, self.filled("invitees"))),
            child_views=self.child_views.data,
            parents_views=self.parents_views.data,
            statements=tuple(map(_statement, self.filled("statements"))),
            risk=self.risk.data,
            plan=tuple(self._action(row) for row in self.filled("plan")),
            direct_worker=self.direct_worker.data,
            support_for_parents=self.support_for_parents.data,
            action_against_harm=self.action_against_harm.data,
            dissent=self.dissent.data,
            review_on=self.review_on.data or latest_review_on(self.held_on),
            written_by="",
            why_corrected=self.why_corrected.data,
            not_recorded=tuple(self._not_recorded()),
        )
        return MinuteDraft(minute, self.correcting)

    def _action(self, row: Any) -> PlanRow:
        # A day still to be given is stood in for while the rest is checked: it is refused in any case.
        due_on = row.due_on.data or self.held_on
        return PlanRow(row.action.data, row.owner.data, due_on, row.otherwise.data)

    def _not_recorded(self) -> list[NotRecorded]:
        reasons = {slot: str(self[f"{slot.value}_why"].data) for slot in PlanSlot}
        return [NotRecorded(slot, why) for slot, why in reasons.items() if why.strip()]


def answers_of(minute: Minute) -> dict[str, Any]:
    """Return a minute as the answers that fill the form by which it is corrected."""
    whys = {f"{given.slot.value}_why": given.why for given in minute.not_recorded}
    attended = [
        {"name": i.name, "post": i.post, "agency": i.agency, "apologies": i.apologies}
        | ({"attendance": i.attendance} if i.attendance in _ANSWERED else {})
        for i in minute.invitees
    ]
    return {
        "invitees": [*attended, {}],
        "child_views": minute.child_views,
        "parents_views": minute.parents_views,
        "statements": [
            *({"agency": s.agency, "kind": s.kind, "text": s.text} for s in minute.statements),
            {},
        ],
        "risk": minute.risk,
        "plan": [
            *(
                {"action": r.action, "owner": r.owner, "due_on": r.due_on, "otherwise": r.otherwise}
                for r in minute.plan
            ),
            {},
        ],
        "direct_worker": minute.direct_worker,
        "support_for_parents": minute.support_for_parents,
        "action_against_harm": minute.action_against_harm,
        "dissent": minute.dissent,
        "review_on": minute.review_on,
        **whys,
    }


def answers_to(invitees: tuple[Invitee, ...]) -> dict[str, Any]:
    """Return the people asked to a meeting as the rows in which their attendance is entered."""
    asked = [{"name": i.name, "post": i.post, "agency": i.agency} for i in invitees]
    return {"invitees": [*asked, {}, {}]}


def _question(field: str) -> str:
    """The plan as a whole is answered by its reason; every other objection names its own question."""
    return "plan_why" if field == PlanSlot.PLAN else field


def _invitee(row: Any) -> Invitee:
    return Invitee(
        name=row["name"].data,
        post=row.post.data,
        agency=row.agency.data,
        attendance=row.attendance.data or Attendance.NO_RESPONSE,
        apologies=row.apologies.data,
    )


def _statement(row: Any) -> AgencyStatement:
    return AgencyStatement(row.agency.data, row.kind.data or StatementKind.REPORT, row.text.data)
