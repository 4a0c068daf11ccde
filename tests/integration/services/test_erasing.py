"""Erasing a case by two people: what goes, what stays, what stands in the way, what is left on the disk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from intake.audit.events.erasing import CaseErased
from intake.casework.drafts import WrongPlaceDraft
from intake.errors import Erased, NotFound, Refused
from intake.mail.console import ConsoleMailer
from intake.models import METADATA
from intake.models.audit import AuditEntry
from intake.models.concern import Concern
from intake.models.person import FormDraftRow
from intake.models.referral import Referral
from intake.models.withheld import AddressShown
from intake.policy.actor import Actor
from intake.services.drafts import Author
from intake.services.housekeeping import Housekeeping
from intake.services.postman import Postman
from intake.services.workplace import Services
from intake.vocabulary import QueueList, Role, SubjectKind, Tier
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import MAYA, School, referral
from tests.support.erasing import closed, documents, held, version
from tests.support.place import TestPlace
from tests.support.rotating import prove

Act = Callable[[Services], object]

REFERRAL, FILE = SubjectKind.REFERRAL, SubjectKind.CHILD_FILE
WHY = "The time we must keep it is over."


@pytest.fixture
def second(desk: Desk, people: People) -> Actor:
    """Another manager of the desk."""
    return people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")


def filed(school: School) -> tuple[UUID, UUID, UUID]:
    """Have the school send a referral of a concern that is in a child's file."""
    concern_id = school.record()
    with school.place.writing() as services:
        at = services.concern_reading.open(school.lead, concern_id).head.version
        file_id = services.children.make(school.lead, concern_id, MAYA, version=at)
    with school.place.writing() as services:
        return file_id, concern_id, services.referrals.submit(school.lead, referral(concern_id))


def erase(place: TestPlace, asks: Actor, approves: Actor, kind: SubjectKind, case_id: UUID) -> None:
    with place.writing() as services:
        request_id = services.erasing.ask(asks, kind, case_id, WHY)
    approve(place, approves, request_id)


def approve(place: TestPlace, actor: Actor, request_id: UUID) -> None:
    with place.writing() as services:
        services.second_person.approve(actor, request_id)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.message


def test_two_people_erase_a_referral_in_the_hub_and_the_school_keeps_its_own(
    desk: Desk, second: Actor, people: People
) -> None:
    referral_id, place = closed(desk, desk.arrive()), desk.place
    before = held(place, referral_id, desk.lead.organisation_id)
    with place.opening() as services:
        services.withheld.show(desk.sam, REFERRAL, referral_id, "To fetch her.")
    with place.writing() as services:
        author = Author(desk.jo.person_id, desk.hub_id, desk.hub_id)
        services.drafts.keep(author, f"/queue/{referral_id}/notes", {"text": ["half a note"]})
        request_id = services.erasing.ask(desk.manager, REFERRAL, referral_id, WHY)
    for actor in (desk.manager, desk.sam):
        with pytest.raises(NotFound):
            approve(place, actor, request_id)
    approve(place, second, request_id)

    assert held(place, referral_id, desk.hub_id) == {}
    assert before
    assert held(place, referral_id, desk.lead.organisation_id) == before
    found = documents(place, referral_id)
    assert found["referral_sent.card_sealed"]
    assert found["referral_sent.document_sealed"]
    assert not any(found[f"{name}_sealed"] for name in ("case_note.note", "triage_decision.reason"))
    with place.opening() as services:
        assert services.referral_reading.open(desk.lead, referral_id).child.given_name == "Maya"
    with place.reading() as services:
        assert services.unit.session.scalar(select(func.count()).select_from(FormDraftRow)) == 0
        assert services.unit.session.scalars(select(AddressShown.reason_sealed)).one() == b""
        certificate = services.erasing.certificate(desk.sam, referral_id)
        erased = select(AuditEntry).where(AuditEntry.event == CaseErased.NAME)
        entry = services.unit.session.scalars(erased).one()
    assert (certificate.asked_by, certificate.approved_by) == ("Rae Whitlock", "Lou Brand")
    assert certificate.digest in entry.detail
    assert certificate.keys_destroyed
    assert certificate.documents_emptied >= 5
    assert prove(place).good
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_MANAGER)
    for actor, refusal in ((desk.sam, Erased), (second, Erased), (stranger, NotFound)):
        with pytest.raises(refusal), place.opening() as services:
            services.hub_reading.read(actor, referral_id)


