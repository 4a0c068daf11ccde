"""Versions of the directory, kept whole: a referral can be explained by the one it was routed with."""

import json
from collections.abc import Mapping

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Code
from intake.audit.events.keeping import DirectoryLoaded
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.models.organisation import DirectorySnapshot
from intake.routing.directory import Directory


class DirectorySnapshots:
    """Keeps each version once."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit

    def keep(self, directory: Directory, texts: Mapping[str, str]) -> bool:
        """Keep the texts a directory was made of; whether this version is new here."""
        if self._session.get(DirectorySnapshot, directory.version) is not None:
            return False
        self._session.add(
            DirectorySnapshot(
                version=directory.version,
                document=json.dumps(dict(texts), ensure_ascii=False, sort_keys=True),
                loaded_at=self._clock.now(),
            )
        )
        self._audit.record(
            DirectoryLoaded(version=Code(directory.version), services=len(directory.services)),
            actor=None,
            organisation_id=PLATFORM,
            subject=INSTALLATION,
        )
        return True
