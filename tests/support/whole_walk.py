"""The walk from the first link to the proof of the trail, and where it can be walked."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from intake.casework.documents.person import StaffCard
from intake.services.operator import Operator, OrganisationDraft
from intake.services.shipped_directory import load_shipped
from intake.vocabulary import OrganisationKind, Role
from tests.support import (
    walk_directory,
    walk_erasing,
    walk_hub,
    walk_passing,
    walk_people,
    walk_restricted,
    walk_school,
)
from tests.support.client import Answer, Visitor
from tests.support.place import TestPlace
from tests.support.traces import cookie_words
from tests.support.walk import Said, Walk

#: A code of ours to come in with, a random token, and what carries one in a form.
_CODE = re.compile(r"(?<![\w-])(?:[a-z0-9]{4}-){2,5}[a-z0-9]{4}(?![\w-])")
_TOKEN = re.compile(r"(?<![\w-])[\w-]{40,}(?![\w-])")
_CARRIED = re.compile(r'name="(?:csrf_token|once_key)"[^>]*? value="([^"]+)"')
#: The organisations of the walk: kind, council, and the duty service a hub answers for.
FOUNDED: Mapping[str, tuple[OrganisationKind, str, str | None]] = {
    "school": (OrganisationKind.SCHOOL, "E06000006", None),
    "hub": (OrganisationKind.HUB, "E06000006", "halton-icart"),
    "other": (OrganisationKind.HUB, "W06000015", "cardiff-mash"),
}


@dataclass(frozen=True, slots=True)
class Walked:
    """Who is signed in at the end, and the addresses of what they wrote."""

    people: Mapping[str, Visitor]
    concern: str
    referral: str
    hub_page: str
    meeting: str


@dataclass
class Seen:
    """Everything that passed a browser's address bar, title bar, cookie jar and window."""

    addresses: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    posted: set[str] = field(default_factory=set)
    #: What opens something, or shows that a form is ours, by where it was seen.
    tokens: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def look(self, method: str, path: str, answer: Answer) -> None:
        """Remember one answer."""
        self.addresses += [path, answer.location, answer.response.request.url]
        if method == "post":
            self.posted.add(path.partition("?")[0])
        for said in answer.response.headers.getlist("Set-Cookie"):
            value = said.partition("=")[2].partition(";")[0].strip('"')
            self.cookies += [said, cookie_words(value) if value.count(".") >= 2 else value]
            self.tokens["cookies"].update(_TOKEN.findall(self.cookies[-1]))
        if answer.page is not None:
            self.titles.append(answer.page.title)
            self.pages.append(answer.page.html)
            self.tokens["codes"].update(_CODE.findall(answer.page.html))
            self.tokens["forms"].update(_CARRIED.findall(answer.page.html))


class Watched(Visitor):
    """A browser somebody looks over the shoulder of."""

    seen: Seen

    def send(
        self, method: str, path: str, posted: Mapping[str, object], *, status: int | None = None
    ) -> Answer:
        """Send a request, and have what comes of it remembered."""
        self.seen.tokens["codes"].update(_CODE.findall(str(posted.get("code", ""))))
        answer = super().send(method, path, posted, status=status)  # type: ignore[arg-type]
        self.seen.look(method, path, answer)
        return answer


def found_in(place: TestPlace, say: Said) -> dict[str, str]:
    """Put the directory in force, found the school and the hubs of this tier.

    Gives the codes of their two administrators.
    """
    load_shipped(place)
    handed: dict[str, str] = {}
    here = {of: found for of, found in FOUNDED.items() if found[0] in place.tools.tier.kinds}
    for of, (kind, authority, slug) in here.items():
        cards = administrator(f"{of}.administrator", say), administrator(f"{of}.second", say)
        with place.writing() as services:
            draft = OrganisationDraft(kind, f"The {of} (test)", authority, slug, None)
            first, second = Operator(services).found(draft, cards)
        handed |= {
            f"{of}.administrator": first.code,
            f"{of}.second": second.code,
        }
    return handed


def administrator(who: str, say: Said) -> StaffCard:
    """Return an administrator of an organisation as an operator types them."""
    return StaffCard(say(f"{who}.name"), f"{say(f'{who}.email').split()[0].lower()}@example.test", "", "")


