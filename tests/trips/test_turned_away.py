"""People at doors that are not theirs, or not yet: what they are told, and what the trail keeps of it."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pyotp
import pytest
from sqlalchemy import select, text, update

from intake.models.audit import AuditEntry
from intake.models.person import Membership
from intake.policy.actor import Actor
from intake.vocabulary import OrganisationKind, Role
from tests.factories.accounts import AccountHolders
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import School, make_school, referral
from tests.support.client import Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting


def denials(place: TestPlace, organisation_id: UUID) -> list[dict[str, Any]]:
    """What one organisation's trail says was refused."""
    with place.database.reading() as unit:
        rows = unit.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.organisation_id == organisation_id, AuditEntry.event == "access.denied")
            .order_by(AuditEntry.seq)
        ).all()
    return [{"by": row.actor_id, **json.loads(row.detail)} for row in rows]


def end_roles(place: TestPlace, person: Actor) -> None:
    with place.writing() as services:
        services.unit.session.execute(
            update(Membership).where(Membership.person_id == person.person_id).values(to_at=place.clock.now())
        )


# ---- a lead who has not given a code


@pytest.fixture
def lead(people: People, school: School) -> Actor:
    return people.actor(school.id, Role.SAFEGUARDING_LEAD, second_factor=False)


def test_a_lead_is_asked_for_the_code_and_then_shown_a_colleagues_concern(
    school: School, place: TestPlace, holders: AccountHolders, visiting: Visiting
) -> None:
    holder = holders.make(school.id, Role.SAFEGUARDING_LEAD, app=True)
    with place.writing() as services:
        token = services.sessions.begin(holder.person_id, organisation_id=school.id)
    visitor = visiting(None)
    visitor.carry(token)
    path = f"/concerns/{school.record()}"
    asked = visitor.get(path).follow()
    assert asked.shown.heading == "Enter the code from your app"
    shown = asked.form("Continue").fill(code=holders.code(holder)).submit("Continue")
    assert shown.location == path
    assert "silver car" in shown.follow().text


def test_a_lead_who_has_no_app_sets_one_up_and_is_then_shown_it(
    school: School, place: TestPlace, lead: Actor, visiting: Visiting
) -> None:
    path = f"/concerns/{school.record()}"
    visitor = visiting(lead)
    page = visitor.get(path).follow().follow()
    assert page.shown.heading == "Set up your authenticator app"
    key = page.shown.root.find(".//*[@class='pio-key']")
    assert key is not None
    code = pyotp.TOTP("".join((key.text or "").split())).at(place.clock.now())
    page.form("Continue").fill(code=code).submit("Continue", status=200)
    assert "silver car" in visitor.get(path).text


def test_what_a_lead_wrote_themselves_needs_no_code(school: School, lead: Actor, visiting: Visiting) -> None:
    concern_id = school.record(lead)
    assert "silver car" in visiting(lead).get(f"/concerns/{concern_id}", status=200).text


def test_what_is_not_theirs_with_any_code_is_not_there_without_one(
    school: School, people: People, place: TestPlace, lead: Actor, visiting: Visiting
) -> None:
    named, elsewhere = school.record(), make_school(place, people).record()
    with place.writing() as services:
        services.referrals.submit(school.teacher, referral(named, named_staff_ids=(lead.person_id,)))
    visitor = visiting(lead)
    pages = {
        visitor.get(f"/concerns/{concern_id}", status=404).shown.html.replace(str(concern_id), "-")
        for concern_id in (named, elsewhere, uuid4())
    }
    assert len({page.partition("<main")[2].partition("</main")[0] for page in pages}) == 1


