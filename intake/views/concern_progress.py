"""What has become of a concern so far, as the person who recorded it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from intake.services.concern_reading import OpenConcern, SentOn


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened, when, and by whom; `by` is empty where the words say it already."""

    words: str
    at: datetime
    by: str = ""


def so_far(concern: OpenConcern) -> tuple[Happened, ...]:
    """Return everything that has happened to a concern, in the order in which it happened."""
    return tuple(sorted(_happened(concern), key=lambda one: one.at))


def _happened(concern: OpenConcern) -> Iterator[Happened]:
    head = concern.head
    yield Happened(_("You sent it"), head.recorded_at)
    for passed in concern.alerted.people[1:]:
        if passed.asked_at is not None:
            yield Happened(
                _("Nobody had read it, so it went to %(name)s too", name=passed.card.name), passed.asked_at
            )
    if head.read_at is not None:
        yield Happened(_("Read"), head.read_at, concern.read_by)
    if concern.kept is not None:
        yield Happened(_("Kept in school"), concern.kept.kept_at, concern.kept.kept_by)
    for sent in concern.referrals:
        yield from _sent_on(sent)


def _sent_on(sent: SentOn) -> Iterator[Happened]:
    words = _("Referred to %(hub)s", hub=sent.hub) if sent.hub else _("Written down as a referral")
    yield Happened(words, sent.submitted_at, sent.sent_by)
    if sent.acknowledged_at is not None:
        yield Happened(_("A duty worker acknowledged it"), sent.acknowledged_at, sent.hub)
    if sent.decided_at is not None:
        yield Happened(_("They decided"), sent.decided_at, sent.hub)
