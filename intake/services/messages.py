"""Words between hub and school outside a decision: a question or a word, and the school's answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from intake.audit.events.referrals import MessagesOpened, MessageWritten
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.completeness import require_message
from intake.casework.documents.referral import Message
from intake.clock import Clock
from intake.crypto.inventory import MESSAGE_WORDS
from intake.db import Unit
from intake.errors import IllegalTransition
from intake.ids import new_id
from intake.models.referral import Referral, ReferralMessage
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.messages import messages_of, written_to
from intake.services.hub_case import about, hub_referral
from intake.services.keys import CaseKeys
from intake.services.news import News
from intake.services.opening import Opened
from intake.services.referral_rows import sent_for
from intake.services.staff import Staff
from intake.vocabulary import ReferralAct


@dataclass(frozen=True, slots=True)
class MessageRead:
    """One word between the two, opened; `is_ours` where the reader's own side wrote it."""

    at: datetime
    words: Message
    is_ours: bool
    read_at: datetime | None


class Messages:
    """Writes between hub and school; both sides read everything, and neither changes anything."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, *, news: News, staff: Staff
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._news = news
        self._staff = staff

    def write(self, actor: Actor, referral_id: UUID, text: str) -> None:
        """Write to the school, which is told by a mail that there is news.

        Raises `Refused`, `NotFound` and `IllegalTransition`.
        """
        referral = hub_referral(self._session, actor, Permission.REFERRAL_WRITE, referral_id)
        require_message(text)
        referral_lifecycle.step(referral.state, ReferralAct.WRITE_TO_SCHOOL)
        self._keep(actor, referral, text, to_id=referral.school_id)
        self._news.tell_sender(referral)

    def answer(self, actor: Actor, referral_id: UUID, text: str) -> None:
        """Answer the hub, which finds the answer on its list and on the referral.

        Raises `Refused`, `NotFound`, and `IllegalTransition` where there is nothing to answer.
        """
        referral = sent_for(self._session, actor, Permission.REFERRAL_ANSWER, referral_id)
        require_message(text)
        referral_lifecycle.step(referral.state, ReferralAct.ANSWER)
        if referral.hub_id is None or not messages_of(self._session, referral_id):
            raise IllegalTransition(referral.state, ReferralAct.ANSWER)
        self._keep(actor, referral, text, to_id=referral.hub_id)

    def _keep(self, actor: Actor, referral: Referral, text: str, *, to_id: UUID) -> None:
        message_id = new_id()
        words = Message(text, self._staff.name_and_post(actor.person_id))
        place = MESSAGE_WORDS.place(row_id=message_id, case_id=referral.id)
        row = ReferralMessage(
            id=message_id,
            referral_id=referral.id,
            from_id=actor.organisation_id,
            to_id=to_id,
            written_by=actor.person_id,
            written_at=self._clock.now(),
            words_sealed=self._keys.seal(words, place, holders=(actor.organisation_id, to_id)),
        )
        self._session.add(row)
        self._audit.record(
            MessageWritten(message_id=message_id),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=about(referral),
        )


def record_reading(
    unit: Unit, audit: AuditLog, actor: Actor, referral: Referral, now: datetime | None
) -> Sequence[ReferralMessage]:
    """Return what the two have written, once it is on the record that the actor is about to read it.

    The first reading on the side it was written to is stamped with `now`, where the writer sees it; not
    where that is None.
    """
    rows = messages_of(unit.session, referral.id)
    if rows:
        if now is not None:
            unit.session.execute(
                update(ReferralMessage)
                .where(
                    ReferralMessage.referral_id == referral.id,
                    written_to(actor.organisation_id, referral.school_id),
                    ReferralMessage.first_read_at.is_(None),
                )
                .values(first_read_at=now)
            )
        audit.record(
            MessagesOpened(message_ids=tuple(row.id for row in rows)),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=about(referral),
        )
    return rows


def message_read(opened: Opened, row: ReferralMessage, actor: Actor) -> MessageRead:
    """Open one word between the two."""
    place = MESSAGE_WORDS.place(row_id=row.id, case_id=row.referral_id)
    return MessageRead(
        at=row.written_at,
        words=opened.unseal(Message, row.words_sealed, place),
        is_ours=row.from_id == actor.organisation_id,
        read_at=row.first_read_at,
    )
