"""What keeps cases to some people and people out of some cases, as one family of acts after another."""

from functools import cached_property

from intake.services.conflicts import Conflicts
from intake.services.glass import BreakingGlass
from intake.services.restrictions import Restrictions
from intake.services.school_work import SchoolWork


class RestrictedWork(SchoolWork):
    """Restrictions, ties to a case and broken glass, each made when first asked for."""

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
