"""What was in force when, who proposed and approved it, and what each version changed."""

from dataclasses import dataclass

from intake.db import Unit
from intake.errors import NotFound
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries import directory as queries
from intake.queries.directory import VersionCard
from intake.routing.merging import LineChange, line_changes
from intake.services.directory_changes import DirectoryChanges, Proposed
from intake.services.directory_check import CheckFound, DirectoryChecks
from intake.services.directory_versions import DirectoryVersions


@dataclass(frozen=True, slots=True)
class VersionListed:
    """A version that is or was in force, and the change that brought it; None for one that was shipped."""

    card: VersionCard
    proposed: Proposed | None


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version with what it changed, its files by name, and what its check found."""

    listed: VersionListed
    lines: tuple[LineChange, ...]
    texts: dict[str, str]
    found: CheckFound | None


class DirectoryHistory:
    """Shows every version there ever was; reading one needs nothing but its texts."""

    def __init__(
        self, unit: Unit, changes: DirectoryChanges, versions: DirectoryVersions, checks: DirectoryChecks
    ) -> None:
        self._session = unit.session
        self._changes = changes
        self._versions = versions
        self._checks = checks

    def listed(self, actor: Actor) -> tuple[VersionListed, ...]:
        """Return every version that came into force, newest first."""
        require_role(actor, Permission.DIRECTORY_PROPOSE)
        decided = {each.card.id: each for each in self._changes.listed(actor, waiting=False)}
        return tuple(
            VersionListed(card, decided.get(card.proposal_id) if card.proposal_id else None)
            for card in queries.versions(self._session)
        )

    def open(self, actor: Actor, seq: int) -> VersionShown:
        """Return one version; raises `NotFound` where there is none of that number."""
        found = next((each for each in self.listed(actor) if each.card.seq == seq), None)
        if found is None:
            raise NotFound
        texts = self._versions.texts(found.card.version)
        before = {} if found.card.before is None else self._versions.texts(found.card.before)
        return VersionShown(
            listed=found,
            lines=line_changes(before, texts) if before else (),
            texts=texts,
            found=self._checks.of(found.card.version),
        )
