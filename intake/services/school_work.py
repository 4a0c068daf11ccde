"""What a school's people do, as one family of acts after another."""

from functools import cached_property

from intake.services.alerts import Alerts
from intake.services.children import Children
from intake.services.concern_lists import ConcernLists
from intake.services.concern_reading import ConcernReading
from intake.services.concerns import Concerns
from intake.services.directory_work import DirectoryWork
from intake.services.exclusions import Exclusions
from intake.services.referral_building import ReferralBuilding
from intake.services.referral_calls import ReferralCalls
from intake.services.referral_reading import ReferralReading
from intake.services.referrals import Referrals
from intake.services.routing_desk import RoutingDesk
from intake.services.told_others import ToldOthers


class SchoolWork(DirectoryWork):
    """Concerns, children's files and referrals, each made when first asked for."""

    @cached_property
    def alerts(self) -> Alerts:
        """Who is told that a concern waits."""
        return Alerts(
            self.unit,
            self.tools.clock,
            self.audit,
            outbox=self.outbox,
            staff=self.staff,
            directory=self.directory,
            public_url=self.tools.public_url,
        )

    @cached_property
    def concerns(self) -> Concerns:
        """Recording concerns, adding to them and keeping them."""
        return Concerns(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            staff=self.staff,
            alerts=self.alerts,
            catalogue=self.tools.catalogue,
        )

    @cached_property
    def concern_reading(self) -> ConcernReading:
        """Reading one concern."""
        return ConcernReading(
            self.unit, self.tools.clock, self.audit, self.opening, staff=self.staff, alerts=self.alerts
        )

    @cached_property
    def concern_lists(self) -> ConcernLists:
        """Lists of concerns by name."""
        return ConcernLists(self.unit, self.opening)

    @cached_property
    def children(self) -> Children:
        """Children's files."""
        return Children(
            self.unit,
            self.tools.clock,
            self.audit,
            keys=self.keys,
            opening=self.opening,
            staff=self.staff,
            key_ring=self.tools.key_ring,
        )

    @cached_property
    def routing(self) -> RoutingDesk:
        """Where a referral goes."""
        return RoutingDesk(self.unit, self.tools.clock, self.directory)

    @cached_property
    def referral_building(self) -> ReferralBuilding:
        """What a referral is built from."""
        return ReferralBuilding(self.unit, self.tools.clock, self.audit, self.opening, staff=self.staff)

    @cached_property
    def referrals(self) -> Referrals:
        """Sending referrals."""
        return Referrals(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            building=self.referral_building,
            desk=self.routing,
            exclusions=Exclusions(self.unit, self.tools.clock, self.audit, self.alerts),
        )

    @cached_property
    def referral_reading(self) -> ReferralReading:
        """Reading what was sent and what came back."""
        return ReferralReading(
            self.unit, self.tools.clock, self.audit, self.opening, staff=self.staff, desk=self.routing
        )

    @cached_property
    def referral_calls(self) -> ReferralCalls:
        """Calls about referrals."""
        return ReferralCalls(self.unit, self.tools.clock, self.audit, self.keys, tellings=self.tellings)

    @cached_property
    def told_others(self) -> ToldOthers:
        """Who else is told of what the school sent."""
        return ToldOthers(self.unit, self.routing)
