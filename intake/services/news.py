"""Telling a sender that there is news of their referral: by a mail with its reference, and nothing else."""

from intake.db import Unit
from intake.models.concern import Exclusion
from intake.models.referral import Referral
from intake.services.outbox import Outbox
from intake.vocabulary import MailKind


class News:
    """Writes to senders; the mail leads to the sign-in page and no further."""

    def __init__(self, unit: Unit, outbox: Outbox, public_url: str) -> None:
        self._session = unit.session
        self._outbox = outbox
        self._public_url = public_url

    def tell_sender(self, referral: Referral) -> None:
        """Have a mail go out after the commit, unless the sender turned out to be named in it."""
        if self._session.get(Exclusion, (referral.id, referral.sent_by)) is not None:
            return
        self._outbox.put(
            MailKind.REFERRAL_UPDATED,
            organisation_id=referral.school_id,
            person_id=referral.sent_by,
            reference=referral.reference,
            link=f"{self._public_url}/sign-in",
        )
