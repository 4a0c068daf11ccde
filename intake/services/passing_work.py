"""What is done about referrals that went, or go, to another service, as one family of acts after another."""

from functools import cached_property

from intake.services.breach_entries import BreachEntries
from intake.services.breaches import Breaches
from intake.services.hub_work import HubWork
from intake.services.offers import Offers
from intake.services.passing_on import PassingOn
from intake.services.passing_records import PassingRecords
from intake.services.rerouting import Rerouting
from intake.services.wrong_place import WrongPlace


class PassingWork(HubWork):
    """Passing on, answering, the wrong place and what was done about it, each made when first asked for."""

    @cached_property
    def rerouting(self) -> Rerouting:
        """Where a referral goes that was sent before."""
        return Rerouting(self.unit, self.tools.clock, self.keys, self.directory, self.tellings)

    @cached_property
    def passing_on(self) -> PassingOn:
        """Passing referrals on."""
        return PassingOn(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            news=self.news,
            rerouting=self.rerouting,
        )

    @cached_property
    def offers(self) -> Offers:
        """Answering when another service passes a referral on."""
        return Offers(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            news=self.news,
            staff=self.staff,
        )

    @cached_property
    def passing_records(self) -> PassingRecords:
        """What the service passed on."""
        return PassingRecords(self.unit, self.tools.clock, staff=self.staff, drafts=self.drafts)

    @cached_property
    def wrong_place(self) -> WrongPlace:
        """Taking referrals back from the wrong place."""
        return WrongPlace(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            opening=self.opening,
            passing_on=self.passing_on,
            entries=self._breach_entries,
            decoys=self.decoy_marks,
        )

    @cached_property
    def breaches(self) -> Breaches:
        """What was done about referrals that went to the wrong place."""
        return Breaches(
            self.unit,
            self.audit,
            opening=self.opening,
            staff=self.staff,
            entries=self._breach_entries,
            drafts=self.drafts,
        )

    @cached_property
    def _breach_entries(self) -> BreachEntries:
        return BreachEntries(self.unit, self.tools.clock, self.keys, self.staff)
