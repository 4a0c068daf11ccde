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


def give_out(say: Said, asks: Visitor, approves: Visitor, page: str, where: str) -> None:
    """Make an extract with everything in it that may go, by two; then have its text looked up."""
    held = ("others", "police", "address")
    form = asks.get(f"{page}/extract").form(ASK).fill(audience="service", put_in=held)
    form.fill({f"why_{each}": say(f"extract.{each}.{where}") for each in held}).fill(
        why=say(f"extract.why.{where}")
    )
    asked = form.submit(ASK, status=303).follow()
    _approve(approves, asked)
    asks.get(asked.response.request.path).form("Make the extract").submit(status=200)
    check = asks.get(f"{page}/extract/text").form("Check this text").fill(text=say(f"extract.text.{where}"))
    assert "No extract that was made here" in check.submit().text


def _approve(second: Visitor, asked: Answer) -> None:
    """Approve what somebody asked for, by its own page."""
    page = asked.response.request.path
    assert _REQUEST.fullmatch(page)
    second.get(page).form("Approve").submit(status=303).follow()
