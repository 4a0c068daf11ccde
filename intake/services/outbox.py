"""Mail on its way: kept in the commit of what it tells of, claimed by one sender at a time, never dropped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update

from intake.audit.event import Subject
from intake.audit.events.concerns import MailFailed, MailSent
from intake.audit.log import AuditLog
from intake.casework.documents.person import MailPayload
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.inventory import MAIL_PAYLOAD
from intake.db import Unit
from intake.errors import CannotOpen
from intake.ids import new_id
from intake.models.organisation import Organisation
from intake.models.outbox import OutboxMail
from intake.services.keys import CaseKeys
from intake.services.staff import Staff
from intake.vocabulary import MailKind, SubjectKind, Tier

#: For this long a sender has a mail to itself; a sender that died is then stood in for.
_LEASE = timedelta(minutes=5)

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_DOUBLINGS = 6


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail one sender has to itself, opened for sending."""

    id: UUID
    kind: MailKind
    organisation_id: UUID
    person_id: UUID
    tries: int
    payload: MailPayload


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many mails have not gone out, and since when the oldest waits (aware UTC)."""

    mails: int
    since_at: datetime | None


class Outbox:
    """Keeps mails until the mail server has taken them."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        keys: CaseKeys,
        staff: Staff,
        audit: AuditLog,
        *,
        tier: Tier = Tier.COMBINED,
    ) -> None:
        self._session = unit.session
        self._tier = tier
        self._clock = clock
        self._keys = keys
        self._staff = staff
        self._audit = audit

    def put(
        self,
        kind: MailKind,
        *,
        organisation_id: UUID,
        person_id: UUID,
        reference: str,
        link: str,
        to: str = "",
    ) -> UUID:
        """Write a mail to a colleague, to go out after the commit; returns its id.

        `to` is the address, where it is another than their card has.
        """
        mail_id, now = new_id(), self._clock.now()
        address = to or self._staff.card(person_id).email
        payload = MailPayload(to=address, reference=reference, link=link)
        place = MAIL_PAYLOAD.place(row_id=mail_id, case_id=organisation_id)
        self._session.execute(
            insert(OutboxMail).values(
                id=mail_id,
                kind=kind,
                organisation_id=organisation_id,
                person_id=person_id,
                payload_sealed=self._keys.seal(payload, place, holders=(organisation_id,)),
                made_at=now,
                next_try_at=now,
                tries=0,
            )
        )
        return mail_id

    def claim(self, most: int = 20, *, due_at: datetime | None = None) -> tuple[Claimed, ...]:
        """Take the mails that are due, oldest first, so that no other sender takes them for a while.

        `due_at` (aware UTC) leaves those that fell due later to a later round.

        Commit before sending: the claim is what keeps two senders from sending the same mail.
        """
        now = self._clock.now()
        while rows := self._due(due_at or now, most):
            for row in rows:
                row.tries += 1
                row.next_try_at = now + _LEASE
            # Where none of them opens, the ones behind them are still to go out.
            if opened := tuple(self._opened(rows)):
                return opened
        return ()

    def _due(self, at: datetime, most: int) -> Sequence[OutboxMail]:
        return self._session.scalars(
            select(OutboxMail)
            .where(*self._unsent(), OutboxMail.next_try_at <= at)
            .order_by(OutboxMail.next_try_at, OutboxMail.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()

    def sent(self, mail: Claimed) -> None:
        """Say that the mail server took a mail."""
        self._change(mail, sent_at=self._clock.now())
        self._audit.record(
            MailSent(mail_id=mail.id, kind=mail.kind),
            actor=None,
            organisation_id=mail.organisation_id,
            subject=Subject(SubjectKind.PERSON, mail.person_id),
        )

    def failed(self, mail: Claimed) -> datetime:
        """Say that a mail was not taken; returns when it is tried again, up to an hour apart and for ever."""
        wait = min(_FIRST_WAIT * (1 << min(mail.tries - 1, _DOUBLINGS)), _LONGEST_WAIT)
        again_at = self._clock.now() + wait
        self._change(mail, next_try_at=again_at)
        self._audit.record(
            MailFailed(mail_id=mail.id, kind=mail.kind, tries=mail.tries),
            actor=None,
            organisation_id=mail.organisation_id,
            subject=Subject(SubjectKind.PERSON, mail.person_id),
        )
        return again_at

    def waiting(self) -> Waiting:
        """Return what has not gone out yet."""
        row = self._session.execute(
            select(func.count(), func.min(OutboxMail.made_at)).where(*self._unsent())
        ).one()
        return Waiting(*row)

    def sent_at(self, mail_ids: Iterable[UUID]) -> dict[UUID, datetime]:
        """Return when each of these mails was taken by the mail server, without those that were not."""
        rows = self._session.execute(
            select(OutboxMail.id, OutboxMail.sent_at).where(
                OutboxMail.id.in_(set(mail_ids)), OutboxMail.sent_at.is_not(None)
            )
        )
        return {mail_id: at for mail_id, at in rows if at is not None}

    def _unsent(self) -> Iterator[ColumnElement[bool]]:
        """Select what has not gone out; the other tier's mail only the other tier opens."""
        yield OutboxMail.sent_at.is_(None)
        if self._tier.is_split:
            ours = select(Organisation.id).where(Organisation.kind.in_(self._tier.kinds))
            yield OutboxMail.organisation_id.in_(ours)

    def _opened(self, rows: Iterable[OutboxMail]) -> Iterable[Claimed]:
        for row in rows:
            try:
                payload = self._keys.unseal(
                    MailPayload, row.payload_sealed, _place(row), holder=row.organisation_id
                )
            except CannotOpen:
                # One mail that does not open keeps no other from going out; it is counted as waiting.
                continue
            yield Claimed(row.id, row.kind, row.organisation_id, row.person_id, row.tries, payload)

    def _change(self, mail: Claimed, **values: datetime) -> None:
        self._session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**values))


def _place(row: OutboxMail) -> Binding:
    return MAIL_PAYLOAD.place(row_id=row.id, case_id=row.organisation_id)
