"""Taking in what crossed from the other tier: each entry once, into its own chain, and what follows."""

from uuid import UUID

from intake.audit.crossings import Side
from intake.audit.events.passing import GrantEnded
from intake.audit.events.referrals import ReferralMovedOn
from intake.audit.log import AuditLog
from intake.audit.recorded import Recorded
from intake.db import Unit
from intake.models.referral import Referral
from intake.services.grants import Grants
from intake.services.key_locks import lock_keys
from intake.services.news import News

_AT_ONCE = 500


class Crossings:
    """Takes in, within the unit of whoever asks; where both tiers are one there is nothing to take in."""

    def __init__(self, unit: Unit, audit: AuditLog, side: Side, *, grants: Grants, news: News) -> None:
        self._unit = unit
        self._session = unit.session
        self._audit = audit
        self._side = side
        self._grants = grants
        self._news = news

    def take_in(self) -> int:
        """Take in what waits, oldest of each sender first; returns how much it was.

        While the database can only be read, it waits there.
        """
        if not (self._side.tier.is_split and self._unit.can_record):
            return 0
        taken = self._audit.take_in(_AT_ONCE)
        # All at once and in one order: an erasure locks the keys of many cases too.
        ending = {each.subject.id for each in taken if _ends_a_grant(each)}
        lock_keys(self._session, *filter(None, ending))
        for recorded in taken:
            self._follow(recorded)
        return len(taken)

    def _follow(self, recorded: Recorded) -> None:
        """Do what only this tier can: give keys on and end them, or write a mail to a colleague here."""
        subject_id = recorded.subject.id
        referral = None if subject_id is None else self._session.get(Referral, subject_id)
        if referral is None:
            return
        if _ends_a_grant(recorded):
            self._grants.ended_afar(referral, UUID(recorded.detail["holder_id"]))
        elif recorded.event == ReferralMovedOn.NAME:
            self._news.tell_sender(referral)


def _ends_a_grant(recorded: Recorded) -> bool:
    return recorded.event == GrantEnded.NAME
