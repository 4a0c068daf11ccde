"""An extract of a case for somebody outside: by two people, once, with what is listed, and proved later."""

from dataclasses import replace
from uuid import UUID

import html5lib
import pytest
from sqlalchemy import select

from intake.casework.drafts import DecisionDraft, GlassDraft, RestrictDraft
from intake.models.audit import AuditEntry
from intake.models.referral import Referral
from intake.vocabulary import Decision, Role, SubjectKind
from tests.factories.hub_work import ASSESS, MINUTED, Desk
from tests.factories.people import People
from tests.factories.referrals import CHILD
from tests.support.client import Answer, Visitor
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASK, CHECK = "Ask a colleague to approve it", "Check this text"
WHY = "The family court ordered it on 20 November."
NAME = "O\u2019Brien-Nguy\u1ec5n"


@pytest.fixture
def rae(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.manager)


@pytest.fixture
def lou(desk: Desk, people: People, visiting: Visiting) -> Visitor:
    return visiting(people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand"))


def _asked(asks: Visitor, referral: UUID, **said: str | tuple[str, ...]) -> str:
    form = asks.get(f"/queue/{referral}").link("Give out an extract, to a court for example").form(ASK)
    return form.fill({"audience": "court", "why": WHY, **said}).submit(status=303).location


def words_given(shown: Answer) -> str:
    """Return the words that were given, as somebody would copy them from the page."""
    page = html5lib.parse(shown.response.text, namespaceHTMLElements=False)
    (given,) = (each for each in page.iter("div") if each.get("id") == "extract")
    return " ".join(given.itertext())


def _full(desk: Desk) -> UUID:
    """Have a case with everything in it, of a child with one name, whose home is withheld."""
    child = replace(CHILD, given_name=NAME, family_name="", address_withheld=True)
    referral = desk.acknowledged(desk.arrive(child=child))
    with desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral, 3, ASSESS)
        services.notes.write(desk.sam, referral, "Her aunt says that he is called Dean.")
    views = f"{MINUTED.child_views} At 14 invented street."
    desk.minuted(desk.meeting(referral), replace(MINUTED, child_views=views))
    return referral


def test_a_court_gets_what_is_listed_once_and_the_text_can_be_proved(
    desk: Desk, rae: Visitor, lou: Visitor
) -> None:
    referral = _full(desk)
    asked = _asked(rae, referral)
    rae.send("post", f"{asked}/extract", _token(rae, asked), status=303)  # nobody has allowed it yet
    own = rae.get(asked).form("Take it back").values
    own = {name: own[name] for name in ("csrf_token", "once_key")}
    rae.send("post", f"{asked}/approve", own, status=404)  # nobody approves their own
    lou.get(asked).form("Approve").submit(status=303)
    lou.send("post", f"{asked}/extract", _token(lou, asked), status=404)  # nor makes somebody else's
    button = rae.get(asked).form("Make the extract")
    shown = button.submit()
    for said in ("silver car", "gifts and the age gap", "I want him to stop coming", NAME, "For A court"):
        assert said in shown.text, said
    for said in ("Priya Nair", "Anna Okafor", "Dean", "known to us", "warning notice", "Kit Shaw", "PC Dale"):
        assert said not in shown.text, said
    for said in ("Invented Street", "invented street", "WA8 7QF", "until 15:20"):
        assert said not in shown.text, said
    for said in ("Words of other people and about them", "Allowed by Lou Brand", "Printed for Rae Whitlock"):
        assert said in shown.text, said
    again = button.submit(status=303).follow()
    assert "This cannot be used" in again.text
    _proved(desk, lou, referral, words_given(shown))


def _proved(desk: Desk, manager: Visitor, referral: UUID, words: str) -> None:
    """Have a text found to be the one that was given out, and one with another letter not."""
    page = f"/queue/{referral}/extract/text"
    assert "letter" not in manager.get(page).text.replace("every letter does", "")  # nothing was asked yet
    found = manager.get(page).form(CHECK).fill(text=words.replace(" ", "\n  ")).submit()
    assert "This text was given out, letter for letter." in found.text
    assert "Rae Whitlock" in found.text
    other = manager.get(page).form(CHECK).fill(text=words.replace("silver", "Silver")).submit()
    assert "No extract that was made here has this text." in other.text
    with desk.place.reading() as services:
        (detail,) = services.unit.session.scalars(
            select(AuditEntry.detail).where(AuditEntry.event == "extract.made")
        )
    assert '"audience":"court"' in detail
    assert '"compartments":["A","B","D","R"]' in detail
    assert '"put_in":[]' in detail
    assert "Made an extract of a case for somebody outside" in manager.get("/trail").text


def _token(visitor: Visitor, page: str) -> dict[str, list[str]]:
    return {"csrf_token": visitor.get(page).form("Sign out").values["csrf_token"]}


