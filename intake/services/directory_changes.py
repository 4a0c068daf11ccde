"""Changing the directory: one person proposes, another approves or refuses, and nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from intake.audit.event import INSTALLATION, Code, Event
from intake.audit.events.keeping import DirectoryApproved, DirectoryProposed, DirectoryRefused
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.directory import DirectoryProposal
from intake.models.person import Person
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role
from intake.queries import directory as queries
from intake.queries.directory import ProposalCard, Touched
from intake.routing.comparison import Comparison, compare
from intake.routing.directory import AcceptedGap, Authority, Directory
from intake.routing.directory_folder import directory_of
from intake.routing.merging import LineChange, line_changes, merge
from intake.routing.toml_table import DataFault
from intake.services.directory_check import CheckFound, DirectoryChecks
from intake.services.directory_versions import DirectoryVersions, Texts
from intake.services.staff import Staff
from intake.vocabulary import ProposalOrigin, ProposalState


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed change with the names of whoever proposed and decided it."""

    card: ProposalCard
    by: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Put:
    """A change put upon the directory in force: the whole that would follow, or why there is none.

    `clashing` are files changed at the same lines since; `fault` is what the whole could not be read for.
    """

    in_force: Directory
    texts: Texts
    directory: Directory | None
    clashing: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would come to if it were approved now."""

    proposed: Proposed
    put: Put
    moved_on: bool
    comparisons: tuple[Comparison, ...]
    touched: Touched
    lines: tuple[LineChange, ...]
    found: CheckFound | None
    is_own: bool
    may_approve: bool

    @property
    def version(self) -> str:
        """The version that would be in force; '' where none can be."""
        return "" if self.put.directory is None else self.put.directory.version

    @property
    def newly_accepted(self) -> tuple[tuple[Authority, AcceptedGap], ...]:
        """The times without anybody on duty that this change accepts, and the one in force does not."""
        before = self.put.in_force.authorities
        after = {} if self.put.directory is None else self.put.directory.authorities
        return tuple(
            (authority, gap)
            for code, authority in after.items()
            for gap in authority.accepted_gaps
            if code not in before or gap not in before[code].accepted_gaps
        )


class DirectoryChanges:
    """Proposes, previews, approves and refuses changes to the directory."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        staff: Staff,
        *,
        versions: DirectoryVersions,
        checks: DirectoryChecks,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._staff = staff
        self._versions = versions
        self._checks = checks

    def propose(self, actor: Actor, base: str, texts: Texts, found: CheckFound, reason: str) -> UUID:
        """Propose the texts as a change of the version they were made from; `found` is their check.

        Raises `Refused` where they change nothing.
        """
        require_role(actor, Permission.DIRECTORY_PROPOSE)
        if found.version == base:
            raise Refused("", "directory.nothing_changed")
        self._versions.keep(found.version, texts)
        self._checks.keep(found)
        row = DirectoryProposal(
            id=new_id(),
            base_version=base,
            version=found.version,
            origin=ProposalOrigin.PERSON,
            proposed_by=actor.person_id,
            proposed_at=self._clock.now(),
            why=reason,
            state=ProposalState.OPEN,
        )
        self._session.add(row)
        self._record(DirectoryProposed(proposal_id=row.id, version=Code(found.version)), actor)
        return row.id

    def listed(self, actor: Actor, *, waiting: bool) -> tuple[Proposed, ...]:
        """Return the changes that wait for approval, or those that were decided on."""
        require_role(actor, Permission.DIRECTORY_PROPOSE)
        return self._named(queries.proposals(self._session, waiting=waiting))

    def preview(self, actor: Actor, proposal_id: UUID) -> Preview:
        """Return what a change would come to now. Raises `NotFound` where there is no such change.

        One that was decided on is shown as it was proposed, against the version it was made from.
        """
        require_role(actor, Permission.DIRECTORY_PROPOSE)
        card = queries.proposal(self._session, proposal_id)
        if card is None:
            raise NotFound
        (proposed,) = self._named((card,))
        waits = card.state is ProposalState.OPEN
        put = self._put(card) if waits else self._as_it_was(card)
        comparisons = () if put.directory is None else compare(put.in_force, put.directory, self._clock.now())
        codes = {comparison.code for comparison in comparisons}
        facts = Facts(recorded_by=card.proposed_by)
        return Preview(
            proposed=proposed,
            put=put,
            moved_on=waits and put.in_force.version != card.base_version,
            comparisons=comparisons,
            touched=queries.touched(self._session, codes, everybody="" in codes),
            lines=line_changes(self._versions.texts(put.in_force.version), put.texts),
            found=None if put.directory is None else self._checks.of(put.directory.version),
            is_own=card.proposed_by == actor.person_id,
            may_approve=waits and may(actor, Permission.DIRECTORY_APPROVE, facts),
        )

    def approve(
        self, actor: Actor, proposal_id: UUID, *, shown: str, found: CheckFound | None, answer: str
    ) -> None:
        """Put a change in force as it was shown; `found` is the check of exactly that, made just now.

        Raises `Refused` where it was decided on, the directory moved on, or nobody would answer.
        """
        row = self._open(actor, proposal_id)
        require(actor, Permission.DIRECTORY_APPROVE, Facts(recorded_by=row.proposed_by))
        card = queries.proposal(self._session, proposal_id)
        if row.state is not ProposalState.OPEN or card is None:
            raise Refused("", "directory.already_decided")
        put = self._put(card)
        if put.directory is None:
            raise Refused("", "directory.clashes")
        if found is None or not put.directory.version == found.version == shown:
            raise Refused("", "directory.changed_meanwhile")
        self._require_approvable(actor, row, put.in_force, put.directory)
        if not found.covered:
            raise Refused("", "directory.gap")
        self._decide(row, ProposalState.APPROVED, actor, answer)
        self._versions.put_in_force(put.directory, put.texts, proposal_id=row.id)
        self._checks.keep(found)
        self._record(DirectoryApproved(proposal_id=row.id, version=Code(found.version)), actor)

    def refuse(self, actor: Actor, proposal_id: UUID, answer: str) -> None:
        """Refuse a change with a reason; whoever proposed it withdraws it so."""
        row = self._open(actor, proposal_id)
        if row.state is not ProposalState.OPEN:
            raise Refused("", "directory.already_decided")
        withdrawn = row.proposed_by == actor.person_id
        self._decide(row, ProposalState.WITHDRAWN if withdrawn else ProposalState.REFUSED, actor, answer)
        self._record(DirectoryRefused(proposal_id=row.id, withdrawn=withdrawn), actor)

    def _require_approvable(
        self, actor: Actor, row: DirectoryProposal, before: Directory, after: Directory
    ) -> None:
        if after.version == before.version:
            raise Refused("", "directory.nothing_changed")
        if before.authorities.keys() - after.authorities.keys():
            raise Refused("", "directory.council_gone")
        # Whoever proposes could make themselves a second account to approve with.
        if self._session.get_one(Person, actor.person_id).made_at > row.proposed_at:
            raise Refused("", "directory.newcomer")

    def _open(self, actor: Actor, proposal_id: UUID) -> DirectoryProposal:
        require_role(actor, Permission.DIRECTORY_PROPOSE)
        row = self._session.get(DirectoryProposal, proposal_id, with_for_update=True)
        if row is None:
            raise NotFound
        return row

    def _decide(self, row: DirectoryProposal, state: ProposalState, actor: Actor, answer: str) -> None:
        row.state, row.answer = state, answer
        row.decided_by, row.decided_at = actor.person_id, self._clock.now()
        self._session.flush()

    def _put(self, card: ProposalCard) -> Put:
        """Put a change upon the directory in force, whatever has been approved since it was proposed."""
        in_force = self._versions.in_force()
        now = self._versions.texts(in_force.version)
        base, mine = self._versions.texts(card.base_version), self._versions.texts(card.version)
        merged = merge(base, mine, now)
        if merged.clashing:
            return Put(in_force, merged.texts, None, merged.clashing, "")
        try:
            return Put(in_force, merged.texts, directory_of(merged.texts), (), "")
        except DataFault as fault:
            return Put(in_force, merged.texts, None, (), str(fault))

    def _as_it_was(self, card: ProposalCard) -> Put:
        versions: Mapping[str, str] = self._versions.texts(card.version)
        base = self._versions.directory(card.base_version)
        return Put(base, versions, self._versions.directory(card.version), (), "")

    def _named(self, cards: tuple[ProposalCard, ...]) -> tuple[Proposed, ...]:
        ids = {each for card in cards for each in (card.proposed_by, card.decided_by) if each is not None}
        known = self._staff.cards(ids)
        names = {each: staff.name for each, staff in known.items()}
        return tuple(
            Proposed(card, _name(names, card.proposed_by), _name(names, card.decided_by)) for card in cards
        )

    def _record(self, event: Event, actor: Actor) -> None:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=INSTALLATION)


def _name(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    return "" if person_id is None else names[person_id]
