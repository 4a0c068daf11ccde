"""The part of the walk about the directory: whom to ring is looked up, and three changes are proposed."""

from collections.abc import Mapping

from tests.support.client import Answer, Visitor
from tests.support.walk import Walk

_SERVICE = "/directory/services/halton-icart"
_FILE = "/directory/file?name=E06000006-halton.toml"
_APPROVE = "Approve: it is in force for everybody"
_NAME = 'name = "Halton iCART"'


def look_up(walk: Walk, visitor: Visitor) -> None:
    """Ask whom to ring about a postcode, which is kept nowhere."""
    form = visitor.get("/who-to-ring").form("Find out who to ring")
    form.fill(postcode=walk.say("ring.postcode")).submit(status=200)


def change(walk: Walk, proposer: Visitor, approver: Visitor) -> None:
    """Propose a change that is approved, one that is refused, and a whole file that is withdrawn."""
    say = walk.say
    hours = {"known": "no", "source": say("directory.hours.source"), "reason": say("directory.hours.reason")}
    refused = _propose(proposer, "hours", hours)
    _refuse(approver, refused, "Refuse this change", say("directory.hours.answer"))
    form = proposer.get(_FILE).form("Propose this file")
    text = form.values["text"][0].replace(_NAME, f'name = "{say("directory.file.text")}"')
    form.fill(text=text, reason=say("directory.file.reason"))
    withdrawn = form.submit("Propose this file", status=303).location
    _refuse(proposer, withdrawn, "Withdraw this change", say("directory.file.answer"))
    number = {"instead": "0151 496 0000", "source": say("directory.source")}
    approved = _propose(proposer, "number", {**number, "reason": say("directory.reason")})
    walk.prove(approver, "hub.administrator")
    form = approver.get(approved).form(_APPROVE).fill(answer=say("directory.answer"))
    form.submit(_APPROVE, status=303).follow()
    for path in ("/directory", "/directory/versions", approved, refused, withdrawn):
        approver.get(path)


def _propose(proposer: Visitor, change: str, answers: Mapping[str, str]) -> str:
    button = "Propose this change"
    form = proposer.get(f"{_SERVICE}/{change}").form(button).fill(answers)
    proposal = form.submit(button, status=303)
    proposal.follow()
    return proposal.location


def _refuse(visitor: Visitor, proposal: str, button: str, reason: str) -> Answer:
    return visitor.get(proposal).form(button).fill(reason=reason).submit(button, status=303).follow()
