"""The end of the walk: what was written is held against being erased, let go of, and erased on both sides."""

import re

from tests.support.client import Answer, Visitor
from tests.support.walk import Said

ASK = "Ask a colleague to approve it"
_REQUEST = re.compile(r"/second-person/[0-9a-f-]{36}")


def erase(say: Said, asks: Visitor, approves: Visitor, page: str, where: str) -> Answer:
    """Place a hold and lift it by two, erase by two; gives what is left, for whoever asked."""
    form = asks.get(f"{page}/hold").form("Place the hold").fill(reason=say(f"hold.{where}"))
    held = form.submit("Place the hold", status=303).follow()
    refused = asks.get(f"{page}/erase")
    assert "It cannot be erased yet" in refused.text
    form = held.form("Ask to lift the hold").fill(why=say(f"lifting the hold.{where}"))
    _approve(approves, form.submit("Ask to lift the hold", status=303).follow())
    form = asks.get(f"{page}/erase").form(ASK).fill(why=say(f"erasing.{where}"))
    _approve(approves, form.submit(ASK, status=303).follow())
    return asks.get(page, status=410)


def _approve(second: Visitor, asked: Answer) -> None:
    """Approve what somebody asked for, by its own page."""
    page = asked.response.request.path
    assert _REQUEST.fullmatch(page)
    second.get(page).form("Approve").submit(status=303).follow()