def test_an_erased_referral_is_on_no_list_and_no_round_stumbles_over_it(desk: Desk, second: Actor) -> None:
    referral_id, place = closed(desk, desk.arrive()), desk.place
    meeting_id = _meeting(place)
    with place.reading() as services:
        reference = services.unit.session.get_one(Referral, referral_id).reference
    erase(place, desk.manager, second, REFERRAL, referral_id)
    Postman(place, ConsoleMailer()).round()
    Housekeeping(place).round()
    with place.opening() as services:
        for which in QueueList:
            shown = services.queue.show(desk.sam, which)
            assert shown.cards == ()
            assert all(count.number == 0 for count in shown.counts.values())
        assert services.queue.find(desk.sam, reference) is None
    reads: tuple[Act, ...] = (
        lambda services: services.meeting_reading.read(desk.sam, meeting_id),
        lambda services: services.notes.write(desk.sam, referral_id, "One thing more."),
        lambda services: services.erasing.ask(desk.manager, REFERRAL, referral_id, WHY),
    )
    for read in reads:
        with pytest.raises(Erased), place.writing() as services:
            read(services)
    # Why it was erased stays to be read, by those who could have asked.
    with place.opening() as services:
        (decided,) = services.second_person.decided(second)
        assert services.second_person.open(second, decided.card.id).reason == WHY


def test_a_childs_file_goes_with_its_concerns_and_the_last_one_to_erase_empties_the_rest(
    school: School, desk: Desk, second: Actor
) -> None:
    place = school.place
    file_id, concern_id, referral_id = filed(school)
    closed(desk, referral_id)
    hubs = held(place, referral_id, desk.hub_id)
    erase(place, school.lead, school.deputy, FILE, file_id)
    assert held(place, referral_id, school.id) == held(place, concern_id, school.id) == {}
    assert held(place, referral_id, desk.hub_id) == hubs
    with place.opening() as services:
        assert services.hub_reading.read(desk.sam, referral_id).child.given_name == "Maya"
        listed = services.concern_lists.for_lead(school.lead)
        assert listed.unread == listed.to_decide == listed.settled == ()
        assert services.referral_reading.listed(school.lead).sent == ()
    reads: tuple[Act, ...] = (
        lambda services: services.concern_reading.open(school.teacher, concern_id),
        lambda services: services.children.open(school.lead, file_id),
        lambda services: services.referral_reading.open(school.lead, referral_id),
    )
    for read in reads:
        with pytest.raises(Erased), place.opening() as services:
            read(services)
    assert documents(place, referral_id)["referral_sent.document_sealed"]
    erase(place, desk.manager, second, REFERRAL, referral_id)
    assert set(documents(place, referral_id).values()) == {b""}
    assert prove(place).good


