"""The practice copy goes in once, whole, and never beside real people."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake.audit.trail import Trail
from intake.crypto.key_ring import KeyRing
from intake.errors import KeysMissing, NotConfigured
from intake.models.audit import AuditEntry
from intake.models.concern import Concern
from intake.models.organisation import Installation, Organisation
from intake.models.person import Person
from intake.models.referral import Referral
from intake.samples import load as loading
from intake.samples.cast import Cast
from intake.samples.load import load
from intake.samples.people import ORGANISATIONS, PEOPLE
from intake.samples.storyteller import Act, Story, Storyteller
from intake.services.installation import Installations
from intake.vocabulary import Answer, ConcernState, ReferralState
from tests.factories.people import People
from tests.integration.cli.filled import contents
from tests.support.place import MONDAY_AT_TEN, TestPlace


def test_everybody_and_everything_is_there(practice: TestPlace) -> None:
    with practice.reading() as services:
        session = services.unit.session
        assert len(session.scalars(select(Organisation)).all()) == len(ORGANISATIONS)
        people = session.scalars(select(Person)).all()
        concerns = session.scalars(select(Concern)).all()
        referrals = session.scalars(select(Referral)).all()
        assert session.scalars(select(Installation)).one().sample

    assert len(people) == len(PEOPLE)
    assert all(person.sample and person.password_hash for person in people)
    assert {concern.state for concern in concerns} == set(ConcernState)
    (unread,) = [concern for concern in concerns if concern.state is ConcernState.RECORDED]
    assert MONDAY_AT_TEN - unread.recorded_at < timedelta(minutes=30)
    (waiting,) = [one for one in referrals if one.danger_now is Answer.YES]
    assert (waiting.state, waiting.taken_by) == (ReferralState.RECEIVED, None)
    assert {one.state for one in referrals} == {
        ReferralState.RECEIVED,
        ReferralState.ACKNOWLEDGED,
        ReferralState.DECIDED,
    }
    assert len({one.hub_id for one in referrals}) == 2


def test_all_of_it_is_in_the_past_and_every_mail_of_it_went_out(practice: TestPlace) -> None:
    with practice.reading() as services:
        session = services.unit.session
        instants = session.scalars(select(AuditEntry.at)).all()
        assert services.outbox.waiting().mails == 0

    assert max(instants) < MONDAY_AT_TEN
    assert (max(instants) - min(instants)).days >= 14


def test_its_chains_are_whole(practice: TestPlace) -> None:
    with practice.reading() as services:
        checked = tuple(Trail(services.unit.session, practice.tools.key_ring).check_everything())

    assert len(checked) == len(ORGANISATIONS) + 1
    assert all(each.whole for each in checked)


def test_loading_it_again_changes_nothing(practice: TestPlace) -> None:
    before = contents(practice.database)

    assert load(practice) is None

    assert contents(practice.database) == before


def test_it_never_goes_beside_a_real_organisation(place: TestPlace, people: People) -> None:
    _mark(place, place.tools.key_ring, sample=False)
    people.school()
    before = contents(place.database)

    with pytest.raises(NotConfigured, match="real organisations"):
        load(place)

    assert contents(place.database) == before


def test_a_database_set_up_and_never_used_can_become_the_practice_copy(
    sqlite_places: Callable[[], TestPlace],
) -> None:
    sqlite_place = sqlite_places()
    _mark(sqlite_place, sqlite_place.tools.key_ring, sample=False)

    assert load(sqlite_place) is not None

    with sqlite_place.reading() as services:
        assert services.unit.session.scalars(select(Installation)).one().sample


def test_a_database_of_another_key_ring_is_left_alone(place: TestPlace) -> None:
    _mark(place, KeyRing.new(), sample=True)
    before = contents(place.database)

    with pytest.raises(KeysMissing):
        load(place)

    assert contents(place.database) == before


def test_a_load_cut_short_leaves_nothing_behind(place: TestPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(place.database)
    monkeypatch.setattr(loading, "stories", lambda until: (_cut_short(until),))

    with pytest.raises(KeyboardInterrupt):
        load(place)

    assert contents(place.database) == before


def test_whoever_waited_for_another_to_load_it_adds_nothing(
    practice: TestPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(practice.database)
    answers = iter([False, True])
    monkeypatch.setattr(loading, "_is_loaded", lambda _place: next(answers))

    assert load(practice) is None

    assert contents(practice.database) == before


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
        datetime(2026, 12, 28, 12, tzinfo=UTC),
        datetime(2026, 10, 26, 8, 1, tzinfo=UTC),
        datetime(2027, 3, 29, 23, 30, tzinfo=UTC),
    ],
    ids=["a Sunday night", "a bank holiday", "after the clocks changed", "late on Easter Monday"],
)
def test_it_can_be_tried_at_any_hour(sqlite_places: Callable[[], TestPlace], now: datetime) -> None:
    sqlite_place = sqlite_places()
    sqlite_place.clock.instant = now

    loaded = load(sqlite_place)

    assert loaded is not None
    assert loaded.acts > 100
    with sqlite_place.reading() as services:
        assert max(services.unit.session.scalars(select(AuditEntry.at))) < now


@pytest.mark.unmeasured
def test_it_is_told_the_same_to_everybody_who_tries_it_at_one_moment(
    sqlite_places: Callable[[], TestPlace],
) -> None:
    one, other = sqlite_places(), sqlite_places()

    assert load(one) == load(other)

    assert _happenings(one) == _happenings(other)


def test_a_story_never_goes_back_in_time(practice: TestPlace) -> None:
    cast = Cast(practice)
    storyteller = Storyteller(practice, cast, practice.clock, MONDAY_AT_TEN + timedelta(days=1))

    with pytest.raises(ValueError, match="forward"):
        storyteller.tell([_backwards()])


def _happenings(place: TestPlace) -> list[tuple[str, int, datetime, str]]:
    statement = (
        select(Organisation.name, AuditEntry.seq, AuditEntry.at, AuditEntry.event)
        .join(Organisation, Organisation.id == AuditEntry.organisation_id)
        .order_by(Organisation.name, AuditEntry.seq)
    )
    with place.reading() as services:
        rows = services.unit.session.execute(statement)
        return [(name, seq, at, event) for name, seq, at, event in rows]


def _mark(place: TestPlace, key_ring: KeyRing, *, sample: bool) -> None:
    with place.writing() as services:
        Installations(services.unit, place.clock, key_ring, services.audit).begin(sample=sample)


def _cut_short(until: datetime) -> Story:
    yield Act(until, PEOPLE[0], _interrupted)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _backwards() -> Story:
    yield Act(MONDAY_AT_TEN, PEOPLE[0], lambda *_: None)
    yield Act(MONDAY_AT_TEN - timedelta(seconds=1), PEOPLE[0], lambda *_: None)
