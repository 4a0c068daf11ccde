"""Breaches: who had a child's referral wrongly, what they opened, what was done, and whether to report it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from intake.audit.events.passing import BreachAddedTo, BreachOpened
from intake.audit.log import AuditLog
from intake.audit.looks import LISTS, SEEING
from intake.casework import passing_lifecycle
from intake.casework.documents.passing import BreachWords
from intake.casework.drafts import BreachDraft
from intake.casework.passing import require_entry
from intake.crypto.inventory import BREACH_WORDS
from intake.db import Unit
from intake.errors import IllegalTransition, NotFound, StaleVersion
from intake.models.passing import Breach, BreachEntry
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require
from intake.queries import passing as queries
from intake.queries.looks import entries_naming
from intake.queries.trail import TrailEntry
from intake.services.breach_entries import BreachEntries
from intake.services.case_facts import facts_about
from intake.services.drafts import Author, Drafts
from intake.services.hub_case import about
from intake.services.left_behind import LeftBehind, left_behind
from intake.services.opening import Opened, Opening
from intake.services.staff import Staff
from intake.vocabulary import BreachAct, BreachState

#: What the organisation that answers for a breach decides; the one that had the referral only adds to it.
_DECIDING = frozenset({BreachAct.REPORT, BreachAct.NOT_REPORT, BreachAct.CLOSE})


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody opened something, from their organisation's trail."""

    at: datetime
    who: str
    event: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One thing written down about a breach."""

    act: BreachAct
    at: datetime
    words: BreachWords


@dataclass(frozen=True, slots=True)
class OpenBreach:
    """A breach as it is read; `acts` are what the reader may add."""

    id: UUID
    version: int
    reference: str
    had_by: str
    was_copy: bool
    answerable: str
    had_from_at: datetime
    found_at: datetime
    report_by_at: datetime
    state: BreachState
    seen: tuple[Seen, ...] | None
    written: tuple[Written, ...]
    acts: tuple[BreachAct, ...]
    left_behind: tuple[LeftBehind, ...]


class Breaches:
    """Shows breaches to the organisations they concern, and keeps what is done about them."""

    def __init__(
        self,
        unit: Unit,
        audit: AuditLog,
        *,
        opening: Opening,
        staff: Staff,
        entries: BreachEntries,
        drafts: Drafts,
    ) -> None:
        self._session = unit.session
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._entries = entries
        self._drafts = drafts

    def _seen(self, breach: Breach, referral: Referral) -> tuple[Seen, ...] | None:
        """Return what was opened in the wrong place; None where the other tier keeps its trail."""
        if not self._audit.side.is_ours(breach.had_id):
            return None
        period = {"since": breach.had_from_at, "until": breach.found_at}
        looked = entries_naming(self._session, breach.had_id, {referral.id}, SEEING, LISTS, **period)
        return tuple(seen(self._staff, looked))

    def listed(self, actor: Actor) -> tuple[queries.BreachRow, ...]:
        """Return the organisation's breaches. Raises `NotPermitted`."""
        return queries.breaches(self._session, actor)

    def open(self, actor: Actor, author: Author, breach_id: UUID) -> OpenBreach:
        """Return a breach with what was opened and what was written down. Raises `NotFound`.

        With it comes what the reader was writing about the referral when it was taken back.
        """
        breach, referral = self._find(actor, Permission.BREACH_OPEN, breach_id)
        opened = self._opening.record(BreachOpened(breach_id=breach.id), actor=actor, subject=about(referral))
        opened.load((breach.id,))
        return OpenBreach(
            id=breach.id,
            version=breach.version,
            reference=referral.reference,
            had_by=self._staff.organisation(breach.had_id),
            was_copy=breach.was_copy,
            answerable=self._staff.organisation(breach.answerable_id),
            had_from_at=breach.had_from_at,
            found_at=breach.found_at,
            report_by_at=breach.report_by_at,
            state=breach.state,
            seen=self._seen(breach, referral),
            written=tuple(self._written(breach, opened)),
            acts=self._acts(actor, breach),
            left_behind=left_behind(self._drafts, author, referral.id),
        )

    def add(self, actor: Actor, breach_id: UUID, version: int, draft: BreachDraft) -> None:
        """Write down what was done, who was told, whether to report it, or that it is closed, and why.

        Raises `Refused`, `NotFound`, `StaleVersion` and `IllegalTransition`.
        """
        breach, referral = self._find(actor, Permission.BREACH_HANDLE, breach_id)
        require_entry(draft)
        if draft.act in _DECIDING and actor.organisation_id != breach.answerable_id:
            raise IllegalTransition(breach.state, draft.act)
        state = passing_lifecycle.breach_step(breach.state, draft.act)
        moved = self._session.execute(
            update(Breach)
            .where(Breach.id == breach.id, Breach.version == version)
            .values(version=version + 1, state=state)
            .returning(Breach.version)
        )
        if moved.one_or_none() is None:
            raise StaleVersion
        entry_id = self._entries.add(actor, breach, draft.act, draft.words, holders=(actor.organisation_id,))
        self._audit.record(
            BreachAddedTo(breach_id=breach.id, entry_id=entry_id, act=draft.act),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=about(referral),
        )

    def _find(self, actor: Actor, permission: Permission, breach_id: UUID) -> tuple[Breach, Referral]:
        breach = self._session.get(Breach, breach_id)
        if breach is None:
            require(actor, permission, Facts())
            raise NotFound
        require(actor, permission, self._facts(actor, breach))
        return breach, self._session.get_one(Referral, breach.referral_id)

    def _facts(self, actor: Actor, breach: Breach) -> Facts:
        school_id = self._session.get_one(Referral, breach.referral_id).school_id
        concerned = {breach.had_id, breach.answerable_id, school_id} & {actor.organisation_id}
        facts = Facts(organisation_id=next(iter(concerned), None))
        here = actor.organisation_id
        facts = facts_about(self._session, breach.referral_id, facts, seen_from=here)
        # One that was found after the referral was erased here has keys of its own still.
        return replace(facts, erased=facts_about(self._session, breach.id, facts, seen_from=here).erased)

    def _acts(self, actor: Actor, breach: Breach) -> tuple[BreachAct, ...]:
        if not may(actor, Permission.BREACH_HANDLE, self._facts(actor, breach)):
            return ()
        decides = actor.organisation_id == breach.answerable_id
        return tuple(
            act
            for act in BreachAct
            if passing_lifecycle.breach_may(breach.state, act) and (decides or act not in _DECIDING)
        )

    def _written(self, breach: Breach, opened: Opened) -> Iterator[Written]:
        rows = self._session.scalars(
            select(BreachEntry)
            .where(BreachEntry.breach_id == breach.id)
            .order_by(BreachEntry.written_at, BreachEntry.id)
        )
        for row in rows:
            place = BREACH_WORDS.place(row_id=row.id, case_id=breach.id)
            yield Written(row.act, row.written_at, opened.unseal(BreachWords, row.words_sealed, place))


def seen(staff: Staff, entries: Iterable[TrailEntry]) -> Iterator[Seen]:
    """Return who opened what, by name."""
    for entry in entries:
        yield Seen(entry.at, staff.name(entry.actor_id), entry.event, entry.said())
