"""A referral sent to the wrong place, over HTTP: that hold ends, a record is opened, the child goes on."""

from uuid import UUID

import pytest

from intake.models.passing import Breach
from intake.vocabulary import BreachState, ReferralState, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.web import Visiting

#: A search shows the child's name, as a list does.
SHOWN = "Was shown the children a search had found"
HOW = "The school chose the wrong council from the list."
CARDIFF, VALE = "W06000015", "W06000014"


@pytest.fixture
def sam(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.sam)


@pytest.fixture
def lead(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.lead)


@pytest.fixture
def lowri(people: People, visiting: Visiting) -> Visitor:
    cardiff = people.hub("cardiff-mash", CARDIFF, "Cardiff desk (test)")
    return visiting(people.actor(cardiff, Role.DUTY_WORKER, name="Lowri Bevan"))


def say_so(visitor: Visitor, page: str, council: str) -> Answer:
    form = visitor.get(f"{page}/wrong-place").form("It was sent to the wrong place")
    return form.fill(reason=HOW, council=council).submit("It was sent to the wrong place")


def breach_of(desk: Desk, referral: UUID) -> Breach:
    with desk.place.reading() as services:
        return services.unit.session.query(Breach).filter(Breach.referral_id == referral).one()


def add(visitor: Visitor, path: str, act: str, words: str, *, status: int | None = None) -> Answer:
    form = visitor.get(path).form("Write it down").fill(act=act, words=words)
    return form.submit("Write it down", status=status)


def test_the_lead_takes_it_back_and_it_is_with_the_right_service_at_once(
    desk: Desk, sam: Visitor, lead: Visitor, lowri: Visitor
) -> None:
    referral = desk.acknowledged()
    sam.get(f"/queue/{referral}").form("Keep this note").fill(text="Rang the school.").submit().follow()
    before = desk.referrals.header(referral)
    shown = say_so(lead, f"/referrals/{referral}", CARDIFF).follow()

    assert "It went to Duty desk (test) by mistake" in shown.text
    assert "The clock ran on." in shown.text
    sam.get(f"/queue/{referral}", status=404)
    header = desk.referrals.header(referral)
    assert (header.state, header.in_queue) == (ReferralState.RECEIVED, True)
    assert (header.due_at, header.clock_starts_at) == (before.due_at, before.clock_starts_at)
    assert "Maya Ellison" in lowri.get("/queue").text
    page = lowri.get(f"/queue/{referral}")
    assert "Rang the school." in page.text
    page.form("Take it").submit().follow()
    lowri.get(f"/queue/{referral}").form("Acknowledge").submit().follow()
    page.form("Keep this note").fill(text="We ring mum at four.").submit().follow()


def test_where_nobody_receives_it_here_it_is_on_the_schools_page_until_somebody_is_told(
    desk: Desk, sam: Visitor, lead: Visitor
) -> None:
    referral = desk.acknowledged()
    assert "routed again" in say_so(sam, f"/queue/{referral}", VALE).follow().text

    header = desk.referrals.header(referral)
    assert (header.state, header.hub_id) == (ReferralState.NOT_SENT_BY_US, None)
    listed = lead.get("/referrals").text
    assert "Nobody has these yet: ring" in listed
    assert "This has not reached anybody yet." in lead.get(f"/referrals/{referral}").text
    form = lead.get(f"/referrals/{referral}/call").form("Keep this call")
    form.fill(answered="yes", spoke_to="Nia Rowlands", called_at="9:30am").submit(status=303).follow()
    assert desk.referrals.header(referral).state is ReferralState.TOLD_OUTSIDE


