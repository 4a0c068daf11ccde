"""Two administrators change the directory over HTTP: one proposes, the other approves, all is kept."""

from datetime import timedelta

import pytest

from intake.routing.directory_folder import read_texts
from tests.factories.directory import HALTON, Changes
from tests.support.databases import on_either
from tests.support.web import Visiting

PROPOSED = {"number": "0151 907 8305", "instead": "0151 496 0000", "source": "A letter of 20 November 2026"}


def test_a_new_number_is_proposed_previewed_and_approved_by_somebody_else(
    changes: Changes, visiting: Visiting
) -> None:
    proposer, approver = visiting(changes.proposer), visiting(changes.approver)
    page = proposer.get("/directory/services/halton-icart").link("Change the telephone number")
    form = page.form("Propose this change").fill(PROPOSED, reason="They moved offices.")
    shown = form.submit().follow()
    assert "Halton iCART gets the number 0151 496 0000." in shown.text
    assert "would ring Halton iCART on 0151 496 0000 first" in shown.text
    assert "from 10am today until 5pm today, and at 10 more times until" in shown.text
    assert "It touches 1 school here" in shown.text
    assert "You proposed this, so somebody else approves it." in shown.text
    assert "Approve: it is in force for everybody" not in shown.text
    assert "0151 496 0000" not in proposer.get("/who-to-ring?council=E06000006").text
    listed = approver.get("/directory")
    assert "They moved offices." in listed.text
    change = listed.link("Proposed on 23 November 2026 at 10am")
    done = change.form("Approve: it is in force for everybody").fill(answer="I rang them.").submit()
    assert "Approved. It is in force from now on" in done.follow().text
    assert "0151 496 0000" in visiting(None).get("/who-to-ring?council=E06000006").text
    history = proposer.get("/directory/versions")
    assert "They moved offices." in history.text
    assert "Came with the program" in history.text
    assert 'number = "0151 496 0000"' in history.link(changes.in_force()).text


@pytest.mark.parametrize(
    ("change", "answers", "told"),
    [
        ("number", {**PROPOSED, "instead": "ring the desk"}, "must be a telephone number in figures"),
        ("number", {**PROPOSED, "source": ""}, "Say where it comes from"),
        ("hours", {"known": "yes", "notation": "whenever", "source": "A page"}, HALTON),
        ("hours", {"known": "yes", "notation": "", "source": "A page"}, "Write the hours"),
        (
            "day",
            {"on-day": "1", "on-month": "12", "on-year": "2026", "open_then": "hours", "hours": ""},
            "Write the hours of that day",
        ),
        ("end", {"last_day-day": "31", "last_day-month": "2", "last_day-year": "2027"}, "no such date"),
    ],
)
@on_either
def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_lost(
    change: str, answers: dict[str, str], told: str, changes: Changes, visiting: Visiting
) -> None:
    page = visiting(changes.proposer).get(f"/directory/services/halton-icart/{change}")
    again = page.form("Propose this change").fill(answers, reason="Because.").submit()
    assert told in str(again.shown.problems)
    assert "Because." in again.text


@pytest.mark.parametrize(
    ("change", "answers", "told"),
    [
        (
            "checked",
            {"number": "0151 907 8305"},
            "it is said anew when 0151 907 8305 was checked",
        ),
        (
            "hours",
            {"known": "yes", "notation": "Mo-Fr 08:00-18:00; PH off", "source": "The page"},
            "Halton iCART would be open, and not closed",
        ),
        ("hours", {"known": "no", "source": "Nobody could say"}, "of unknown hours"),
        (
            "day",
            {"on-day": "1", "on-month": "12", "on-year": "2026", "open_then": "off"},
            "Halton iCART would be closed, and not open, from 9am on Tuesday 1 December",
        ),
        ("end", {"last_day-day": "30", "last_day-month": "11", "last_day-year": "2026"}, "closed"),
    ],
)
@on_either
def test_what_really_changes_has_a_simple_form(
    change: str, answers: dict[str, str], told: str, changes: Changes, visiting: Visiting
) -> None:
    page = visiting(changes.proposer).get(f"/directory/services/halton-icart/{change}")
    form = page.form("Propose this change").fill(answers, reason="They told us.")
    assert told in form.submit().follow().text


