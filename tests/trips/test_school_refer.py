"""Referring over HTTP: what is asked, the last look, sending, and what the school sees afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from intake.models.concern import Concern, Exclusion
from intake.models.person import FormDraftRow
from intake.models.referral import Referral
from intake.vocabulary import ConcernState, ReferralState, Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, HALTON, School, card, make_school
from tests.support.client import Answer, Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting

LOOK = "See who will receive it"
SEND = "Send it now"
FRIDAY_EVENING = datetime(2026, 11, 27, 16, 45, tzinfo=UTC)
ANSWERS = {
    "home": "known",
    "home_postcode": "WA8 7QF",
    "home_council": HALTON,
    "where_now": "In the front office with me",
    "why_now": "The car came three days running.",
    "parents_told": "yes",
    "sender_phone": "07700 900123",
}


@pytest.fixture
def hub(people: People) -> UUID:
    hub_id = people.hub()
    people.actor(hub_id, Role.DUTY_WORKER, name="Sam Reed")
    return hub_id


@pytest.fixture
def office(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.lead)


def check(visitor: Visitor, concern_id: UUID, **said: str | tuple[str, ...]) -> Answer:
    """Fill in a referral and go on to the last look."""
    form = visitor.get(f"/referrals/new?concern={concern_id}").form(LOOK).fill({**ANSWERS, **said})
    return form.submit(LOOK, status=303).follow()


def header(place: TestPlace) -> Referral:
    with place.reading() as services:
        return services.unit.session.scalars(select(Referral)).one()


def count(place: TestPlace, table: type) -> int:
    with place.reading() as services:
        return services.unit.session.scalars(select(func.count()).select_from(table)).one()


def test_before_sending_the_page_says_who_why_and_whom_to_ring(
    office: Visitor, school: School, hub: UUID
) -> None:
    page = check(office, school.record(child_file_id=school.child()))
    for words in (
        "Ring Halton iCART Open until 5pm today 0151 907 8305",
        "Your referral goes to Halton iCART, who can read it now.",
        "Halton leads, because the child lives there.",
        "Name Maya Ellison",
        "Date of birth or age 9 March 2012",
        "Where the child is now In the front office with me",
        "Why now The car came three days running.",
    ):
        assert words in page.text


def test_sent_it_is_shown_with_its_clock_and_who_has_it(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    concern_id = school.record(child_file_id=school.child())
    page = check(office, concern_id).form(SEND).submit(SEND, status=303).follow()
    assert page.shown.heading == "Maya Ellison, age 14"
    assert "Maya" not in page.shown.title
    for words in (
        "Received, not acknowledged yet",
        "Duty desk (test) has it.",
        "24 hours left Due tomorrow 10am",
        "Ring Halton iCART Open until 5pm today 0151 907 8305",
        "Sent 23 November 2026 at 10am · Anna Okafor",
        "he waits in the silver car",
    ):
        assert words in page.text
    sent = header(place)
    assert (sent.state, sent.hub_id, sent.in_queue) == (ReferralState.RECEIVED, hub, True)
    assert count(place, FormDraftRow) == 0
    listed = office.get("/referrals")
    assert "Maya Ellison" in listed.text
    assert sent.reference in listed.text


def test_sent_at_a_quarter_to_five_on_friday_it_is_not_read_before_monday(
    school: School, hub: UUID, place: TestPlace, visiting: Visiting
) -> None:
    place.clock.instant = FRIDAY_EVENING
    office = visiting(school.lead)
    looked = check(office, school.record())
    assert "Ring Halton emergency duty team Open until Monday 9am 0345 050 0148" in looked.text
    assert "The day team, Halton iCART, is closed until Monday 9am" in looked.text
    page = looked.form(SEND).submit(SEND, status=303).follow()
    assert "Due Tuesday 1 December 9am" in page.text
    assert "They can read it from 30 November 2026 at 9am." in page.text


def test_whom_to_ring_is_reckoned_when_the_page_is_read(
    school: School, hub: UUID, place: TestPlace, visiting: Visiting, office: Visitor
) -> None:
    address = check(office, school.record()).form(SEND).submit(SEND, status=303).location
    place.clock.instant = FRIDAY_EVENING + timedelta(days=1)
    page = visiting(school.lead).get(address)
    assert "Ring Halton emergency duty team Open until Monday 9am 0345 050 0148" in page.text
    assert "They can read it from 30 November 2026 at 9am." in page.text


def test_two_presses_of_send_are_one_referral(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    form = check(office, school.record()).form(SEND)
    first, second = form.submit(SEND, status=303), form.submit(SEND, status=303)
    assert first.location == second.location
    assert count(place, Referral) == 1


def test_words_changed_since_the_last_look_are_looked_at_again(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    concern_id = school.record()
    looked = check(office, concern_id)
    check(office, concern_id, why_now="And again today.")
    again = looked.form(SEND).submit(SEND, status=200)
    assert "Something changed while you were reading. Nothing has been sent." in again.text
    assert "And again today." in again.text
    assert count(place, Referral) == 0
    again.form(SEND).submit(SEND, status=303)
    assert count(place, Referral) == 1


def test_back_after_sending_there_is_nothing_left_to_send(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    concern_id = school.record()
    check(office, concern_id).form(SEND).submit(SEND, status=303)
    back = office.get(f"/referrals/new/check?concern={concern_id}", status=303)
    assert back.location == f"/referrals/new?concern={concern_id}"


def test_nobody_here_receives_it_and_a_call_takes_it_off_the_page(
    office: Visitor, school: School, place: TestPlace
) -> None:
    looked = check(office, school.record(child_name="Maya"))
    assert "Nobody receives this through us." in looked.text
    page = looked.form("Keep it, and ring").submit("Keep it, and ring", status=303).follow()
    assert "This has not reached anybody yet." in page.text
    assert "Nobody has these yet: ring" in office.get("/referrals").text
    call = page.link("Write down a call").form("Keep this call")
    place.clock.instant += timedelta(minutes=20)
    missed = call.fill(spoke_to="Duty desk", called_at="10:05", answered="no")
    page = missed.submit("Keep this call", status=303).follow()
    assert header(place).state is ReferralState.NOT_SENT_BY_US
    for words in ("This has not reached anybody yet.", "You rang Duty desk, and nobody answered", "10:05am"):
        assert words in page.text
    assert "Nobody has these yet: ring" in office.get("/referrals").text
    call = page.link("Write down a call").form("Keep this call").fill(answered="yes")
    told = call.fill(spoke_to="Duty officer, Jan", called_at="10:10", said="She will ring back.")
    page = told.submit("Keep this call", status=303).follow()
    assert header(place).state is ReferralState.TOLD_OUTSIDE
    for words in ("Passed on by telephone", "You told Duty officer, Jan by telephone", "She will ring back."):
        assert words in page.text
    assert "Nobody has these yet" not in office.get("/referrals").text


def test_a_call_still_to_be_made_is_not_written_down(office: Visitor, school: School) -> None:
    looked = check(office, school.record())
    page = looked.form("Keep it, and ring").submit("Keep it, and ring", status=303).follow()
    call = page.link("Write down a call").form("Keep this call").fill(spoke_to="Jan", called_at="11:00")
    call.fill(answered="yes")
    assert call.submit("Keep this call", status=200).shown.problems == (
        "That time has not come yet. Check when you rang.",
    )


def test_what_was_said_of_the_home_is_said_to_both_sides_once_it_is_sent(
    office: Visitor, school: School, hub: UUID, place: TestPlace, people: People, visiting: Visiting
) -> None:
    duty = visiting(people.actor(hub, Role.DUTY_WORKER))
    homes = {"other": "Another council, not in our list", HALTON: "Halton", "unknown": "Council not known"}
    for chosen, said in homes.items():
        page = check(office, school.record(), home_address="", home_postcode="", home_council=chosen)
        sent = page.form(SEND).submit(SEND, status=303)
        assert f"Home {said}" in sent.follow().text
        assert f"Home {said}" in duty.get(sent.location.replace("/referrals/", "/queue/")).text
        assert ("The sender says that the child lives in another council" in office.page.text) is (
            chosen == "other"
        )


def test_a_council_nobody_has_numbers_for_is_a_state_and_no_error(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    page = check(office, school.record(), home="not_known", home_postcode="", home_council="")
    page.form().submit(status=303).follow()
    sent = header(place)
    assert sent.needs_allocation
    assert sent.authority_code is None


@pytest.mark.parametrize("home", ["not_known", "no_fixed_address"])
def test_not_knowing_where_the_child_lives_is_an_answer(
    office: Visitor, school: School, hub: UUID, home: str
) -> None:
    check(office, school.record(), home=home, home_postcode="", home_council="")


@pytest.mark.parametrize(
    ("postcode", "asked"),
    [
        ("WA7 1ZZ", "That postcode may be in Halton or Cheshire West and Chester."),
        ("M1 1AA", "We cannot tell the council from that."),
        ("behind the church", "That is not a postcode. Check it."),
    ],
)
def test_an_uncertain_postcode_is_asked_about_once_and_not_knowing_is_an_answer(
    office: Visitor, school: School, postcode: str, asked: str
) -> None:
    form = office.get(f"/referrals/new?concern={school.record()}").form(LOOK)
    page = form.fill({**ANSWERS, "home_postcode": postcode, "home_council": ""}).submit(LOOK, status=200)
    assert page.shown.problems[0].startswith(asked)
    assert page.form(LOOK).values["why_now"] == [ANSWERS["why_now"]]
    page.form(LOOK).fill(home_council="unknown").submit(LOOK, status=303).follow()


def test_home_known_says_what_is_known(office: Visitor, school: School) -> None:
    form = office.get(f"/referrals/new?concern={school.record()}").form(LOOK)
    refused = form.fill({**ANSWERS, "home_postcode": "", "home_council": ""}).submit(LOOK, status=200)
    assert refused.shown.problems == (
        "Type the postcode or choose the council. If you know neither, say so above.",
    )


def test_parents_not_told_is_warned_about_and_never_stops_it(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    looked = check(office, school.record(), parents_told="no")
    assert "You can still send this; the duty worker will ask." in looked.text
    looked.form(SEND).submit(SEND, status=303)
    assert count(place, Referral) == 1


def test_a_child_of_whom_only_the_age_is_known_can_be_referred(
    office: Visitor, school: School, hub: UUID
) -> None:
    concern_id = school.record(child_name="girl at the bus stop")
    form = office.get(f"/referrals/new?concern={concern_id}").form(LOOK)
    refused = form.fill({**ANSWERS, "given_name": ""}).submit(LOOK, status=200)
    assert refused.shown.problems[0].startswith("Say who the child is.")
    looked = refused.form(LOOK).fill(age_about="13 or 14").submit(LOOK, status=303).follow()
    assert "Date of birth or age 13 or 14" in looked.text
    page = looked.form(SEND).submit(SEND, status=303).follow()
    assert page.shown.heading == "Name not known, age about 13 or 14"


def test_a_name_with_an_apostrophe_a_hyphen_and_marks_goes_through_unchanged(
    office: Visitor, school: School, hub: UUID
) -> None:
    file_id = school.child(card(given_name="O'Brien-Nguyễn"))
    looked = check(office, school.record(child_name="O'Brien-Nguyễn", child_file_id=file_id))
    page = looked.form(SEND).submit(SEND, status=303).follow()
    assert page.shown.heading == "O'Brien-Nguyễn, age not known"


def test_a_colleague_named_in_it_reads_neither_the_referral_nor_its_concerns(
    office: Visitor, school: School, hub: UUID, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    looked = check(office, concern_id, named_staff=str(school.deputy.person_id))
    assert "Colleagues who cannot read it Ruth Adeyemi, Teacher" in looked.text
    address = looked.form(SEND).submit(SEND, status=303).location
    deputy = visiting(school.deputy)
    deputy.get(address, status=404)
    deputy.get(f"/concerns/{concern_id}", status=404)
    assert "Maya" not in deputy.get("/concerns").shown.main
    assert "Maya" not in deputy.get("/referrals").shown.main
    assert count(place, Exclusion) == 2


def test_earlier_concerns_about_the_child_go_with_it(
    office: Visitor, school: School, hub: UUID, place: TestPlace
) -> None:
    file_id = school.child()
    earlier = school.record(child_file_id=file_id, happened="A new phone in May.")
    concern_id = school.record(child_file_id=file_id)
    looked = check(office, concern_id, more_concerns=str(earlier))
    assert "Concerns that go with it: 2" in looked.text
    page = looked.form(SEND).submit(SEND, status=303).follow()
    assert "A new phone in May." in page.text
    with place.reading() as services:
        states = set(services.unit.session.scalars(select(Concern.state)))
    assert states == {ConcernState.REFERRED}


def test_a_teacher_refers_directly_when_nobody_can_be_reached(
    school: School, hub: UUID, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record(child_file_id=school.child())
    teacher = visiting(school.teacher)
    new = teacher.get(f"/concerns/{concern_id}").link("Refer it to the council yourself")
    assert "14 Invented Street" not in new.text
    page = check(teacher, concern_id).form(SEND).submit(SEND, status=303).follow()
    assert "Duty desk (test) has it." in page.text
    assert "not read by the lead yet" in visiting(school.lead).get("/concerns").text


def test_a_teacher_cannot_refer_what_somebody_else_recorded(
    school: School, people: People, visiting: Visiting
) -> None:
    other = visiting(people.actor(school.id, Role.REPORTER))
    other.get(f"/referrals/new?concern={school.record()}", status=404)


def test_what_its_recorder_called_the_child_is_there_until_a_name_is_known(
    office: Visitor, school: School
) -> None:
    for file_id in (None, school.child(card(age_about="13"))):
        concern_id = school.record(child_name="the boy in a red coat", child_file_id=file_id)
        form = office.get(f"/referrals/new?concern={concern_id}").form(LOOK)
        assert form.values["given_name"] == ["the boy in a red coat"]
    known = office.get(f"/referrals/new?concern={school.record(child_file_id=school.child())}").form(LOOK)
    assert known.values["given_name"] == ["Maya"]


def test_the_last_look_says_the_home_and_the_council_as_they_were_answered(
    office: Visitor, school: School, hub: UUID
) -> None:
    concern_id = school.record(child_file_id=school.child())
    said = check(office, concern_id, home_postcode="wa87qf", home_address="").text
    assert "Home WA8 7QF, Halton" in said
    elsewhere = check(office, concern_id, home_postcode="", home_address="", home_council="other").text
    assert "Home Another council, not in our list" in elsewhere
    assert "We do not know where the child lives" not in elsewhere
    unknown = check(office, concern_id, home_postcode="", home_address="", home_council="unknown").text
    assert "Home Council not known" in unknown
    homeless = check(office, concern_id, home="no_fixed_address", home_address="").text
    assert "Home No fixed address" in homeless
    found = {"other": "another council, not in our list", CARDIFF: "Cardiff", "unknown": ""}
    for chosen, words in found.items():
        page = check(office, concern_id, now_council=chosen).text
        assert (f"with me In the area of {words}" in page) is bool(words)


def test_an_unfinished_referral_comes_back(office: Visitor, school: School) -> None:
    path = f"/referrals/new?concern={school.record()}"
    form = office.get(path).form(LOOK).fill(where_now="With the head of year", home_postcode="WA8 7QF")
    form.submit("Save and finish later", status=303)
    again = office.get(path)
    assert "This is what you had typed and not sent." in again.text
    assert again.form(LOOK).values["where_now"] == ["With the head of year"]
    assert again.form(LOOK).values["home_postcode"] == ["WA8 7QF"]


def test_signed_out_on_the_way_a_referral_is_kept(
    school: School, office: Visitor, visiting: Visiting, place: TestPlace
) -> None:
    path = f"/referrals/new?concern={school.record()}"
    form = office.get(path).form(LOOK).fill(ANSWERS)
    place.clock.instant += timedelta(minutes=31)
    assert form.submit(LOOK, status=303).location.startswith("/sign-in")
    assert visiting(school.lead).get(path).form(LOOK).values["why_now"] == [ANSWERS["why_now"]]


def test_referrals_of_another_school_are_not_there(
    office: Visitor, school: School, hub: UUID, place: TestPlace, people: People, visiting: Visiting
) -> None:
    concern_id = school.record()
    address = check(office, concern_id).form(SEND).submit(SEND, status=303).location
    stranger = visiting(make_school(place, people, CARDIFF).lead)
    stranger.get(address, status=404)
    stranger.get(f"{address}/call", status=404)
    stranger.get(f"/referrals/new?concern={concern_id}", status=404)
    stranger.get(f"/referrals/new/check?concern={concern_id}", status=404)
    office.get("/referrals/new?concern=nonsense", status=404)
    visiting(school.teacher).get(address, status=404)
