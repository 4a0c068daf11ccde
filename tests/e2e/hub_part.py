"""What the duty desk does of the job: takes a referral, triages, decides, meets, and writes it down."""

import re

from playwright.sync_api import expect

from tests.e2e.school_part import CAR, CHILD, HEARD, WHY_NOW
from tests.e2e.somebody import Somebody

WHY_AMBER = "A car waits daily and she gets in. Nobody knows who drives it."
WHY_ASSESS = "Seen twice this week by staff. The police know of no car yet."
TO_SCHOOL = "We are assessing Maya's needs. A social worker rings you today."
ADVICE = "Write down the number plate if you see the car. Do not go up to it."
WRONG = "Rang mum at 11:40. She will be in after 16:00."
RIGHT = "It was her aunt who answered, not her mum."
CHILD_SAYS = "She says: I want him to leave me alone."
RISK = "That she is driven out of the town by an adult nobody can name."
ASKING = "What do you want to ask or tell the school?"
ASKED = "Which gate does the car wait at, and since when?"
ANSWERED = "The lower gate, since the week before half-term."
MOVED = "The constable is free five minutes later."
DONE = "Maya has a social worker, who saw her today."
ACTION = "Ask the police for what is known of the car"


def open_from_queue(worker: Somebody, referral: str) -> None:
    """Find the referral at the top of the queue, and open it."""
    worker.is_at("Queue")
    first = worker.page.locator(".pio-queue__row").first
    for words in (CHILD, referral, "Riverbank Academy (test)", "Not acknowledged", "Nobody has it"):
        expect(first).to_contain_text(words)
    worker.follow(CHILD, within=first).is_at(re.compile(CHILD))
    worker.sees(HEARD, WHY_NOW, CAR, "twice this week", "WA8 7QF", "0151 000 0101", "Not yet")


def take_and_acknowledge(worker: Somebody) -> None:
    """Take it, and tell the sender that a person has it."""
    worker.press("Take it").sees("You have it", "Tell Anna Okafor that a person has it.")
    worker.press("Acknowledge").sees("Acknowledged. The sender sees it now.")


def give_colour(worker: Somebody) -> None:
    """Give it a colour with the reason; the authority's own limits have not been entered."""
    worker.sees("only the one-working-day clock runs")
    worker.choose("Which colour?", "Amber").answer("Why this colour?", WHY_AMBER)
    worker.press("Give this colour").sees("The colour is kept, with your reason.", "Amber", WHY_AMBER)


def decide(worker: Somebody) -> None:
    """Decide, say why, and write to the school what it may read."""
    worker.press("Decide").is_at(re.compile(CHILD))
    worker.choose("What have you decided?", "Assess the child's needs").answer("Why?", WHY_ASSESS)
    worker.answer("What may the school read of this?", TO_SCHOOL)
    worker.answer("Advice to the school (optional)", ADVICE)
    worker.press("Keep this decision")
    worker.sees("Decision: Assess the child's needs", WHY_ASSESS, TO_SCHOOL, "Not read there yet.")


def note_and_correction(worker: Somebody) -> None:
    """Write a note, and another that puts it right: both stay."""
    worker.answer("Write a note", WRONG).press("Keep this note").sees("The note is kept.", WRONG)
    worker.follow("Correct note 1").sees("You are correcting note 1", WRONG)
    worker.answer("Write a note", RIGHT).press("Keep this correction")
    worker.sees("The first note stays as it was.", WRONG, RIGHT, "Corrected by note 2.")


def ask_the_school(worker: Somebody) -> None:
    """Ask the school something, with no decision."""
    worker.follow("Ask or tell the school something").answer(ASKING, ASKED)
    worker.press("Send it to the school").sees("Asked or told the school", ASKED, "Not read there yet.")


def arrange_meeting(worker: Somebody) -> None:
    """Arrange a safety-plan meeting, and ask two people to it."""
    worker.follow("Arrange a safety-plan meeting").is_at("Arrange a safety-plan meeting")
    day(worker, "Which day?", "23", "11", "2026")
    worker.answer("At what time?", "10.30am").answer("Where?", "Riverbank Academy, room 4")
    worker.answer("What is it for?", "To agree how Maya gets home safely.")
    for place, name, post, agency in (
        ("Person 1", "Anna Okafor", "Safeguarding lead", "Riverbank Academy"),
        ("Person 2", "PC Lee Grant", "Constable", "Cheshire Police"),
    ):
        row = worker.page.get_by_role("group", name=place)
        row.get_by_label("Name").fill(name)
        row.get_by_label("Job or relationship to the child").fill(post)
        row.get_by_label("Agency").fill(agency)
    worker.press("Arrange the meeting").is_at("Safety-plan meeting")
    worker.sees("Monday 23 November 2026, 10:30am", "Arranged", "PC Lee Grant", "Cheshire Police")


