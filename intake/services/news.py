"""Telling a sender that there is news of their referral: by a mail with its reference, and nothing else."""

from intake.models.referral import Referral
from intake.services.outbox import Outbox
from intake.vocabulary import MailKind


class News:
    """Writes to senders; the mail leads to the sign-in page and no further."""

    def __init__(self, outbox: Outbox, public_url: str) -> None:
        self._outbox = outbox
        self._public_url = public_url

    def tell_sender(self, referral: Referral) -> None:
        """Have a mail go out after the commit."""
        self._outbox.put(
            MailKind.REFERRAL_UPDATED,
            organisation_id=referral.school_id,
            person_id=referral.sent_by,
            reference=referral.reference,
            link=f"{self._public_url}/sign-in",
        )