def walk_whole(walk: Walk, *, carry_mail: Callable[[], object], erasing: bool = True) -> Walked:
    """Walk all of it; without `erasing`, leave what was written to be looked at."""
    people = walk.open_accounts()
    teacher, lead, worker = people["teacher"], people["lead"], people["worker"]
    concern = walk_school.record(walk, teacher, "concern")
    carry_mail()
    walk_school.add(walk, teacher, concern, "teacher")
    lead.get("/concerns")
    lead.get(concern)
    walk_school.add(walk, lead, concern, "lead")
    walk_school.match(walk, lead, concern)
    walk_school.keep(walk, lead, walk_school.record(walk, teacher, "second"))
    walk_school.leave_unfinished(walk, teacher)
    referral = walk_school.refer(walk, lead, concern)
    walk_school.ring(walk, lead, referral)
    page = walk_hub.triage(walk, worker, referral)
    walk_hub.ask(walk, worker, lead, referral)
    walk_hub.note(walk, worker, page)
    worker.get(f"{page}/known")
    walk_school.search(walk, worker, "hub.search")
    walk_school.search(walk, lead, "school.search")
    meeting = walk_hub.meet(walk, worker, page)
    walk_hub.write_minutes(walk, worker, meeting)
    walk_hub.decide(walk, worker, page)
    walk_restricted.in_the_hub(walk, people["manager"], worker, people["hub"], page)
    walk_restricted.in_the_school(walk, lead, concern)
    walk_hub.call_off(walk, worker, page)
    worker.get(page)
    walk_hub.close(walk, worker, page)
    go_astray(walk, teacher, lead, worker)
    walk_hub.watch_over(walk, people["manager"], people["hub"], page)
    walk_people.ask_each_other(walk, people["school"])
    walk_directory.look_up(walk, walk.visit())
    walk_directory.change(walk, people["school"], people["hub"])
    carry_mail()
    walked = Walked(people, concern, referral, page, meeting)
    lead = come_again(walk, walked)
    if erasing:
        erase_all(walk, walked, lead)
    return walked


def go_astray(walk: Walk, teacher: Visitor, lead: Visitor, worker: Visitor) -> None:
    """Send referrals, and copies of them, where they do not belong, and have them found there."""
    astray = walk_school.record(walk, teacher, "third")
    lead.get(astray)
    other = walk_passing.go_astray(walk, lead, worker, walk_school.refer(walk, lead, astray))
    copied = walk_school.record(walk, teacher, "fourth"), walk_school.record(walk, teacher, "fifth")
    for each in copied:
        lead.get(each)
    walk_passing.copies_astray(walk, lead, other, copied)


def erase_all(walk: Walk, walked: Walked, lead: Visitor) -> None:
    """Erase the referral in the hub, then the child's file in the school: nothing of them is left to open."""
    manager = walk.sign_in("manager")
    second = walk.colleague(walked.people["hub"], "second manager", Role.DUTY_MANAGER)
    walk_erasing.give_out(walk.say, manager, second, walked.hub_page, "hub")
    walk_erasing.erase(walk.say, manager, second, walked.hub_page, "hub")
    walk_erasing.erase(walk.say, lead, walked.people["deputy"], child_page(lead, walked), "school")


def child_page(lead: Visitor, walked: Walked) -> str:
    """Return the page of the child's file that the concern is in."""
    links = lead.get(walked.concern).shown.links
    return next(path for path in links.values() if "/children/" in path)


def come_again(walk: Walk, walked: Walked) -> Visitor:
    """Look at everything once more, and at the doors: another day, another password, details put right.

    Gives the browser in which the lead came in again.
    """
    people = walked.people
    for path in ("/concerns", walked.concern, "/referrals", walked.referral):
        people["lead"].get(path)
    for path in ("/concerns", walked.concern, "/"):
        people["teacher"].get(path)
    for path in (walked.hub_page, walked.meeting, "/queue?list=closed", "/queue/unfinished"):
        people["worker"].get(path)
    lead = walk.sign_in("lead")
    child = child_page(lead, walked)
    lead.get(child)
    walk_erasing.give_out(walk.say, lead, people["deputy"], child, "school")
    walk.put_right(people["school"], "deputy")
    walk.change_password("deputy", people["deputy"])
    people["deputy"].get("/account")
    walk.sign_in("teacher")
    return lead