def test_a_day_cannot_differ_where_there_are_no_hours(changes: Changes, visiting: Visiting) -> None:
    page = visiting(changes.proposer).get("/directory/services/cardiff-mash/day")
    answers = {"on-day": "1", "on-month": "12", "on-year": "2026", "open_then": "off"}
    again = page.form("Propose this change").fill(answers, reason="They told us.").submit()
    assert "no day can differ from them" in again.text


def test_a_whole_file_is_proposed_as_text_and_a_fault_names_file_line_and_field(
    changes: Changes, visiting: Visiting
) -> None:
    visitor, text = visiting(changes.proposer), read_texts()[HALTON]
    page = visitor.get(f"/directory/file?name={HALTON}")
    wrong = text.replace('kind = "front_door"', 'kind = "door"')
    again = page.form("Propose this file").fill(text=wrong, reason="A new service.").submit()
    assert f"{HALTON}, line" in again.text
    assert "service.kind: must be one of" in again.text
    right = text.replace('name = "Halton iCART"', 'name = "Halton front door"')
    shown = again.form("Propose this file").fill(text=right).submit().follow()
    assert "Halton iCART is now called Halton front door." in shown.text
    misnamed = visitor.get("/directory/file").form("Propose this file")
    assert "ends in .toml" in misnamed.fill(name="halton.txt", text=text, reason="A try.").submit().text


def test_a_clash_is_told_kindly_and_can_be_written_again(changes: Changes, visiting: Visiting) -> None:
    first, second = (changes.propose(changes.with_number(f"0151 496 000{n}")) for n in (1, 2))
    changes.approve(first)
    visitor = visiting(changes.proposer)
    page = visitor.get(f"/directory/changes/{second}")
    assert "Nothing is lost" in page.text
    again = page.link(f"Write {HALTON} again")
    assert "0151 496 0002" in again.text
    shown = again.form("Propose this file").fill(reason="The second was right.").submit().follow()
    assert "Halton iCART loses the number 0151 496 0001." in shown.text
    withdrawn = visitor.get(f"/directory/changes/{second}").form("Withdraw this change")
    assert "Withdrawn" in withdrawn.fill(reason="Written again.").submit().follow().text


def test_a_change_that_moved_while_it_was_read_is_looked_at_again(
    changes: Changes, visiting: Visiting
) -> None:
    number, checked = changes.propose(changes.with_number()), changes.propose(changes.with_check())
    page = visiting(changes.approver).get(f"/directory/changes/{checked}")
    changes.approve(number)
    form = page.form("Approve: it is in force for everybody")
    again = form.submit()
    assert "The directory changed while you were reading." in again.text
    assert "Another change was approved since" in again.text
    again.form("Approve: it is in force for everybody").submit().follow()
    assert "checked_by" in changes.texts()[HALTON]


def test_refusing_needs_a_reason_and_is_told_to_whoever_proposed_it(
    changes: Changes, visiting: Visiting
) -> None:
    proposal_id = changes.propose(changes.with_number())
    page = visiting(changes.approver).get(f"/directory/changes/{proposal_id}")
    again = page.form("Refuse this change").fill(reason="").submit()
    assert "Say why" in again.text
    again.form("Refuse this change").fill(reason="That is a mobile.").submit()
    assert "That is a mobile." in visiting(changes.proposer).get(f"/directory/changes/{proposal_id}").text


def test_health_holds_figures_and_no_names(changes: Changes, visiting: Visiting) -> None:
    visitor = visiting(changes.approver)
    assert changes.in_force() in visitor.get("/health").text
    said = visitor.get("/health/report").response.get_json()
    # The database of a test was never marked as its key ring's own.
    assert (said["well"], said["key_ring_belongs"], said["chains_broken"]) == (False, False, 0)
    assert (said["gaps"], said["mails_waiting"]) == (0, 0)
    changes.place.clock.instant += timedelta(days=390)
    anew = visiting(changes.approver).get("/health/report").response.get_json()
    assert anew["directory_checked_until"] == said["directory_checked_until"]
