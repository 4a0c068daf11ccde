"""An administrator's pages over HTTP: from adding somebody to their first day, and doors that stay shut."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from intake.ids import new_id
from intake.models.person import Person
from intake.policy.actor import Actor
from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders, Holder
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting

NEW = "seven quiet ladders"
WHY = "They cover for a colleague from Monday."


@pytest.fixture
def administrator(people: People) -> Actor:
    return people.actor(people.school(name="Otterbrook (test)"), Role.ADMINISTRATOR, name="Ann Llewellyn")


@pytest.fixture
def desk(visiting: Visiting, administrator: Actor) -> Visitor:
    return visiting(administrator)


@pytest.fixture
def other(visiting: Visiting, people: People, administrator: Actor) -> Visitor:
    """The second administrator, who was here before anything was asked for."""
    return visiting(people.actor(administrator.organisation_id, Role.ADMINISTRATOR))


def approve(other: Visitor, asked_for: str) -> Answer:
    return other.get("/second-person").link(asked_for).form("Approve").submit()


def add(desk: Visitor, name: str, email: str, *roles: Role, **more: str) -> Answer:
    form = desk.get("/people").link("Add a person").form()
    return form.fill(name=name, email=email, roles=[role.value for role in roles], why=WHY, **more).submit()


def code_on(page: Answer) -> str:
    return "".join(str(shown.text) for shown in page.shown.root.iter("code"))


def type_in(visitor: Visitor, code: str) -> Answer:
    return visitor.get("/welcome").form("/welcome").fill(code=code).submit()


def come_by(visitor: Visitor, code: str) -> Answer:
    return type_in(visitor, code).follow()


def test_somebody_is_added_handed_a_code_and_signs_in_the_same_morning(
    app: Flask, desk: Visitor, holders: AccountHolders
) -> None:
    person = add(desk, "O'Brien-Nguyễn", "obrien@example.test", Role.REPORTER, post="Year 9 tutor").follow()
    assert person.shown.heading == "O'Brien-Nguyễn"
    assert "O'Brien" not in person.shown.title
    page = person.form("Make a code for them to sign in").submit()
    assert page.shown.heading == "Hand over this code"
    assert "Thursday 26 November at 10am" in page.text or "26 November 2026 at 10am" in page.text
    assert "http://localhost/welcome" in page.text
    newcomer = Visitor(app)
    typed = newcomer.get("/sign-in").link("Set a password with a code").form("/welcome")
    landed = typed.fill(code=f" {code_on(page).upper().replace('-', ' ')} ").submit()
    assert landed.location == "/welcome/password"
    choosing = landed.follow()
    assert "obrien@example.test" in choosing.text
    home = choosing.form().fill(password=NEW, again=NEW).submit().follow()
    assert "Your password is set." in home.text
    assert "Record a concern" in home.shown.main
    assert "In use" in desk.get("/people").shown.main


def test_a_code_is_shown_once_and_used_once(app: Flask, desk: Visitor) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    page = person.form("Make a code for them to sign in").submit()
    code = code_on(page)
    again = page.link("I have handed it over")
    assert code not in again.text
    assert "Code given" in again.text
    come_by(Visitor(app), code).form().fill(password=NEW, again=NEW).submit()
    assert type_in(Visitor(app), code).shown.problems == type_in(Visitor(app), "made up").shown.problems


def test_a_code_typed_in_two_tabs_is_used_in_one_of_them(app: Flask, desk: Visitor) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    code = code_on(person.form("Make a code for them to sign in").submit())
    tabs = [come_by(Visitor(app), code).form().fill(password=NEW, again=NEW) for _ in range(2)]
    assert tabs[0].submit().location == "/"
    assert tabs[1].submit(status=404).shown.heading == "You need a new code"


@pytest.mark.parametrize("token", ["made-up", "a" * 1_800, "%F0%9F%99%82", "..%2f..", "%0d%0aX:y"])
@on_either
def test_an_address_of_the_time_when_it_held_the_secret_is_not_looked_at(app: Flask, token: str) -> None:
    answer = Visitor(app).get(f"/welcome/{token}", status=404)
    assert "%2f" in token or answer.shown.heading == "You need a new code"
    assert "link=" not in str(answer.response.headers)


@pytest.mark.parametrize(
    "code", ["", "made-up", "é🙂", "7k3m-9qtx-2fgh-4wpd-c6rn-y3aj", "a" * 1_800, "\r\nX: y"]
)
@on_either
def test_a_made_up_code_is_refused_where_it_is_typed(app: Flask, code: str) -> None:
    (problem,) = type_in(Visitor(app), code).shown.problems
    assert problem


@on_either
def test_too_many_wrong_codes_from_one_place_must_wait(app: Flask) -> None:
    visitor = Visitor(app)
    form = visitor.get("/welcome").form("/welcome")
    for count in range(30):
        assert form.fill(code=f"7k3m{count:04d}").submit().shown.problems
    answer = form.fill(code="7k3m").submit(status=429)
    assert answer.response.headers["Retry-After"] == "5"


def test_somebody_who_reads_others_words_sets_up_an_app_on_the_first_day(
    app: Flask, desk: Visitor, other: Visitor
) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER, Role.SAFEGUARDING_LEAD).follow()
    early = code_on(person.form("Make a code for them to sign in").submit())
    handed = approve(other, "Give Bo the role: Safeguarding lead")
    again = desk.get(person.response.request.path).link("Ask for a code for them to sign in")
    assert again.shown.heading == "Ask for a new code"
    newcomer = Visitor(app)
    assert type_in(newcomer, early).shown.problems
    choosing = come_by(newcomer, code_on(handed))
    step = choosing.form().fill(password=NEW, again=NEW).submit().follow().follow()
    assert step.shown.heading == "Set up your authenticator app"
    assert "Record a concern now" in step.shown.links


@pytest.mark.parametrize(
    ("password", "again", "problem"),
    [
        ("short", "short", "Use at least 12 characters."),
        ("otterbrook 2026", "otterbrook 2026", "This is too easily guessed"),
        (NEW, "something else", "The two passwords are not the same."),
        ("", "", "Choose a password"),
    ],
)
@on_either
def test_a_weak_first_password_is_told_why_and_the_code_stays_good(
    app: Flask, desk: Visitor, password: str, again: str, problem: str
) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    newcomer = Visitor(app)
    choosing = come_by(newcomer, code_on(person.form("Make a code for them to sign in").submit()))
    refused = choosing.form().fill(password=password, again=again).submit()
    assert refused.shown.problems[0].startswith(problem)
    assert refused.form().fill(password=NEW, again=NEW).submit().location == "/"


def test_an_address_in_use_is_refused_clearly_and_what_was_typed_stays(desk: Visitor) -> None:
    add(desk, "Bo", "bo@example.test", Role.REPORTER)
    page = add(desk, "Another Bo", "BO@Example.Test", Role.AUDITOR)
    assert page.shown.problems[0].startswith("Somebody already signs in with this address.")
    assert 'value="Another Bo"' in page.shown.html


def test_a_double_click_adds_one_person(desk: Visitor) -> None:
    form = desk.get("/people/new").form().fill(name="Bo", email="bo@example.test", roles=["reporter"])
    first, second = form.submit(), form.submit()
    assert first.location == second.location
    assert desk.get("/people").shown.main.count("bo@example.test") == 0
    assert desk.get("/people").shown.main.count("Bo") == 1


def test_what_is_missing_is_asked_for_in_the_order_of_the_page(desk: Visitor) -> None:
    page = desk.get("/people/new").form().submit()
    assert page.shown.problems == (
        "Enter their name",
        "Enter their work email address",
        "Choose at least one role",
    )


def test_a_deputy_is_told_in_a_turn_that_must_be_said(desk: Visitor, other: Visitor) -> None:
    page = add(desk, "Bo", "bo@example.test", Role.DEPUTY_LEAD)
    assert page.shown.problems == ("Choose when this deputy is told",)
    person = page.form().fill(ladder="2").submit().follow()
    approve(other, "Give Bo the role: Deputy safeguarding lead")
    person = desk.get(person.response.request.path)
    assert "Told: Second." in person.text
    again = person.form("Give this role").fill(role="deputy_lead", ladder="2").submit()
    assert again.shown.problems == ("They have this role already.",)
    third = again.form("Give this role").fill(role="deputy_lead", ladder="3").submit().follow()
    assert "Told: Third." in third.text
    assert third.text.count("End this role") == 1


def test_a_role_is_given_and_ended(desk: Visitor, other: Visitor) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    unsaid = person.form("Give this role").fill(role="deputy_lead").submit()
    assert unsaid.shown.problems == ("Choose when this deputy is told",)
    bare = person.form("Give this role").fill(role="auditor").submit()
    assert bare.shown.problems == ("Say why, so that the second person can decide.",)
    waits = person.form("Give this role").fill(role="auditor", why=WHY).submit().follow()
    assert "Waiting for a second administrator: Give Bo the role: Auditor" in waits.text
    assert "Approve" not in waits.link("Give Bo the role: Auditor").shown.main
    approve(other, "Give Bo the role: Auditor")
    assert "Approved" in desk.get("/second-person").shown.main
    given = desk.get(waits.response.request.path)
    assert "Auditor" in given.shown.main
    assert set(given.form("Give this role").form.controls["role"].offered) == {
        "safeguarding_lead",
        "deputy_lead",
        "administrator",
    }
    for role in ("Auditor", "Member of staff"):
        given = given.form(f"End this role: {role}").submit().follow()
    assert "None now. They cannot sign in here." in given.text


def test_details_are_put_right(desk: Visitor) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    form = person.link("Put these details right").form()
    assert form.values["name"] == ["Bo"]
    changed = form.fill(name="Bo Peep", phone="0151 496 0999").submit().follow()
    assert changed.shown.heading == "Bo Peep"
    assert "0151 496 0999" in changed.text


def test_details_changed_by_somebody_else_meanwhile_are_not_overwritten(desk: Visitor) -> None:
    person = add(desk, "Bo", "bo@example.test", Role.REPORTER).follow()
    first = person.link("Put these details right").form()
    second = person.link("Put these details right").form()
    first.fill(name="Bo Peep").submit()
    second.fill(name="Bo Beep").submit(status=409)


def test_an_account_is_closed_and_opened_again(
    app: Flask, desk: Visitor, holders: AccountHolders, administrator: Actor
) -> None:
    teacher = holders.make(administrator.organisation_id, Role.REPORTER)
    assert holders.sign_in(teacher).begun is not None
    path = f"/people/{teacher.person_id}"
    closed = desk.get(path).form("Close this account").submit().follow()
    assert "Closed on" in closed.text
    assert holders.sign_in(teacher).begun is None
    opened = closed.form("Open the account again").submit().follow()
    assert "In use" in opened.text
    assert holders.sign_in(teacher).begun is not None


def test_somebody_is_signed_out_everywhere(
    place: TestPlace, desk: Visitor, holders: AccountHolders, administrator: Actor
) -> None:
    teacher = holders.make(administrator.organisation_id, Role.REPORTER)
    begun = holders.sign_in(teacher).begun
    assert begun is not None
    done = desk.get(f"/people/{teacher.person_id}").form("Sign them out everywhere").submit().follow()
    assert "They are signed out everywhere." in done.text
    with place.reading() as services:
        assert services.sessions.live(teacher.person_id) == ()


def test_ones_own_account_offers_nothing_to_change(desk: Visitor, administrator: Actor) -> None:
    page = desk.get(f"/people/{administrator.person_id}")
    assert "This is you." in page.text
    assert [form for form in page.shown.forms if form.in_main] == []


PATHS = [
    "/people/{person}",
    "/people/{person}/details",
]
PRESSES = ["link", "sign-out", "close", "reopen", "roles", "roles/{role}/end"]


@pytest.mark.parametrize("path", PATHS)
def test_another_organisations_people_answer_as_nobody_does(desk: Visitor, people: People, path: str) -> None:
    stranger = people.actor(people.school(), Role.REPORTER).person_id
    theirs = desk.get(path.format(person=stranger), status=404)
    nobodys = desk.get(path.format(person=new_id()), status=404)
    assert theirs.text == nobodys.text


@pytest.mark.parametrize("press", PRESSES)
@on_either
def test_nothing_is_done_to_another_organisations_people(
    place: TestPlace, desk: Visitor, people: People, holders: AccountHolders, press: str
) -> None:
    stranger = holders.make(people.school(), Role.REPORTER)
    with place.reading() as services:
        role = services.people.open(
            people.actor(holders.row(stranger).organisation_id, Role.ADMINISTRATOR), stranger.person_id
        )
    held: UUID = role.account.roles[0].membership_id
    carried = desk.get("/people/new").form().values
    posted = {
        "csrf_token": carried["csrf_token"],
        "once_key": carried["once_key"],
        "role": [Role.AUDITOR.value],
    }
    path = f"/people/{stranger.person_id}/{press.format(role=held)}"
    desk.send("post", path, posted, status=404)
    assert holders.sign_in(stranger).begun is not None


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.DUTY_WORKER, Role.DUTY_MANAGER})
)
def test_nobody_else_in_the_school_sees_these_pages(
    visiting: Visiting, people: People, administrator: Actor, role: Role
) -> None:
    visitor = visiting(people.actor(administrator.organisation_id, role))
    for path in ("/people", "/people/new", f"/people/{administrator.person_id}"):
        visitor.get(path, status=403)


def test_somebody_of_two_organisations_is_closed_only_by_their_own(
    desk: Visitor, people: People, holders: AccountHolders, administrator: Actor
) -> None:
    peripatetic: Holder = holders.make(people.school(), Role.REPORTER)
    holders.also(peripatetic, administrator.organisation_id, Role.REPORTER)
    page = desk.get(f"/people/{peripatetic.person_id}")
    assert "Their account belongs to another organisation" in page.text
    assert "Close this account" not in page.text
    ended = page.form("End this role: Member of staff").submit().follow()
    assert "None now" in ended.text
    assert holders.sign_in(peripatetic).begun is not None


def test_a_new_code_is_shown_once_to_whoever_approves_it(
    desk: Visitor, other: Visitor, holders: AccountHolders, administrator: Actor
) -> None:
    teacher = holders.make(administrator.organisation_id, Role.REPORTER, name="Bo")
    form = desk.get(f"/people/{teacher.person_id}").link("Ask for a new code").form("Ask for it")
    asked = form.fill(why="Bo forgot the password.").submit().follow()
    assert "You asked for this, so somebody else approves it." in asked.text
    handed = approve(other, "Make a new code to set a password for Bo")
    assert handed.shown.heading == "Hand over this code"
    code = code_on(handed)
    assert all(code not in who.get(asked.response.request.path).text for who in (desk, other))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("page", "button"),
    [
        ("/people/new", "Add this person"),
        ("/people/{}", "Give this role"),
        ("/people/{}/new-link", "Ask for it"),
        ("/second-person/{}", "Take it back"),
    ],
)
def test_what_was_typed_too_late_is_there_after_signing_in(
    place: TestPlace,
    people: People,
    visiting: Visiting,
    administrator: Actor,
    other: Visitor,
    page: str,
    button: str,
) -> None:
    holder, desk = people.actor(administrator.organisation_id, Role.REPORTER), visiting(administrator)
    about = holder.person_id
    if "second-person" in page:
        with place.writing() as services:
            services.unit.session.get_one(Person, holder.person_id).password_hash = "of a password"
            about = services.people.ask_link(administrator, holder.person_id, WHY)
    form = desk.get(page.format(about)).form(button)
    form.fill({"why" if "why" in form.form.controls else "answer": "They are away."})
    place.clock.instant += timedelta(minutes=31)
    asked = form.submit(button)
    assert "What you typed is kept" in asked.follow().text
    assert asked.location == f"/sign-in?next={page.format(about)}"
    assert "They are away." in visiting(administrator).get(page.format(about)).text