def test_what_was_typed_before_the_code_was_asked_for_is_kept(
    school: School, place: TestPlace, holders: AccountHolders, visiting: Visiting
) -> None:
    holder = holders.make(school.id, Role.SAFEGUARDING_LEAD, app=True)
    tokens = []
    for second_factor in (True, False):
        with place.writing() as services:
            tokens.append(
                services.sessions.begin(
                    holder.person_id, organisation_id=school.id, given=place.given(proved=second_factor)
                )
            )
    proven, unproven = visiting(None), visiting(None)
    proven.carry(tokens[0])
    unproven.carry(tokens[1])
    path = f"/concerns/{school.record()}/more"
    values = dict(proven.get(path).form(0).fill(anything_else="He came back at four.").values)
    # The same person's other browser, in which no code was given yet.
    values["csrf_token"] = unproven.get("/concerns/new").form(0).values["csrf_token"]
    answer = unproven.send("post", path, values)
    assert answer.location.startswith("/sign-in/second-factor")
    assert "He came back at four." in proven.get(path).text


# ---- somebody whose last role ended


NO_ROLE = "Your account has no current membership"


def test_whoever_has_no_role_any_more_is_told_whom_to_ask_and_whom_to_ring(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    visitor = visiting(school.teacher)
    end_roles(place, school.teacher)
    page = visitor.get("/").follow()
    assert page.shown.heading == NO_ROLE
    assert "ask whoever looks after people and roles" in page.text
    assert {"999", "Who to ring now"} <= page.shown.links.keys()
    assert "Record a concern" not in page.text
    assert "Reporter" not in page.text
    assert ", Sampleford" not in page.text
    page.link("Who to ring now", status=200)


@pytest.mark.parametrize(
    "room",
    [
        "/concerns",
        "/concerns/new",
        "/referrals",
        "/account",
        "/account/second-factor",
        "/sign-in/second-factor",
        "/sign-in/recovery-code",
    ],
)
@on_either
def test_a_session_of_nobody_here_opens_no_room(
    room: str, school: School, place: TestPlace, visiting: Visiting
) -> None:
    visitor = visiting(school.teacher)
    end_roles(place, school.teacher)
    refused = visitor.get(room, status=403)
    assert refused.link("Go to the first page").follow().shown.heading == NO_ROLE
    assert [said["by"] for said in denials(place, school.id)] == [school.teacher.person_id]


def test_whoever_has_a_role_elsewhere_is_asked_where_they_are_working_now(
    school: School, people: People, place: TestPlace, holders: AccountHolders, visiting: Visiting
) -> None:
    holder = holders.make(school.id, Role.REPORTER)
    with place.writing() as services:
        token = services.sessions.begin(holder.person_id, organisation_id=school.id)
    visitor = visiting(None)
    visitor.carry(token)
    actor = Actor(
        holder.person_id, school.id, OrganisationKind.SCHOOL, frozenset(), uuid4(), second_factor=False
    )
    end_roles(place, actor)
    holders.also(holder, people.school(name="Gwylan (test)"), Role.REPORTER)
    page = visitor.get("/").follow()
    assert page.shown.heading == "Where are you working now?"
    assert "Gwylan (test)" in page.text


def test_at_sign_in_only_the_right_password_is_told_that_there_is_no_role(
    school: School, place: TestPlace, holders: AccountHolders, visiting: Visiting
) -> None:
    holder = holders.make(school.id, Role.REPORTER)
    place.clock.instant += timedelta(days=1)
    with place.writing() as services:
        services.unit.session.execute(
            update(Membership).where(Membership.person_id == holder.person_id).values(to_at=place.clock.now())
        )
    visitor = visiting(None)

    def type_in(password: str, status: int) -> str:
        form = visitor.get("/sign-in").form().fill(email=holder.email, password=password)
        return form.submit("Sign in", status=status).shown.heading

    assert type_in("not the password", 200) == "Sign in"
    assert type_in("nettle brick harbour", 403) == NO_ROLE
    # No session began.
    assert "Worried about a child?" in visitor.get("/").text


# ---- what is somebody else's, and what is not there


def test_whoever_asks_for_what_is_anothers_is_in_their_own_trail_and_in_no_other(
    school: School, people: People, place: TestPlace, visiting: Visiting
) -> None:
    elsewhere = make_school(place, people)
    theirs, absent = elsewhere.record(), uuid4()
    visitor = visiting(school.lead)
    for concern_id in (theirs, absent):
        visitor.get(f"/concerns/{concern_id}", status=404)
        visitor.get(f"/referrals/new?concern={concern_id}", status=404)
    said = denials(place, school.id)
    assert [one["asked_id"] for one in said] == [str(theirs), str(theirs), str(absent), str(absent)]
    assert {one["asked"] for one in said} == {"concern"}
    assert {one["permission"] for one in said} == {"concern.open", "referral.submit"}
    assert all(one["not_theirs"] and one["by"] == school.lead.person_id for one in said)
    assert denials(place, elsewhere.id) == []


def test_a_child_of_another_school_that_was_posted_is_recorded(
    school: School, people: People, place: TestPlace, visiting: Visiting
) -> None:
    theirs = make_school(place, people).child()
    form = visiting(school.teacher).get("/concerns/new").form("Send to the safeguarding lead")
    form.fill(child_name="Maya", danger_now="no", missing_now="no", happened="She said so.")
    form.fill(occurred_on="today")
    form.values["on_roll"] = [str(theirs)]
    form.submit("Send to the safeguarding lead", status=404)
    (said,) = denials(place, school.id)
    assert (said["asked"], said["asked_id"]) == ("child_file", str(theirs))


def test_a_copy_somebody_was_not_given_is_recorded(desk: Desk, place: TestPlace, visiting: Visiting) -> None:
    referral_id = desk.arrive()
    visiting(desk.sam).get(f"/copies/{referral_id}", status=404)
    (said,) = denials(place, desk.hub_id)
    assert (said["asked"], said["asked_id"]) == ("referral", str(referral_id))


def test_a_reference_that_is_not_followed_here_is_recorded_and_no_word_is(
    desk: Desk, place: TestPlace, visiting: Visiting
) -> None:
    manager = visiting(desk.manager)
    for typed in ("R-2222-2222", "Maya", "R-22222222"):
        # Asked for twice: that it was asked for is nothing to follow.
        manager.get(f"/trail/{typed}", status=404)
        manager.get(f"/trail/{typed}", status=404)
    said = denials(place, desk.hub_id)
    assert [one["asked_reference"] for one in said] == ["R-2222-2222"] * 2
    page = manager.get("/trail").text
    assert "not theirs to open, or not there" in page
    assert "Was refused a page" in page


def test_an_attempt_that_cannot_be_recorded_is_not_answered(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    visitor = visiting(school.lead)
    visitor.get("/privacy")
    with place.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_head RENAME TO audit_head_away"))
    visitor.get(f"/concerns/{uuid4()}", status=503)


def test_whoever_was_named_is_in_the_trail_of_each_record_by_their_id_alone(
    school: School, place: TestPlace
) -> None:
    concern_id = school.record()
    with place.writing() as services:
        earlier = services.referrals.submit(school.lead, referral(concern_id))
    with place.writing() as services:
        later = services.referrals.submit(
            school.deputy, referral(concern_id, named_staff_ids=(school.second_deputy.person_id,))
        )
    with place.database.reading() as unit:
        rows = unit.session.scalars(
            select(AuditEntry).where(AuditEntry.event == "staff.named").order_by(AuditEntry.seq)
        ).all()
    assert {row.subject_id for row in rows} == {concern_id, earlier, later}
    assert all(row.reference for row in rows)
    assert {row.actor_id for row in rows} == {school.deputy.person_id}
    assert {row.organisation_id for row in rows} == {school.id}
    told = [json.loads(row.detail) for row in rows]
    assert told == [{"named_ids": [str(school.second_deputy.person_id)]}] * 3


def test_naming_nobody_leaves_nothing_in_the_trail(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    with place.writing() as services:
        services.referrals.submit(school.lead, referral(concern_id))
    with place.database.reading() as unit:
        named = select(AuditEntry.seq).where(AuditEntry.event == "staff.named")
        assert unit.session.scalars(named).all() == []


def test_a_visitor_who_is_not_signed_in_leaves_nothing_in_any_trail(
    school: School, place: TestPlace, visiting: Visiting
) -> None:
    stranger: Visitor = visiting(None)
    stranger.get(f"/concerns/{school.record()}")
    stranger.get("/no/such/page", status=404)
    assert denials(place, school.id) == []
