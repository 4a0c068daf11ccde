"""Signing in over HTTP: the usual way, the lost telephone, the wrong password, and somebody else's tricks."""

from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
import segno
from flask import Flask
from werkzeug.exceptions import BadRequest

from intake.views.reception import reception
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace

NEW = "seven quiet ladders"


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def manager(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.hub(), Role.DUTY_MANAGER, name="Ann Llewellyn", app=True)


def type_password(visitor: Visitor, holder: Holder, password: str = PASSWORD, at: str = "/sign-in") -> Answer:
    form = visitor.get(at).form().fill(email=holder.email, password=password)
    return form.submit("Sign in")


def type_code(answer: Answer, code: str) -> Answer:
    return answer.form("Continue").fill(code=code).submit("Continue")


def sign_in(visitor: Visitor, holders: AccountHolders, holder: Holder, at: str = "/sign-in") -> Answer:
    asked = type_password(visitor, holder, at=at).follow()
    return type_code(asked, holders.code(holder))


def test_a_manager_signs_in_with_password_and_code(
    visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    asked = type_password(visitor, manager)
    assert asked.location.startswith("/sign-in/second-factor")
    page = asked.follow()
    assert page.shown.heading == "Enter the code from your app"
    home = type_code(page, holders.code(manager))
    assert "Ann Llewellyn" in home.follow().follow().text
    assert visitor.get("/limits").shown.heading == "Time limits"


def test_staff_who_only_record_need_no_code(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    teacher = holders.make(people.school(), Role.REPORTER)
    home = type_password(visitor, teacher).follow()
    assert "Record a concern" in home.shown.main


def test_a_lead_without_a_telephone_in_reach_can_record_a_concern_now(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    lead = holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True)
    page = type_password(visitor, lead).follow()
    form = page.link("Record a concern now")
    assert form.shown.heading == "Record a concern"
    assert visitor.get("/concerns/new").status == 200


def test_a_duty_worker_without_a_code_is_offered_no_concern_to_record(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    worker = holders.make(people.hub(), Role.DUTY_WORKER, app=True)
    page = type_password(visitor, worker).follow()
    assert "Record a concern now" not in page.shown.links


@pytest.mark.parametrize("wrong", ["password", "address", "both"])
def test_what_was_wrong_is_not_said(visitor: Visitor, manager: Holder, wrong: str) -> None:
    nobody = Holder(manager.person_id, "nobody@example.test")
    page = type_password(
        visitor,
        manager if wrong == "password" else nobody,
        PASSWORD if wrong == "address" else "not the password",
    )
    assert page.status == 200
    assert page.shown.problems == (
        "The email address or the password is not right. Check both and try again.",
    )
    assert 'value="not the password"' not in page.shown.html


def test_nothing_typed_is_asked_for_again(visitor: Visitor) -> None:
    page = visitor.get("/sign-in").form().submit("Sign in")
    assert page.shown.problems == ("Enter the email address you sign in with", "Enter your password")


def test_the_sixth_guess_is_told_to_wait_and_whom_to_ring_meanwhile(
    visitor: Visitor, manager: Holder
) -> None:
    for _ in range(5):
        type_password(visitor, manager, "guess")
    form = visitor.get("/sign-in").form().fill(email=manager.email, password="guess")
    page = form.submit("Sign in", status=429)
    assert page.response.headers["Retry-After"] == "30"
    assert page.shown.heading == "Wait before you try again"
    assert "You can try again in 30 seconds." in page.text
    assert "Your account is not locked" in page.text
    assert {"999", "101", "Who to ring now"} <= page.shown.links.keys()


def test_a_known_browser_is_not_slowed_by_a_stranger_beside_it(
    app: Flask, visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    teacher = holders.make(people.school(), Role.REPORTER)
    type_password(visitor, teacher)
    visitor.get("/").form("Sign out").submit()
    stranger = Visitor(app)
    for _ in range(5):
        type_password(stranger, teacher, "guess")
    assert type_password(visitor, teacher).location == "/"


def test_the_code_is_taken_once(
    app: Flask, visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    code = holders.code(manager)
    type_code(type_password(visitor, manager).follow(), code)
    again = Visitor(app)
    page = type_code(type_password(again, manager).follow(), code)
    assert page.shown.problems[0].startswith("This code is not right, or it is too old.")


@pytest.mark.parametrize("code", ["12345", "abcdef", "1234567"])
@on_either
def test_what_is_no_code_is_refused_before_it_is_tried(visitor: Visitor, manager: Holder, code: str) -> None:
    page = type_code(type_password(visitor, manager).follow(), code)
    assert page.shown.problems == ("The code has 6 digits, and nothing else",)


def test_six_wrong_codes_are_told_to_wait(visitor: Visitor, manager: Holder) -> None:
    page = type_password(visitor, manager).follow()
    for _ in range(5):
        page = type_code(page, "000000")
    waiting = page.form("Continue").fill(code="000000").submit("Continue", status=429)
    assert waiting.shown.heading == "Wait before you try again"


def test_a_session_gets_a_new_token_at_each_step(
    app: Flask, visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    visitor.get("/sign-in")
    tokens = [visitor.cookie("session")]
    asked = type_password(visitor, manager)
    tokens.append(visitor.cookie("session"))
    thief = Visitor(app)
    thief.take("session", tokens[-1])
    type_code(asked.follow(), holders.code(manager))
    tokens.append(visitor.cookie("session"))
    assert len(set(tokens)) == 3
    assert thief.get("/limits").location.startswith("/sign-in?")


def test_a_session_planted_before_sign_in_is_not_the_one_that_is_signed_in(
    app: Flask, visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    thief = Visitor(app)
    thief.get("/sign-in")
    visitor.take("session", thief.cookie("session"))
    sign_in(visitor, holders, manager)
    assert visitor.get("/limits").status == 200
    assert thief.get("/limits").location.startswith("/sign-in?")


def test_signing_out_ends_the_session_and_not_only_the_cookie(
    app: Flask, visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    sign_in(visitor, holders, manager)
    kept = visitor.cookie("session")
    answer = visitor.get("/limits").form("Sign out").submit()
    assert answer.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You are signed out." in answer.follow().text
    thief = Visitor(app)
    thief.take("session", kept)
    assert thief.get("/limits").location.startswith("/sign-in?")


def test_signing_out_in_a_second_tab_is_no_error(
    visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    sign_in(visitor, holders, manager)
    tabs = [visitor.get("/limits").form("Sign out") for _ in range(2)]
    for tab in tabs:
        assert tab.submit().follow().shown.heading == "Sign in"


def test_another_sites_page_cannot_sign_somebody_out(
    visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    sign_in(visitor, holders, manager)
    form = visitor.get("/limits").form("Sign out")
    form.values["csrf_token"] = ["made-up"]
    form.submit(status=400)
    assert visitor.get("/limits").status == 200


def test_the_reception_serves_no_request_that_our_pages_did_not_send(app: Flask) -> None:
    with app.test_request_context("/sign-in", method="POST"), pytest.raises(BadRequest):
        reception()


def test_somebody_signed_in_is_not_asked_again(
    visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    sign_in(visitor, holders, manager)
    assert visitor.get("/sign-in").location == "/"
    assert visitor.get("/sign-in?next=/limits").location == "/limits"
    assert visitor.get("/sign-in/second-factor?next=/limits").location == "/limits"


def test_the_page_asked_for_is_the_page_one_comes_to(
    visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    asked = visitor.get("/trail")
    landed = sign_in(visitor, holders, manager, at=asked.location)
    assert landed.location == "/trail"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/limits",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/nowhere",
    "/sign-out",
    "people",
    "//[",
    "/limits/../..//evil.example",
    "@evil.example",
    "/.evil.example",
    "",
]


def test_nobody_is_sent_anywhere_but_to_a_page_of_ours(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    teacher = holders.make(people.school(), Role.REPORTER)
    form = visitor.get("/sign-in").form().fill(email=teacher.email, password=PASSWORD)
    answer = visitor.send("post", f"/sign-in?next={quote('//evil.example')}", form.values)
    assert answer.location == "/"
    assert {
        said: visitor.get(f"/sign-in?next={quote(said)}").location for said in ELSEWHERE
    } == dict.fromkeys(ELSEWHERE, "/")


def test_a_form_from_elsewhere_signs_nobody_in_and_is_logged(
    visitor: Visitor, manager: Holder, caplog: pytest.LogCaptureFixture
) -> None:
    form = visitor.get("/sign-in").form().fill(email=manager.email, password=PASSWORD)
    form.values["csrf_token"] = ["made-up"]
    page = visitor.send("post", "/sign-in", form.values)
    assert page.shown.problems == ("This page had been open too long. Nothing was sent: press once more.",)
    assert "a form without a token of this session, sent to sign_in.password" in caplog.messages
    assert visitor.get("/limits").location.startswith("/sign-in?")


def test_a_person_of_two_organisations_says_where_they_are_working(
    place: TestPlace, visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    here, there = people.school(name="Otterbrook (test)"), people.school(name="Heronmere (test)")
    peripatetic = holders.make(here, Role.REPORTER)
    holders.also(peripatetic, there, Role.REPORTER)
    asked = type_password(visitor, peripatetic).follow()
    assert asked.shown.heading == "Where are you working now?"
    home = asked.form().fill(organisation=str(there)).submit("Continue").follow()
    assert "Heronmere (test)" in home.text
    account = visitor.get("/account")
    assert "Heronmere (test)" in account.shown.main
    changed = visitor.get("/sign-in/organisation?next=/account")
    back = changed.form().fill(organisation=str(here)).submit("Continue").follow()
    assert "Otterbrook (test)" in back.shown.main


def test_an_organisation_one_does_not_work_in_cannot_be_chosen(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    teacher = holders.make(people.school(), Role.REPORTER)
    type_password(visitor, teacher)
    form = visitor.get("/sign-in/organisation").form()
    form.values["organisation"] = [str(people.school())]
    page = visitor.send("post", "/sign-in/organisation", form.values)
    assert page.shown.problems == ("Choose from the answers shown",)


def test_a_session_that_ran_out_asks_to_sign_in_again_and_goes_on(
    place: TestPlace, visitor: Visitor, holders: AccountHolders, manager: Holder
) -> None:
    sign_in(visitor, holders, manager)
    place.clock.instant += timedelta(minutes=31)
    page = visitor.get("/trail").follow()
    assert "You were signed out after a while." in page.text
    asked = page.form().fill(email=manager.email, password=PASSWORD).submit("Sign in").follow()
    assert type_code(asked, holders.code(manager)).location == "/trail"


def test_a_session_ended_by_an_administrator_says_nothing_of_a_while(
    place: TestPlace, people: People, visitor: Visitor, holders: AccountHolders
) -> None:
    school = people.school()
    teacher = holders.make(school, Role.REPORTER)
    type_password(visitor, teacher)
    with place.writing() as services:
        services.people.end_sessions(people.actor(school, Role.ADMINISTRATOR), teacher.person_id)
    page = visitor.get("/concerns").follow()
    assert page.shown.heading == "Sign in"
    assert "after a while" not in page.text


def test_a_lost_telephone_is_stood_in_for_by_a_recovery_code_once(
    place: TestPlace, app: Flask, visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    lead = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    enrolling = type_password(visitor, lead).follow().follow()
    codes = set_up_app(place, enrolling)[1]
    for attempt in range(2):
        browser = Visitor(app)
        page = type_password(browser, lead).follow().link("Use a recovery code")
        answer = page.form("Continue").fill(code=codes[0].upper()).submit("Continue")
        if attempt == 0:
            assert "You have 9 recovery codes left." in answer.follow().follow().text
        else:
            assert answer.shown.problems == (
                "This is not one of your codes, or you have used it before, or its shift is over.",
            )


def set_up_app(place: TestPlace, page: Answer) -> tuple[str, list[str], Answer]:
    """Do what the page says: key into the app, code into the page; returns key, recovery codes and page."""
    key = page.shown.root.find(".//*[@class='pio-key']")
    assert key is not None
    secret = "".join((key.text or "").split())
    shown = page.form("Continue").fill(code=pyotp.TOTP(secret).at(place.clock.now())).submit("Continue")
    codes = [str(code.text) for code in shown.shown.root.iter("code")]
    return secret, codes, shown


def test_whoever_needs_an_app_and_has_none_sets_one_up_before_anything_else(
    place: TestPlace, visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    newcomer = holders.make(people.hub(), Role.DUTY_MANAGER)
    page = type_password(visitor, newcomer, at="/sign-in?next=/limits").follow().follow()
    assert page.shown.heading == "Set up your authenticator app"
    assert visitor.get("/limits").location.startswith("/sign-in/second-factor")
    page = visitor.get("/account/second-factor?next=/limits")
    slip = page.form("Continue").fill(code="000000").submit("Continue")
    assert slip.shown.problems[0].startswith("This code is not right")
    _, codes, shown = set_up_app(place, slip)
    assert shown.shown.heading == "Keep these recovery codes"
    assert len(codes) == 10
    assert shown.link("I have kept them").shown.heading == "Time limits"
    assert codes[0] not in visitor.get("/account").text


def test_the_square_holds_the_same_key_as_the_words_beside_it(
    visitor: Visitor, people: People, holders: AccountHolders
) -> None:
    newcomer = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    page = type_password(visitor, newcomer).follow().follow()
    key = page.shown.root.find(".//*[@class='pio-key']")
    assert key is not None
    secret = "".join((key.text or "").split())
    uri = pyotp.TOTP(secret).provisioning_uri(name=newcomer.email, issuer_name="Pass It On")
    dots = segno.make(uri, micro=False).svg_inline(scale=5, border=4, light="#fff", dark="#000")
    assert dots.partition("<path")[2] in page.shown.html
    assert newcomer.email not in page.shown.title
