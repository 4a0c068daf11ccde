"""What goes from one town to the other, and astray: a referral passed on, and one in the wrong place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from intake.casework.drafts import PassOnDraft, WrongPlaceDraft
from intake.models.concern import Exclusion
from intake.models.passing import Passing
from intake.policy.actor import Actor
from intake.vocabulary import PassingWhy
from tests.support.place import TestPlace

#: York, where nobody receives anything here.
_NOBODY_HERE = "E06000014"


@dataclass(frozen=True, slots=True)
class Astray:
    """A passing on that waits for the other town's answer, and a breach."""

    passing_id: UUID
    breach_id: UUID


def go_astray(
    place: TestPlace,
    actors: Mapping[str, Actor],
    council: str,
    referrals: tuple[UUID, UUID],
    named: Iterable[Actor],
) -> Astray:
    """Have a town's worker pass the first referral on to another council, and its lead take back the second.

    `named` are named in the first, wherever they work.
    """
    passed, strayed = referrals
    worker, lead = actors["w"], actors["l"]
    with place.writing() as services:
        for actor in named:
            services.unit.session.add(
                Exclusion(case_id=passed, person_id=actor.person_id, since_at=place.clock.now())
            )
    with place.writing() as services:
        services.triage.take(worker, passed, 1)
    with place.writing() as services:
        services.passing_on.pass_on(
            worker, passed, 2, PassOnDraft(PassingWhy.WRONG_AREA, "She moved in June.", council)
        )
        found = select(Passing.id).where(Passing.referral_id == passed)
        passing_id = services.unit.session.scalars(found).one()
    with place.writing() as services:
        breach_id = services.wrong_place.said_by_school(
            lead, strayed, 1, WrongPlaceDraft("It was the wrong council.", _NOBODY_HERE)
        )
    return Astray(passing_id, breach_id)
