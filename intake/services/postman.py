"""The round: tell whoever is next about unread concerns, then send what waits in the outbox."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from intake.mail.letters import letter
from intake.mail.mailer import Mailer, NotSent
from intake.services.outbox import Claimed, Waiting
from intake.services.workplace import Workplace
from intake.vocabulary import OrganisationKind

_log = logging.getLogger("intake.post")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did, and what still waits after it."""

    escalated: int
    sent: int
    failed: int
    waiting: Waiting


class Postman:
    """Makes rounds; several may run at once, and no two of them carry the same mail."""

    def __init__(self, place: Workplace, mailer: Mailer) -> None:
        self._place = place
        self._mailer = mailer

    def round(self) -> Round:
        """Raise what is due, send everything that is due, and say what is left."""
        escalated = self.raise_due()
        return replace(self.send_due(), escalated=escalated)

    def raise_due(self) -> int:
        """Take in what crossed from the other tier, tell whoever is next; returns how many were told."""
        with self._place.writing() as services:
            services.crossings.take_in()
        if OrganisationKind.SCHOOL not in self._place.tools.tier.kinds:
            return 0
        with self._place.writing() as services:
            return services.alerts.raise_due()

    def send_due(self, going_on: Callable[[], bool] = lambda: True) -> Round:
        """Send what is due now, each mail once, while going on; say what is left.

        One is claimed at a time: however slow the mail server is, no claim runs out before its mail is sent.
        """
        began, sent, failed = self._place.tools.clock.now(), 0, 0
        while going_on() and (mails := self._claim(began)):
            for mail in mails:
                if self._send(mail):
                    sent += 1
                else:
                    failed += 1
        with self._place.reading() as services:
            waiting = services.outbox.waiting()
        return Round(escalated=0, sent=sent, failed=failed, waiting=waiting)

    def _claim(self, due_at: datetime) -> tuple[Claimed, ...]:
        with self._place.writing() as services:
            return services.outbox.claim(most=1, due_at=due_at)

    def _send(self, mail: Claimed) -> bool:
        # No transaction is open while the mail server is spoken to: it may take its time.
        try:
            self._mailer.send(letter(mail.kind, mail.payload))
        except NotSent as trouble:
            # The trouble never names the address.
            _log.warning("mail %s was not taken, try %d: %s", mail.id, mail.tries, trouble)
            taken = False
        else:
            taken = True
        with self._place.writing() as services:
            if taken:
                services.outbox.sent(mail)
            else:
                services.outbox.failed(mail)
        return taken
