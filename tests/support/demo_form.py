"""One form that asks every kind of question."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from intake.forms.base import BaseForm, Part, Rows
from intake.forms.choices import OneOf, OneOfMany, SomeOf, Tick
from intake.forms.fields import Code, Email, HiddenNumber, Password, Phone, Text, Words
from intake.forms.times import DateParts, TimeOfDay, When
from intake.vocabulary import Answer

TODAY = date(2026, 11, 23)
ANSWERS = {Answer.YES: "Yes", Answer.NO: "No", Answer.NOT_KNOWN: "I do not know"}
SIGNS = {"missing": "Going missing", "gifts": "Gifts nobody can explain", "online": "Met online first"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the form hands on."""

    child: str
    danger: Answer | None


class PlanPart(Part):
    """One action of a plan."""

    action = Text("What will be done", required="Say what will be done")
    due_on = DateParts("By when")


class DemoForm(BaseForm[Said]):
    """Every kind of question."""

    version = HiddenNumber()
    child = Text("Child's name", hint="First and family name", required="Enter the child's name", most=20)
    danger = OneOf("In danger now?", ANSWERS, required="Say whether the child is in danger")
    happened = Words("What happened?", required="Write what happened", most=60)
    when = When("When did this happen?", required="Say when this happened")
    signs = SomeOf("Signs", SIGNS, hints={"gifts": "Money, phones, jewellery"})
    service = OneOfMany[str]("Service")
    email = Email("Email")
    phone = Phone("Telephone")
    password = Password("Password")
    code = Code("Code")
    born = DateParts("Date of birth", past=True)
    starts = TimeOfDay("Starts at")
    told = Tick("Told in person")
    plan = Rows(PlanPart, "Action", most=3)

    def check(self) -> None:
        if self.danger.data is Answer.YES and not self.told.data:
            self.refuse("told", "Tell somebody in person")

    def draft(self) -> Said:
        return Said(self.child.data, self.danger.data)


GOOD = {
    "version": "3",
    "child": "Robin Example",
    "danger": "no",
    "happened": "He said: 'wait'.",
    "when": "today",
    "plan-0-action": "Ring home",
}


def posted(**changes: str | list[str]) -> MultiDict[str, str]:
    """Return a good post with some answers changed; `__` in a name stands for a hyphen, [] takes one away."""
    said = {**GOOD, **{name.replace("__", "-"): value for name, value in changes.items()}}
    return MultiDict(
        (name, value)
        for name, values in said.items()
        for value in ([values] if isinstance(values, str) else values)
    )


def demo(answers: MultiDict[str, str] | None) -> DemoForm:
    """Return the form as posted, or as first shown."""
    return DemoForm(
        answers, once_key="a once-key", today=TODAY, choices={"service": {"h": "Halton", "c": "Cardiff"}}
    )
