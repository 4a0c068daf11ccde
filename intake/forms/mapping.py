"""How a question is shown: from a field to the name and the parameters of a design-system component."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from intake.forms.choices import Choosing, OneOf, OneOfMany, Tick
from intake.forms.fields import Password, Question, Text, Words
from intake.forms.times import DateParts, TimeOfDay, When
from intake.vocabulary import DayAnswer

Parameters = dict[str, Any]
Reveal = Mapping[str, str]


def parameters(
    question: Question, *, size: str = "", heading: bool = False, reveal: Reveal | None = None
) -> Parameters:
    """Return what the question's component is to be told.

    `size` is that of the label or legend: '', 's', 'm' or 'l'. `heading` makes it the heading of the page.
    `reveal` holds, by the value of an answer, the HTML that is asked only of that answer.
    """
    common = _common(question)
    match question:
        case OneOfMany():
            return common | _label(question, size, heading=heading) | {"items": _listed(question)}
        case Tick():
            return common | {"idPrefix": question.id, "items": _items(question, reveal or {})}
        case Choosing():
            answers = {"items": _items(question, reveal or {}), "classes": _arranged(question)}
            return common | {"idPrefix": question.id} | answers | _legend(question, size, heading=heading)
        case DateParts():
            return common | _boxes(question) | _legend(question, size, heading=heading)
        case Text():
            return common | _label(question, size, heading=heading) | _typed(question)
    raise TypeError(question)


def day_parameters(question: When, day: Markup, size: str, *, heading: bool) -> Parameters:
    """Return the parameters of the radio buttons of a `When`; `day` is shown under 'another day'."""
    words = {
        DayAnswer.TODAY: _("Today"),
        DayAnswer.YESTERDAY: _("Yesterday"),
        DayAnswer.ANOTHER: _("Another day"),
        DayAnswer.NOT_KNOWN: _("I do not know the day"),
    }
    items: list[Parameters] = [
        {"value": answer.value, "text": said, "checked": question.answer is answer}
        for answer, said in words.items()
    ]
    items[2]["conditional"] = {"html": day}
    parts = _common(question)
    if question.day.errors:
        del parts["errorMessage"]
    return parts | {"idPrefix": question.id, "items": items} | _legend(question, size, heading=heading)


def about_parameters(question: When) -> Parameters:
    """Return the parameters of the line under a `When` that asks for the time, roughly."""
    return {
        "id": f"{question.id}-about",
        "name": f"{question.name}-about",
        "label": {"text": _("About what time? (optional)")},
        "hint": {"text": _("For example, 10:15, or just after lunch")},
        "value": question.about,
        "autocomplete": "off",
    }


def _common(question: Question) -> Parameters:
    parts: Parameters = {"id": question.id, "name": question.name}
    if question.hint:
        parts["hint"] = {"text": str(question.hint)}
    if question.errors:
        parts["errorMessage"] = {"html": Markup("<br>").join(escape(str(error)) for error in question.errors)}
    return parts


def _label(question: Question, size: str, *, heading: bool) -> Parameters:
    classes = f"govuk-label--{size}" if size else ""
    return {"label": {"text": str(question.label.text), "classes": classes, "isPageHeading": heading}}


def _legend(question: Question, size: str, *, heading: bool) -> Parameters:
    classes = f"govuk-fieldset__legend--{size or 's'}"
    legend = {"text": str(question.label.text), "classes": classes, "isPageHeading": heading}
    return {"fieldset": {"legend": legend}}


def _typed(question: Text) -> Parameters:
    value = question.typed if isinstance(question, TimeOfDay) else question.data
    parts: Parameters = {
        "value": "" if isinstance(question, Password) else value,
        "type": question.input_type,
        "autocomplete": question.autocomplete,
        "inputmode": question.inputmode,
        "spellcheck": question.spellcheck,
        "classes": f"govuk-input--width-{question.width}" if question.width else "",
    }
    if isinstance(question, Words):
        # HTML leaves out a line end straight after the tag, so one that was typed is given a second.
        parts |= {"rows": question.rows, "value": f"\n{value}" if value.startswith("\n") else value}
    return parts


def _boxes(question: DateParts) -> Parameters:
    names = question.part_names()
    items = [
        {
            "name": part,
            "label": names[part],
            "value": said,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if question.errors and part in question.wrong else ""),
        }
        for part, said in question.typed.items()
    ]
    return {"namePrefix": question.name, "items": items}


def _items(question: Choosing[Any] | Tick, reveal: Reveal) -> list[Parameters]:
    return [
        {
            "value": value,
            "text": words,
            "checked": chosen,
            **({"hint": {"text": hint}} if hint else {}),
            **({"conditional": {"html": Markup(reveal[value])}} if value in reveal else {}),  # noqa: S704 - made by a macro
        }
        for value, words, hint, chosen in question.options()
    ]


def _listed(question: OneOfMany[Any]) -> list[Parameters]:
    nothing = {"value": "", "text": str(question.blank), "selected": question.data is None}
    return [
        nothing,
        *(
            {"value": value, "text": words, "selected": chosen}
            for value, words, _hint, chosen in question.options()
        ),
    ]


def _arranged(question: Choosing[Any]) -> str:
    return "govuk-radios--inline" if isinstance(question, OneOf) and question.inline else ""