def test_nothing_is_erased_that_is_held_or_not_over(desk: Desk, second: Actor) -> None:
    place, open_id = desk.place, desk.arrive()

    def ask(referral_id: UUID) -> UUID:
        with place.writing() as services:
            return services.erasing.ask(desk.manager, REFERRAL, referral_id, WHY)

    assert refused(lambda: ask(open_id)) == "erasure.not_over"
    referral_id = closed(desk, open_id)
    request_id = ask(referral_id)
    with place.writing() as services:
        services.holds.place(second, REFERRAL, referral_id, "The inquest in March.")
    assert refused(lambda: approve(place, second, request_id)) == "erasure.held"
    assert held(place, referral_id, desk.hub_id)
    with place.opening() as services:
        _subject, hold = services.holds.read(desk.manager, REFERRAL, referral_id)
    assert hold is not None
    assert hold.words.reason == "The inquest in March."
    with place.writing() as services:
        lifting = services.holds.ask_to_lift(second, REFERRAL, referral_id, "It is over.")
    with pytest.raises(NotFound):
        approve(place, second, lifting)
    approve(place, desk.manager, lifting)
    approve(place, second, request_id)
    assert held(place, referral_id, desk.hub_id) == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_breach_found_after_the_school_erased_is_still_to_be_decided_on_there(
    school: School, desk: Desk
) -> None:
    place, (file_id, _concern_id, referral_id) = school.place, filed(school)
    closed(desk, referral_id)
    erase(place, school.lead, school.deputy, FILE, file_id)
    with place.writing() as services:
        at, wrong = version(services, referral_id), WrongPlaceDraft("She never lived here.", None)
        breach_id = services.wrong_place.said_by_hub(desk.sam, referral_id, at, wrong)
    author = Author(school.lead.person_id, school.id, school.id)
    with place.opening() as services:
        assert [row.id for row in services.breaches.listed(school.lead)] == [breach_id]
        assert services.breaches.open(school.lead, author, breach_id).acts


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_concern_goes_with_another_file_out_of_one_that_is_held(school: School, desk: Desk) -> None:
    place, held_file, other = school.place, school.child(), school.child()
    first, second = (school.record(child_file_id=each) for each in (held_file, other))
    for concern_id in (first, second):
        school.read(concern_id)
    with place.writing() as services:
        services.referrals.submit(school.lead, referral(first, second))
        services.holds.place(school.lead, FILE, held_file, "The inquest in March.")
        at = services.unit.session.get_one(Concern, first).version

    def move() -> None:
        with place.writing() as services:
            services.children.match(school.lead, first, other, version=at)

    def ask() -> None:
        with place.writing() as services:
            services.erasing.ask(school.lead, FILE, other, WHY)

    assert refused(move) == "hold.keeps_concern"
    assert refused(ask) == "erasure.held"


def test_a_process_that_does_not_own_the_tables_destroys_the_keys_and_leaves_words_nobody_opens(
    desk: Desk, second: Actor
) -> None:
    referral_id = closed(desk, desk.arrive())
    hubs = TestPlace(desk.place.database, replace(desk.place.tools, tier=Tier.HUB))
    before = documents(hubs, referral_id)
    erase(hubs, desk.manager, second, REFERRAL, referral_id)
    assert held(hubs, referral_id, desk.hub_id) == {}
    assert documents(hubs, referral_id) == before
    with hubs.reading() as services:
        assert services.erasing.certificate(second, referral_id).documents_emptied == 0
    assert prove(hubs).good


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_byte_of_what_was_erased_is_left_in_sqlites_files(
    desk: Desk, second: Actor, tmp_path: Path
) -> None:
    others = [desk.arrive() for _ in range(40)]
    referral_id, place = closed(desk, desk.arrive()), desk.place
    others += [desk.arrive() for _ in range(40)]
    with place.writing() as services:
        services.holds.place(desk.manager, REFERRAL, others[0], "Something else.")

    def bytes_there() -> bytes:
        return b"".join(path.read_bytes() for path in sorted(tmp_path.glob("intake.sqlite3*")))

    emptied = {
        name: blob
        for name, blob in documents(place, referral_id).items()
        if name.split(".")[0] in {"case_note", "triage_decision", "referral_closing", "meeting"}
    }
    gone = [*emptied.values(), *held(place, referral_id, desk.hub_id).values()]
    assert len(gone) > 6
    assert all(found[-24:] in bytes_there() for found in gone)
    erase(place, desk.manager, second, REFERRAL, referral_id)
    left = bytes_there()
    pieces = [found[at : at + 16] for found in gone for at in range(0, len(found) - 16, 16)]
    assert [piece for piece in pieces if piece in left] == []
    assert (tmp_path / "intake.sqlite3-wal").stat().st_size == 0
    # What nobody erased is where it was.
    assert documents(place, others[1])["referral_sent.card_sealed"][-24:] in left


def _meeting(place: TestPlace) -> UUID:
    meetings = METADATA.tables["meeting"]
    with place.reading() as services:
        found: UUID = services.unit.session.execute(select(meetings.c.id)).scalar_one()
        return found