def test_the_record_says_who_had_it_and_who_opened_what_to_both_organisations(
    desk: Desk, people: People, sam: Visitor, lead: Visitor, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    sam.get(f"/queue/{referral}")
    sam.get("/search").form("Search").fill(name="Maya").submit("Search", status=303).follow()
    say_so(lead, f"/referrals/{referral}", VALE)
    path = f"/breaches/{breach_of(desk, referral).id}"
    school = desk.lead.organisation_id
    readers = [
        lead,
        visiting(desk.manager),
        visiting(people.actor(desk.hub_id, Role.AUDITOR)),
        visiting(people.actor(school, Role.AUDITOR)),
    ]
    for reader in readers:
        assert path in reader.get("/breaches").shown.links.values()
        text = reader.get(path).text
        for said in (HOW, "Duty desk (test)", "Sampleford High (test)", "Sam Reed", "all of it", SHOWN):
            assert said in text
        assert "silver car" not in text
    for auditor in readers[2:]:
        assert "Write it down" not in auditor.get(path).text
    sam.get(path, status=403)
    stranger = people.actor(people.school("W06000015"), Role.SAFEGUARDING_LEAD)
    visiting(stranger).get(path, status=404)


def test_whether_to_report_is_decided_by_a_person_with_a_reason_before_it_is_closed(
    desk: Desk, lead: Visitor, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    say_so(lead, f"/referrals/{referral}", VALE)
    path = f"/breaches/{breach_of(desk, referral).id}"
    manager = visiting(desk.manager)
    assert "That this record is closed" not in lead.get(path).text
    assert "That it need not be reported" not in manager.get(path).text
    add(manager, path, "do", "Shredded the print-out.").follow()
    refused = add(lead, path, "tell", "", status=200)
    assert "every entry has its words" in refused.shown.problems[0]
    add(lead, path, "tell", "Told mum.").follow()
    add(lead, path, "not_report", "One worker opened it, and told nobody.").follow()
    stale = lead.get(path).form("Write it down").fill(act="close", words="All is done.")
    add(lead, path, "report", "Another child's name was in it.").follow()
    lost = stale.submit("Write it down", status=409)
    assert lost.form("Write it down").values["words"] == ["All is done."]
    lost.form("Write it down").submit("Write it down").follow()

    assert breach_of(desk, referral).state is BreachState.CLOSED
    text = lead.get(path).text
    for said in ("Shredded the print-out.", "Told mum.", "Another child's name was in it.", "All is done."):
        assert said in text
    assert "Write it down" not in text


def test_whoever_passed_it_on_to_the_wrong_place_answers_for_that(
    desk: Desk, sam: Visitor, lowri: Visitor, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    form = sam.get(f"/queue/{referral}/pass-on").form("Pass it on")
    form.fill(why="wrong_area", reason="She moved.", council=CARDIFF).submit("Pass it on")
    (offer,) = {path for path in lowri.get("/offers").shown.links.values() if path.startswith("/offers/")}
    lowri.get(offer).form("Accept it").submit().follow()
    say_so(lowri, f"/queue/{referral}", "E06000006").follow()

    assert breach_of(desk, referral).answerable_id == desk.hub_id
    assert desk.referrals.header(referral).hub_id == desk.hub_id
    assert "Maya Ellison" in sam.get("/queue").text
    path = f"/breaches/{breach_of(desk, referral).id}"
    record = visiting(desk.manager).get(path).text
    assert "Opened a referral that another service passes on" in record
    assert "Opened a referral: all of it" in record
    assert "Lowri Bevan" in record
    add(visiting(desk.manager), path, "not_report", "They are bound to secrecy as we are.").follow()


def test_nobody_is_asked_any_more_to_take_it_over_from_the_wrong_place(
    desk: Desk, sam: Visitor, lead: Visitor, lowri: Visitor
) -> None:
    referral = desk.acknowledged()
    form = sam.get(f"/queue/{referral}/pass-on").form("Pass it on")
    form.fill(why="wrong_area", reason="She moved.", council=CARDIFF).submit("Pass it on")
    (offer,) = {path for path in lowri.get("/offers").shown.links.values() if path.startswith("/offers/")}
    late = lowri.get(offer).form("Accept it")
    say_so(lead, f"/referrals/{referral}", VALE)

    assert "keeps" in late.submit(status=409).text
    assert "Nobody is waiting for your answer." in lowri.get("/offers").text
    assert desk.referrals.header(referral).state is ReferralState.NOT_SENT_BY_US


def test_it_is_said_once_however_often_it_is_pressed_and_not_on_a_page_that_is_old(
    desk: Desk, sam: Visitor, lead: Visitor
) -> None:
    referral = desk.acknowledged()
    form = lead.get(f"/referrals/{referral}/wrong-place").form("It was sent to the wrong place")
    sam.get(f"/queue/{referral}").form("Hand it back to the queue").submit()
    lost = form.fill(reason=HOW).submit("It was sent to the wrong place", status=409)
    assert lost.form("It was sent to the wrong place").values["reason"] == [HOW]
    again = lost.form("It was sent to the wrong place")
    assert again.submit(status=303).location == again.submit(status=303).location
    assert breach_of(desk, referral).had_id == desk.hub_id


def test_a_note_in_the_middle_of_which_it_is_taken_back_is_kept_for_whoever_wrote_it(
    desk: Desk, sam: Visitor, lead: Visitor, visiting: Visiting
) -> None:
    referral, said = desk.acknowledged(), "The aunt rang back at ten."
    manager = visiting(desk.manager)
    writing = [
        visitor.get(f"/queue/{referral}").form("Keep this note").fill(text=said) for visitor in (sam, manager)
    ]
    say_so(lead, f"/referrals/{referral}", VALE)
    for form in writing:
        assert said in form.submit(status=404).text
    path = f"/breaches/{breach_of(desk, referral).id}"
    assert said in sam.get("/passed-on").text
    assert said in manager.get(path).text
    for reader in (lead, visiting(desk.jo)):
        assert said not in reader.get("/breaches" if reader is lead else "/passed-on").text
    assert said not in lead.get(path).text


def test_what_was_closed_is_taken_back_and_stays_closed(
    desk: Desk, sam: Visitor, lead: Visitor, visiting: Visiting
) -> None:
    referral = desk.decided()
    closing = sam.get(f"/queue/{referral}/close").form("Close this referral")
    closing.fill(reason="Kit Shaw is with her.").submit()
    header = desk.referrals.header(referral)
    assert header.state is ReferralState.CLOSED
    form = lead.get(f"/referrals/{referral}/wrong-place").form("It was sent to the wrong place")
    assert "council" not in form.values
    shown = form.fill(reason=HOW).submit().follow()

    assert "taken back after it was over" in shown.text
    after = desk.referrals.header(referral)
    assert (after.state, after.hub_id, after.due_at) == (ReferralState.CLOSED, None, header.due_at)
    sam.get(f"/queue/{referral}", status=404)
    breach = breach_of(desk, referral)
    assert (breach.had_id, breach.answerable_id) == (desk.hub_id, desk.lead.organisation_id)
    assert "Sam Reed" in visiting(desk.manager).get(f"/breaches/{breach.id}").text
    assert "It went to the wrong place" not in lead.get(f"/referrals/{referral}").shown.links


def test_the_service_itself_may_say_so_of_what_it_handed_over(
    desk: Desk, sam: Visitor, lead: Visitor
) -> None:
    referral = desk.acknowledged()
    form = sam.get(f"/queue/{referral}/pass-on").form("Pass it on")
    form.fill(why="wrong_area", reason="She moved.", council=VALE).submit("Pass it on")
    form = sam.get(f"/queue/{referral}/handed-over").form("They have it now")
    form.fill(spoke_to="Nia Rowlands", called_at="9:30am").submit(status=303)
    form = sam.get(f"/queue/{referral}/wrong-place").form("It was sent to the wrong place")
    assert "council" not in form.values
    form.fill(reason=HOW).submit().follow()

    assert desk.referrals.header(referral).state is ReferralState.PASSED_ON
    sam.get(f"/queue/{referral}", status=404)
    assert "Nia Rowlands has it now" in lead.get(f"/referrals/{referral}").text
    assert breach_of(desk, referral).had_id == desk.hub_id
