"""The duty desk over HTTP: from the queue to a decision, and the races that are lost on the way."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from intake.casework.documents.concern import HarmNoted
from intake.models.audit import AuditEntry
from intake.policy.actor import Actor
from intake.vocabulary import Answer, Decision, ReferralState, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.referrals import CONCERN, SENT
from tests.support.client import Answer as Shown
from tests.support.client import Visitor
from tests.support.databases import on_either
from tests.support.web import Visiting

WHY = "The car, the gifts and the age gap together."
TO_SCHOOL = "A social worker will see Maya in school tomorrow."


@pytest.fixture
def sam(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.sam)


@pytest.fixture
def jo(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.jo)


def page_of(visitor: Visitor, referral: UUID) -> Shown:
    return visitor.get(f"/queue/{referral}")


def decision_of(visitor: Visitor, referral: UUID) -> Shown:
    return visitor.get(f"/queue/{referral}/decision")


def decide(shown: Shown, decision: Decision, *, status: int | None = None, **said: str) -> Shown:
    answers = {"decision": decision.value, "rationale": WHY, **said}
    return shown.form("Keep this decision").fill(answers).submit("Keep this decision", status=status)


def test_a_referral_goes_from_the_queue_to_a_decision(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    assert "Maya Ellison age 14" in sam.get("/queue").text

    page_of(sam, referral).form("Take it").submit().follow()
    page_of(sam, referral).form("Acknowledge").submit().follow()
    page_of(sam, referral).form("Give this colour").fill(colour="red", reason=WHY).submit().follow()
    decide(page_of(sam, referral).link("Decide"), Decision.ASSESSMENT, to_school=TO_SCHOOL).follow()

    header = desk.referrals.header(referral)
    assert header.state is ReferralState.DECIDED
    assert not header.in_queue
    assert TO_SCHOOL in page_of(sam, referral).text
    assert "Maya Ellison" not in sam.get("/queue").text
    assert "Maya Ellison" in sam.get("/queue?list=decided").text


def test_the_page_says_everything_that_was_sent(desk: Desk, sam: Visitor) -> None:
    text = page_of(sam, desk.arrive(danger_now=Answer.YES)).text

    for said in (
        "The child is in danger now",
        'Maya said: "he waits in the silver car".',
        "Gets into cars or vans",
        "twice this week",
        "In school, with the head of year, until 15:20",
        "She does not want her dad told.",
        "Ring school, not home.",
        "0151 000 0101",
        "We have not been able to reach her mum yet.",
        "Halton led, because the child lived there.",
        "Received",
    ):
        assert said in text


def test_harm_that_is_happening_is_said_as_a_fact_and_once(desk: Desk, sam: Visitor) -> None:
    (detail,) = CONCERN.details
    harms = (HarmNoted("image_threat", Answer.YES), HarmNoted("missing_now", Answer.YES))
    concern = replace(CONCERN, details=(replace(detail, harms=harms),))
    main = page_of(
        sam, desk.arrive(sent=replace(SENT, concerns=(concern,)), missing_now=Answer.YES)
    ).shown.main

    assert "Somebody is using an image of the child to threaten them" in main
    assert main.count("The child is missing now") == 1


def test_a_name_is_in_no_title_and_no_address(desk: Desk, sam: Visitor) -> None:
    for path in ("/queue", f"/queue/{desk.acknowledged()}"):
        shown = sam.get(path)
        assert "Maya" not in shown.shown.title
        assert not [href for href in shown.shown.links.values() if "maya" in href.lower()]


def test_words_stay_closed_in_the_queue(desk: Desk, sam: Visitor) -> None:
    desk.arrive()

    text = sam.get("/queue").text
    assert "silver car" not in text
    assert "Invented Street" not in text


def test_two_take_it_at_once_and_the_second_is_told_who_was_quicker(
    desk: Desk, sam: Visitor, jo: Visitor
) -> None:
    referral = desk.arrive()
    sams, jos = page_of(sam, referral), page_of(jo, referral)
    sams.form("Take it").submit().follow()
    lost = jos.form("Take it").submit(status=409)

    assert lost.shown.heading == "Sam Reed took this a moment ago"
    assert "nothing is lost" in lost.text
    assert desk.referrals.header(referral).taken_by == desk.sam.person_id


def test_a_double_click_takes_it_once(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    form = page_of(sam, referral).form("Take it")
    first, again = form.submit(), form.submit()

    assert first.location == again.location
    assert desk.referrals.header(referral).version == 2


def test_a_colleague_may_take_it_over_knowingly(desk: Desk, jo: Visitor) -> None:
    referral = desk.acknowledged()
    page_of(jo, referral).form("Take it over").submit().follow()

    assert "You have it" in page_of(jo, referral).text


def test_what_is_handed_back_is_with_nobody(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    page_of(sam, referral).form("Hand it back to the queue").submit().follow()

    assert "Nobody has it" in sam.get("/queue?list=nobodys").text


def test_a_stale_decision_is_shown_again_with_every_word(desk: Desk, sam: Visitor, jo: Visitor) -> None:
    referral = desk.acknowledged()
    writing = decision_of(sam, referral)
    page_of(jo, referral).form("Take it over").submit().follow()
    lost = decide(writing, Decision.ASSESSMENT, status=409, to_school=TO_SCHOOL)

    assert "Jo Marsh took this" in lost.shown.problems[0]
    assert lost.form("Keep this decision").values["rationale"] == [WHY]
    assert lost.form("Keep this decision").values["to_school"] == [TO_SCHOOL]
    assert desk.referrals.header(referral).state is ReferralState.ACKNOWLEDGED


def test_a_decision_that_lost_a_race_is_there_again_once_it_is_taken_over(
    desk: Desk, sam: Visitor, jo: Visitor
) -> None:
    referral = desk.acknowledged()
    writing = decision_of(sam, referral)
    page_of(jo, referral).form("Take it over").submit().follow()
    lost = decide(writing, Decision.ASSESSMENT, status=409, to_school=TO_SCHOOL)
    lost.form("Take it over").submit().follow()
    again = decision_of(sam, referral)

    assert again.form("Keep this decision").values["rationale"] == [WHY]
    again.form("Keep this decision").submit("Keep this decision").follow()
    assert desk.referrals.header(referral).state is ReferralState.DECIDED


def test_a_decision_on_what_was_handed_back_is_kept_until_it_is_taken_again(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    writing = decision_of(sam, referral)
    page_of(sam, referral).form("Hand it back to the queue").submit().follow()
    lost = decide(writing, Decision.ASSESSMENT, status=409, to_school=TO_SCHOOL)

    assert "it was handed back" in lost.shown.problems[0]
    lost.form("Take it").submit().follow()
    assert decision_of(sam, referral).form("Keep this decision").values["to_school"] == [TO_SCHOOL]


@pytest.mark.parametrize(
    ("danger", "missing", "said"),
    [
        (Answer.NOT_KNOWN, Answer.NO, "whether the child is in danger. Ring and ask."),
        (Answer.NO, Answer.NOT_KNOWN, "whether the child is missing. Ring and ask."),
        (Answer.NOT_KNOWN, Answer.NOT_KNOWN, "is in danger, or missing. Ring and ask."),
        (Answer.NO, Answer.YES, "The child is missing now"),
    ],
)
@on_either
def test_what_presses_and_what_nobody_knows_is_said_before_all_else(
    desk: Desk, sam: Visitor, danger: Answer, missing: Answer, said: str
) -> None:
    assert said in page_of(sam, desk.arrive(danger_now=danger, missing_now=missing)).text


def test_a_stale_colour_keeps_its_reason(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    first, second = page_of(sam, referral), page_of(sam, referral)
    first.form("Give this colour").fill(colour="amber", reason="First").submit().follow()
    lost = second.form("Give this colour").fill(colour="red", reason="Second thoughts").submit(status=409)

    assert lost.form("Give this colour").values["reason"] == ["Second thoughts"]
    lost.form("Give this colour").submit().follow()
    text = page_of(sam, referral).text
    assert "First" in text
    assert "Second thoughts" in text


def test_no_further_action_without_a_reason_is_refused_with_the_text_kept(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    refused = decide(decision_of(sam, referral), Decision.NO_FURTHER_ACTION, rationale="Seen before.")

    assert refused.shown.problems == (
        "Say what would change this decision, so that the school knows when to come back.",
        "Write to the school. They cannot act on a decision they do not hear of.",
    )
    assert refused.form("Keep this decision").values["rationale"] == ["Seen before."]
    assert desk.referrals.header(referral).state is ReferralState.ACKNOWLEDGED


def test_a_colour_without_a_reason_is_refused(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    refused = page_of(sam, referral).form("Give this colour").fill(colour="red").submit()

    assert refused.shown.problems == ("Say why you chose this colour.",)
    assert refused.form("Give this colour").values["colour"] == ["red"]


def test_a_decision_can_be_left_and_gone_on_with(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    form = decision_of(sam, referral).form("Keep this decision").fill(rationale=WHY)
    form.submit("Save and finish later")
    unfinished = sam.get("/queue").link("You have 1 unfinished form")
    again = unfinished.link("A decision")

    assert again.form("Keep this decision").values["rationale"] == [WHY]


def test_a_decision_waits_until_it_is_taken_and_acknowledged(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    for path in ("decision", "colour"):
        sent_back = sam.get(f"/queue/{referral}/{path}").follow()
        assert "first" in sent_back.text
        assert "Next" in sent_back.text


def test_limits_nobody_entered_are_said_to_be_missing(desk: Desk, sam: Visitor) -> None:
    text = page_of(sam, desk.acknowledged()).text

    assert "Halton's own limits have not been entered: only the one-working-day clock runs." in text


def test_a_reference_read_out_over_the_telephone_opens_its_page(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    reference = desk.referrals.header(referral).reference
    sam.get("/queue").form("Find").fill(reference=reference.lower()).submit().follow()
    assert sam.page.heading == "Maya Ellison age 14"

    missed = sam.get("/queue").form("Find").fill(reference="R-0000").submit().follow()
    assert "no referral with that reference" in missed.text


def test_another_hubs_referral_is_the_same_nothing_as_one_that_is_not_there(
    desk: Desk, people: People, visiting: Visiting
) -> None:
    stranger = visiting(people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER))
    for referral in (desk.acknowledged(), uuid4()):
        for page in ("", "/colour", "/decision", "/notes", "/meetings/new"):
            assert (
                stranger.get(f"/queue/{referral}{page}", status=404).shown.heading == "There is nothing here"
            )


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD, Role.REPORTER, Role.AUDITOR])
def test_nobody_at_a_school_comes_near_the_desk(
    desk: Desk, people: People, visiting: Visiting, role: Role
) -> None:
    referral = desk.arrive()
    visitor = visiting(people.actor(desk.lead.organisation_id, role))
    for path in ("/queue", f"/queue/{referral}", f"/queue/{referral}/decision", "/limits"):
        visitor.get(path, status=403)


def test_a_post_no_page_sent_changes_nothing(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    sam.send("post", f"/queue/{referral}/take", {"version": ["1"]}, status=400)

    assert desk.referrals.header(referral).taken_by is None


def test_a_look_at_the_queue_adds_nothing_but_its_entry_in_the_trail(desk: Desk, sam: Visitor) -> None:
    desk.arrive()
    before = entries(desk, desk.sam)
    sam.get("/queue")

    assert entries(desk, desk.sam) == before + 1


def entries(desk: Desk, actor: Actor) -> int:
    with desk.place.reading() as services:
        return services.unit.session.query(AuditEntry).filter(AuditEntry.actor_id == actor.person_id).count()
