"""What keeps cases to some people and people out of some cases, as one family of acts after another."""

from functools import cached_property

from intake.services.conflicts import Conflicts
from intake.services.glass import BreakingGlass
from intake.services.lookers import LookersAt
from intake.services.looking import LookingReports
from intake.services.packs import Packs
from intake.services.restrictions import Restrictions
from intake.services.school_work import SchoolWork


class RestrictedWork(SchoolWork):
    """Restrictions, ties to a case, broken glass, and who looked, each made when first asked for."""

    @cached_property
    def packs(self) -> Packs:
        """Who saw what between two times."""
        return Packs(self.unit, self.audit, self.staff)

    @cached_property
    def lookers(self) -> LookersAt:
        """Who looked at one child."""
        return LookersAt(self.unit, self.audit, self.staff)

    @cached_property
    def looking(self) -> LookingReports:
        """Which looks are worth asking about."""
        return LookingReports(
            self.unit, self.tools.clock, self.audit, self.staff, self.directory_versions.in_force
        )

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
        )

    @cached_property
    def conflicts(self) -> Conflicts:
        """Keeping out whoever has a tie to a case."""
        return Conflicts(self.unit, self.tools.clock, self.audit, self.staff, self.alerts)

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
