"""Decoys: marked by two managers, told from other cases by nobody else, and in the report once opened."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.drafts import DecoyDraft, RestrictDraft, WrongPlaceDraft
from intake.casework.extract import ExtractDraft
from intake.errors import NotFound, Refused
from intake.models import METADATA
from intake.models.decoy import DecoyMark
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.services.workplace import Services
from intake.vocabulary import Audience, Compartment, Role, SubjectKind
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.erasing import closed
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASK, WHY = "Ask a colleague to approve it", "Sampleford High sent it; Anna Okafor knows."
NOBODY = "There is no such child."
REFERRAL = SubjectKind.REFERRAL
Act = Callable[[Services, Desk, UUID], object]
Done = Callable[[Services, Desk, UUID, UUID], object]


@pytest.fixture
def lou(desk: Desk, people: People) -> Actor:
    """Another manager of the desk."""
    return people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")


def _closed(desk: Desk) -> tuple[UUID, str]:
    """Have a practice referral arrive, be decided on and closed; gives its id and reference."""
    referral_id = desk.decided()
    with desk.place.writing() as services:
        services.closing.close(desk.sam, referral_id, 4, "There is nothing to do.")
    return referral_id, desk.referrals.header(referral_id).reference


def _asked(desk: Desk, reference: str) -> UUID:
    with desk.place.writing() as services:
        return services.decoys.ask(desk.manager, DecoyDraft(reference, WHY))


def _approve(desk: Desk, actor: Actor, request_id: UUID) -> None:
    with desk.place.writing() as services:
        services.second_person.approve(actor, request_id)


def _decoy(desk: Desk, lou: Actor) -> tuple[UUID, str]:
    referral_id, reference = _closed(desk)
    _approve(desk, lou, _asked(desk, reference))
    return referral_id, reference


def _post(page: Visitor, reference: str, *nobody: str) -> Answer:
    return page.get("/decoys/mark").form(ASK).fill(reference=reference, nobody=nobody, why=WHY).submit()


def test_two_managers_mark_a_closed_case_and_one_ends_it(
    desk: Desk, lou: Actor, people: People, visiting: Visiting
) -> None:
    referral_id, reference = _closed(desk)
    still_open = desk.referrals.header(desk.acknowledged()).reference
    rae, other = visiting(desk.manager), visiting(lou)
    assert "There is no decoy here." in rae.get("/queue").link("Oversight").link("Decoys").text
    assert "Tick that there is no such child" in _post(rae, reference).shown.problems[0]
    assert "Enter the reference of a closed" in _post(rae, "R-2222-2222", "yes").shown.problems[0]
    assert "is not closed" in _post(rae, still_open, "yes").shown.problems[0]
    asked = _post(rae, f" {reference.lower()} ", "yes").follow()
    assert f"{reference}: {WHY}" in asked.text
    assert "waits for a colleague" in _post(rae, reference, "yes").shown.problems[0]
    page = other.get(asked.response.request.path)
    assert reference in page.link("Look at it").text
    page.form("Approve").submit(status=303).follow()
    shown = rae.get("/decoys")
    assert f"{reference} Decoy" in shown.shown.main
    assert "Rae Whitlock and Lou Brand" in shown.shown.main
    visiting(desk.sam).get("/decoys", status=403)
    ines = visiting(people.actor(desk.hub_id, Role.AUDITOR, name="Ines Okoro")).get("/decoys").shown
    assert (reference in ines.main, "End it" in ines.main) == (True, False)
    for who in (desk.jo, desk.manager):
        assert "decoy" not in visiting(who).get(f"/queue/{referral_id}").text.lower()
    ended = shown.form(f"End it: {reference}").submit(status=303).follow()
    assert "It is no decoy any more." in ended.text
    assert f"{reference} Ended" in ended.shown.main
    trail = rae.get("/trail").text
    assert [said in trail for said in ("a closed case is a decoy", "Ended the mark", "cases are decoys")] == [
        True
    ] * 3


def test_no_row_says_which_case_is_a_decoy(desk: Desk, lou: Actor) -> None:
    before = _rows(desk)
    referral_id, _ = _closed(desk)
    with_case = _rows(desk)
    _decoy(desk, lou)
    (marked_id,) = _marked(desk)
    naming = {table for table, row in _rows(desk) - with_case if marked_id.hex in _flat(row)}
    usual = {table for table, row in with_case - before if referral_id.hex in _flat(row)}
    assert naming <= usual
    about = [row for table, row in _rows(desk) if table in {"decoy_mark", "second_person_request"}]
    assert len(about) == 2
    assert not any(marked_id.hex in _flat(row) for row in about)
    entries = [row for table, row in _rows(desk) if table == "audit_entry" and "decoy" in _flat(row)]
    assert len(entries) == 3
    assert not any(marked_id.hex in _flat(row) for row in entries)


def _rows(desk: Desk) -> set[tuple[str, tuple[object, ...]]]:
    with desk.place.reading() as services:
        return {
            (table.name, tuple(row))
            for table in METADATA.sorted_tables
            for row in services.unit.session.execute(select(table))
        }


def _flat(row: tuple[object, ...]) -> str:
    """Return a row as text in which an id stands in one way only, also where it is in a JSON text."""
    return " ".join(str(each) for each in row).replace("-", "")


def _marked(desk: Desk) -> list[UUID]:
    with desk.place.reading() as services:
        session = services.unit.session
        cases = session.scalars(select(Referral.id)).all()
        return sorted(services.decoy_marks.standing(desk.hub_id, cases))


def _note(services: Services, desk: Desk, case_id: UUID) -> object:
    return services.notes.write(desk.sam, case_id, "Rang the school.")


def _extract(services: Services, desk: Desk, case_id: UUID) -> object:
    draft = ExtractDraft(Audience.COURT, WHY, {})
    return services.extracts.ask(desk.manager, SubjectKind.REFERRAL, case_id, draft, WHY)


def _astray(services: Services, desk: Desk, case_id: UUID) -> object:
    return services.wrong_place.said_by_hub(desk.sam, case_id, 5, WrongPlaceDraft("Not here.", None))


def _restrict(services: Services, desk: Desk, case_id: UUID) -> object:
    draft = RestrictDraft((desk.sam.person_id,), WHY)
    return services.restrictions.restrict(desk.manager, REFERRAL, case_id, draft)


@pytest.mark.parametrize("act", [_note, _extract, _astray, _restrict])
def test_nobody_acts_on_a_child_who_does_not_exist(desk: Desk, lou: Actor, act: Act) -> None:
    case_id, _ = _decoy(desk, lou)
    with pytest.raises(Refused, match=r"decoy\.no_such_child"), desk.place.writing() as services:
        act(services, desk, case_id)
    with desk.place.writing() as services:
        services.decoys.end(lou, services.unit.session.scalars(select(DecoyMark.id)).one())
    with desk.place.writing() as services:
        act(services, desk, case_id)


def test_a_worker_reads_that_there_is_no_such_child_and_keeps_their_words(
    desk: Desk, lou: Actor, visiting: Visiting
) -> None:
    case_id, _ = _decoy(desk, lou)
    form = visiting(desk.sam).get(f"/queue/{case_id}").form("Keep this note").fill(text="Rang the school.")
    refused = form.submit()
    assert NOBODY in refused.shown.problems[0]
    assert "Rang the school." in refused.text


def test_a_search_finds_it_and_nobody_is_led_to_it(desk: Desk, lou: Actor, visiting: Visiting) -> None:
    decoy, reference = _decoy(desk, lou)
    earlier, _ = _closed(desk)
    in_hand = desk.acknowledged()
    known = visiting(desk.sam).get(f"/queue/{in_hand}/known").shown.links.values()
    assert [f"/queue/{each}" in known for each in (earlier, decoy)] == [True, False]
    found = visiting(desk.sam).get("/search").form("Search").fill(name="Maya Ellison").submit().follow()
    assert reference in found.text


def test_one_look_is_asked_about_whatever_the_task_but_of_those_who_marked_it(
    desk: Desk, lou: Actor, people: People, visiting: Visiting
) -> None:
    case_id, reference = _closed(desk)
    _look(desk, desk.sam, case_id)
    desk.place.clock.instant += timedelta(minutes=1)
    _approve(desk, lou, _asked(desk, reference))
    third = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Kit Dale")
    for actor in (desk.manager, lou, desk.jo, third):
        _look(desk, actor, case_id)
    shown = visiting(desk.manager).get("/trail/looking").shown.main
    said = "Opened a decoy: the case of a child who does not exist"
    assert [f"{name} {said}" in shown for name in ("Jo Marsh", "Kit Dale")] == [True, True]
    assert shown.count(said) == 2
    assert "Do not say that it is a decoy" in shown


def _look(desk: Desk, actor: Actor, case_id: UUID) -> None:
    desk.place.clock.instant += timedelta(minutes=1)
    with desk.place.opening() as services:
        services.hub_reading.read(actor, case_id)


def _hold(services: Services, desk: Desk, case_id: UUID, other: UUID) -> None:
    del other
    services.holds.place(desk.manager, REFERRAL, case_id, WHY)


def _copy(services: Services, desk: Desk, case_id: UUID, other: UUID) -> None:
    services.keys.share(case_id, Compartment.REFERRAL, by=desk.hub_id, with_organisation=other)


def _keep_to_two(services: Services, desk: Desk, case_id: UUID, other: UUID) -> None:
    del other
    _restrict(services, desk, case_id)


@pytest.mark.parametrize(
    ("done", "code"),
    [(_keep_to_two, "decoy.restricted"), (_hold, "decoy.held"), (_copy, "decoy.others_concerned")],
)
def test_what_may_be_a_real_child_is_not_marked_and_that_is_asked_twice(
    desk: Desk, lou: Actor, people: People, done: Done, code: str
) -> None:
    other = people.hub("cardiff-mash")
    (case_id, reference), (late_id, late) = _closed(desk), _closed(desk)
    waiting = _asked(desk, late)
    for each in (case_id, late_id):
        with desk.place.writing() as services:
            done(services, desk, each, other)
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        _asked(desk, reference)
    # To whoever is not one of the named, a restricted case is not there at all.
    with pytest.raises((Refused, NotFound)):
        _approve(desk, lou, waiting)
    assert _marked(desk) == []


def test_a_case_on_which_a_meeting_was_held_is_not_marked(desk: Desk) -> None:
    met = desk.referrals.header(closed(desk, desk.arrive())).reference
    with pytest.raises(Refused, match=r"decoy\.others_concerned"):
        _asked(desk, met)


def test_a_decoy_is_erased_as_any_other_case_and_asked_about_all_the_same(
    desk: Desk, lou: Actor, visiting: Visiting
) -> None:
    case_id, reference = _decoy(desk, lou)
    _look(desk, desk.jo, case_id)
    with desk.place.writing() as services:
        request_id = services.erasing.ask(desk.manager, REFERRAL, case_id, WHY)
    _approve(desk, lou, request_id)
    assert "Jo Marsh Opened a decoy" in visiting(lou).get("/trail/looking").shown.main
    assert reference in visiting(lou).get("/decoys").text
