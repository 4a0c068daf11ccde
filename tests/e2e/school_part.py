"""What the school does of the job: a teacher records, the safeguarding lead reads, adds and refers."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.somebody import Somebody

CHILD = "Maya Ellison"
HEARD = 'Maya said: "he waits in the silver car".\nShe would not say who he is.'
WHY_NOW = "The car was there again this morning, and she got in."


def record(teacher: Somebody) -> str:
    """Record a concern, and return its reference from the page that says it was received."""
    teacher.is_at("What do you want to do?").press("Record a concern")
    fill_in_concern(teacher)
    teacher.press("Send to the safeguarding lead")
    return received(teacher)


def fill_in_concern(teacher: Somebody) -> None:
    """Answer the five questions."""
    teacher.is_at("Record a concern")
    teacher.answer("Which child?", CHILD)
    teacher.choose("Is the child in danger now?", "No").choose("Is the child missing now?", "No")
    teacher.answer("What did you see or hear?", HEARD)
    teacher.choose("When was it?", "Today").answer("About what time? (optional)", "before registration")


def received(teacher: Somebody) -> str:
    """Be told that the concern is kept, who was told, and whom to ring; return its reference."""
    teacher.is_at(re.compile(r"^Received (midday|midnight|\d{1,2}(:\d\d)?[ap]m)$"))
    teacher.sees("Not read yet", "Tell somebody yourself", "Anna Okafor", "Tom Bellamy")
    teacher.sees("Halton iCART", "Open now", "0151 907 8305", "he waits in the silver car")
    return reference(teacher, "C")


def reference(somebody: Somebody, letter: str) -> str:
    """Read a reference off the page."""
    found = re.search(rf"\b{letter}-\w{{4}}-\w{{4}}\b", somebody.page.locator("main").inner_text())
    assert found is not None, somebody.page.url
    return found[0]


def read(lead: Somebody, concern: str) -> None:
    """Find the concern unread at the top, and open it."""
    lead.is_at("Concerns")
    first = lead.page.locator(".pio-card").first
    expect(first).to_contain_text("Not read yet")
    expect(first).to_contain_text(concern)
    lead.follow(CHILD, within=first).is_at(CHILD).sees(HEARD, "Priya Nair", "Say which child this is")


def add_signs(lead: Somebody) -> None:
    """Tick one of the leaflets' warning signs and say more about it; leave the others as not asked."""
    lead.press("Add signs or more words").is_at(re.compile("^Add to concern"))
    lead.tick(CAR)
    about = lead.page.get_by_role("group", name=CAR)
    lead.choose("Was it seen?", "Seen", within=about)
    about.get_by_label("When? (optional)").fill("twice this week")
    lead.answer("What have you done so far? (optional)", "Kept her in at break. Rang home: no answer.")
    expect(lead.page.get_by_text("Have you told the safeguarding lead in person?")).to_have_count(0)
    lead.press("Add this to the concern").is_at(CHILD)
    lead.sees("Added. What was written before stays as it was.", CAR, "twice this week", "Rang home")


def match(lead: Somebody) -> None:
    """Begin a file for the child, whom nobody has written about before."""
    lead.follow("Say which child this is").is_at("Which child is it?")
    lead.sees("Nobody on the roll has a name like that.", "Begin a new file")
    lead.answer("Given name", "Maya").answer("Family name (optional)", "Ellison")
    lead.answer("Day", "9").answer("Month", "3").answer("Year", "2012")
    lead.answer("Year group (optional)", "Year 10").answer("Home postcode (optional)", "WA8 7QF")
    lead.press("This is the child").is_at(CHILD).sees("14")


def put_the_file_right(lead: Somebody) -> str:
    """Write into the file what the lead found out since, and come back; return where the file is."""
    concern = urlsplit(lead.page.url).path
    lead.follow(CHILD).is_at(f"{CHILD}, age 14").follow("Put this file right").is_at("Put this file right")
    lead.answer("Year group (optional)", "Year 11").press("Save the file").is_at(f"{CHILD}, age 14")
    lead.sees("Year 11", "What this file said before", "put right by Anna Okafor", "Year 10")
    file = lead.path
    lead.open(concern)
    return file


def ask_to_give_out(lead: Somebody, file: str) -> str:
    """Ask for an extract of the file for the next school; return where the request is."""
    lead.open(file).follow("Give out an extract, to the next school for example").is_at("Give out an extract")
    lead.choose("Who is it for?", "The child's next school")
    lead.answer("Why is it given out?", "She starts there on Monday.")
    lead.press("Ask a colleague to approve it").sees("so somebody else approves it", "a child's file")
    return lead.path


def give_out(lead: Somebody, file: str) -> None:
    """Make the extract that a deputy has approved, and find it among what was given out."""
    lead.press("Make the extract").is_at("Extract of a child's file").sees("Concern written down", CAR, HEARD)
    lead.sees("Tom Bellamy").sees_nothing_of("Priya Nair", "WA8 7QF", "Halton iCART", "until 15:20")
    lead.open(f"{file}/extract/text").is_at("What was given out").sees("The child's next school")


def refer(lead: Somebody) -> str:
    """Fill in the referral, see who will receive it, send it, and return its reference."""
    lead.press("Refer to the council").is_at("Refer to the council")
    fill_in_referral(lead)
    lead.press("See who will receive it")
    lead.is_at("Check before you send").sees("Halton iCART", WHY_NOW, "WA8 7QF", "Not yet")
    lead.press("Send it now")
    lead.is_at(f"{CHILD}, age 14").sees("Received, not acknowledged yet", "Halton duty desk (test) has it.")
    lead.sees("0151 907 8305", "Open", "One working day", "tomorrow 10")
    return reference(lead, "R")


def fill_in_referral(lead: Somebody) -> None:
    """Answer what the duty worker needs; the rest is left as not said."""
    lead.choose("Where does the child live?", "I know the postcode or the council")
    lead.answer("Home postcode", "WA8 7QF")
    lead.answer("Where is the child now?", "In school, with the head of year, until 15:20")
    lead.choose("Is the child in danger now?", "No").choose("Is the child missing now?", "No")
    lead.answer("Why are you referring now? (optional)", WHY_NOW)
    lead.choose("Have the parents or carers been told that you are referring?", "Not yet")
    lead.answer("Your telephone number, also for tonight", "0151 000 0101")


CAR = "Gets into cars or vans with people the family does not know"
