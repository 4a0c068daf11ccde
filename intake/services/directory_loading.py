"""Loading what the program ships with, and what an operator has in files: taken, or only offered."""

from collections.abc import Mapping
from enum import Enum, unique

from sqlalchemy import select, update

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Code
from intake.audit.events.keeping import DirectoryProposed
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import Refused
from intake.ids import new_id
from intake.models.directory import DirectoryInForce, DirectoryProposal
from intake.routing.directory import Directory
from intake.services.directory_check import CheckFound, DirectoryChecks
from intake.services.directory_versions import DirectoryVersions
from intake.vocabulary import ProposalOrigin, ProposalState


@unique
class Loaded(Enum):
    """What became of the directory that the program ships with."""

    TAKEN = "taken"
    OFFERED = "offered"
    KNOWN = "known"


class DirectoryLoading:
    """Brings versions in from outside; what administrators approved is never replaced by it."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, versions: DirectoryVersions, checks: DirectoryChecks
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._versions = versions
        self._checks = checks

    def is_known(self, version: str) -> bool:
        """Whether a shipped version was loaded or offered before: then there is nothing to do."""
        statement = select(DirectoryInForce.seq).where(
            DirectoryInForce.version == version, DirectoryInForce.proposal_id.is_(None)
        )
        offered = select(DirectoryProposal.id).where(
            DirectoryProposal.version == version, DirectoryProposal.origin == ProposalOrigin.SHIPPED
        )
        found = self._session.scalars(statement.limit(1)).first()
        return found is not None or self._session.scalars(offered.limit(1)).first() is not None

    def load(self, directory: Directory, texts: Mapping[str, str], found: CheckFound) -> Loaded:
        """Take the shipped directory where nobody has changed the one in force, else offer it as a change."""
        if self.is_known(directory.version):
            return Loaded.KNOWN
        base = self._last_shipped()
        self._versions.keep(directory.version, texts)
        self._checks.keep(found)
        if base is None or self._is_untouched():
            self._versions.put_in_force(directory, texts)
            return Loaded.TAKEN
        overtaken = (
            update(DirectoryProposal)
            .where(
                DirectoryProposal.origin == ProposalOrigin.SHIPPED,
                DirectoryProposal.state == ProposalState.OPEN,
            )
            .values(state=ProposalState.OVERTAKEN, decided_at=self._clock.now())
        )
        self._session.execute(overtaken)
        self._offer(base, directory.version, ProposalOrigin.SHIPPED, "")
        return Loaded.OFFERED

    def bring(self, base: str, texts: Mapping[str, str], found: CheckFound, reason: str) -> None:
        """Propose an operator's texts as a change of the version they were made from; `found` is their check.

        Raises `Refused` where they change nothing.
        """
        if found.version == base:
            raise Refused("files", "These files say what the directory in force says already.")
        self._versions.keep(found.version, texts)
        self._checks.keep(found)
        self._offer(base, found.version, ProposalOrigin.OPERATOR, reason)

    def _is_untouched(self) -> bool:
        changed = select(DirectoryInForce.seq).where(DirectoryInForce.proposal_id.is_not(None)).limit(1)
        return self._session.scalars(changed).first() is None

    def _last_shipped(self) -> str | None:
        """Return the newest shipped version that is in force, or in what is."""
        rows = self._session.execute(
            select(DirectoryInForce.version, DirectoryProposal)
            .outerjoin(DirectoryProposal, DirectoryProposal.id == DirectoryInForce.proposal_id)
            .order_by(DirectoryInForce.seq.desc())
        )
        for version, proposal in rows:
            changed: DirectoryProposal | None = proposal  # the outer join may find none
            if changed is None:
                return version
            if changed.origin is ProposalOrigin.SHIPPED:
                return changed.version
        return None

    def _offer(self, base: str, version: str, origin: ProposalOrigin, reason: str) -> None:
        row = DirectoryProposal(
            id=new_id(),
            base_version=base,
            version=version,
            origin=origin,
            proposed_at=self._clock.now(),
            why=reason,
            state=ProposalState.OPEN,
        )
        self._session.add(row)
        self._session.flush()
        self._audit.record(
            DirectoryProposed(proposal_id=row.id, version=Code(version)),
            actor=None,
            organisation_id=PLATFORM,
            subject=INSTALLATION,
        )
