"""Telling a sender that there is news of their referral: by a mail with its reference, and nothing else."""

from intake.audit.events.referrals import ReferralMovedOn
from intake.audit.log import AuditLog
from intake.db import Unit
from intake.models.referral import Referral
from intake.policy.facts import Facts
from intake.services.case_facts import facts_about
from intake.services.hub_case import about
from intake.services.outbox import Outbox
from intake.vocabulary import MailKind


class News:
    """Writes to senders; the mail leads to the sign-in page and no further."""

    def __init__(self, unit: Unit, outbox: Outbox, public_url: str, audit: AuditLog) -> None:
        self._session = unit.session
        self._outbox = outbox
        self._public_url = public_url
        self._audit = audit

    def tell_sender(self, referral: Referral) -> None:
        """Have a mail go out after the commit, unless the sender turned out to be named in it.

        Where the school has since restricted it to others, those are told instead. The addresses of a
        school's people are in its own tier: from the hub's, the news crosses, and the mail is written there.
        """
        if not self._audit.side.is_ours(referral.school_id):
            self._audit.record(
                ReferralMovedOn(), actor=None, organisation_id=referral.school_id, subject=about(referral)
            )
            return
        facts = facts_about(self._session, referral.id, Facts(), seen_from=referral.school_id)
        told = {referral.sent_by} if facts.only is None else facts.only & {referral.sent_by} or facts.only
        for person_id in sorted(told - facts.named):
            self._outbox.put(
                MailKind.REFERRAL_UPDATED,
                organisation_id=referral.school_id,
                person_id=person_id,
                reference=referral.reference,
                link=f"{self._public_url}/sign-in",
            )
