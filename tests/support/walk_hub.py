"""The hub's part of the walk: take, acknowledge, colour, note, decide, meet, and watch over it."""

from tests.support.client import Filled, Visitor
from tests.support.walk import Walk


def triage(walk: Walk, worker: Visitor, referral: str) -> str:
    """Find the referral in the queue, take it, acknowledge it, colour it; gives the address of its page."""
    say = walk.say
    page = referral.replace("/referrals/", "/queue/")
    assert page in worker.get("/queue").shown.links.values()
    worker.get(page).form("Take it").submit(status=303).follow()
    worker.get(page).form("Acknowledge").submit(status=303).follow()
    coloured = worker.get(page).form("Give this colour").fill(colour="amber", reason=say("colour.reason"))
    coloured.submit(status=303).follow()
    return page


def note(walk: Walk, worker: Visitor, page: str) -> None:
    """Write a note, and correct it."""
    written = worker.get(page).form("Keep this note").fill(text=walk.say("note.text"))
    written.submit(status=303).follow()
    correcting = worker.page.links["Correct note 1"]
    form = worker.get(correcting).form("Keep this correction").fill(text=walk.say("note.correction"))
    form.submit(status=303).follow()


def decide(walk: Walk, worker: Visitor, page: str) -> None:
    """Begin a decision, leave it, take it up again, decide to pass the child on, and tell the school."""
    say = walk.say
    form = worker.get(f"{page}/decision").form("Keep this decision").fill(rationale=say("left.rationale"))
    form.submit("Save and finish later", status=303).follow()
    form = worker.get(f"{page}/decision").form("Keep this decision").fill(decision="other_authority")
    for part in ("rationale", "now_with", "would_change_it", "to_school", "advice"):
        form.fill({part: say(f"decision.{part}")})
    form.submit("Keep this decision", status=303).follow()


def meet(walk: Walk, worker: Visitor, page: str) -> str:
    """Arrange a safety-plan meeting; gives the address of its papers."""
    say = walk.say
    form = worker.get(f"{page}/meetings/new").form("Arrange the meeting")
    form.fill({"on-day": "27", "on-month": "11", "on-year": "2026", "at": "14:00"})
    form.fill({"place": say("meeting.place"), "purpose": say("meeting.purpose")})
    for part in ("name", "post", "agency"):
        form.fill({f"invitees-1-{part}": say(f"invitee.{part}")})
    sent = form.submit("Arrange the meeting", status=303)
    sent.follow()
    return sent.location


def write_minutes(walk: Walk, worker: Visitor, meeting: str) -> None:
    """Write the minutes, and correct them; another correction is begun and left."""
    say = walk.say
    form = _minutes(walk, worker.get(f"{meeting}/minutes").form("Keep these minutes"))
    form.submit("Keep these minutes", status=303).follow()
    form = worker.get(f"{meeting}/minutes").form("Keep these corrected minutes")
    form.fill({"risk": say("minutes.risk, corrected"), "why_corrected": say("minutes.why_corrected")})
    form.submit("Keep these corrected minutes", status=303).follow()
    form = worker.get(f"{meeting}/minutes").form("Keep these corrected minutes")
    form.fill(why_corrected=say("left.why_corrected")).submit("Save and finish later", status=303)
    worker.get(f"{meeting}/minutes")


def _minutes(walk: Walk, form: Filled) -> Filled:
    say = walk.say
    form.fill({"invitees-0-attendance": "apologies", "invitees-0-apologies": say("minutes.apologies")})
    for part in ("child_views", "risk", "direct_worker", "support_for_parents", "dissent"):
        form.fill({part: say(f"minutes.{part}")})
    form.fill({"parents_views_why": say("minutes.parents_views_why")})
    form.fill({"action_against_harm": say("minutes.action_against_harm")})
    form.fill({"statements-0-agency": say("minutes.agency"), "statements-0-kind": "report"})
    form.fill({"statements-0-text": say("minutes.statement"), "plan-0-action": say("minutes.action")})
    form.fill({"plan-0-owner": say("minutes.owner"), "plan-0-otherwise": say("minutes.otherwise")})
    form.fill({"plan-0-due_on-day": "30", "plan-0-due_on-month": "11", "plan-0-due_on-year": "2026"})
    return form.fill({"review_on-day": "8", "review_on-month": "1", "review_on-year": "2027"})


def watch_over(manager: Visitor) -> None:
    """Set a time limit, read the trail, and prove it."""
    form = manager.get("/limits").form("/limits").fill(red="4 hours", red_counted="clock")
    form.submit(status=303).follow()
    manager.get("/trail")
    assert "unaltered" in manager.get("/trail/verify").shown.heading
