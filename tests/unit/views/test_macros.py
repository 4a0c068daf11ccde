"""Every component shows soundly what it is given, in words as well as in colour."""

from datetime import UTC, date, datetime

import pytest

from tests.support.client import Visitor
from tests.support.frame import showing
from tests.support.pages import Page

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def shown(file: str, names: str, content: str, **values: object) -> Page:
    imports = f'{{% from "components/{file}.html" import {names} %}}'
    return Visitor(showing(content, imports=imports, at=AT, **values)).get("/").shown


def test_a_button_is_the_next_thing_or_says_its_name() -> None:
    page = shown(
        "actions",
        "button",
        '<form method="get" action="/">{{ button("Go") }}'
        '{{ button("Later", "secondary", "later", "yes") }}</form>',
    )
    assert page.forms[-1].buttons == (("Go", "", ""), ("Later", "later", "yes"))


def test_a_link_can_look_like_a_button() -> None:
    assert shown("actions", "link_button", '{{ link_button("Arrange", "/m") }}').links["Arrange"] == "/m"


def test_an_act_is_a_whole_form() -> None:
    page = shown(
        "actions",
        "act",
        '{{ act("Take", "/take", carry={"version": 3}) }}{{ act("Go", "/go", "link", once="k") }}',
    )
    take, go = page.forms[-2:]
    assert (take.action, take.method) == ("/take", "post")
    assert take.controls["version"].held == ("3",)
    assert take.controls["once_key"].held == ("a once-key",)
    assert go.controls["once_key"].held == ("k",)


def test_a_number_rings() -> None:
    page = shown("actions", "phone", '{{ phone("02920536490", big=true) }}')
    assert page.links["029 2053 6490"] == "tel:+442920536490"


def test_room_for_changes_is_kept_only_where_something_can_be_changed() -> None:
    fixed = shown("facts", "row, summary", '{% call summary() %}{{ row("Danger", "No") }}{% endcall %}')
    assert "govuk-summary-list pio-facts" in fixed.html
    content = '{% call summary(changes=true) %}{{ row("Danger", "No", change="/c") }}{% endcall %}'
    assert "pio-facts" not in shown("facts", "row, summary", content).html


def test_a_number_nobody_rings_to_check_is_said_so() -> None:
    page = shown("facts", "source", '{{ source("Both leaflets", unchecked="Nobody rings it to check.") }}')
    assert page.main.endswith("Source: Both leaflets, undated. Nobody rings it to check.")
    checked = '{{ source("Both leaflets", none, when, "J Smith", unchecked="Nobody rings it.") }}'
    assert "Nobody rings it." not in shown("facts", "source", "{% set when = now() %}" + checked).main


def test_facts_stand_in_rows_and_can_be_changed() -> None:
    content = (
        '{% call summary() %}{{ row("Child", "Robin <b>", change="/c") }}{{ row("Danger", "No") }}'
        '{% call row("State") %}{{ tag("Open", "green") }}{% endcall %}{% endcall %}'
    )
    page = shown("facts", "row, summary, tag", content)
    assert "Child Robin <b> Change Child Danger No State Open" in page.main
    assert page.links["Change Child"] == "/c"


@pytest.mark.parametrize("tone", ["red", "amber", "green", "blue", "grey", "done"])
def test_a_state_is_words_and_a_shape(tone: str) -> None:
    page = shown("facts", "tag", f'{{{{ tag("In words", "{tone}") }}}}')
    assert "In words" in page.main
    assert page.root.find(".//main//{*}svg/{*}path") is not None


def test_no_two_tones_have_the_same_shape() -> None:
    tones = ("red", "amber", "green", "blue", "grey", "done")
    content = "".join(f'{{{{ tag("x", "{tone}") }}}}' for tone in tones)
    page = shown("facts", "tag", content)
    assert len({path.get("d") for path in page.root.findall(".//main//{*}svg/{*}path")}) == len(tones)


