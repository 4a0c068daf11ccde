"""The queue: worst first, paged by key, scoped to the hub, its names opened under one entry of the trail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import insert, select

from intake.casework.drafts import ColourDraft
from intake.errors import NotPermitted
from intake.models.audit import AuditEntry
from intake.models.concern import Exclusion
from intake.queries.queue import MOST_COUNTED, PAGE, Place
from intake.services.queue import ShownQueue
from intake.vocabulary import Answer, Colour, QueueList, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People


def shown(desk: Desk, which: QueueList = QueueList.ALL, after: Place | None = None) -> ShownQueue:
    with desk.place.opening() as services:
        return services.queue.show(desk.sam, which, after)


def ids(queue: ShownQueue) -> list[UUID]:
    return [card.row.id for card in queue.cards]


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Collect the SQL sent, apart from the trail's own."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "audit_" not in statement and not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    engine = desk.place.database.engine
    sql_event.listen(engine, "before_cursor_execute", note)
    yield sent
    sql_event.remove(engine, "before_cursor_execute", note)


def test_the_worst_stands_first(desk: Desk) -> None:
    calm, unknown = desk.arrive(), desk.arrive(danger_now=Answer.NOT_KNOWN)
    missing, danger = desk.arrive(missing_now=Answer.YES), desk.arrive(danger_now=Answer.YES)

    assert ids(shown(desk)) == [danger, missing, unknown, calm]


def test_of_two_alike_the_one_due_sooner_stands_first(desk: Desk) -> None:
    now = desk.place.clock.now()
    later = desk.arrive(at=now)
    sooner = desk.arrive(at=now - timedelta(minutes=30))

    assert ids(shown(desk)) == [sooner, later]


def test_red_stands_above_what_nobody_has_judged_and_green_below_it(desk: Desk) -> None:
    red, unjudged, green = desk.acknowledged(), desk.arrive(), desk.acknowledged()
    for referral, colour in ((red, Colour.RED), (green, Colour.GREEN)):
        with desk.place.writing() as services:
            services.triage.colour(desk.sam, referral, 3, ColourDraft(colour, "Weighed"))

    assert ids(shown(desk)) == [red, unjudged, green]


def test_a_row_says_who_the_child_is_and_who_has_it(desk: Desk) -> None:
    desk.acknowledged()

    (card,) = shown(desk).cards
    assert card.child.full_name == "Maya Ellison"
    assert (card.taken_by, card.row.is_mine) == ("Sam Reed", True)
    assert card.row.school == "Sampleford High (test)"


def test_each_list_holds_its_own(desk: Desk) -> None:
    nobodys, mine, decided = desk.arrive(), desk.acknowledged(), desk.decided()
    jos = desk.arrive()
    with desk.place.writing() as services:
        services.triage.take(desk.jo, jos, 1)

    assert set(ids(shown(desk))) == {nobodys, mine, jos}
    assert ids(shown(desk, QueueList.NOBODYS)) == [nobodys]
    assert ids(shown(desk, QueueList.MINE)) == [mine]
    assert ids(shown(desk, QueueList.DECIDED)) == [decided]


def test_the_lists_are_counted(desk: Desk) -> None:
    desk.arrive()
    desk.acknowledged()
    desk.decided()

    counts = shown(desk).counts
    assert {which: counted.number for which, counted in counts.items()} == {
        QueueList.ALL: 2,
        QueueList.NOBODYS: 1,
        QueueList.MINE: 1,
        QueueList.OVERDUE: 0,
        QueueList.ANSWERED: 0,
    }


def test_what_nobody_has_judged_stands_above_what_was_judged_and_is_overdue(desk: Desk) -> None:
    judged = desk.acknowledged()
    with desk.place.writing() as services:
        services.triage.colour(desk.sam, judged, 3, ColourDraft(Colour.AMBER, "Her aunt has her tonight."))
    desk.place.clock.instant += timedelta(days=7)
    new = desk.arrive()

    assert ids(shown(desk)) == [new, judged]


def test_what_is_overdue_has_a_list_of_its_own_the_longest_overdue_first(desk: Desk) -> None:
    taken, decided = desk.acknowledged(), desk.decided()
    desk.place.clock.instant += timedelta(minutes=30)
    danger = desk.arrive(danger_now=Answer.YES)
    desk.place.clock.instant += timedelta(days=7)
    new = desk.arrive()
    late = shown(desk, QueueList.OVERDUE)

    assert ids(late) == [taken, danger]
    assert late.counts[QueueList.OVERDUE].number == 2
    assert not {decided, new} & set(ids(late))


def test_counting_stops_where_nobody_cares(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.queries.queue.MOST_COUNTED", 2)
    for _ in range(4):
        desk.arrive()

    counted = shown(desk).counts[QueueList.ALL]
    assert (counted.number, counted.or_more) == (2, True)
    assert MOST_COUNTED == 100


@pytest.mark.parametrize("which", [QueueList.ALL, QueueList.NOBODYS, QueueList.DECIDED])
def test_pages_join_without_a_gap_or_a_double(
    desk: Desk, which: QueueList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.queries.queue.PAGE", 2)
    arrived = []
    for minutes in range(5):
        desk.place.clock.instant += timedelta(minutes=minutes % 2)
        arrived.append(desk.decided() if which is QueueList.DECIDED else desk.arrive())

    seen, after = [], None
    while True:
        page = shown(desk, which, after)
        seen += ids(page)
        if page.next is None:
            break
        after = Place.read(str(page.next))
    assert PAGE == 50
    assert len(seen) == len(set(seen))
    assert set(seen) == set(arrived)


def test_another_hub_sees_none_of_it(desk: Desk, people: People) -> None:
    desk.arrive()
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER)

    with desk.place.opening() as services:
        assert services.queue.show(stranger, QueueList.ALL).cards == ()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_the_duty_desk_sees_names(desk: Desk, people: People, role: Role) -> None:
    other = people.actor(desk.hub_id, role)

    with pytest.raises(NotPermitted), desk.place.opening() as services:
        services.queue.show(other, QueueList.ALL)


def test_a_referral_that_names_somebody_is_not_in_their_queue(desk: Desk) -> None:
    referral = desk.arrive()
    row = {"case_id": referral, "person_id": desk.sam.person_id, "since_at": desk.place.clock.now()}
    with desk.place.writing() as services:
        services.unit.session.execute(insert(Exclusion), [row])

    assert ids(shown(desk)) == []
    assert shown(desk).counts[QueueList.ALL].number == 0


def test_the_names_shown_are_listed_in_one_entry_of_the_trail(desk: Desk) -> None:
    arrived = {desk.arrive(), desk.arrive()}
    shown(desk)

    with desk.place.reading() as services:
        entries = services.unit.session.scalars(
            select(AuditEntry).where(AuditEntry.event == "identity_cards.listed")
        ).all()
    (entry,) = entries
    assert set(json.loads(entry.detail)["case_ids"]) == {str(each) for each in arrived}
    assert entry.actor_id == desk.sam.person_id


def test_an_empty_queue_opens_nothing_and_records_nothing(desk: Desk) -> None:
    assert shown(desk).cards == ()

    with desk.place.reading() as services:
        assert services.unit.session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize("number", [1, 12])
def test_the_queue_takes_three_statements_however_long(desk: Desk, number: int) -> None:
    for _ in range(number):
        desk.acknowledged()

    with statements(desk) as sent:
        assert len(shown(desk).cards) == number
    assert len(sent) == 3, sent


def test_a_reference_read_out_finds_the_referral(desk: Desk, people: People) -> None:
    referral = desk.arrive()
    reference = desk.referrals.header(referral).reference
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER)

    with desk.place.reading() as services:
        assert services.queue.find(desk.sam, reference) == referral
        assert services.queue.find(stranger, reference) is None


@pytest.mark.parametrize("said", ["", "1.2", "a.b.c", "1.2.zz", "1.99999999999999999999.0", "0.1.é"])
def test_an_address_that_names_no_place_begins_at_the_top(said: str) -> None:
    assert Place.read(said) is None
