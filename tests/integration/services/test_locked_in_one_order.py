"""Two who act upon the same things at once: one order of locks, and one more try where that is not enough."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from intake.casework.drafts import PassOnDraft
from intake.errors import StaleVersion
from intake.models.concern import Concern
from intake.models.passing import Passing
from intake.models.referral import Referral
from intake.services.workplace import Services
from intake.vocabulary import PassingWhy, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import School
from tests.support.place import TestPlace
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

_CARDIFF = "W06000015"
_GIVES_UP_ONCE = """
CREATE SEQUENCE tries;
CREATE FUNCTION give_up_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('tries') = 1 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER give_up_once BEFORE UPDATE ON referral FOR EACH ROW EXECUTE FUNCTION give_up_once();
"""


def test_keeping_and_accepting_at_once_both_come_to_an_end(desk: Desk, people: People) -> None:
    place, case, cardiff = desk.place, desk.acknowledged(), people.hub("cardiff-mash", _CARDIFF)
    lowri = people.actor(cardiff, Role.DUTY_WORKER, name="Lowri Bevan")
    with place.writing() as services:
        draft = PassOnDraft(PassingWhy.WRONG_AREA, "She moved in June.", _CARDIFF)
        services.passing_on.pass_on(desk.sam, case, 3, draft)
        offer = services.unit.session.scalars(select(Passing.id).where(Passing.referral_id == case)).one()
    troubles: list[Exception] = []
    acts: list[Callable[[Services], object]] = [
        lambda services: services.passing_on.keep(desk.sam, case, 4),
        lambda services: services.offers.accept(lowri, offer),
    ]
    threads = [threading.Thread(target=_done, args=(place, act, troubles)) for act in acts]
    with place.writing() as services:
        services.unit.session.get(Referral, case, with_for_update=True)
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            while _waiting(place) < waiting:
                thread.join(0.01)
                assert thread.is_alive()
    for thread in threads:
        thread.join()
    # Sam was first, and Lowri is told so: neither was given up by the database.
    assert [type(each) for each in troubles] == [StaleVersion]
    assert desk.referrals.header(case).hub_id == desk.hub_id


def test_reading_a_concern_and_telling_the_next_of_it_at_once_both_come_to_an_end(school: School) -> None:
    place, concern = school.place, school.record()
    place.clock.instant += timedelta(minutes=31)
    troubles: list[Exception] = []
    telling = threading.Thread(
        target=_done, args=(place, lambda services: services.alerts.raise_due(), troubles)
    )
    with place.writing() as services:
        # As whoever reads it does: the concern, and then its alerts.
        services.unit.session.get(Concern, concern, with_for_update=True)
        telling.start()
        while telling.is_alive() and not _waiting(place):
            telling.join(0.01)
        services.alerts.end(concern)
    telling.join()
    assert troubles == []


def test_what_the_database_gave_up_is_done_at_the_next_try(desk: Desk, visiting: Visiting) -> None:
    case, sam = desk.arrive(), visiting(desk.sam)
    form = sam.get(f"/queue/{case}").form("Take it")
    with desk.place.database.engine.begin() as connection:
        connection.execute(text(_GIVES_UP_ONCE))
    form.submit("Take it", status=303)
    assert desk.referrals.header(case).taken_by == desk.sam.person_id


def _done(place: TestPlace, act: Callable[[Services], object], troubles: list[Exception]) -> None:
    try:
        with place.writing() as services:
            act(services)
    except (StaleVersion, DBAPIError) as trouble:
        troubles.append(trouble)


def _waiting(place: TestPlace) -> int:
    with place.database.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")) or 0