def test_somebodys_words_are_kept_line_for_line_and_never_run() -> None:
    page = shown("facts", "quoted", "{{ quoted(said) }}", said="one\n  two <script>")
    assert '<div class="pio-quoted">one\n  two &lt;script&gt;</div>' in page.html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('"Halton leaflet"', "Source: Halton leaflet, undated. Not checked."),
        ('"Halton leaflet", dated=on', "Source: Halton leaflet, 2 November 2026. Not checked."),
        ('"Halton leaflet", dated="2015-06-19"', "Source: Halton leaflet, 19 June 2015. Not checked."),
        ('"Halton leaflet", dated="2021-03"', "Source: Halton leaflet, March 2021. Not checked."),
        ('"Halton leaflet", dated="spring 2016"', "Source: Halton leaflet, spring 2016. Not checked."),
        ('"A page", dated=on, checked_on=on', "Source: A page, 2 November 2026. Checked on 2 November 2026."),
        (
            '"A page", checked_on=on, checked_by="R Patel"',
            "Source: A page, undated. Checked on 2 November 2026 by R Patel.",
        ),
    ],
)
def test_a_fact_says_where_it_comes_from_and_whether_anybody_checked(given: str, said: str) -> None:
    page = shown("facts", "source", f"{{{{ source({given}) }}}}", on=date(2026, 11, 2))
    assert said in page.main


@pytest.mark.parametrize("state", ["open", "closed", "not_known"])
def test_steps_say_what_to_do_and_whether_anybody_is_there(state: str) -> None:
    content = (
        '{% call steps("Do this now") %}'
        f'{{% call step("Ring", "{state}", "In words", "Closes at 5pm") %}}<p>How</p>{{% endcall %}}'
        '{{ step("Then wait") }}{% endcall %}'
    )
    page = shown("steps", "step, steps", content)
    assert "Do this now Ring In words Closes at 5pm How Then wait" in page.main


def test_danger_has_a_number() -> None:
    page = shown("steps", "danger", '{{ danger() }}{{ danger("Missing: ring the police first") }}')
    assert "If a child is in danger now, ring 999" in page.main
    assert "Missing: ring the police first 999" in page.main


def test_a_clock_says_how_long_is_left() -> None:
    page = shown("clock", "clock", "{{ clock(at) }} {{ clock(at, at) }}")
    assert "Overdue by 25 hours Was due yesterday 9am" in page.main
    assert "Done in time, on 22 November 2026 at 9am" in page.main


def test_a_timeline_tells_when_it_happened_and_when_it_was_written() -> None:
    content = (
        "<h2>Before</h2>{% call timeline() %}"
        '{% call event("Sent", at, by="J Smith", recorded_at=later) %}<p>To Halton</p>{% endcall %}'
        '{{ event("Seen", at, recorded_at=at) }}{% endcall %}'
    )
    page = shown("timeline", "event, timeline", content, later=AT.replace(hour=12))
    said = "Sent 22 November 2026 at 9am · J Smith Written down on 22 November 2026 at midday To Halton"
    assert said in page.main
    assert page.main.count("Written down") == 1


def test_work_waits_on_cards() -> None:
    content = (
        '<h2>Sent</h2>{% call cards() %}{% call card("Robin, C-7K3M", "/r", "Missing", "amber") %}<p>Due</p>'
        "{% endcall %}"
        '{{ card("Sam", "/s") }}{% endcall %}'
    )
    page = shown("lists", "card, cards", content)
    assert page.links["Robin, C-7K3M"] == "/r"
    assert "Robin, C-7K3M Missing Due Sam" in page.main


def test_a_task_that_cannot_start_has_no_link() -> None:
    page = shown(
        "lists",
        "task, tasks",
        '{% call tasks() %}{{ task("Signs", "/s", "Done", "done") }}{{ task("Send") }}{% endcall %}',
    )
    assert page.links["Signs"] == "/s"
    assert "Send" not in page.links


def test_a_cell_says_its_head_again_for_a_phone() -> None:
    content = (
        '{% call table("Trail", ["When", "Who"]) %}{% call line() %}{{ cell("When", "Monday") }}'
        '{% call cell("Who") %}<strong>J</strong>{% endcall %}{% endcall %}{% endcall %}'
    )
    page = shown("lists", "cell, line, table", content)
    assert [cell.get("data-label") for cell in page.root.iter("td")] == ["When", "Who"]
    assert "Trail When Who Monday J" in page.main


def test_more_of_a_list_is_older_or_newer_or_neither() -> None:
    page = shown("lists", "pages", '{{ pages("/o", "/n") }}')
    assert page.links["← Newer"] == "/n"
    assert page.links["Older →"] == "/o"
    assert "Older" not in shown("lists", "pages", "{{ pages() }}").main


def test_notices_warn_and_inform() -> None:
    content = (
        '{{ notice("It is kept") }}{{ notice("It worked", "done") }}{{ warning("Do not tell") }}'
        "{% call inset() %}<p>Said</p>{% endcall %}"
    )
    page = shown("notices", "inset, notice, warning", content)
    assert "It is kept It worked" in page.main
    assert "Warning Do not tell Said" in page.main
