"""What keeps cases to some people, people out of some cases, and what ends them, as families of acts."""

from functools import cached_property

from intake.services.decoys import Decoys
from intake.services.erasing import Erasing
from intake.services.glass import BreakingGlass
from intake.services.holds import Holds
from intake.services.identifiers import Identifiers
from intake.services.lookers import LookersAt
from intake.services.looking import LookingReports
from intake.services.oversight import Oversight
from intake.services.packs import Packs
from intake.services.restrictions import Restrictions
from intake.services.rota import RotaKeeping
from intake.services.school_work import SchoolWork
from intake.services.shredding import Shredding
from intake.services.ties import Ties
from intake.services.withheld import Withheld


class RestrictedWork(SchoolWork):
    """Restrictions, ties to a case, broken glass, who looked, erasing and holds; each made when asked for."""

    @cached_property
    def packs(self) -> Packs:
        """Who saw what between two times."""
        return Packs(self.unit, self.audit, self.staff, requests=self.requests, approvals=self.approvals)

    @cached_property
    def withheld(self) -> Withheld:
        """Showing an address that is withheld."""
        return Withheld(self.unit, self.tools.clock, self.keys, self.opening)

    @cached_property
    def lookers(self) -> LookersAt:
        """Who looked at one child."""
        return LookersAt(self.unit, self.audit, self.staff, self.opening)

    @cached_property
    def looking(self) -> LookingReports:
        """Which looks are worth asking about."""
        return LookingReports(
            self.unit,
            self.tools.clock,
            self.opening,
            self.staff,
            in_force=self.directory_versions.in_force,
            decoys=self.decoy_marks,
        )

    @cached_property
    def decoys(self) -> Decoys:
        """Cases of children who do not exist."""
        return Decoys(
            self.unit,
            self.tools.clock,
            self.audit,
            opening=self.opening,
            staff=self.staff,
            requests=self.requests,
            marks=self.decoy_marks,
        )

    @cached_property
    def rota(self) -> RotaKeeping:
        """Who is on duty, and when."""
        return RotaKeeping(self.unit, self.tools.clock, self.audit, self.staff)

    @cached_property
    def restrictions(self) -> Restrictions:
        """Keeping a case to named people."""
        return Restrictions(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            staff=self.staff,
            requests=self.requests,
            decoys=self.decoy_marks,
        )

    @cached_property
    def erasing(self) -> Erasing:
        """Erasing cases for good."""
        tools = self.tools
        identifiers = Identifiers(self.unit, tools.clock, tools.key_ring)
        return Erasing(
            self.unit,
            tools.clock,
            self.audit,
            requests=self.requests,
            staff=self.staff,
            shredding=Shredding(self.unit, identifiers, empties=not tools.tier.is_split),
        )

    @cached_property
    def holds(self) -> Holds:
        """Holding cases against being erased."""
        return Holds(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            staff=self.staff,
            requests=self.requests,
        )

    @cached_property
    def ties(self) -> Ties:
        """Keeping out whoever has a tie to a case."""
        return Ties(self.unit, self.tools.clock, self.audit, self.staff, self.alerts)

    @cached_property
    def oversight(self) -> Oversight:
        """What waits for whoever watches over the work."""
        return Oversight(self.unit)

    @cached_property
    def glass(self) -> BreakingGlass:
        """Going past a restriction for an hour."""
        tools = self.tools
        return BreakingGlass(
            self.unit,
            tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            staff=self.staff,
            outbox=self.outbox,
            key_ring=tools.key_ring,
            public_url=tools.public_url,
        )