def move_meeting(worker: Somebody) -> None:
    """Move it by a few minutes, and say why; its minutes wait until it begins."""
    worker.sees("The minutes are written once it has begun")
    worker.follow("Move it").is_at("Move a safety-plan meeting")
    day(worker, "On which day now?", "23", "11", "2026")
    worker.answer("At what time?", "10.35am").answer("Why is it moved?", MOVED)
    worker.press("Move the meeting").is_at("Safety-plan meeting")
    worker.sees("10:35am", "Moved from 23 November 2026 at 10:30am", MOVED)


def call_off_another(worker: Somebody) -> None:
    """Arrange another meeting, and call it off."""
    arrange_meeting(worker)
    worker.follow("Call it off").is_at("Call off a safety-plan meeting")
    worker.answer("Why is it called off?", MOVED).press("Call the meeting off").sees("Called off", MOVED)


def close(worker: Somebody) -> None:
    """Close the referral: it is under 'Closed', and stays to be read."""
    worker.follow("Close it: the work here is done").answer("Why is the work here done?", DONE)
    worker.press("Close this referral").sees("The work here is done", DONE)
    worker.follow("Queue", within=worker.page.get_by_role("navigation", name="Back"))
    worker.sees("Nothing is waiting.").follow("Closed").sees(CHILD, "Last with you")


def write_minutes(worker: Somebody) -> None:
    """Write the minutes: everything a plan must hold, or why it is not there."""
    worker.open(worker.path).press("Write the minutes").is_at("Minutes of a safety-plan meeting")
    for name, came in (("Anna Okafor", "Attended"), ("PC Lee Grant", "Sent apologies")):
        row = worker.page.get_by_role("group", name=name)
        row.get_by_label("Did they come?").select_option(came)
    worker.answer("What does the child say?", CHILD_SAYS)
    worker.answer("What do the parents or carers say?", "Her mum will meet her from school.")
    row = worker.page.get_by_role("group", name="Statement 1")
    row.get_by_label("Who said it").fill("Riverbank Academy")
    row.get_by_label("Is it a fact, a report or an opinion?").select_option("Fact: seen, heard or on record")
    row.get_by_label("What they said").fill("A silver car waited at the gate on Thursday and on Monday.")
    worker.answer("What is the risk?", RISK)
    row = worker.page.get_by_role("group", name="Action 1")
    row.get_by_label("What will be done?").fill(ACTION)
    row.get_by_label("Who will do it?").fill("Dilys Roberts, duty worker")
    day(worker, "By when?", "30", "11", "2026", within="Action 1")
    worker.answer("Who works directly with the child?", "Sam Field, youth worker. Maya rings 0151 000 0102.")
    worker.answer("What support do the parents or carers get?", "A parents' group on Tuesdays.")
    worker.answer(
        "What is being done about whoever is harming the child?", "The police look for who drives the car."
    )
    day(worker, "When is the plan reviewed?", "8", "1", "2027")
    worker.press("Keep these minutes").is_at("Safety-plan meeting")
    worker.sees(CHILD_SAYS, RISK, ACTION, "Dilys Roberts, duty worker", "reviewed on Friday 8 January 2027.")


def correct_minutes(worker: Somebody) -> None:
    """Put the minutes right: a whole new set, and the first stays below."""
    worker.follow("Correct these minutes").is_at("Correct the minutes")
    worker.answer("What are you correcting, and why?", "PC Lee Grant came late, and did attend.")
    row = worker.page.get_by_role("group", name="PC Lee Grant")
    row.get_by_label("Did they come?").select_option("Attended")
    worker.press("Keep these corrected minutes").is_at("Safety-plan meeting")
    worker.sees("PC Lee Grant came late, and did attend.", "Earlier minutes, as they were kept")


def day(somebody: Somebody, question: str, *parts: str, within: str = "") -> None:
    """Type a day into its three boxes."""
    page = somebody.page
    around = page.get_by_role("group", name=within) if within else page.locator("main")
    boxes = around.get_by_role("group", name=question)
    for box, said in zip(("Day", "Month", "Year"), parts, strict=True):
        boxes.get_by_label(box, exact=True).fill(said)
