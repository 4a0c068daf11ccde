"""People with an account who try what is not theirs: named staff, strangers, and people of two places."""

from datetime import date, timedelta
from threading import Thread
from uuid import UUID, uuid4

from intake.casework.documents.person import StaffCard
from intake.errors import StaleVersion
from intake.ids import new_id
from intake.models.person import Membership
from intake.policy.actor import Actor
from intake.vocabulary import OrganisationKind, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import School, make_school, referral
from tests.support.place import TestPlace
from tests.support.web import Visiting


def also(place: TestPlace, person: Actor, organisation_id: UUID, kind: OrganisationKind, role: Role) -> Actor:
    with place.writing() as services:
        services.unit.session.add(
            Membership(
                id=new_id(),
                person_id=person.person_id,
                organisation_id=organisation_id,
                role=role,
                from_at=place.clock.now(),
            )
        )
    return Actor(
        person.person_id, organisation_id, kind, frozenset({role}), person.session_id, second_factor=True
    )


def send(place: TestPlace, actor: Actor, concern_id: UUID, **said: object) -> UUID:
    with place.writing() as services:
        return services.referrals.submit(actor, referral(concern_id, **said))


def test_whoever_a_concern_names_reads_no_later_referral_of_it(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    concern_id = school.record()
    send(place, school.teacher, concern_id, named_staff_ids=(school.lead.person_id,))
    later = send(place, school.deputy, concern_id)
    lead = visiting(school.lead)
    lead.get(f"/concerns/{concern_id}", status=404)
    lead.get(f"/referrals/{later}", status=404)
    assert "Maya" not in lead.get("/referrals").text


def test_whoever_wrote_a_concern_down_and_is_named_in_it_sees_nothing_of_what_became_of_it(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    concern_id = school.record()
    earlier = send(place, school.teacher, concern_id)
    send(place, school.lead, concern_id, named_staff_ids=(school.teacher.person_id,))
    teacher = visiting(school.teacher)
    teacher.get(f"/concerns/{concern_id}", status=404)
    teacher.get(f"/referrals/{earlier}", status=404)
    for page in ("/concerns", "/referrals"):
        assert "Maya" not in teacher.get(page).text
    visiting(school.lead).get(f"/concerns/{concern_id}", status=200)


def test_whoever_a_concern_names_reads_no_earlier_referral_of_it(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    concern_id = school.record()
    earlier = send(place, school.deputy, concern_id)
    send(place, school.teacher, concern_id, named_staff_ids=(school.lead.person_id,))
    visiting(school.lead).get(f"/referrals/{earlier}", status=404)
    visiting(school.deputy).get(f"/referrals/{earlier}", status=200)


def test_what_is_typed_in_one_school_is_not_offered_in_another(
    school: School, people: People, place: TestPlace, visiting: Visiting
) -> None:
    elsewhere = make_school(place, people)
    here, there = (
        school.teacher,
        also(place, school.teacher, elsewhere.id, OrganisationKind.SCHOOL, Role.REPORTER),
    )
    page = visiting(here).get("/concerns/new")
    page.form().fill(happened="A car waited for Maya.").submit("Save and finish later")
    visitor = visiting(there)
    assert "A car waited" not in visitor.get("/concerns/new").text
    visitor.get("/concerns/new").form().fill(happened="Another child.").submit("Save and finish later")
    assert "Another child." in visiting(there).get("/concerns/new").text
    assert "A car waited for Maya." in visiting(here).get("/concerns/new").text


def test_words_of_a_session_that_ran_out_come_back_where_they_were_typed(
    school: School, people: People, place: TestPlace, visiting: Visiting
) -> None:
    elsewhere = make_school(place, people)
    there = also(place, school.teacher, elsewhere.id, OrganisationKind.SCHOOL, Role.REPORTER)
    visitor = visiting(there)
    form = visitor.get("/concerns/new").form().fill(happened="A car waited for Maya.")
    place.clock.instant += timedelta(minutes=31)
    form.submit("Save and finish later", status=303)
    assert "A car waited for Maya." in visiting(there).get("/concerns/new").text


def test_the_queue_shows_a_worker_whose_account_is_another_services(
    desk: Desk, people: People, place: TestPlace, visiting: Visiting
) -> None:
    cardiff = people.hub("cardiff-mash", "W06000015")
    guest = also(
        place,
        people.actor(cardiff, Role.DUTY_WORKER, name="Guest Worker"),
        desk.hub_id,
        OrganisationKind.HUB,
        Role.DUTY_WORKER,
    )
    referral_id = desk.arrive()
    with place.writing() as services:
        services.triage.take(guest, referral_id, 1)
    assert "Guest Worker" in visiting(desk.sam).get("/queue").text
    visiting(desk.sam).get(f"/queue/{referral_id}")
    visiting(guest).get("/queue")


def test_of_two_administrators_who_change_one_card_at_once_one_is_told(
    people: People, place: TestPlace
) -> None:
    school_id = people.school()
    ann, bob = people.actor(school_id, Role.ADMINISTRATOR), people.actor(school_id, Role.ADMINISTRATOR)
    teacher = people.actor(school_id, Role.REPORTER)
    trouble: list[BaseException] = []

    def change(actor: Actor, name: str) -> None:
        try:
            with place.writing() as services:
                card = StaffCard(name, "same@example.test", "", "")
                services.people.change(actor, teacher.person_id, card, version=1)
        except StaleVersion as stale:
            trouble.append(stale)

    with place.writing() as services:
        card = StaffCard("First", "same@example.test", "", "")
        services.people.change(ann, teacher.person_id, card, version=1)
        services.unit.session.flush()
        second = Thread(target=change, args=(bob, "Second"))
        second.start()
        second.join(1)
    second.join(10)
    assert len(trouble) == 1


def test_minutes_that_correct_none_of_this_meeting_are_refused_in_words(
    desk: Desk, visiting: Visiting
) -> None:
    meeting_id = desk.meeting()
    form = visiting(desk.sam).get(f"/meetings/{meeting_id}/minutes").form(0)
    form.values |= {"corrects": [str(uuid4())], "why_corrected": ["x"]}
    form.fill(
        {
            "child_views_why": "x",
            "parents_views_why": "x",
            "plan_why": "x",
            "direct_worker_why": "x",
            "support_for_parents_why": "x",
            "action_against_harm_why": "x",
            "risk": "x",
            "review_on-day": "20",
            "review_on-month": "1",
            "review_on-year": "2027",
        }
    )
    assert form.submit(status=409).form(0).values["corrects"] == [""]


def test_what_was_looked_for_in_the_trail_is_all_its_links_carry(desk: Desk, visiting: Visiting) -> None:
    manager = visiting(desk.manager)
    for query in ("endpoint=x", "_external=1&_scheme=javascript", "_anchor=x", "_method=x", "self=1"):
        page = manager.get(f"/trail?{query}&below=9", status=200)
        assert "javascript:" not in page.response.get_data(as_text=True)


def test_a_name_as_long_as_a_book_is_looked_up_as_quickly_as_any(school: School, place: TestPlace) -> None:
    maya = school.child()
    with place.opening() as services:
        found = services.children.search(school.teacher, "Maya " * 400_000, date(2026, 11, 23))
    assert [child.id for child in found] == [maya]
