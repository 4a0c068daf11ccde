"""What a duty service's people do, as one family of acts after another."""

from functools import cached_property

from intake.services.closing import Closing
from intake.services.copies import Copies
from intake.services.crossings import Crossings
from intake.services.decisions import Decisions
from intake.services.directory_work import DirectoryWork
from intake.services.extracts import Extracts
from intake.services.grants import Grants
from intake.services.hub_reading import HubReading
from intake.services.limits import Limits
from intake.services.meeting_changes import MeetingChanges
from intake.services.meeting_reading import MeetingReading
from intake.services.meetings import Meetings
from intake.services.messages import Messages
from intake.services.news import News
from intake.services.notes import Notes
from intake.services.queue import Queue
from intake.services.trail import TrailReading
from intake.services.triage import Triage


class HubWork(DirectoryWork):
    """Queue, triage, the school, notes, meetings, limits and the trail, each made when first asked for."""

    @cached_property
    def news(self) -> News:
        """Telling a sender that there is news of their referral."""
        return News(self.unit, self.outbox, self.tools.public_url, self.audit)

    @cached_property
    def crossings(self) -> Crossings:
        """Taking in what crossed from the other tier."""
        return Crossings(
            self.unit, self.audit, self.side, grants=Grants(self.audit, self.keys), news=self.news
        )

    @cached_property
    def queue(self) -> Queue:
        """A duty service's list of referrals."""
        return Queue(self.unit, self.tools.clock, self.opening, self.staff, crossings=self.crossings)

    @cached_property
    def copies(self) -> Copies:
        """Copies of referrals that another service leads."""
        return Copies(self.unit, self.opening, self.staff)

    @cached_property
    def hub_reading(self) -> HubReading:
        """Reading a referral in the hub."""
        return HubReading(
            self.unit,
            self.tools.clock,
            self.audit,
            self.opening,
            self.staff,
            crossings=self.crossings,
            directory=self.directory,
        )

    @cached_property
    def triage(self) -> Triage:
        """Taking, acknowledging and colouring referrals."""
        return Triage(
            self.unit, self.tools.clock, self.audit, self.keys, news=self.news, directory=self.directory
        )

    @cached_property
    def decisions(self) -> Decisions:
        """Deciding on referrals, and answering the school."""
        return Decisions(self.unit, self.tools.clock, self.audit, self.keys, news=self.news, staff=self.staff)

    @cached_property
    def messages(self) -> Messages:
        """Words between hub and school outside a decision."""
        return Messages(self.unit, self.tools.clock, self.audit, self.keys, news=self.news, staff=self.staff)

    @cached_property
    def closing(self) -> Closing:
        """Closing referrals whose work here is done."""
        return Closing(self.unit, self.tools.clock, self.audit, self.keys)

    @cached_property
    def notes(self) -> Notes:
        """Case notes."""
        return Notes(self.unit, self.tools.clock, self.audit, self.keys, self.staff, decoys=self.decoy_marks)

    @cached_property
    def meetings(self) -> Meetings:
        """Safety-plan meetings and their minutes."""
        return Meetings(self.unit, self.tools.clock, self.audit, self.keys, self.staff, opening=self.opening)

    @cached_property
    def meeting_changes(self) -> MeetingChanges:
        """Moving meetings, and calling them off."""
        return MeetingChanges(self.unit, self.tools.clock, self.audit, self.keys)

    @cached_property
    def meeting_reading(self) -> MeetingReading:
        """Reading the papers of a meeting."""
        return MeetingReading(self.unit, self.tools.clock, self.audit, self.opening, self.staff)

    @cached_property
    def extracts(self) -> Extracts:
        """What is given out of cases."""
        return Extracts(
            self.unit,
            self.tools.clock,
            self.audit,
            self.opening,
            self.staff,
            requests=self.requests,
            approvals=self.approvals,
            crossings=self.crossings,
            key_ring=self.tools.key_ring,
            decoys=self.decoy_marks,
        )

    @cached_property
    def limits(self) -> Limits:
        """An authority's own time limits."""
        return Limits(self.unit, self.tools.clock, self.audit, self.directory)

    @cached_property
    def trail(self) -> TrailReading:
        """The organisation's own trail."""
        return TrailReading(self.unit, self.tools.key_ring, self.audit, self.staff)
