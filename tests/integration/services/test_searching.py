"""Searching: within one's reach alone, on the record before and after, by the index where there is one."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, update

from intake.casework.documents.searching import SearchTerms
from intake.errors import CannotOpen, NotFound, NotPermitted
from intake.models.audit import AuditEntry
from intake.models.concern import Exclusion
from intake.models.key_grant import KeyGrant
from intake.models.referral import Referral
from intake.models.searching import IdentifierIndex, IdentifierToken, Search
from intake.policy.actor import Actor
from intake.services.drafts import Author
from intake.services.identifiers import Identifiers
from intake.services.searching import KEPT_FOR, MOST_SHOWN, Answer, Searching
from intake.vocabulary import MatchReason, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.referrals import CHILD
from tests.factories.school import School, card
from tests.support.older_grants import wrap_as_before
from tests.support.place import TestPlace

TODAY = date(2026, 11, 23)
NHS = "943 476 5919"
NUMBERED = replace(CHILD, nhs_number=NHS, identifiers="silver Golf AB12 CDE\n07700 900123")


def search(place: TestPlace, actor: Actor, name: str = "", born: str = "", other: str = "") -> Answer:
    with place.opening() as services:
        looked = services.searching.look(actor, SearchTerms(name, born, other), TODAY)
    with place.opening() as services:
        return services.searching.show(actor, looked)


def earlier(place: TestPlace, actor: Actor, referral_id: UUID) -> Answer:
    with place.opening() as services:
        looked = services.searching.look_for_earlier(actor, referral_id, TODAY)
    with place.opening() as services:
        return services.searching.show(actor, looked)


def ids(answer: Answer) -> list[UUID]:
    return [each.id for each in answer.found]


def said(place: TestPlace, event: str) -> list[tuple[AuditEntry, dict[str, object]]]:
    with place.reading() as services:
        rows = services.unit.session.scalars(
            select(AuditEntry).where(AuditEntry.event == event).order_by(AuditEntry.seq)
        ).all()
    return [(row, json.loads(row.detail)) for row in rows]


def tokens(place: TestPlace) -> int:
    with place.reading() as services:
        return services.unit.session.scalars(select(func.count()).select_from(IdentifierToken)).one()


def test_a_match_says_who_and_where_it_stands_and_no_word_of_what_happened(desk: Desk) -> None:
    referral = desk.acknowledged()
    (found,) = search(desk.place, desk.jo, "elison maya").found
    assert (found.id, found.card, found.taken_by) == (referral, CHILD, "Sam Reed")
    assert found.standing is not None
    assert found.standing.school == "Sampleford High (test)"
    assert found.reasons == (MatchReason.ONE_SLIP,)


def test_only_what_the_service_received_and_what_is_open_to_the_actor_is_looked_through(
    desk: Desk, people: People
) -> None:
    mine, named = desk.arrive(), desk.arrive()
    elsewhere = people.hub("cardiff-mash", "W06000015")
    desk.referrals.arrive(desk.lead, elsewhere)
    row = {"case_id": named, "person_id": desk.sam.person_id, "since_at": desk.place.clock.now()}
    with desk.place.writing() as services:
        services.unit.session.execute(insert(Exclusion), [row])
    answer = search(desk.place, desk.sam, "maya")
    assert (ids(answer), answer.cards) == ([mine], 1)
    assert search(desk.place, people.actor(elsewhere, Role.DUTY_WORKER), "maya").cards == 1
    assert set(ids(search(desk.place, desk.jo, "maya"))) == {mine, named}
    assert ids(earlier(desk.place, desk.sam, mine)) == []


def test_it_is_in_the_trail_before_the_cards_are_opened_and_before_any_is_shown(desk: Desk) -> None:
    desk.arrive(), desk.arrive(child=card(given_name="Lena"))
    with desk.place.opening() as services:
        looked = services.searching.look(desk.sam, SearchTerms("Ellison", "", ""), TODAY)
    assert said(desk.place, "search.shown") == []
    with desk.place.opening() as services:
        services.searching.show(desk.sam, looked)
    ((run, terms),) = said(desk.place, "search.run")
    ((shown, hits),) = said(desk.place, "search.shown")
    assert run.actor_id == shown.actor_id == desk.sam.person_id
    assert terms.keys() == {"terms_mac", "cards"}
    assert terms["cards"] == 2
    assert hits == {"case_ids": [str(hit.id) for hit in looked.hits], "indexed": 2}
    search(desk.place, desk.sam, "Ellison")
    search(desk.place, desk.sam, "Elliso")
    macs = [detail["terms_mac"] for _, detail in said(desk.place, "search.run")]
    assert macs[0] == macs[1] != macs[2]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_of_the_service_searches(desk: Desk, people: People, role: Role) -> None:
    with pytest.raises(NotPermitted):
        search(desk.place, people.actor(desk.hub_id, role), "maya")


def test_a_number_is_asked_of_the_index_and_opens_no_other_card(desk: Desk) -> None:
    numbered = desk.arrive(child=NUMBERED)
    desk.arrive()
    assert search(desk.place, desk.sam, "nobody").cards == 2
    answer = search(desk.place, desk.sam, other="NHS no. 943-476-5919")
    assert (ids(answer), answer.cards) == ([numbered], 1)
    assert answer.found[0].reasons == (MatchReason.SAME_IDENTIFIER,)
    assert search(desk.place, desk.sam, other="07700 900124").cards == 0
    # What has arrived since is not in the index yet, and is opened once.
    again = desk.arrive(child=NUMBERED)
    assert set(ids(search(desk.place, desk.sam, other="ab12cde"))) == {numbered, again}
    assert search(desk.place, desk.sam, other="AB12 CDF").cards == 0
    assert tokens(desk.place) == 6


def test_an_erased_case_leaves_the_index_and_another_version_of_it_is_built_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desk.arrive(child=NUMBERED), desk.arrive(child=NUMBERED)
    search(desk.place, desk.sam, "nobody")
    with desk.place.writing() as services:
        Identifiers(services.unit, desk.place.clock, desk.place.tools.key_ring).forget(desk.hub_id, (one,))
    assert tokens(desk.place) == 3
    monkeypatch.setattr("intake.crypto.blind_index.IDENTIFIER_INDEX", 2)
    assert set(ids(search(desk.place, desk.sam, other=NHS))) == {one, other}
    with desk.place.reading() as services:
        assert set(services.unit.session.scalars(select(IdentifierToken.index_version))) == {2}
        assert set(services.unit.session.scalars(select(IdentifierIndex.index_version))) == {2}


def test_tokens_of_one_service_mean_nothing_in_another(desk: Desk, people: People) -> None:
    elsewhere = people.hub("cardiff-mash", "W06000015")
    desk.arrive(child=NUMBERED)
    desk.referrals.arrive(desk.lead, elsewhere, child=NUMBERED)
    search(desk.place, desk.sam, "nobody")
    search(desk.place, people.actor(elsewhere, Role.DUTY_WORKER), "nobody")
    with desk.place.reading() as services:
        kept = services.unit.session.scalars(select(IdentifierToken.token)).all()
    assert len(kept) == len(set(kept)) == 6


def test_a_referral_that_is_elsewhere_now_is_found_there_and_here_no_more(desk: Desk, people: People) -> None:
    referral, elsewhere = desk.arrive(child=NUMBERED), people.hub("cardiff-mash", "W06000015")
    search(desk.place, desk.sam, "nobody")
    with desk.place.writing() as services:
        services.unit.session.get_one(Referral, referral).hub_id = elsewhere
    assert ids(search(desk.place, desk.sam, other=NHS)) == []


def test_earlier_referrals_of_the_same_child_are_found_by_name_birthday_or_number(desk: Desk) -> None:
    same = desk.arrive(child=replace(CHILD, given_name="Mya", family_name="Elison"))
    by_number = desk.arrive(child=card(given_name="Sky", identifiers="0044 7700 900123"))
    married = desk.arrive(child=replace(CHILD, family_name="Stone"))
    desk.arrive(child=card(given_name="Noor", family_name="Sample"))
    now = desk.arrive(child=NUMBERED)
    assert set(ids(earlier(desk.place, desk.sam, now))) == {same, by_number, married}
    (entry, detail), *_ = said(desk.place, "search.run")
    assert (entry.subject_id, detail["cards"]) == (now, 5)


def test_the_most_likely_are_shown_and_the_rest_are_counted(desk: Desk) -> None:
    for number in range(MOST_SHOWN + 2):
        desk.arrive(child=card(given_name="Sam", family_name=f"Stone {number:02}"))
    exact = desk.arrive(child=card(given_name="Sam", family_name="Stone"))
    answer = search(desk.place, desk.sam, "sam stone", "2012")
    assert len(answer.found) == MOST_SHOWN
    assert (answer.more, exact in ids(answer)) == (3, True)


def test_a_lead_finds_files_and_concerns_that_are_in_none(school: School, place: TestPlace) -> None:
    file_id = school.child()
    school.record(child_file_id=file_id)
    loose = school.record(child_name="Maya Elison")
    answer = search(place, school.lead, "maya ellison")
    assert ids(answer) == [file_id, loose]
    assert answer.found[0].standing is None
    assert answer.found[1].standing is not None
    with pytest.raises(NotPermitted):
        search(place, school.teacher, "maya")


def test_what_was_sought_is_given_back_to_whoever_sought_it_and_not_for_ever(
    school: School, place: TestPlace
) -> None:
    me = Author(school.lead.person_id, school.id, school.id)
    other = Author(school.deputy.person_id, school.id, school.id)
    terms = SearchTerms("Maya", "", "")
    with place.writing() as services:
        search_id = services.searching.keep(school.lead, me, terms)

    def asked(searching: Searching, actor: Actor, author: Author) -> SearchTerms:
        return searching.terms(actor, author, search_id)

    with place.reading() as services:
        assert asked(services.searching, school.lead, me) == terms
        with pytest.raises(NotFound):
            asked(services.searching, school.deputy, other)
    place.clock.instant += KEPT_FOR + timedelta(seconds=1)
    with place.writing() as services, pytest.raises(NotFound):
        asked(services.searching, school.lead, me)
    with place.writing() as services:
        services.searching.forget_old()
    with place.reading() as services:
        assert services.unit.session.scalars(select(Search)).all() == []


def test_a_card_is_opened_however_its_key_is_wrapped_and_not_once_that_is_ended(desk: Desk) -> None:
    referral, ring = desk.arrive(), desk.place.tools.key_ring
    # Found by a key that was only sealed, which is then wrapped; found by that, with nothing left to wrap.
    for only_sealed in (1, 0):
        with desk.place.opening() as services:
            looked = services.searching.look(desk.jo, SearchTerms("maya", "", ""), TODAY)
        assert len(looked.only_sealed) == only_sealed
        with desk.place.opening() as services:
            assert ids(services.searching.show(desk.jo, looked)) == [referral]
    with desk.place.writing() as services:
        wrap_as_before(services.unit.session, ring)
    assert ids(search(desk.place, desk.jo, "maya")) == [referral]
    with desk.place.writing() as services:
        services.unit.session.execute(update(KeyGrant).values(ended_at=desk.place.clock.now()))
    with pytest.raises(CannotOpen):
        search(desk.place, desk.jo, "maya")
