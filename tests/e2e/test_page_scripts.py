"""What the pages' scripts do for a person, and that nothing is missing without them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Response, g, render_template, request
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.support.axe import violations
from tests.support.browser import browser_type_launch_args  # noqa: F401 - a fixture
from tests.support.demo_form import demo
from tests.support.frame import framed
from tests.support.serving import served

pytestmark = pytest.mark.browser

PAGE = """{% extends "layouts/page.html" %}
{% from "components/fields.html" import field, posting %}
{% from "components/actions.html" import button %}
{% block title %}Record a concern{% endblock %}
{% block content %}
{% set why %}<p>Ring 999 first.</p>{% endset %}
{% call posting(form, "/", autosave="/autosave") %}
{% for question in form if question.component is defined and question.component != "hidden" %}
{{ field(question, size="m", reveal={"yes": why} if question.name == "danger" else none) }}
{% endfor %}
{% for part in form.plan.parts() %}{{ field(part.action) }}{{ field(part.due_on) }}{% endfor %}
{{ button("Send") }}
{% endcall %}
{% endblock %}"""


@dataclass
class Desk:
    """What arrived at the server, and whether it is well."""

    address: str = ""
    sent: list[dict[str, str]] = field(default_factory=list)
    drafts: list[dict[str, str]] = field(default_factory=list)
    well: bool = True
    slow: float = 0

    def form(self) -> str:
        """Show the form, or take it in and show it again."""
        if request.method == "POST":
            self.sent.append(request.form.to_dict())
            time.sleep(self.slow)
        g.csrf_valid = True
        form = demo(request.form if request.method == "POST" else None)
        form.accepted()
        return render_template("page.html", form=form)

    def autosave(self) -> Response:
        """Take in a draft, or fail to."""
        if not self.well:
            return Response("", 503)
        self.drafts.append(request.form.to_dict())
        return Response("Draft saved 10:42am", mimetype="text/plain")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A form of every kind of question, served."""
    here = Desk()
    app = framed({"/": here.form, "/autosave": here.autosave}, templates={"page.html": PAGE})
    with served(app) as address:
        here.address = address
        yield here


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, such as a breach of the content security policy."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def ready(page: Page, desk: Desk) -> Page:
    """Open the form and wait for its scripts."""
    page.goto(desk.address)
    expect(page.locator("html")).to_have_attribute("data-pio-ready", "yes")
    return page


def test_a_draft_is_kept_on_leaving_a_box_and_says_when(
    page: Page, desk: Desk, complaints: list[str]
) -> None:
    ready(page, desk)
    page.get_by_label("Child's name").fill("Robin")
    page.get_by_label("What happened?").fill("He said wait")
    expect(page.get_by_role("status")).to_have_text("Draft saved 10:42am")
    page.get_by_label("Child's name").focus()
    page.wait_for_timeout(600)
    assert desk.drafts[-1]["child"] == "Robin"
    assert desk.drafts[-1]["happened"] == "He said wait"
    assert desk.drafts[-1]["csrf_token"]
    assert desk.sent == []
    assert complaints == []


def test_a_draft_that_cannot_be_kept_is_said_and_tried_again(page: Page, desk: Desk) -> None:
    ready(page, desk)
    desk.well = False
    page.get_by_label("Child's name").fill("Robin")
    page.get_by_label("Child's name").blur()
    expect(page.get_by_role("status")).to_contain_text("not being saved as you go")
    desk.well = True
    page.get_by_label("Child's name").focus()
    page.get_by_label("Child's name").blur()
    expect(page.get_by_role("status")).to_have_text("Draft saved 10:42am")


def test_leaving_the_page_keeps_the_draft(page: Page, desk: Desk) -> None:
    ready(page, desk)
    page.get_by_label("Child's name").fill("Robin")
    page.goto(f"{desk.address}/nowhere")
    page.wait_for_timeout(300)
    assert [draft["child"] for draft in desk.drafts] == ["Robin"]


def test_what_is_sent_is_sent_once_and_does_not_come_back_as_a_draft(page: Page, desk: Desk) -> None:
    ready(page, desk)
    page.get_by_label("Child's name").fill("Robin")
    desk.slow = 1.5
    # Pressed again after a moment, while the server is still thinking.
    page.get_by_role("button", name="Send").evaluate(
        "button => { button.click(); setTimeout(() => button.click(), 400); }"
    )
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(desk.sent) == 1
    assert desk.drafts == []


def test_the_screen_can_be_blanked_and_brought_back(page: Page, desk: Desk, complaints: list[str]) -> None:
    ready(page, desk)
    page.get_by_label("Child's name").fill("Robin")
    page.get_by_role("button", name="Blank the screen").click()
    expect(page.get_by_role("heading", name="Record a concern")).to_have_count(0)
    expect(page).to_have_title("Pass It On")
    page.get_by_role("button", name="Show the page again").click()
    expect(page.get_by_role("heading", name="Record a concern")).to_be_visible()
    expect(page).to_have_title("Record a concern - Pass It On")
    expect(page.get_by_label("Child's name")).to_have_value("Robin")
    assert complaints == []


def test_escape_twice_blanks_the_screen_and_gives_the_place_back(page: Page, desk: Desk) -> None:
    ready(page, desk)
    page.get_by_label("What happened?").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Record a concern")).to_be_visible()
    page.wait_for_timeout(800)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show the page again")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_label("What happened?")).to_be_focused()


def test_what_one_answer_asks_appears_with_that_answer(page: Page, desk: Desk) -> None:
    ready(page, desk)
    asked = page.get_by_text("Ring 999 first.")
    expect(asked).to_be_hidden()
    danger = page.get_by_role("group", name="In danger now?")
    danger.get_by_label("Yes").check()
    expect(asked).to_be_visible()
    danger.get_by_label("No", exact=True).check()
    expect(asked).to_be_hidden()


def test_a_refused_form_leads_to_its_first_question(page: Page, desk: Desk) -> None:
    ready(page, desk)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Enter the child's name").click()
    expect(page.get_by_label("Child's name")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, desk: Desk, complaints: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    ready(page, desk)
    for _ in ("fresh", "refused"):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.get_by_role("button", name="Send").click()
        page.wait_for_load_state()
    assert complaints == []


def test_everything_is_there_without_scripts(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.address)
    expect(page.get_by_text("Ring 999 first.")).to_be_visible()
    expect(page.get_by_text("Blank the screen")).to_be_hidden()
    page.get_by_label("Child's name").fill("Robin")
    page.get_by_role("button", name="Send").click()
    assert desk.sent[0]["child"] == "Robin"
    context.close()
