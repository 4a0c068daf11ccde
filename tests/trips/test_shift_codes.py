"""Nobody is shut out of the desk at 03:00: a code for one shift, from asking for it to its review."""

from flask import Flask

from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.place import TestPlace

WHY = "Her telephone is at home. I rang her and knew her voice."


def come(app: Flask, holder: Holder, code: str = "") -> tuple[Visitor, Answer]:
    """Sign in with a password, and with the code of an app where there is one to give."""
    visitor = Visitor(app)
    form = visitor.get("/sign-in").form("Sign in").fill(email=holder.email, password=PASSWORD)
    asked = form.submit("Sign in").follow()
    return visitor, asked.form("Continue").fill(code=code).submit("Continue") if code else asked


def from_the_first_page_to_a_review(manager: Visitor) -> Answer:
    """Go where a manager is led who has one to make; there are no more rooms in the menu than in one line."""
    oversight = manager.get("/queue").link("1 review waits for you")
    links = oversight.shown.root.iterfind(".//a[@class='govuk-service-navigation__link']")
    rooms = ["".join(link.itertext()).strip() for link in links]
    assert rooms == ["Queue", "Search", "Oversight", "Trail", "Second person", "Your account"]
    assert "Codes for one shift 1 waits for you" in " ".join(oversight.shown.main.split())
    return oversight.link("Codes for one shift")


def is_at_the_desk_and_no_further(visitor: Visitor) -> None:
    """Be sure that somebody does the work of the night, and neither changes a way in nor gives a code."""
    assert visitor.get("/queue").status == 200
    assert visitor.get("/break-glass").shown.heading == "Break the glass"
    asked = visitor.get("/account/passkeys/new").follow()
    assert asked.shown.heading == "Enter the code from your app"
    assert "The code for one shift is not enough for this" in asked.shown.main
    visitor.get("/shift-codes/ask", status=404)


def test_a_colleague_gets_in_by_it_and_sees_who_gave_it_and_a_manager_reviews_what_two_gave(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders
) -> None:
    hub_id = people.hub()
    kim, sam, jo = (
        holders.make(hub_id, Role.DUTY_WORKER, name=name, app=True)
        for name in ("Kim Boyd", "Sam Reed", "Jo Marsh")
    )
    rae = holders.make(hub_id, Role.DUTY_MANAGER, name="Rae Whitlock", app=True)
    (asks, _), (gives, _), (reviews, _) = (come(app, who, holders.code(who)) for who in (sam, jo, rae))
    there, asked = come(app, kim)
    assert (
        "Ring your duty manager, or two colleagues at the desk"
        in asked.link("Use a recovery code").shown.main
    )
    form = asks.get("/shift-codes").link("Ask for a code for a colleague").form("Ask for it")
    request = form.fill(person=str(kim.person_id), reason=WHY).submit("Ask for it").follow()
    assert request.shown.heading == "Give Kim Boyd a code for one shift"

    approval = gives.get(request.response.request.path).form("Approve")
    shown = approval.submit("Approve", status=200)
    assert shown.shown.heading == "Read out this code"
    (code,) = (str(part.text) for part in shown.shown.root.iter("code"))
    again = approval.submit("Approve")
    assert code not in again.follow().text

    page = there.get("/sign-in/second-factor").link("Use a recovery code")
    assert "Ring your duty manager" not in page.shown.main
    assert "A code for one shift" in page.shown.main
    wrong = page.form("Continue").fill(code="2222-2222-2222").submit("Continue", status=200)
    assert wrong.form("Continue").fill(code=code.upper()).submit("Continue").status == 303
    is_at_the_desk_and_no_further(there)
    assert "Sam Reed and Jo Marsh gave you one" in there.get("/account").shown.main

    page = from_the_first_page_to_a_review(reviews).link("Look into it Kim Boyd, Mon 23 Nov 10am")
    assert WHY in page.text
    form = page.form("Close the review").fill(words="Rang Kim: it was she.")
    assert "Reviewed." in form.submit("Close the review").follow().text
    reviews.get("/shift-codes").form("End it: Kim Boyd").submit().follow()
    assert there.get("/queue").location.startswith("/sign-in?")


def test_a_manager_gives_one_alone_and_its_owner_ends_it(
    app: Flask, place: TestPlace, people: People, holders: AccountHolders
) -> None:
    hub_id = people.hub()
    kim = holders.make(hub_id, Role.DUTY_MANAGER, name="Kim Boyd", passkey=True)
    rae = holders.make(hub_id, Role.DUTY_MANAGER, app=True)
    visitor, _ = come(app, rae, holders.code(rae))
    form = visitor.get("/shift-codes").link("Give a colleague a code").form("Give the code")
    refused = form.submit("Give the code", status=200)
    assert len(refused.shown.problems) == 2
    form = refused.form("Give the code").fill(person=str(kim.person_id), reason=WHY)
    shown = form.submit("Give the code", status=200)
    assert shown.shown.heading == "Read out this code"
    assert form.submit("Give the code").location.startswith("/shift-codes#")
    listed = visitor.get("/shift-codes").shown
    assert "A colleague reviews it" in listed.main

    (code,) = (str(part.text) for part in shown.shown.root.iter("code"))
    own, asked = come(app, kim)
    page = asked.follow().link("Use a recovery code")
    page.form("Continue").fill(code=code).submit("Continue", status=303).follow()
    for where in ("/break-glass/reviews", "/oversight"):
        assert "You are in by a code for one shift, so a colleague reviews these." in own.get(where).text
    own.get("/account").form("End this code").submit().follow()
    with place.reading() as services:
        told = services.giving_shift_codes.latest_of(kim.person_id)
    assert told is not None
    assert not told.lasts
    assert own.get("/queue").location.startswith("/sign-in?")
