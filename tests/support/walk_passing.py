"""The part of the walk in which a referral goes astray: declined, kept, misplaced twice, handed over."""

from datetime import timedelta

from intake.calendars.local_time import to_local
from intake.vocabulary import Role
from tests.support import walk_hub, walk_school
from tests.support.client import Visitor
from tests.support.walk import Walk

_HALTON, _CARDIFF, _VALE = "E06000006", "W06000015", "W06000014"
#: Where a child is decides who leads; who is told as well is where the child lives.
_COPIED = {"home_council": _CARDIFF, "now_council": _HALTON, "protection_now": "yes"}


def go_astray(walk: Walk, lead: Visitor, worker: Visitor, referral: str) -> Visitor:
    """Pass a referral about until somebody outside has it; gives who works at the other hub."""
    other = walk.colleague(walk.administrators("other"), "other worker", Role.DUTY_WORKER)
    page = walk_hub.triage(walk, worker, referral)
    _pass_on(walk, worker, page, _CARDIFF, "passing.declined")
    _decline(walk, other)
    _pass_on(walk, worker, page, _VALE, "passing.kept")
    worker.get(page).form("Keep it after all").submit(status=303).follow()
    _wrong_place(walk, worker, page, _CARDIFF, "wrong_place.hub")
    other.get("/queue")
    other.get(page)
    _wrong_place(walk, lead, referral, _HALTON, "wrong_place.school")
    _write_down(walk, lead)
    worker.get(page).form("Take it").submit(status=303).follow()
    _pass_on(walk, worker, page, _VALE, "passing.reason")
    _hand_over(walk, worker, page)
    lead.get(referral)
    return other


def copies_astray(walk: Walk, lead: Visitor, other: Visitor, concerns: tuple[str, str]) -> None:
    """Send two referrals with a copy that goes to the wrong place: the school says so, then the hub."""
    of_school, of_hub = (walk_school.refer(walk, lead, concern, **_COPIED) for concern in concerns)
    link = next(words for words in lead.get(of_school).shown.links if words.startswith("The copy for"))
    _copy_was_wrong(walk, lead, lead.page.links[link], "copy.school")
    (copy,) = (path for path in other.get("/copies").shown.links.values() if path.startswith("/copies/"))
    other.get(copy)
    _copy_was_wrong(walk, other, f"{copy}/wrong-place", "copy.hub")
    lead.get(of_hub)
    for path in lead.get("/breaches").shown.links.values():
        if path.startswith("/breaches/"):
            lead.get(path)


def _copy_was_wrong(walk: Walk, visitor: Visitor, page: str, where: str) -> None:
    form = visitor.get(page).form("The copy went to the wrong place").fill(reason=walk.say(where))
    form.submit(status=303).follow()


def _pass_on(walk: Walk, worker: Visitor, page: str, council: str, where: str) -> None:
    form = worker.get(f"{page}/pass-on").form("Pass it on")
    form.fill(why="wrong_area", reason=walk.say(where), council=council)
    form.submit("Pass it on", status=303).follow()


def _decline(walk: Walk, other: Visitor) -> None:
    (offer,) = {path for path in other.get("/offers").shown.links.values() if path.startswith("/offers/")}
    other.get(offer)
    form = other.get(f"{offer}/decline").form("Decline it").fill(reason=walk.say("declined.reason"))
    form.submit(status=303).follow()


def _wrong_place(walk: Walk, visitor: Visitor, page: str, council: str, where: str) -> None:
    form = visitor.get(f"{page}/wrong-place").form("It was sent to the wrong place")
    form.fill(reason=walk.say(where), council=council)
    form.submit("It was sent to the wrong place", status=303).follow()


def _write_down(walk: Walk, lead: Visitor) -> None:
    """Read the record of each, and write something down about it."""
    paths = lead.get("/breaches").shown.links.values()
    for number, path in enumerate(sorted(path for path in paths if path.startswith("/breaches/"))):
        form = lead.get(path).form("Write it down").fill(act="do", words=walk.say(f"breach{number}.words"))
        form.submit("Write it down", status=303).follow()


def _hand_over(walk: Walk, worker: Visitor, page: str) -> None:
    rang_at = to_local(walk.now() - timedelta(minutes=1))
    form = worker.get(f"{page}/handed-over").form("They have it now")
    for part in ("spoke_to", "number", "said"):
        form.fill({part: walk.say(f"handed.{part}")})
    form.fill({"called_at": f"{rang_at:%H:%M}", "called_on-day": str(rang_at.day)})
    form.fill({"called_on-month": str(rang_at.month), "called_on-year": str(rang_at.year)})
    form.submit("They have it now", status=303).follow()
