"""An installation in two tiers: one database, and upon it two workplaces with a key ring each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask

from intake.audit.check import Checked
from intake.audit.trail import Trail
from intake.db import Database
from intake.services.installation import Installations
from intake.services.record_check import RecordWrong
from intake.vocabulary import Tier
from tests.support.client import Visitor
from tests.support.comparing import compare
from tests.support.place import MONDAY_AT_TEN, TestPlace, make_place
from tests.support.traces import Words
from tests.support.walk import Walk
from tests.support.web import make_app
from tests.support.whole_walk import found_in

#: Opens the database as the process of a tier would.
Opens = Callable[[Tier], Database]
_OF_SCHOOL = frozenset({"school", "teacher", "lead", "deputy", "cover"})


@dataclass(frozen=True, slots=True)
class Split:
    """The schools' workplace and the hubs', and a walk in which everybody uses the pages of their own."""

    school: TestPlace
    hub: TestPlace
    walk: "WalkThroughBoth"

    def take_in(self) -> None:
        """Have each tier take in what crossed from the other, as it does every few seconds."""
        for place in (self.school, self.hub):
            with place.writing() as services:
                services.crossings.take_in()

    def chains(self, tier: Tier) -> tuple[Checked, ...]:
        """Check every chain that is kept in a tier."""
        place = self.school if tier is Tier.SCHOOL else self.hub
        with place.reading() as services:
            return tuple(Trail(services.unit.session, place.tools.key_ring, tier).check_everything())

    def records_wrong(self, tier: Tier) -> list[RecordWrong]:
        """Compare the records with the trail in a tier: those that are not as its entries say."""
        compared = compare(self.school if tier is Tier.SCHOOL else self.hub)
        assert compared.documents
        return compared.faults


@dataclass
class WalkThroughBoth(Walk):
    """A walk with a browser upon one application or the other, by whose it is."""

    hubs: Flask = field(kw_only=True)

    def browser_of(self, who: str, /) -> Visitor:
        """Give somebody a browser upon the pages of their tier."""
        return self.visit() if who.partition(".")[0] in _OF_SCHOOL else Visitor(self.hubs)


@contextmanager
def split_upon(opens: Opens, at: datetime = MONDAY_AT_TEN) -> Iterator[Split]:
    """Set a database up for two tiers, and found the school in one and the hubs in the other."""
    with ExitStack() as stack:
        school, hub = (_tier(stack, opens, tier, at) for tier in (Tier.SCHOOL, Tier.HUB))
        schools, say = make_app(school), Words()
        handed = found_in(school, say) | found_in(hub, say)
        walk = WalkThroughBoth(lambda: Visitor(schools), school.clock.now, say, handed, hubs=make_app(hub))
        yield Split(school, hub, walk)


def _tier(stack: ExitStack, opens: Opens, tier: Tier, at: datetime) -> TestPlace:
    database = opens(tier)
    stack.callback(database.close)
    place = make_place(database, tier)
    place.clock.instant = at
    tools = place.tools
    with place.writing() as services:
        Installations(services.unit, tools.clock, tools.key_ring, services.audit, tier).begin(sample=False)
    return place
