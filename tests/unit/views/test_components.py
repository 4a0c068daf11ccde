"""Every kind of question is shown as sound HTML, fresh and refused, with what was typed and what is wrong."""

import pytest
from flask import g, render_template

from intake.views.components import Components
from tests.support.client import Visitor
from tests.support.demo_form import demo, posted
from tests.support.frame import framed

ALL = """{% extends "layouts/page.html" %}
{% from "components/fields.html" import field, posting %}
{% from "components/actions.html" import button %}
{% block title %}A page{% endblock %}
{% block content %}
{% set why %}<p>Only asked when there is danger.</p>{% endset %}
{% call posting(form, "/", autosave="/autosave") %}
{% for question in form if question.component is defined and question.component != "hidden" %}
{{ field(question, size="m", reveal={"yes": why} if question.name == "danger" else none) }}
{% endfor %}
{% for part in form.plan.parts() %}
{{ field(part.action) }}{{ field(part.due_on) }}
{% endfor %}
{{ button("Send") }}
{% endcall %}
{% endblock %}"""


def shown(**answers: str | list[str]) -> Visitor:
    def view() -> str:
        g.csrf_valid = True
        form = demo(posted(**answers) if answers else None)
        form.accepted()
        return render_template("all.html", form=form)

    visitor = Visitor(framed({"/": view}, templates={"all.html": ALL}))
    visitor.get("/")
    return visitor


def test_every_question_is_shown_soundly() -> None:
    visitor = shown()
    assert visitor.page.title == "A page - Pass It On"
    assert visitor.page.problems == ()
    form = visitor.page.forms[-1]
    assert set(form.controls) >= {
        "csrf_token",
        "once_key",
        "version",
        "when",
        "when-about",
        "plan-0-due_on-day",
    }
    assert form.controls["once_key"].held == ("a once-key",)
    assert form.controls["service"].offered == ("", "h", "c")


def test_every_question_is_shown_soundly_when_it_was_refused() -> None:
    visitor = shown(
        version="x", child="", danger="perhaps", happened="", when="another", signs="?", service="?",
        email="?", born__day="31", born__month="2", born__year="2012", starts="?", plan__0__action="",
    )  # fmt: skip
    assert visitor.page.title == "Error: A page - Pass It On"
    assert len(visitor.page.problems) == 11
    assert visitor.page.main.count("Error: ") == 10


def test_what_was_typed_is_shown_again_except_a_password() -> None:
    words = '\n<script>alert("x")</script> & "quotes"'
    visitor = shown(
        child="Robin <b>", danger="no", happened=words, when="another", when__on__day="31",
        when__about="<late>", signs=["gifts"], service="c", password="a secret",
        starts="9:5", told="yes", born__year="<i>",
    )  # fmt: skip
    held = {name: control.held for name, control in visitor.page.forms[-1].controls.items()}
    assert held["child"] == ("Robin <b>",)
    assert held["danger"] == ("no",)
    assert held["happened"] == (words,)
    assert held["when"] == ("another",)
    assert held["when-on-day"] == ("31",)
    assert held["when-about"] == ("<late>",)
    assert held["signs"] == ("gifts",)
    assert held["service"] == ("c",)
    assert held["password"] == ("",)
    assert held["starts"] == ("9:5",)
    assert held["told"] == ("yes",)
    assert held["born-year"] == ("<i>",)


def test_what_only_one_answer_asks_is_beside_that_answer_and_no_answer_claims_to_expand() -> None:
    html = shown().page.html
    assert html.count("Only asked when there is danger.") == 1
    assert 'data-pio-reveals="conditional-danger"' in html
    assert "data-aria-controls" not in html
    assert "aria-expanded" not in html


def test_a_question_can_be_the_heading_of_its_page() -> None:
    with framed().test_request_context("/"):
        made = Components().field(demo(None).child, "l", heading=True)
    assert '<h1 class="govuk-label-wrapper">' in made


def test_what_nobody_is_asked_cannot_be_shown_as_a_question() -> None:
    with framed().test_request_context("/"), pytest.raises(TypeError):
        Components().field(demo(None).version)
