"""Whether this installation is in order: figures and versions, no names and no words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from intake.audit.ends import Ends, look_at_ends
from intake.db import Unit
from intake.errors import KeysMissing
from intake.models.outbox import OutboxMail
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.services.directory_check import CheckFound, DirectoryChecks
from intake.services.directory_versions import DirectoryVersions
from intake.services.installation import Installations
from intake.services.kernel import Tools
from intake.vocabulary import Tier

#: Mail goes out every few seconds: what waits for so long does not go.
_MAIL_WAITS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Mails:
    """How many mails wait, and since when the oldest does."""

    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Whether the database has everything that is kept elsewhere, and what waits beside it to be entered."""

    behind: bool
    told: bool
    waiting: int

    @property
    def well(self) -> bool:
        """Whether nothing has to be done."""
        return self.told and not self.behind and not self.waiting


@dataclass(frozen=True, slots=True)
class Health:
    """What was found at one moment."""

    at: datetime
    key_ring_belongs: bool
    ends: Ends
    mails: Mails
    directory: str
    found: CheckFound | None
    not_checked: int
    elsewhere: Elsewhere
    tier: Tier

    @property
    def mails_go(self) -> bool:
        """Whether no mail has been waiting for long."""
        return self.mails.oldest_at is None or self.at - self.mails.oldest_at < _MAIL_WAITS

    @property
    def chains_end_well(self) -> bool:
        """Whether every chain ends where its head says."""
        return not self.ends.broken

    @property
    def directory_checked(self) -> bool:
        """Whether the stored check of the directory found no gap and reaches far enough."""
        return self.found is not None and self.found.reaches(self.at)

    @property
    def well(self) -> bool:
        """Whether nothing has to be done."""
        looked_at = (self.key_ring_belongs, self.chains_end_well, self.mails_go, self.directory_checked)
        return all(looked_at) and self.elsewhere.well

    def report(self) -> dict[str, object]:
        """Return the same for a program to read: figures and versions only."""
        oldest = self.mails.oldest_at
        found = self.found
        return {
            "well": self.well,
            "at": self.at.isoformat(),
            "tier": self.tier.value,
            "key_ring_belongs": self.key_ring_belongs,
            "chains": self.ends.chains,
            "chains_broken": self.ends.broken,
            "behind_what_was_witnessed": self.elsewhere.behind,
            "checkpoints_kept_elsewhere": self.elsewhere.told,
            "kept_beside_and_not_entered": self.elsewhere.waiting,
            "mails_waiting": self.mails.waiting,
            "oldest_mail_seconds": None if oldest is None else int((self.at - oldest).total_seconds()),
            "directory": self.directory,
            "directory_checked_at": None if found is None else found.checked_at.isoformat(),
            "directory_checked_until": None if found is None else found.until.isoformat(),
            "gaps": None if found is None else sum(len(one.gaps) for one in found.authorities),
            "unknown_hours": None
            if found is None
            else sum(len(one.unknown_hours) for one in found.authorities),
            "numbers_not_checked": self.not_checked,
        }


class HealthLook:
    """Looks an installation over: it reads the stored check of the directory and reckons nothing anew."""

    def __init__(
        self,
        unit: Unit,
        tools: Tools,
        installations: Installations,
        versions: DirectoryVersions,
        checks: DirectoryChecks,
    ) -> None:
        self._session = unit.session
        self._tools = tools
        self._installations = installations
        self._versions = versions
        self._checks = checks

    def seen_by(self, actor: Actor) -> Health:
        """Return what an administrator may see."""
        require_role(actor, Permission.HEALTH_VIEW)
        return self.look()

    def look(self) -> Health:
        """Return what is found now; whoever is at the machine itself may ask for it."""
        version = self._versions.in_force().version
        found = self._checks.of(version)
        return Health(
            at=self._tools.clock.now(),
            key_ring_belongs=self._belongs(),
            ends=look_at_ends(self._session, self._tools.key_ring, self._tools.tier),
            tier=self._tools.tier,
            mails=self._mails(),
            directory=version,
            found=found,
            not_checked=0 if found is None else sum(len(one.not_checked) for one in found.authorities),
            elsewhere=Elsewhere(
                self._tools.lookout.behind,
                self._tools.lookout.told,
                0 if self._tools.spool is None else self._tools.spool.waiting(),
            ),
        )

    def _belongs(self) -> bool:
        try:
            return self._installations.recognise() is not None
        except KeysMissing:
            return False

    def _mails(self) -> Mails:
        waiting = select(func.count(), func.min(OutboxMail.made_at)).where(OutboxMail.sent_at.is_(None))
        count, oldest_at = self._session.execute(waiting).one()
        return Mails(count, oldest_at)
