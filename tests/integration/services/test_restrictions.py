"""Keeping cases to named people, and whoever has a tie to one out of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from uuid import UUID

import pytest

from intake.casework.drafts import RestrictDraft
from intake.errors import NotFound, NotPermitted, Refused
from intake.models.concern import Exclusion
from intake.models.person import Person
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.vocabulary import QueueList, RequestKind, Role, SubjectKind
from intake.words.second_person import asked_for
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import MAYA, School, referral
from tests.support.place import TestPlace

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def restrict(desk: Desk, referral_id: UUID, *people: Actor) -> UUID:
    draft = RestrictDraft(tuple(actor.person_id for actor in people), "An aunt of hers works here.")
    with desk.place.writing() as services:
        return services.restrictions.restrict(desk.manager, SubjectKind.REFERRAL, referral_id, draft)


def queued(place: TestPlace, actor: Actor) -> tuple[list[UUID], int]:
    with place.opening() as services:
        shown = services.queue.show(actor, QueueList.ALL)
        return [card.row.id for card in shown.cards], shown.counts[QueueList.ALL].number


def test_a_restricted_referral_is_in_no_list_count_or_search_of_anybody_else(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    reference = _reference(desk, referral_id)
    restrict(desk, referral_id, desk.sam)
    assert queued(desk.place, desk.sam) == ([referral_id], 1)
    assert queued(desk.place, desk.jo) == ([], 0)
    with desk.place.reading() as services:
        assert services.queue.find(desk.sam, reference) == referral_id
        assert services.queue.find(desk.jo, reference) is None
        with pytest.raises(NotFound):
            services.hub_reading.header(desk.jo, referral_id, Permission.REFERRAL_OPEN)


def test_it_hangs_on_no_one_person_and_is_not_taken_from_whoever_has_it(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    for people, code in (((), "restriction.too_few"), ((desk.jo,), "restriction.holder_left_out")):
        with pytest.raises(Refused) as refused:
            restrict(desk, referral_id, *people)
        assert refused.value.message == code
    restrict(desk, referral_id, desk.sam)
    with pytest.raises(Refused):
        restrict(desk, referral_id, desk.sam)


def test_only_a_manager_restricts_a_referral_and_only_of_their_own_service(
    desk: Desk, people: People
) -> None:
    referral_id = desk.arrive()
    elsewhere = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_MANAGER)
    for actor, refusal in ((desk.sam, NotPermitted), (desk.lead, NotPermitted), (elsewhere, NotFound)):
        with pytest.raises(refusal), desk.place.reading() as services:
            services.restrictions.case(actor, SubjectKind.REFERRAL, referral_id)


def test_restricted_notes_are_for_the_named_even_once_it_is_lifted_and_lifting_wants_two(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    restriction_id = restrict(desk, referral_id, desk.sam)
    with desk.place.writing() as services:
        services.restrictions.write(desk.sam, restriction_id, "She asked us not to tell her aunt.")
        services.restrictions.ask_to_lift(desk.manager, restriction_id, "The aunt has left.")
    with desk.place.reading() as services:
        (asked,) = services.second_person.waiting(desk.sam)
        assert services.second_person.waiting(desk.jo) == ()
        assert not services.second_person.waiting(desk.manager)[0].may_approve
    for actor in (desk.manager, desk.jo):
        with pytest.raises(NotFound), desk.place.writing() as services:
            services.second_person.approve(actor, asked.card.id)
    with desk.place.writing() as services:
        services.second_person.approve(desk.sam, asked.card.id)
    assert queued(desk.place, desk.jo) == ([referral_id], 1)
    with desk.place.opening() as services:
        read = services.restrictions.read(desk.sam, restriction_id)
    assert [note.words.text for note in read.notes] == ["She asked us not to tell her aunt."]
    with pytest.raises(NotFound), desk.place.opening() as services:
        services.restrictions.read(desk.jo, restriction_id)


def test_a_colleague_is_let_in_once_a_second_person_approved_it(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    restriction_id = restrict(desk, referral_id, desk.sam)
    with desk.place.writing() as services:
        services.restrictions.ask_to_let_in(
            desk.manager, restriction_id, desk.jo.person_id, "She is on tonight."
        )
    assert queued(desk.place, desk.jo) == ([], 0)
    with desk.place.writing() as services:
        (asked,) = services.second_person.waiting(desk.sam)
        said = asked_for(asked.card.kind, asked.card.codes, asked.about, asked.who)
        assert said == f"Let Jo Marsh into a restricted case: {_reference(desk, referral_id)}"
        services.second_person.approve(desk.sam, asked.card.id)
    assert queued(desk.place, desk.jo) == ([referral_id], 1)


def test_whoever_approves_is_told_which_concern_it_is_and_that_a_file_is_one(
    school: School, place: TestPlace
) -> None:
    concern_id = school.record()
    with place.writing() as services:
        opened = services.concern_reading.open(school.lead, concern_id)
    with place.writing() as services:
        both = RestrictDraft((school.second_deputy.person_id,), "Her mother leads here.")
        case = services.restrictions.restrict(school.deputy, SubjectKind.CONCERN, concern_id, both)
        services.restrictions.ask_to_let_in(school.deputy, case, school.lead.person_id, "She is back.")
        services.restrictions.ask_to_lift(school.deputy, case, "It is over.")
        waiting = services.second_person.waiting(school.second_deputy)
    said = {asked_for(one.card.kind, one.card.codes, one.about, one.who) for one in waiting}
    assert said == {
        f"Let Anna Okafor into a restricted case: {opened.head.reference}",
        f"Open a restricted case to everybody here again: {opened.head.reference}",
    }
    assert asked_for(RequestKind.LETTING_IN, (), "", "Ann") == "Let Ann into a restricted child's file"


def test_a_restricted_file_takes_its_concerns_and_their_referrals_with_it(
    school: School, place: TestPlace
) -> None:
    concern_id = school.record()
    with place.writing() as services:
        version = services.concern_reading.open(school.lead, concern_id).head.version
        file_id = services.children.make(school.lead, concern_id, MAYA, version=version)
    with place.writing() as services:
        draft = RestrictDraft((school.second_deputy.person_id,), "Her mother leads here.")
        services.restrictions.restrict(school.deputy, SubjectKind.CHILD_FILE, file_id, draft)
    with pytest.raises(NotFound), place.opening() as services:
        services.concern_reading.open(school.lead, concern_id)
    with place.writing() as services:
        sent = services.referrals.submit(school.deputy, referral(concern_id))
    with place.reading() as services:
        assert services.children.search(school.lead, "Maya", today=date(2026, 11, 23)) == ()
        services.referral_reading.head(school.deputy, Permission.REFERRAL_OPEN_SENT, sent)
        with pytest.raises(NotFound):
            services.referral_reading.head(school.lead, Permission.REFERRAL_OPEN_SENT, sent)


@only_sqlite
def test_a_lead_hides_erases_and_frees_no_file_in_which_a_concern_names_them(
    school: School, place: TestPlace
) -> None:
    file_id = school.child()
    concern_id = school.record(child_file_id=file_id)
    school.read(concern_id)
    with place.writing() as services:
        services.referrals.submit(
            school.teacher, referral(concern_id, named_staff_ids=(school.lead.person_id,))
        )
    case = (school.lead, SubjectKind.CHILD_FILE, file_id)
    with place.writing() as services:
        services.holds.place(*case, "The inquest in March.")
    draft = RestrictDraft((school.deputy.person_id,), "Her mother leads here.")
    acts: tuple[Callable[[Services], object], ...] = (
        lambda services: services.restrictions.restrict(*case, draft),
        lambda services: services.erasing.ask(*case, "The time is over."),
        lambda services: services.holds.ask_to_lift(*case, "It is over."),
    )
    for act in acts:
        with pytest.raises(Refused, match=r"case\.not_by_you"), place.writing() as services:
            act(services)
    with place.writing() as services:
        lifting = services.holds.ask_to_lift(school.deputy, SubjectKind.CHILD_FILE, file_id, "It is over.")
    with pytest.raises(Refused, match=r"case\.not_by_you"), place.writing() as services:
        services.second_person.approve(school.lead, lifting)
    with place.opening() as services:
        services.concern_reading.open(school.second_deputy, concern_id)


def test_whoever_has_a_tie_is_out_at_once_and_what_they_had_is_nobodys(desk: Desk) -> None:
    referral_id = desk.acknowledged()
    with desk.place.writing() as services:
        services.ties.in_hub(desk.jo, referral_id, desk.sam.person_id)
    assert queued(desk.place, desk.sam) == ([], 0)
    with desk.place.reading() as services:
        assert services.unit.session.get_one(Referral, referral_id).taken_by is None
    with desk.place.writing() as services:
        services.ties.in_hub(desk.jo, referral_id, desk.jo.person_id)
    with pytest.raises(Refused) as refused, desk.place.writing() as services:
        services.ties.in_hub(desk.manager, referral_id, desk.manager.person_id)
    assert refused.value.message == "tie.nobody_left"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_while_a_file_is_being_restricted_nobody_restricts_it_again_or_sends_past_it(school: School) -> None:
    place, file_id = school.place, school.child()
    concern_id = school.record(child_file_id=file_id)
    school.read(concern_id)
    draft = RestrictDraft((school.second_deputy.person_id,), "Her mother leads here.")

    def restrict_too() -> UUID:
        with place.writing() as services:
            return services.restrictions.restrict(school.deputy, SubjectKind.CHILD_FILE, file_id, draft)

    def send() -> UUID:
        with place.writing() as services:
            return services.referrals.submit(school.teacher, referral(concern_id))

    with ThreadPoolExecutor(2) as pool:
        with place.writing() as services:
            services.restrictions.restrict(school.lead, SubjectKind.CHILD_FILE, file_id, draft)
            waiting = [pool.submit(restrict_too), pool.submit(send)]
            assert wait(waiting, timeout=1).done == set()
        with pytest.raises((NotFound, Refused)):
            waiting[0].result()
        sent = waiting[1].result()
    with pytest.raises(NotFound), place.reading() as services:
        services.referral_reading.head(school.deputy, Permission.REFERRAL_OPEN_SENT, sent)


@only_sqlite
def test_a_restriction_is_left_to_two_who_may_decide_on_it_and_a_tie_to_one_who_sees_the_case(
    school: School, desk: Desk
) -> None:
    concern_id, place = school.record(), school.place

    def restrict_to(*people: Actor) -> str:
        draft = RestrictDraft(tuple(actor.person_id for actor in people), "Her mother leads here.")
        with pytest.raises(Refused) as refused, place.writing() as services:
            services.restrictions.restrict(school.lead, SubjectKind.CONCERN, concern_id, draft)
        return refused.value.message

    assert restrict_to(school.teacher) == "restriction.too_few_leads"
    with place.writing() as services:
        services.ties.in_school(school.lead, concern_id, school.deputy.person_id)
        assert services.restrictions.case(school.lead, SubjectKind.CONCERN, concern_id).possible
    assert restrict_to(school.teacher, school.deputy) == "restriction.too_few_leads"
    with place.writing() as services:
        services.ties.in_school(school.lead, concern_id, school.second_deputy.person_id)
        assert not services.restrictions.case(school.lead, SubjectKind.CONCERN, concern_id).possible

    referral_id = desk.acknowledged()
    restrict(desk, referral_id, desk.sam)
    with place.writing() as services:
        services.ties.in_hub(desk.manager, referral_id, desk.manager.person_id)
    with pytest.raises(Refused, match=r"tie\.nobody_left"), place.writing() as services:
        services.ties.in_hub(desk.sam, referral_id, desk.sam.person_id)


@only_sqlite
def test_a_tie_is_taken_of_whoever_the_concern_names_already_and_goes_with_it(school: School) -> None:
    place, file_id, concern_id = school.place, school.child(), school.record()
    with place.writing() as services:
        named = Exclusion(case_id=concern_id, person_id=school.deputy.person_id, since_at=place.clock.now())
        services.unit.session.add(named)
    with place.writing() as services:
        services.ties.in_school(school.lead, concern_id, school.deputy.person_id)
        services.children.match(school.lead, concern_id, file_id, version=1)
    with pytest.raises(NotFound), place.opening() as services:
        services.children.open(school.deputy, file_id)


@only_sqlite
def test_the_last_of_those_named_in_a_school_lets_somebody_in_alone(school: School) -> None:
    place, concern_id = school.place, school.record()
    draft = RestrictDraft((school.deputy.person_id,), "Her mother leads here.")
    with place.writing() as services:
        restriction_id = services.restrictions.restrict(school.lead, SubjectKind.CONCERN, concern_id, draft)
        assert not services.restrictions.to_change(school.lead, restriction_id).at_once
    with place.writing() as services:
        services.unit.session.get_one(Person, school.deputy.person_id).disabled_at = place.clock.now()
    with place.writing() as services:
        services.restrictions.ask_to_let_in(
            school.lead, restriction_id, school.second_deputy.person_id, "Ruth has left."
        )
    with place.opening() as services:
        read = services.restrictions.read(school.second_deputy, restriction_id)
    assert ([note.words.text for note in read.notes], read.may_change) == (["Ruth has left."], True)
    with place.reading() as services:
        assert not services.restrictions.to_change(school.lead, restriction_id).at_once


@only_sqlite
def test_a_tie_said_before_the_child_is_known_closes_the_file_and_everything_in_it(
    school: School, place: TestPlace
) -> None:
    file_id, other_id = school.child(), school.child()
    earlier = school.record(child_file_id=file_id)
    tied, strayed = school.record(), school.record(child_file_id=file_id)
    with place.writing() as services:
        services.ties.in_school(school.lead, tied, school.deputy.person_id)
        services.children.match(school.lead, tied, file_id, version=1)
    later = school.record(child_file_id=file_id)
    for concern_id in (earlier, later):
        with pytest.raises(NotFound), place.opening() as services:
            services.concern_reading.open(school.deputy, concern_id)
    with pytest.raises(NotFound), place.opening() as services:
        services.children.open(school.deputy, file_id)
    with place.writing() as services:
        services.children.match(school.lead, strayed, other_id, version=1)
    with place.opening() as services:
        services.children.open(school.deputy, other_id)
    last = school.record()
    with place.writing() as services:
        services.ties.in_school(school.lead, last, school.second_deputy.person_id)
        named = Exclusion(case_id=earlier, person_id=school.lead.person_id, since_at=place.clock.now())
        services.unit.session.add(named)
    with pytest.raises(Refused, match=r"child\.nobody_left"), place.writing() as services:
        services.children.match(school.lead, last, file_id, version=1)


def _reference(desk: Desk, referral_id: UUID) -> str:
    with desk.place.reading() as services:
        return services.unit.session.get_one(Referral, referral_id).reference
