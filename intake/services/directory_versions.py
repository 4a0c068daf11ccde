"""Versions of the directory, kept whole for good: the one in force, and every one there was before it."""

import json
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Code
from intake.audit.events.keeping import DirectoryLoaded
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.models.directory import DirectoryInForce, DirectorySnapshot
from intake.routing.directory import Directory
from intake.services.shelf import Shelf

Texts = Mapping[str, str]


class DirectoryVersions:
    """Knows which version is in force, and keeps each one once."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, shelf: Shelf) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._shelf = shelf

    def in_force(self) -> Directory:
        """Return the directory in force: one indexed read, and the texts only where they are new here.

        Before any set-up has loaded one, it is the one the program ships with.
        """
        version = self.version_in_force()
        found = self._shelf.shipped if version is None else self.directory(version)
        self._shelf.latest = found
        return found

    def version_in_force(self) -> str | None:
        """Return the version in force, None before any was loaded."""
        newest = select(DirectoryInForce.version).order_by(DirectoryInForce.seq.desc()).limit(1)
        return self._session.scalars(newest).first()

    def directory(self, version: str) -> Directory:
        """Return any version there ever was; raises `DataFault` where this program cannot read it."""
        return self._shelf.take(version, lambda: self.texts(version))

    def texts(self, version: str) -> dict[str, str]:
        """Return the texts of a version by the names of their files."""
        kept: dict[str, str] = json.loads(self._session.get_one(DirectorySnapshot, version).document)
        return kept

    def keep(self, version: str, texts: Texts) -> None:
        """Keep the texts of a version, in force or only proposed, if they are not kept yet."""
        if self._session.get(DirectorySnapshot, version) is None:
            document = json.dumps(dict(texts), ensure_ascii=False, sort_keys=True)
            self._session.add(
                DirectorySnapshot(version=version, document=document, loaded_at=self._clock.now())
            )
            self._session.flush()

    def put_in_force(self, directory: Directory, texts: Texts, *, proposal_id: UUID | None = None) -> None:
        """Let a version be the one in force from now on, in every process."""
        self.keep(directory.version, texts)
        last = self._session.scalars(
            select(DirectoryInForce.seq).order_by(DirectoryInForce.seq.desc()).limit(1)
        ).first()
        row = DirectoryInForce(
            seq=(last or 0) + 1,
            version=directory.version,
            since_at=self._clock.now(),
            proposal_id=proposal_id,
        )
        self._session.add(row)
        # Two people at once: the second finds the number taken here, and looks again.
        self._session.flush()
        self._audit.record(
            DirectoryLoaded(version=Code(directory.version), services=len(directory.services)),
            actor=None,
            organisation_id=PLATFORM,
            subject=INSTALLATION,
        )
