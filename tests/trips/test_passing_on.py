"""A referral passed on, over HTTP: the first service has it until the next one accepts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from uuid import UUID

import pytest

from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant
from intake.models.passing import Passing
from intake.policy.actor import Actor
from intake.vocabulary import PassingState, ReferralState, Role
from tests.factories.hub_work import RED, Desk
from tests.factories.people import People
from tests.support.client import Answer, Faulty, Visitor
from tests.support.matrix import denials_of
from tests.support.web import Visiting

WHY = "She moved to her aunt in Splott in June."
NOT_OURS = "The aunt's house is in Penarth, not in Cardiff."
CARDIFF, VALE = "W06000015", "W06000014"


@dataclass(frozen=True, slots=True)
class Two:
    """The desk of Halton, where a referral is, and the desk of Cardiff, where it should be."""

    desk: Desk
    cardiff_id: UUID
    lowri: Actor
    owen: Actor

    def grants(self, referral: UUID, organisation_id: UUID) -> set[str]:
        """Return which parts of a referral an organisation can open now."""
        with self.desk.place.reading() as services:
            rows = services.unit.session.query(KeyGrant).filter(
                KeyGrant.case_id == referral,
                KeyGrant.organisation_id == organisation_id,
                KeyGrant.ended_at.is_(None),
            )
            return {row.compartment.value for row in rows}

    def passings(self, referral: UUID) -> list[Passing]:
        with self.desk.place.reading() as services:
            found = services.unit.session.query(Passing).filter(Passing.referral_id == referral)
            return list(found.order_by(Passing.passed_at, Passing.id))

    def events(self, organisation_id: UUID, referral: UUID) -> list[str]:
        with self.desk.place.reading() as services:
            found = services.unit.session.query(AuditEntry).filter(
                AuditEntry.organisation_id == organisation_id, AuditEntry.subject_id == referral
            )
            return [entry.event for entry in found.order_by(AuditEntry.seq)]


@pytest.fixture
def two(desk: Desk, people: People) -> Two:
    cardiff_id = people.hub("cardiff-mash", CARDIFF, "Cardiff desk (test)")
    return Two(
        desk,
        cardiff_id,
        people.actor(cardiff_id, Role.DUTY_WORKER, name="Lowri Bevan"),
        people.actor(cardiff_id, Role.DUTY_WORKER, name="Owen Tate"),
    )


@pytest.fixture
def sam(two: Two, visiting: Visiting) -> Visitor:
    return visiting(two.desk.sam)


@pytest.fixture
def lowri(two: Two, visiting: Visiting) -> Visitor:
    return visiting(two.lowri)


@pytest.fixture
def lead(two: Two, visiting: Visiting) -> Visitor:
    return visiting(two.desk.lead)


def pass_on(visitor: Visitor, referral: UUID, council: str = CARDIFF, **said: str) -> Answer:
    form = visitor.get(f"/queue/{referral}/pass-on").form("Pass it on")
    return form.fill({"why": "wrong_area", "reason": WHY, "council": council, **said}).submit("Pass it on")


def offer_of(visitor: Visitor) -> str:
    """Return the address of the one offer on the list."""
    (path,) = {path for path in visitor.get("/offers").shown.links.values() if path.startswith("/offers/")}
    return path


def test_a_referral_is_passed_on_accepted_and_the_clock_runs_on(
    two: Two, sam: Visitor, lowri: Visitor, lead: Visitor
) -> None:
    referral = two.desk.acknowledged()
    before = two.desk.referrals.header(referral)
    shown = pass_on(sam, referral).follow()
    assert "Passed on, waiting for Cardiff desk (test) to accept" in shown.text
    assert "waiting for Cardiff desk (test) to accept" in sam.get("/queue").text
    waits = lead.get(f"/referrals/{referral}").text
    assert "Duty desk (test) has it until they accept." in waits
    assert "The clock was not started again" in waits
    assert two.desk.referrals.header(referral).hub_id == two.desk.hub_id

    assert "1 referral is passed on to you" in lowri.get("/queue").text
    offer = lowri.get(offer_of(lowri))
    assert WHY in offer.text
    assert "silver car" in offer.text
    assert two.grants(referral, two.cardiff_id) == {"A", "D"}
    taken = offer.form("Accept it").submit().follow()

    assert "You have it now." in taken.text
    after = two.desk.referrals.header(referral)
    assert (after.hub_id, after.state) == (two.cardiff_id, ReferralState.ACKNOWLEDGED)
    assert (after.authority_code, after.service_slug) == (CARDIFF, "cardiff-mash")
    assert (after.clock_starts_at, after.due_at) == (before.clock_starts_at, before.due_at)
    assert (after.taken_by, after.acknowledged_by) == (two.lowri.person_id, two.lowri.person_id)
    told = lead.get(f"/referrals/{referral}").text
    assert "Cardiff desk (test) has it." in told
    assert "Lowri Bevan has acknowledged it." in told
    assert "Duty desk (test) passed it on to Cardiff desk (test)" in told


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_has_a_tie_to_an_offered_child_is_kept_out_of_the_offer(
    two: Two, sam: Visitor, lowri: Visitor, visiting: Visiting
) -> None:
    pass_on(sam, two.desk.acknowledged())
    offer = offer_of(lowri)
    form = lowri.get(lowri.get(offer).shown.links["Keep out somebody who has a tie to this child"])
    form.form("Keep them out").fill(person=str(two.lowri.person_id)).submit(status=303)
    lowri.get(offer, status=404)
    assert offer_of(visiting(two.owen)) == offer


def test_the_first_service_can_open_nothing_any_more_and_its_trail_says_so(
    two: Two, sam: Visitor, lowri: Visitor
) -> None:
    referral = two.desk.acknowledged()
    page = sam.get(f"/queue/{referral}")
    page.form("Keep this note").fill(text="Rang the aunt.").submit().follow()
    pass_on(sam, referral)
    lowri.get(offer_of(lowri)).form("Accept it").submit().follow()

    assert two.grants(referral, two.desk.hub_id) == set()
    assert "Rang the aunt." in lowri.get(f"/queue/{referral}").text
    gone = sam.get(f"/queue/{referral}", status=404)
    never = sam.get(f"/queue/{UUID(int=7)}", status=404)
    assert gone.shown.main == never.shown.main
    (mine, other) = denials_of(two.desk.place, two.desk.sam)
    assert mine["asked_id"] == str(referral)
    assert {**mine, "asked_id": ""} == {**other, "asked_id": ""}
    assert "referral.left" in two.events(two.desk.hub_id, referral)
    assert "grant.ended" in two.events(two.desk.hub_id, referral)

    (kept,) = {path for path in sam.get("/passed-on").shown.links.values() if "/passed-on/" in path}
    record = sam.get(kept)
    assert "Opened a referral: all of it" in record.text
    assert "Sam Reed" in record.text
    assert "silver car" not in record.text


def test_both_trails_meet_where_it_was_passed_on_and_accepted(
    two: Two, people: People, sam: Visitor, lowri: Visitor, visiting: Visiting
) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    lowri.get(offer_of(lowri)).form("Accept it").submit()
    reference = two.desk.referrals.header(referral).reference
    for hub_id in (two.desk.hub_id, two.cardiff_id):
        auditor = visiting(people.actor(hub_id, Role.AUDITOR))
        followed = auditor.get(f"/trail/{reference}").text
        assert followed.count("The two agree") >= 2
        assert "The two do not agree" not in followed
        assert "unaltered" in auditor.get("/trail/verify").shown.heading


def test_what_is_declined_is_still_where_it_was_with_the_reason(
    two: Two, sam: Visitor, lowri: Visitor, lead: Visitor
) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    offer = offer_of(lowri)
    refused = lowri.get(f"{offer}/decline").form("Decline it").submit(status=200)
    assert "Say why you cannot take this." in refused.shown.problems[0]
    refused.form("Decline it").fill(reason=NOT_OURS).submit().follow()

    header = two.desk.referrals.header(referral)
    assert (header.hub_id, header.in_queue) == (two.desk.hub_id, True)
    assert two.grants(referral, two.cardiff_id) == set()
    assert NOT_OURS in sam.get(f"/queue/{referral}").text
    assert NOT_OURS in lead.get(f"/referrals/{referral}").text
    assert "who declined. Duty desk (test) has it." in lead.page.text
    answered = lowri.get(offer).text
    assert "declined" in answered
    assert "silver car" not in answered
    assert "referral.came_back" in two.events(two.desk.hub_id, referral)


def test_of_two_who_accept_at_the_same_moment_one_has_it_and_the_other_is_told_who(
    two: Two, sam: Visitor, lowri: Visitor, visiting: Visiting
) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    offer = offer_of(lowri)
    forms = [visitor.get(offer).form("Accept it") for visitor in (lowri, visiting(two.owen))]
    ready = Barrier(2)

    def press(number: int) -> str:
        ready.wait()
        try:
            forms[number].submit(status=303)
        except Faulty as fault:
            return str(fault)
        return ""

    with ThreadPoolExecutor(2) as pressing:
        told = list(pressing.map(press, range(2)))
    lost = next(number for number, said in enumerate(told) if said)
    assert told[1 - lost] == ""
    assert "the answer is 409, not" in told[lost]
    winner = ("Lowri Bevan", "Owen Tate")[1 - lost]
    again = forms[lost].submit(status=409)
    assert again.shown.heading == "This was answered already"
    assert f"{winner} accepted" in again.text
    assert [row.state for row in two.passings(referral)] == [PassingState.ACCEPTED]
    assert two.events(two.cardiff_id, referral).count("referral.accepted") == 1


def test_a_double_click_accepts_once_and_passes_on_once(two: Two, sam: Visitor, lowri: Visitor) -> None:
    referral = two.desk.acknowledged()
    form = sam.get(f"/queue/{referral}/pass-on").form("Pass it on")
    form.fill(why="wrong_area", reason=WHY, council=CARDIFF)
    assert form.submit("Pass it on").location == form.submit("Pass it on").location
    accepting = lowri.get(offer_of(lowri)).form("Accept it")
    assert accepting.submit().location == accepting.submit().location
    assert len(two.passings(referral)) == 1


def test_a_colleague_in_the_middle_of_a_note_when_it_is_accepted_elsewhere_loses_no_word(
    two: Two, sam: Visitor, lowri: Visitor, visiting: Visiting
) -> None:
    referral = two.desk.acknowledged()
    jo = visiting(two.desk.jo)
    writing = jo.get(f"/queue/{referral}").form("Keep this note").fill(text="The aunt rang back at ten.")
    pass_on(sam, referral)
    lowri.get(offer_of(lowri)).form("Accept it").submit()
    lost = writing.submit(status=404)

    assert "The aunt rang back at ten." in lost.text
    (kept,) = {path for path in jo.get("/passed-on").shown.links.values() if "/passed-on/" in path}
    assert "The aunt rang back at ten." in jo.get(kept).text
    assert "The aunt rang back at ten." not in sam.get(kept).text


def test_it_may_come_back_to_the_first_service_with_a_reason(two: Two, sam: Visitor, lowri: Visitor) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    lowri.get(offer_of(lowri)).form("Accept it").submit()
    pass_on(lowri, referral, "E06000006", reason="The aunt moved back to Widnes.").follow()
    sam.get(offer_of(sam)).form("Accept it").submit().follow()

    header = two.desk.referrals.header(referral)
    assert (header.hub_id, header.service_slug) == (two.desk.hub_id, "halton-icart")
    assert two.grants(referral, two.cardiff_id) == set()
    assert two.grants(referral, two.desk.hub_id) >= {"A", "D"}
    assert [row.state for row in two.passings(referral)] == [PassingState.ACCEPTED] * 2
    assert "Halton le" in sam.get(f"/queue/{referral}").text


def test_the_first_service_may_keep_it_after_all(two: Two, sam: Visitor, lowri: Visitor) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    offer = offer_of(lowri)
    late = lowri.get(offer).form("Accept it")
    sam.get(f"/queue/{referral}").form("Keep it after all").submit().follow()

    assert "keeps" in late.submit(status=409).text
    assert two.grants(referral, two.cardiff_id) == set()
    assert "offer.withdrawn" in two.events(two.cardiff_id, referral)
    assert two.desk.referrals.header(referral).hub_id == two.desk.hub_id


def test_nothing_is_decided_on_a_referral_that_waits_for_another_service(two: Two, sam: Visitor) -> None:
    referral = two.desk.acknowledged()
    deciding = sam.get(f"/queue/{referral}/decision").form("Keep this decision")
    deciding.fill(decision="assessment", rationale="We see her on Tuesday.")
    pass_on(sam, referral)
    lost = deciding.submit("Keep this decision", status=409)

    assert lost.form("Keep this decision").values["rationale"] == ["We see her on Tuesday."]
    assert two.desk.referrals.header(referral).state is ReferralState.ACKNOWLEDGED


def test_where_nobody_receives_here_it_stays_until_somebody_has_it_by_telephone(
    two: Two, sam: Visitor, lead: Visitor
) -> None:
    referral = two.desk.acknowledged()
    shown = pass_on(sam, referral, VALE).follow()
    assert "To be handed over by telephone" in shown.text
    assert "We found nobody who receives it here." in shown.text
    assert "is handing it over by telephone" in lead.get(f"/referrals/{referral}").text
    header = two.desk.referrals.header(referral)
    assert (header.hub_id, header.in_queue) == (two.desk.hub_id, True)

    form = shown.link("Write down who has it now").form("They have it now")
    refused = form.fill(spoke_to="").submit(status=200)
    assert "Say who took it." in refused.text
    form = refused.form("They have it now").fill(spoke_to="Nia Rowlands", number="01446 000 200")
    form.fill({"called_at": "9:30am", "said": "She rings the school at once."}).submit(status=303).follow()

    header = two.desk.referrals.header(referral)
    assert (header.state, header.in_queue, header.hub_id) == (
        ReferralState.PASSED_ON,
        False,
        two.desk.hub_id,
    )
    told = lead.get(f"/referrals/{referral}").text
    assert "Nia Rowlands has it now" in told
    assert "01446 000200" in told
    assert "Duty desk (test) has it." not in told
    assert "referral.handed_over" in two.events(two.desk.hub_id, referral)


def test_only_whoever_has_it_passes_it_on_and_never_without_a_reason(
    two: Two, sam: Visitor, visiting: Visiting
) -> None:
    referral = two.desk.acknowledged()
    jo = visiting(two.desk.jo)
    assert "Take it first" in jo.get(f"/queue/{referral}/pass-on").follow().text
    form = sam.get(f"/queue/{referral}/pass-on").form("Pass it on").fill(council=CARDIFF)
    refused = form.submit("Pass it on", status=200)
    assert len(refused.shown.problems) == 2
    stale = sam.get(f"/queue/{referral}/pass-on").form("Pass it on").fill(why="wrong_area", reason=WHY)
    jo.get(f"/queue/{referral}").form("Take it over").submit().follow()
    lost = stale.submit("Pass it on", status=409)
    assert lost.form("Pass it on").values["reason"] == [WHY]
    assert two.passings(referral) == []


def test_an_offer_is_nothing_to_anybody_else(two: Two, sam: Visitor, lowri: Visitor, lead: Visitor) -> None:
    referral = two.desk.acknowledged()
    pass_on(sam, referral)
    offer = offer_of(lowri)
    sam.get(offer, status=404)
    lead.get(offer, status=403)
    lowri.get(f"/queue/{referral}", status=404)


@pytest.mark.parametrize(
    ("council", "says"),
    [
        (CARDIFF, "Wait for Cardiff desk (test) to accept, or ring them."),
        (VALE, "Ring whoever it is for, and write down who has it."),
    ],
)
def test_whoever_waits_for_another_service_is_not_told_to_decide(
    two: Two, sam: Visitor, council: str, says: str
) -> None:
    referral = two.desk.acknowledged()
    with two.desk.place.writing() as services:
        services.triage.colour(two.desk.sam, referral, 3, RED)
    assert "Decide" in sam.get(f"/queue/{referral}").shown.links
    shown = pass_on(sam, referral, council).follow()
    assert says in shown.text
    assert "Decide" not in shown.shown.links
    kept = shown.form("Keep it after all").submit().follow()
    assert "Decide" in kept.shown.links


def test_an_answer_written_to_the_first_service_waits_on_the_next_ones_list_until_it_is_read(
    two: Two, sam: Visitor, lowri: Visitor, lead: Visitor
) -> None:
    referral = two.desk.acknowledged()
    asking = sam.get(f"/queue/{referral}/message").form("Send it to the school")
    asking.fill(text="Which school does she go to?").submit()
    answering = lead.get(f"/referrals/{referral}/answer").form("Send this answer")
    answering.fill(text="She left us in June.").submit()
    assert "Maya Ellison" in sam.get("/queue?list=answered").text
    pass_on(sam, referral)
    lowri.get(offer_of(lowri)).form("Accept it").submit(status=303)
    assert "Maya Ellison" in lowri.get("/queue?list=answered").text
    assert "She left us in June." in lowri.get(f"/queue/{referral}").text
    assert "Maya Ellison" not in lowri.get("/queue?list=answered").text
    assert "Maya Ellison" not in sam.get("/queue?list=answered").text
