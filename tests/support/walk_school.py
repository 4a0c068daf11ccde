"""The school's part of the walk: record, add, read, match, keep, refer, ring."""

from datetime import timedelta

from intake.calendars.local_time import to_local
from tests.support.client import Filled, Visitor
from tests.support.walk import Walk

SEND = "Send to the safeguarding lead"
ADD = "Add this to the concern"
LOOK = "See who will receive it"
#: As the search for planted words knows it.
DAY_OF_BIRTH = {"born_on-day": "17", "born_on-month": "8", "born_on-year": "2013"}
#: What a child's card is asked in words.
CARD = (
    *("given_name", "family_name", "known_as", "home_address", "home_postcode", "year_group"),
    *("nhs_number", "upn", "identifiers"),
)


def record(walk: Walk, teacher: Visitor, which: str) -> str:
    """Save a draft twice, look on the roll, send the concern; gives the address of its page."""
    say = walk.say
    form = teacher.get("/concerns/new").form(SEND)
    form.fill(child_name=say("draft.child_name"), happened=say("draft.happened"))
    _autosave(form, "/concerns/new")
    form = teacher.get("/concerns/new").form(SEND)
    form.fill(child_name=say(f"{which}.child_name"), happened=say(f"{which}.happened"))
    form.fill({"danger_now": "no", "missing_now": "not_known", "occurred_on": "today"})
    form.fill({"occurred_on-about": say(f"{which}.occurred_about")})
    form = form.submit("Look for this name on the roll", status=200).form(SEND)
    if "on_roll" in form.form.controls:
        form.fill(on_roll="none")
    sent = form.submit(SEND, status=303)
    sent.follow()
    return sent.location


def leave_unfinished(walk: Walk, teacher: Visitor) -> None:
    """Begin a concern, and leave it for later."""
    form = teacher.get("/concerns/new").form(SEND)
    form.fill(child_name=walk.say("unfinished.child_name"), happened=walk.say("unfinished.happened"))
    form.submit("Save and finish later", status=303).follow()
    teacher.get("/concerns/new")


def add(walk: Walk, visitor: Visitor, concern: str, who: str) -> None:
    """Fill in the second page."""
    say = walk.say
    form = visitor.get(f"{concern}/more").form(ADD)
    form.fill({"signs-0-ticked": "yes", "signs-0-source": "child_said"})
    form.fill({"signs-0-when": say(f"{who}.signs.when"), "questions-0-answer": say(f"{who}.question")})
    form.fill({"harms-0-answer": "not_known", "locations": ("park",)})
    if "lead_told_in_person" in form.form.controls:
        form.fill(lead_told_in_person="no")
    form.fill(done_so_far=say(f"{who}.done_so_far"), anything_else=say(f"{who}.anything_else"))
    form.submit(ADD, status=303).follow()


def match(walk: Walk, lead: Visitor, concern: str) -> None:
    """Look for another name on the roll, then begin a file."""
    say = walk.say
    page = lead.get(f"{concern}/child")
    looked = page.form("This is the child").fill(look_for=say("roll.look_for"))
    form = looked.submit("Look on the roll", status=200).form("This is the child").fill(which="new")
    for part in CARD:
        form.fill({part: say(f"file.{part}")})
    form.fill(age_about=say("file.age_about"), address_withheld="yes")
    matched = form.submit("This is the child", status=303).follow()
    file = next(path for path in matched.shown.links.values() if path.startswith("/children/"))
    see_address(walk, lead, file)
    lead.get(f"{file}/lookers")
    form = lead.get(f"{file}/correct").form("Save the file")
    for part in (*CARD, "age_about"):
        form.fill({part: say(f"corrected.{part}")})
    form.submit(status=303).follow()
    see_address(walk, lead, file)


def see_address(walk: Walk, somebody: Visitor, page: str) -> None:
    """Have the withheld address of a case shown, with a reason."""
    form = somebody.get(page).link("See the address, with a reason").form("Show the address")
    assert "not on paper" in form.fill(why=walk.say("address.why")).submit(status=200).text


def keep(walk: Walk, lead: Visitor, concern: str) -> None:
    """Keep a concern in school."""
    lead.get(concern)
    form = lead.get(f"{concern}/keep").form("Keep in school")
    for part in ("reason", "doing_instead", "feedback_to_reporter"):
        form.fill({part: walk.say(f"kept.{part}")})
    form.submit("Keep in school", status=303).follow()


def refer(walk: Walk, lead: Visitor, concern: str, **more: str) -> str:
    """Fill in a referral, take the last look, send it; gives the address of its page."""
    say, path = walk.say, f"/referrals/new?concern={concern.rpartition('/')[2]}"
    form = lead.get(path).form(LOOK)
    for part in CARD:
        form.fill({part: say(f"referral.{part}")})
    form.fill({"home": "known", "home_council": "E06000006", "danger_now": "no", "missing_now": "no"})
    form.fill(
        {"address_withheld": "yes", "parents_told": "not_yet", "not_told_reasons": ("other",), **DAY_OF_BIRTH}
    )
    for part in ("where_now", "why_now", "child_wishes", "not_told_words", "parents_view", "safe_contact"):
        form.fill({part: say(f"referral.{part}")})
    form.fill(sender_phone=say("referral.sender_phone"), **more)
    check = form.submit(LOOK, status=303).follow()
    sent = check.form("Send it now").submit("Send it now", status=303)
    sent.follow()
    return sent.location


def ring(walk: Walk, lead: Visitor, referral: str) -> None:
    """Write down a call that was made a minute ago."""
    rang_at = to_local(walk.now() - timedelta(minutes=1))
    form = lead.get(f"{referral}/call").form("Keep this call")
    for part in ("spoke_to", "number", "said"):
        form.fill({part: walk.say(f"call.{part}")})
    form.fill({"answered": "yes", "called_at": f"{rang_at:%H:%M}", "called_on-day": str(rang_at.day)})
    form.fill({"called_on-month": str(rang_at.month), "called_on-year": str(rang_at.year)})
    form.submit("Keep this call", status=303).follow()
    see_address(walk, lead, referral)


def _autosave(form: Filled, path: str) -> None:
    """Have the page save what was typed, as its script does."""
    form.form.action = f"/drafts/save?path={path}"
    form.submit(status=200)


def search(walk: Walk, somebody: Visitor, who: str) -> None:
    """Look for a child; the answer is another page."""
    form = somebody.get("/search").form("Search").fill(born="27 3 2012")
    form.fill({part: walk.say(f"{who}.{part}") for part in ("name", "other")})
    form.submit("Search", status=303).follow()
