"""The trail and the time limits over HTTP, as a manager and an auditor see them."""

import pytest
from sqlalchemy import text

from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Visitor
from tests.support.web import Visiting


@pytest.fixture
def rae(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.manager)


@pytest.fixture
def auditor(desk: Desk, people: People, visiting: Visiting) -> Visitor:
    return visiting(people.actor(desk.hub_id, Role.AUDITOR, name="Idris Vale"))


def tamper(desk: Desk, statement: str) -> None:
    lift = ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
    if not desk.place.database.is_sqlite:
        lift = ["DROP TRIGGER audit_entry_only_added_to ON audit_entry"]
    with desk.place.writing() as services:
        for each in (*lift, statement):
            services.unit.session.execute(text(each))


def test_the_trail_is_read_in_plain_sentences(desk: Desk, rae: Visitor) -> None:
    desk.acknowledged()

    main = rae.get("/trail").shown.main
    for said in (
        "Acknowledged a referral to the sender",
        "Took a referral",
        "Sam Reed",
        "The program itself",
    ):
        assert said in main


def test_it_is_looked_through_by_person_kind_day_and_reference(desk: Desk, auditor: Visitor) -> None:
    referral = desk.acknowledged()
    reference = desk.referrals.header(referral).reference
    form = auditor.get("/trail").form("Look")
    found = form.fill({"event": "referral.taken", "reference": reference.lower()}).submit()
    assert "Took a referral" in found.shown.main
    assert "Acknowledged a referral to the sender" not in table(found.shown.main)

    found.form("Look").fill({"person": str(desk.sam.person_id), "event": ""}).submit()
    assert "Acknowledged a referral to the sender" in table(auditor.page.main)
    nothing = auditor.get("/trail?on-day=1&on-month=1&on-year=2020")
    assert "Nothing here matches that." in nothing.text


def test_who_only_looked_may_be_left_out_on_every_page_and_refusals_stay(desk: Desk, rae: Visitor) -> None:
    referral = desk.acknowledged()
    with desk.place.opening() as services:
        services.hub_reading.read(desk.sam, referral)
    rae.get("/people", status=403)
    everything = table(rae.get("/trail").shown.main)
    assert "Opened a referral: all of it" in everything

    shown = table(rae.get("/trail").link("Leave out who only looked or read").shown.main)
    assert "Opened a referral" not in shown
    assert "Looked at" not in shown
    for said in ("Was refused a page", "Took a referral", "Acknowledged a referral to the sender"):
        assert said in shown


def test_a_day_that_is_none_is_said_to_be_none(desk: Desk, auditor: Visitor) -> None:
    wrong = auditor.get("/trail?on-day=31&on-month=2&on-year=2026")

    assert wrong.shown.problems == ("There is no such date. Check the day, the month and the year",)


def test_one_referral_is_followed_to_the_school_that_sent_it(desk: Desk, rae: Visitor) -> None:
    reference = desk.referrals.header(desk.acknowledged()).reference
    main = rae.get("/trail").link(reference).shown.main

    assert "Sent by Sampleford High (test)" in main
    assert "The two agree" in main
    rae.get("/trail/R-2222-2222", status=404)


def test_an_unaltered_trail_is_said_to_be_so(desk: Desk, auditor: Visitor) -> None:
    desk.acknowledged()

    assert auditor.get("/trail").link("Check that it is unaltered").shown.heading == "The trail is unaltered"
    assert "Checked that this trail is unaltered" in auditor.get("/trail").text


def test_an_altered_entry_is_named(desk: Desk, auditor: Visitor) -> None:
    desk.acknowledged()
    tamper(desk, "UPDATE audit_entry SET event = 'referral.closed' WHERE event = 'referral.taken'")

    found = auditor.get("/trail/verify")
    assert found.shown.heading == "The trail has been altered"
    assert "An entry was changed: entry 2." in found.text


def test_an_entry_missing_from_the_other_side_is_named(desk: Desk, auditor: Visitor) -> None:
    desk.arrive()
    tamper(desk, "DELETE FROM audit_entry WHERE event = 'referral.sent'")

    found = auditor.get("/trail/verify")
    assert "The entry is in the trail of Sampleford High (test)" in found.text


def test_an_auditor_opens_no_words(desk: Desk, auditor: Visitor) -> None:
    referral = desk.acknowledged()
    meeting = desk.meeting(referral)
    for path in ("/queue", f"/queue/{referral}", f"/meetings/{meeting}", f"/queue/{referral}/notes"):
        auditor.get(path, status=403)
    assert "Maya" not in auditor.get("/trail").text


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.ADMINISTRATOR])
def test_the_trail_is_for_managers_and_auditors(
    desk: Desk, people: People, visiting: Visiting, role: Role
) -> None:
    visitor = visiting(people.actor(desk.hub_id, role))
    for path in ("/trail", "/trail/verify", "/trail/R-2222-2222"):
        visitor.get(path, status=403)


def test_limits_are_entered_as_people_say_them(desk: Desk, rae: Visitor) -> None:
    shown = rae.get("/limits")
    assert "only the one-working-day clock runs" in shown.text
    form = shown.form("Keep these limits").fill(red="4 hours", red_counted="open", amber="90")
    refused = form.submit()
    assert refused.shown.problems == ("Say how this time is counted",)
    refused.form("Keep these limits").fill(amber_counted="clock").submit().follow()

    values = rae.page.forms[-1].values()
    assert (values["red"], values["amber"]) == (["4 hours"], ["90 minutes"])
    assert "only the one-working-day clock runs" not in rae.page.main


def test_a_length_nobody_can_read_is_refused(desk: Desk, rae: Visitor) -> None:
    form = rae.get("/limits").form("Keep these limits").fill(red="soon", red_counted="clock")

    assert form.submit().shown.problems == ("Enter a time like 90 minutes or 4 hours",)


def test_limits_stand_beside_the_colours_on_the_desk(desk: Desk, rae: Visitor, visiting: Visiting) -> None:
    rae.get("/limits").form("Keep these limits").fill(red="4 hours", red_counted="open").submit()
    shown = visiting(desk.sam).get(f"/queue/{desk.acknowledged()}")

    assert "Decide within 4 hours, counted while the service is open" in shown.text


def table(main: str) -> str:
    """The words of a page from its table on."""
    return main.partition("newest first")[2]
