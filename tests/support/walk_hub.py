"""The hub's part of the walk: take, acknowledge, colour, note, decide, meet, and watch over it."""

import re
from datetime import datetime, timedelta

from intake.calendars.local_time import to_local
from tests.support.client import Filled, Visitor
from tests.support.walk import Walk
from tests.support.walk_school import see_address

_REFERENCE = re.compile(r"R-\w{4}-\w{4}")


def triage(walk: Walk, worker: Visitor, referral: str) -> str:
    """Find the referral in the queue, take it, acknowledge it, colour it; gives the address of its page."""
    say = walk.say
    page = referral.replace("/referrals/", "/queue/")
    assert page in worker.get("/queue").shown.links.values()
    worker.get(page).form("Take it").submit(status=303).follow()
    worker.get(page).form("Acknowledge").submit(status=303).follow()
    coloured = worker.get(page).form("Give this colour").fill(colour="amber", reason=say("colour.reason"))
    coloured.submit(status=303).follow()
    see_address(walk, worker, page)
    return page


def ask(walk: Walk, worker: Visitor, lead: Visitor, referral: str) -> None:
    """Ask the school something; the lead answers."""
    page = referral.replace("/referrals/", "/queue/")
    asking = worker.get(f"{page}/message").form("Send it to the school").fill(text=walk.say("message.text"))
    asking.submit(status=303).follow()
    answering = lead.get(f"{referral}/answer").form("Send this answer").fill(text=walk.say("answer.text"))
    answering.submit(status=303).follow()


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
    """Arrange a safety-plan meeting and bring it forward; gives the address of its papers."""
    meeting = _arrange(walk, worker, page, "meeting")
    say, begun_at = walk.say, to_local(walk.now() - timedelta(hours=1))
    form = worker.get(f"{meeting}/move").form("Move the meeting").fill(_on(begun_at))
    form.fill({"place": say("moved.place"), "reason": say("moved.reason")})
    form.submit("Move the meeting", status=303).follow()
    return meeting


def call_off(walk: Walk, worker: Visitor, page: str) -> None:
    """Arrange another meeting, and call it off."""
    meeting = _arrange(walk, worker, page, "another meeting")
    form = worker.get(f"{meeting}/call-off").form("Call the meeting off")
    form.fill(reason=walk.say("called_off.reason")).submit(status=303).follow()


def _arrange(walk: Walk, worker: Visitor, page: str, which: str) -> str:
    say = walk.say
    form = worker.get(f"{page}/meetings/new").form("Arrange the meeting")
    form.fill(_on(to_local(walk.now() + timedelta(days=4))))
    form.fill({"place": say(f"{which}.place"), "purpose": say(f"{which}.purpose")})
    for part in ("name", "post", "agency"):
        form.fill({f"invitees-1-{part}": say(f"invitee.{part}")})
    sent = form.submit("Arrange the meeting", status=303)
    sent.follow()
    return sent.location


def _on(at: datetime) -> dict[str, str]:
    return {**_day("on", at), "at": f"{at:%H:%M}"}


def _day(question: str, at: datetime) -> dict[str, str]:
    return {
        f"{question}-day": str(at.day),
        f"{question}-month": str(at.month),
        f"{question}-year": f"{at:%Y}",
    }


def close(walk: Walk, worker: Visitor, page: str) -> None:
    """Close the referral."""
    form = worker.get(f"{page}/close").form("Close this referral").fill(reason=walk.say("closing.reason"))
    form.submit(status=303).follow()


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
    form.fill(_day("plan-0-due_on", to_local(walk.now() + timedelta(days=7))))
    return form.fill(_day("review_on", to_local(walk.now() + timedelta(days=42))))


def watch_over(walk: Walk, manager: Visitor, administrator: Visitor, page: str) -> None:
    """Set a time limit, read and prove the trail, see who looked, mark no decoy, make a list by two."""
    form = manager.get("/limits").form("/limits").fill(red="4 hours", red_counted="clock")
    form.submit(status=303).follow()
    own = manager.get("/account/home").form("Keep this")
    own.fill(postcode=walk.say("own.postcode")).submit(status=200)
    manager.get("/trail")
    assert "unaltered" in manager.get("/trail/verify").shown.heading
    manager.get("/trail/looking")
    manager.get(f"{page}/lookers")
    marking = manager.get("/decoys/mark").form("Ask a colleague to approve it")
    reference = _REFERENCE.findall(manager.get(page).text)[0]
    refused = marking.fill(reference=reference, nobody="yes", why=walk.say("decoy.why")).submit()
    assert "It cannot be a decoy" in refused.text
    manager.get("/decoys")
    form = manager.get("/trail/pack").form("Ask a second person to approve it")
    asked = form.fill(why=walk.say("pack.why")).submit(status=303).location
    administrator.get(asked).form("Approve").submit(status=303)
    assert "Who saw" in manager.get(asked).form("Make the list").submit(status=200).text
