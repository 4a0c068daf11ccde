"""The part of the walk in which cases are kept to named people, and somebody breaks the glass."""

import re

from intake.vocabulary import Role
from tests.support.client import Answer, Visitor
from tests.support.walk import Walk

_ONE = re.compile(r"/(?:second-person|break-glass/reviews|shift-codes)/[0-9a-f-]{36}")
OK = 200


def in_the_hub(walk: Walk, manager: Visitor, worker: Visitor, administrator: Visitor, page: str) -> None:
    """Restrict a referral, write about it, look behind the glass, let somebody in and lift it again."""
    restriction = _restrict(walk, manager, page, "hub")
    other = walk.colleague(administrator, "not named", Role.DUTY_WORKER)
    other.get(page, status=404)
    form = other.get("/break-glass").form("Break the glass")
    form.fill(looked_for=walk.say("glass.looked_for"), reason=walk.say("glass.reason"))
    found = form.submit("Break the glass", status=303).follow()
    found.form("Close the glass").submit(status=303).follow()
    _review(walk, manager)
    form = manager.get(f"{restriction}/let-in").form("Ask for it")
    form.fill(person=form.form.controls["person"].offered[0], why=walk.say("let_in.why"))
    form.submit("Ask for it", status=303).follow()
    _approve(worker)
    other.get(page)
    form = manager.get(f"{restriction}/lift").form("Ask for it").fill(why=walk.say("lift.why"))
    form.submit("Ask for it", status=303).follow()
    _approve(worker)
    for_one_shift(walk, manager, worker, administrator)


def for_one_shift(walk: Walk, manager: Visitor, worker: Visitor, administrator: Visitor) -> None:
    """Give a colleague a code for one shift, ask for another, and have an auditor review the first."""
    for visitor, page, button, why in (
        (manager, "/shift-codes/give", "Give the code", "shift_code.reason"),
        (worker, "/shift-codes/ask", "Ask for it", "shift_code.asked"),
    ):
        form = visitor.get(page).form(button)
        person = form.form.controls["person"].offered[0]
        answer = form.fill(person=person, reason=walk.say(why)).submit(button)
        if answer.status != OK:
            answer.follow()
    auditor = walk.colleague(administrator, "auditor", Role.AUDITOR)
    form = _first(auditor, "/shift-codes").form("Close the review")
    form.fill(words=walk.say("shift_code.review")).submit("Close the review", status=303).follow()
    _first(auditor, "/shift-codes")


def in_the_school(walk: Walk, lead: Visitor, concern: str) -> None:
    """Restrict a concern and the child's file to everybody there is."""
    child = next(path for path in lead.get(concern).shown.links.values() if "/children/" in path)
    _restrict(walk, lead, concern, "concern")
    _restrict(walk, lead, child, "child")


def _restrict(walk: Walk, visitor: Visitor, page: str, where: str) -> str:
    form = visitor.get(f"{page}/restrict").form("Restrict it")
    form.fill(people=form.form.controls["people"].offered, reason=walk.say(f"restriction.{where}"))
    shown = form.submit("Restrict it", status=303).follow()
    form = shown.form("Keep this note").fill(text=walk.say(f"restricted note.{where}"))
    shown = form.submit("Keep this note", status=303).follow()
    return str(shown.response.request.path)


def _review(walk: Walk, manager: Visitor) -> None:
    page = _first(manager, "/break-glass/reviews")
    form = page.form("Close the review").fill(finding="not_needed", words=walk.say("glass.review"))
    form.submit("Close the review", status=303).follow()
    _first(manager, "/break-glass/reviews")


def _approve(worker: Visitor) -> None:
    """Approve what waits: it stands first on the list."""
    for path in worker.get("/second-person").shown.links.values():
        if _ONE.fullmatch(path):
            page = worker.get(path)
            if any(words == "Approve" for form in page.shown.forms for words, *_ in form.buttons):
                page.form("Approve").submit(status=303).follow()


def _first(visitor: Visitor, listed: str) -> Answer:
    return visitor.get(
        next(path for path in visitor.get(listed).shown.links.values() if _ONE.fullmatch(path))
    )