def test_what_is_held_back_goes_with_its_own_reason_and_a_family_reads_no_judgement(
    desk: Desk, rae: Visitor, lou: Visitor
) -> None:
    referral = _full(desk)
    form = rae.get(f"/queue/{referral}/extract").form(ASK).fill(audience="family", why=WHY, put_in="address")
    assert "Say why this must go in: it is left out otherwise." in form.submit().shown.problems
    why = {"why_others": "They know her aunt.", "why_address": "It is theirs."}
    asked = _asked(rae, referral, audience="family", put_in=("others", "address"), **why)
    approving = lou.get(asked)
    for said in (WHY, "Where the child lives or is: It is theirs.", "For: The child or their family. With:"):
        assert said in approving.text, said
    approving.form("Approve").submit(status=303)
    shown = rae.get(asked).form("Make the extract").submit()
    for said in (
        "14 Invented Street",
        "14 invented street",
        "Priya Nair",
        "PC Dale",
        "Police matters and intelligence",
        "Not what workers",
    ):
        assert said in shown.text, said
    for said in ("gifts and the age gap", "Dean", "known to us", "cannot leave"):
        assert said not in shown.text, said


def test_a_decision_for_the_police_alone_stays_and_other_services_and_workers_find_nothing(
    desk: Desk, people: People, visiting: Visiting, rae: Visitor, lou: Visitor
) -> None:
    police = DecisionDraft(Decision.POLICE_ONLY, "An inquiry runs.", "", "Thank you.", "")
    referral = desk.decided(police)
    asked = _asked(rae, referral)
    lou.get(asked).form("Approve").submit(status=303)
    other = visiting(people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_MANAGER))
    for path in ("extract", "extract/text"):
        other.get(f"/queue/{referral}/{path}", status=404)
        visiting(desk.sam).get(f"/queue/{referral}/{path}", status=403)
    other.send("post", f"{asked}/extract", _token(other, "/queue"), status=404)
    shown = rae.get(asked).form("Make the extract").submit()
    assert "Thank you." in shown.text
    assert "An inquiry runs." not in shown.text
    assert "police alone" not in shown.text


@pytest.mark.parametrize("how", ["restricted", "passed on", "erased"])
def test_of_a_case_that_is_not_theirs_any_more_nothing_is_made(
    desk: Desk, people: People, rae: Visitor, lou: Visitor, how: str
) -> None:
    referral = desk.decided()
    asked, waits = _asked(rae, referral), _asked(rae, referral, audience="family")
    approving = lou.get(waits).form("Approve")
    lou.get(asked).form("Approve").submit(status=303)
    ready = rae.get(asked).form("Make the extract")
    _take_away(desk, people, referral, how)
    status = 410 if how == "erased" else 404
    ready.submit(status=status)
    rae.get(f"/queue/{referral}/extract", status=status)
    approving.submit(status=404)
    with desk.place.reading() as services:
        events = set(services.unit.session.scalars(select(AuditEntry.event)))
    assert not events & {"extract.made", "second_person.used"}


def test_whoever_broke_the_glass_neither_asks_for_an_extract_by_it_nor_approves_one(
    desk: Desk, people: People, rae: Visitor, lou: Visitor
) -> None:
    referral = desk.decided()
    asked = _asked(lou, referral)
    approving = rae.get(asked).form("Approve")
    _take_away(desk, people, referral, "restricted")
    rae.get(f"/queue/{referral}", status=404)
    with desk.place.writing() as services:
        services.glass.break_glass(desk.manager, GlassDraft("maya", "The police ring about her."))
    links = rae.get(f"/queue/{referral}").shown.links
    assert "Erase it, or place a legal hold on it" in links
    assert "Give out an extract, to a court for example" not in links
    for path in ("extract", "extract/text"):
        rae.get(f"/queue/{referral}/{path}", status=404)
    assert "Somebody else approves this." in rae.get(asked).text
    approving.submit(status=404)


def _take_away(desk: Desk, people: People, referral: UUID, how: str) -> None:
    """Restrict a case to others, pass it on, or erase it."""
    one, two = (people.actor(desk.hub_id, Role.DUTY_MANAGER) for _ in range(2))
    elsewhere = people.hub("cardiff-mash", "W06000015")
    with desk.place.writing() as services:
        if how == "restricted":
            draft = RestrictDraft((two.person_id, desk.sam.person_id), "An aunt of hers works here.")
            services.restrictions.restrict(one, SubjectKind.REFERRAL, referral, draft)
        elif how == "passed on":
            services.unit.session.get_one(Referral, referral).hub_id = elsewhere
        else:
            services.closing.close(desk.sam, referral, 4, "She is safe.")
    if how == "erased":
        with desk.place.writing() as services:
            request_id = services.erasing.ask(one, SubjectKind.REFERRAL, referral, "It is old.")
        with desk.place.writing() as services:
            services.second_person.approve(two, request_id)
