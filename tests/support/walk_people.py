"""The part of the walk in which administrators ask each other: a role, a code, a reopening."""

from intake.vocabulary import Role
from tests.support.client import Answer, Visitor
from tests.support.walk import Walk

_WHO = "cover"


def ask_each_other(walk: Walk, administrator: Visitor) -> None:
    """Have one role refused, a code taken back and an account opened again for somebody who covers."""
    walk.colleague(administrator, _WHO, Role.DEPUTY_LEAD, ladder="2")
    second, why = walk.seconds[administrator], "asked.role"
    role = _page(walk, administrator).form("Give this role").fill(role=Role.AUDITOR.value, why=walk.say(why))
    role.submit(status=303)
    _refuse(walk, second, "Refuse", why)
    _ask(walk, administrator, "Ask for a new code", "asked.link")
    _refuse(walk, administrator, "Take it back", "asked.link")
    _page(walk, administrator).form("Close this account").submit(status=303)
    _ask(walk, administrator, "Ask to open the account again", "asked.reopening")
    # What an operator does with it, once, is print the key ring (`keys export-escrow`).
    form = administrator.get("/second-person/keys").form("Ask a second administrator to approve it")
    form.fill(change="escrow", why=walk.say("asked.keys")).submit(status=303)
    walk.approve_all(administrator)


def _page(walk: Walk, administrator: Visitor) -> Answer:
    return administrator.get("/people").link(walk.say(f"{_WHO}.name"))


def _ask(walk: Walk, administrator: Visitor, words: str, why: str) -> None:
    form = _page(walk, administrator).link(words).form("Ask for it")
    form.fill(why=walk.say(why)).submit(status=303)


def _refuse(walk: Walk, visitor: Visitor, button: str, asked: str) -> None:
    """Refuse, or take back, the one thing that waits."""
    listed = visitor.get("/second-person").shown
    pages = {path: visitor.get(path) for path in listed.links.values() if path.startswith("/second-person/")}
    (waits,) = (
        path
        for path, page in pages.items()
        if any(words == button for form in page.shown.forms for words, *_ in form.buttons)
    )
    question = "why" if button == "Take it back" else "answer"
    pages[waits].form(button).fill({question: walk.say(f"{asked}.answer")}).submit(status=303)
    visitor.get(waits)
