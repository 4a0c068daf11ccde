"""Every page has the same frame, and a template cannot use what it was not given."""

import pytest
from flask import flash, redirect, render_template
from jinja2 import UndefinedError
from werkzeug.wrappers import Response

from intake.views.rendering import Shell
from tests.support.client import Visitor
from tests.support.frame import SIGNED_IN, framed, showing

PAGE = '{% extends "layouts/page.html" %}{% block title %}A page{% endblock %}'


def framed_page(around: Shell = SIGNED_IN, page: str = PAGE, **values: object) -> Visitor:
    visitor = Visitor(
        framed(
            {"/": lambda: render_template("page.html", **values)},
            templates={"page.html": page},
            around=around,
        )
    )
    visitor.get("/")
    return visitor


def test_the_frame_says_what_this_is_who_is_signed_in_and_what_to_do_in_danger() -> None:
    page = framed_page().page
    assert page.title == "A page - Pass It On"
    assert page.heading == "A page"
    assert "Signed in as Amara Okafor Safeguarding lead, Riverbank Academy (sample)" in page.text
    assert "A child in danger now? Ring 999." in page.text
    assert "Practice copy." in page.text
    assert page.links["999"] == "tel:999"
    assert page.links["Who to ring"] == "/ring"
    assert page.root.get("lang") == "en-GB"


def test_signing_out_is_a_form_of_one_button() -> None:
    form = framed_page().page.forms[0]
    assert (form.action, form.method, form.buttons[0][0]) == ("/out", "post", "Sign out")


def test_a_visitor_sees_the_frame_without_a_name_and_danger_all_the_same() -> None:
    page = framed_page(Shell()).page
    assert page.forms == ()
    assert "Signed in" not in page.text
    assert "Practice" not in page.text
    assert "A child in danger now? Ring 999." in page.text


def test_the_place_one_is_in_is_marked() -> None:
    assert framed_page().page.html.count('aria-current="page"') == 1


def test_a_page_may_call_anything_asked() -> None:
    page = framed_page(page=PAGE + "{% block content %}{{ asked }}{% endblock %}", asked="Since Monday").page
    assert "Since Monday" in page.text


def test_a_page_can_have_a_heading_that_its_title_does_not_tell() -> None:
    page = framed_page(page=PAGE + "{% block heading %}<h1>Robin Example</h1>{% endblock %}").page
    assert page.heading == "Robin Example"
    assert "Robin" not in page.title


def test_a_way_back_stands_over_the_page() -> None:
    page = framed_page(
        page=PAGE
        + '{% from "components/actions.html" import back_link %}'
        + '{% block back %}{{ back_link("/concerns") }}{% endblock %}'
    ).page
    assert page.links["Back"] == "/concerns"


def test_a_page_with_a_reference_prints_it_with_whom_it_was_printed_for() -> None:
    said = "C-7K3M-9QTX · Printed for Amara Okafor from the page as it was on 23 November 2026 at 10:42am"
    assert said in framed_page(reference="C-7K3M-9QTX").page.text
    assert "Printed for" not in framed_page().page.text


def test_a_wide_page_has_the_same_frame() -> None:
    page = framed_page(page=PAGE.replace("page.html", "wide.html")).page
    assert "govuk-grid-column-full" in page.html
    assert page.heading == "A page"


def test_what_the_last_act_left_to_say_is_shown_once() -> None:
    def act() -> Response:
        flash("Sent. The reference is C-7K3M.", "done")
        return redirect("/", 303)

    app = framed({"/act": act, "/": lambda: render_template("page.html")}, templates={"page.html": PAGE})
    visitor = Visitor(app)
    assert "Sent. The reference is C-7K3M." in visitor.get("/act").follow().shown.main
    assert "Sent." not in visitor.get("/").shown.main


@pytest.mark.parametrize("name", ["config", "no_such_thing", "shell.no_such_part"])
def test_a_template_cannot_use_what_it_was_not_given(name: str) -> None:
    app = framed()
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        app.jinja_env.from_string(f"{{{{ {name} }}}}").render(shell=SIGNED_IN)


def test_what_is_shown_is_escaped() -> None:
    html = Visitor(showing("{{ said }}", said='<b>"x"</b>')).get("/").shown.html
    assert "&lt;b&gt;&#34;x&#34;&lt;/b&gt;" in html
