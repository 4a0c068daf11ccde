"""Who looked, over HTTP: the breach pack, who looked at one child, and what is worth asking about."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from sqlalchemy import delete

from intake.casework.documents.searching import SearchTerms
from intake.casework.drafts import RestrictDraft
from intake.casework.pack_asked import PackAsked
from intake.models.key_grant import KeyGrant
from intake.policy.actor import Actor
from intake.queries.looks import Period
from intake.services.own_names import Compared
from intake.vocabulary import QueueList, Role, SubjectKind
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.referrals import CHILD
from tests.factories.school import School
from tests.support.client import Answer, Visitor
from tests.support.web import Visiting

_BOTH = "since-day={day}&since-month=11&since-year=2026&until-day={day}&until-month=11&until-year=2026"
_TODAY = _BOTH.format(day=23)
_ASK = "Ask a second person to approve it"


@pytest.fixture
def rae(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.manager)


@pytest.fixture
def auditor(desk: Desk, people: People) -> Actor:
    return people.actor(desk.hub_id, Role.AUDITOR, name="Ines Okoro")


def _pack(asks: Visitor, approves: Visitor, **said: str) -> Answer:
    """Ask for a pack of today, have it approved, and make it."""
    form = asks.get("/trail").link("Who saw what between two times").form(_ASK)
    asked = form.fill(why="A session was stolen.", **said).submit(status=303).follow()
    approves.get(asked.response.request.path).form("Approve").submit(status=303)
    return asks.get(asked.response.request.path).form("Make the list").submit()


def _references(desk: Desk, asks: Actor, approves: Actor) -> set[str]:
    """Return what stands in a pack of the last two days that one asks for and another approves."""
    now = desk.place.clock.now()
    with desk.place.writing() as services:
        asked = services.packs.ask(asks, PackAsked(now - timedelta(days=2), now), "A session was stolen.")
    with desk.place.writing() as services:
        services.second_person.approve(approves, asked)
    with desk.place.opening() as services:
        pack = services.packs.make(asks, asked)
    return {*pack.only_listed}.union(*(each.references for each in pack.opened))


def _read(desk: Desk, actor: Actor, referral: UUID) -> None:
    with desk.place.opening() as services:
        services.hub_reading.read(actor, referral)


def _search(desk: Desk, actor: Actor) -> None:
    terms = SearchTerms(name=CHILD.full_name, born="", other="")
    with desk.place.opening() as services:
        looked = services.searching.look(actor, terms, desk.place.clock.now().date())
        services.searching.show(actor, looked)


def test_the_pack_says_who_saw_what_by_reference_and_by_no_name_of_a_child(
    desk: Desk, rae: Visitor, auditor: Actor, visiting: Visiting
) -> None:
    opened, listed = desk.acknowledged(), desk.arrive()
    _read(desk, desk.sam, opened)
    with desk.place.opening() as services:
        services.queue.show(desk.jo, QueueList.ALL)
    shown = _pack(rae, visiting(auditor), since_time="10:00", until_time="10:01").shown
    for said in (
        "2 people, 2 records, 2 readings",
        "Sam Reed",
        "1 record, 1 time",
        "Jo Marsh",
        "names only",
        desk.referrals.header(opened).reference,
        desk.referrals.header(listed).reference,
        "Printed for Rae Whitlock",
    ):
        assert said in shown.text, said
    assert "Maya" not in shown.text
    assert "Made a list of who saw what of children's records" in rae.get("/trail").text
    one = _pack(rae, visiting(auditor), person=str(desk.jo.person_id), until_time="10:01").text
    assert "1 person, 2 records, 1 reading" in one
    assert "Nobody saw anything" in _pack(rae, visiting(auditor), since_time="10:01").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("since-day=1", "Enter the date as a day, a month and a year, like 27 3 2026"),
        (_TODAY + "&since_time=11:00&until_time=9:00", "The end is before the beginning"),
        (_TODAY.replace("since-month=11", "since-month=9"), "Choose at most 31 days"),
        (_TODAY.replace("since-year=2026", "since-year=1000"), "There is no trail from that time"),
        (
            _TODAY.replace("until-year=2026", "until-year=9999"),
            "This date is in the future. Enter today or a day before it",
        ),
    ],
)
def test_a_time_that_cannot_be_asked_about_is_refused(
    desk: Desk, rae: Visitor, asked: str, problem: str
) -> None:
    if "time" not in asked:
        assert problem in rae.get(f"/trail/looking?{asked}").shown.problems
    if "&" in asked:
        form = rae.get("/trail/pack").form(_ASK).fill(why="A session was stolen.", **dict(parse_qsl(asked)))
        assert problem in form.submit().shown.problems


def test_who_looked_at_a_referral_is_told_to_a_duty_manager(
    desk: Desk, rae: Visitor, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    _read(desk, desk.sam, referral)
    _search(desk, desk.jo)
    shown = rae.get(f"/queue/{referral}").link("Who looked at this child").shown
    for said in ("Sam Reed", "Opened a referral: all of it", "Jo Marsh", "2 people opened it, 2 times"):
        assert said in shown.text, said
    assert "Maya" not in shown.text
    assert "Looked at who had opened a child's record" in rae.get("/trail").text
    worker = visiting(desk.sam)
    assert "Who looked at this child" not in worker.get(f"/queue/{referral}").text
    worker.get(f"/queue/{referral}/lookers", status=403)


def test_who_looked_at_a_child_s_file_and_what_is_in_it_is_told_to_the_lead(
    school: School, visiting: Visiting
) -> None:
    file_id, concern = school.child(), school.record()
    office = visiting(school.lead)
    with school.place.writing() as services:
        services.children.match(school.lead, concern, file_id, version=1)
    with school.place.opening() as services:
        services.concern_reading.open(school.deputy, concern)
    visiting(school.teacher).get(f"/concerns/{concern}")
    shown = office.get(f"/children/{file_id}").link("Who looked at this child").shown
    for said in ("Ruth Adeyemi", "Priya Nair", "Anna Okafor", "Opened a concern", "Opened a child's file"):
        assert said in shown.text, said
    assert "Ellison" not in shown.main
    visiting(school.teacher).get(f"/children/{file_id}/lookers", status=403)


def test_looks_worth_asking_about_are_told_with_the_reason(
    desk: Desk, rae: Visitor, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    assert "No look in that time is worth asking about." in rae.get("/trail/looking").text
    _search(desk, desk.jo)
    _read(desk, desk.jo, referral)
    assert "No look in that time is worth asking about." in rae.get("/trail/looking").text
    desk.place.clock.instant += timedelta(days=1)
    rae = visiting(desk.manager)
    shown = rae.get("/trail").link("Looks to ask about").shown
    reference = desk.referrals.header(referral).reference
    for said in ("Jo Marsh", "Searched for a child and opened the record, without a task", reference):
        assert said in shown.text, said
    assert "Sam Reed" not in shown.main
    desk.place.clock.instant += timedelta(days=7)
    rae = visiting(desk.manager)
    assert "No look in that time" in rae.get("/trail/looking").text
    assert "Jo Marsh" in rae.get(f"/trail/looking?{_TODAY}").shown.main


def test_names_and_homes_are_compared_with_the_looker_s_own_and_nobody_is_shown_them(
    desk: Desk, people: People, visiting: Visiting
) -> None:
    referral = desk.acknowledged(desk.arrive(child=replace(CHILD, address_withheld=True)))
    form = visiting(desk.jo).get("/account/home").form("Keep this")
    form.fill(postcode="wa87qf").submit(status=303)
    for actor in (people.actor(desk.hub_id, Role.DUTY_WORKER, name="Ada Ellison"), desk.jo, desk.sam):
        _read(desk, actor, referral)
    desk.place.clock.instant += timedelta(days=1)
    rae = visiting(desk.manager)
    shown = rae.get("/trail/looking").shown
    for said in (
        "Ada Ellison Opened the record of a child who has their surname, without a task",
        "Jo Marsh Opened the record of a child at their own postcode, without a task",
        "the name and home of 1 child were compared",
        "of 2 people who looked without a task, 1 gave none",
        "Do not say where the child lives",
    ):
        assert said in shown.main, said
    assert "Sam Reed" not in shown.main
    assert not [said for said in ("Maya", "WA8") if said in shown.text]
    assert "Had names and homes compared" in rae.get("/trail").text
    assert "3 people opened it, 3 times" in rae.get(f"/queue/{referral}/lookers").text
    with desk.place.writing() as services:
        services.unit.session.execute(delete(KeyGrant).where(KeyGrant.case_id == referral))
    gone = rae.get("/trail/looking").shown.main
    assert "1 record that cannot be opened here any more" in gone
    assert "surname, without a task" not in gone


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_a_school_files_and_concerns_are_compared_also_at_the_machine(school: School) -> None:
    file_id, concern = school.child(), school.record()
    school.read(concern)
    with school.place.opening() as services:
        services.children.open(school.deputy, file_id)
    with school.place.opening() as services:
        services.concern_reading.open(school.deputy, concern)
    now = school.place.clock.now()
    school.place.clock.instant += timedelta(days=1)
    with school.place.opening() as services:
        report = services.looking.report_whole(school.id, Period(now, now + timedelta(hours=1)))
    assert report.compared == Compared(cards=2, people=1, homeless=1)
    assert (report.asking, report.rota_kept) == ((), False)


@pytest.mark.parametrize("how", ["a tie", "a restriction"])
def test_what_is_closed_to_somebody_is_in_no_pack_and_no_report_of_theirs(
    desk: Desk, people: People, auditor: Actor, visiting: Visiting, how: str
) -> None:
    referral = desk.arrive()
    reference = desk.referrals.header(referral).reference
    other = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Idris Vale")
    with desk.place.opening() as services:
        services.queue.show(desk.jo, QueueList.ALL)
    _search(desk, desk.jo)
    _read(desk, desk.jo, referral)
    desk.place.clock.instant += timedelta(days=1)
    assert reference in visiting(other).get("/trail/looking").text
    assert reference in _references(desk, other, auditor)
    with desk.place.writing() as services:
        if how == "a tie":
            services.ties.in_hub(desk.sam, referral, other.person_id)
        else:
            draft = RestrictDraft((desk.sam.person_id,), "An aunt of hers works here.")
            services.restrictions.restrict(desk.manager, SubjectKind.REFERRAL, referral, draft)
    assert reference not in visiting(other).get("/trail/looking").text
    assert reference not in _references(desk, other, auditor)
    assert reference in visiting(desk.manager).get("/trail/looking").text
    assert reference in _references(desk, desk.manager, auditor)
    visiting(other).get(f"/queue/{referral}/lookers", status=404)
