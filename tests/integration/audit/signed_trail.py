"""A trail of three chains with checkpoints, here and in a file elsewhere, and a way past its triggers."""

import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from intake.audit.chain import Entry, Head, chain_key, entry_mac, head_at
from intake.audit.check import Checked
from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernRead
from intake.audit.log_check import LogCheck, LogChecked
from intake.audit.note import LogKey
from intake.audit.trail import Trail
from intake.audit.witness import Witness
from intake.models import METADATA
from intake.services.checkpoints import Checkpoints
from intake.vocabulary import SubjectKind
from tests.support.place import TestPlace

CHAINS = (UUID(int=1), UUID(int=2), UUID(int=3))
ENTRIES, HEADS = METADATA.tables["audit_entry"], METADATA.tables["audit_head"]
STRETCHES = METADATA.tables["audit_stretch"]
REFERENCE = "C-7K3M-9QTX"
SUBJECT = Subject(SubjectKind.CONCERN, UUID(int=80), REFERENCE)
_TRIGGERS = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"


@dataclass
class SignedTrail:
    """The trail, and the file its checkpoints were told to."""

    place: TestPlace
    file: Path

    @property
    def signing(self) -> Checkpoints:
        """What a server does."""
        return Checkpoints(self.place, (Witness(self.file),))

    def write(self, organisation_id: UUID, many: int = 1) -> None:
        """Have so many things happen in an organisation."""
        for _ in range(many):
            with self.place.writing() as services:
                services.audit.record(
                    ConcernRead(), actor=None, organisation_id=organisation_id, subject=SUBJECT
                )

    def grow(self, chance: random.Random, checkpoints: int = 4) -> None:
        """Have things happen, and sign now and then."""
        for _ in range(checkpoints):
            for chain in CHAINS:
                self.write(chain, chance.randint(1, 4))
            self.place.clock.instant += timedelta(minutes=2)
            self.signing.round()

    def chains(self) -> list[Checked]:
        """Check every chain."""
        with self.place.reading() as services:
            return [*Trail(services.unit.session, self.place.tools.key_ring).check_everything()]

    def log(self, *, elsewhere: bool = True) -> LogChecked:
        """Check the log."""
        told = self.file.read_text() if elsewhere and self.file.exists() else ""
        with self.place.reading() as services:
            return LogCheck(services.unit.session, LogKey(self.place.tools.key_ring)).run(told)

    def unlock(self) -> None:
        """Take every trigger away, as somebody can who owns the database."""
        with self.place.writing() as services:
            session = services.unit.session
            if self.place.database.is_sqlite:
                for name, _ in session.execute(text(_TRIGGERS)).all():
                    session.execute(text(f"DROP TRIGGER {name}"))
            else:
                for table in ("audit_entry", "audit_stretch", "audit_checkpoint"):
                    session.execute(text(f"DROP TRIGGER {table}_only_added_to ON {table}"))

    def entries(self, organisation_id: UUID) -> list[Entry]:
        """Return a chain."""
        with self.place.reading() as services:
            rows = services.unit.session.execute(
                ENTRIES.select().where(ENTRIES.c.organisation_id == organisation_id).order_by(ENTRIES.c.seq)
            )
            return [Entry(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it

    def put(self, organisation_id: UUID, entries: list[Entry]) -> None:
        """Put these entries in place of a chain, and leave its head."""
        names = Entry.__slots__
        with self.place.writing() as services:
            session = services.unit.session
            session.execute(ENTRIES.delete().where(ENTRIES.c.organisation_id == organisation_id))
            rows = [{name: getattr(each, name) for name in names} for each in entries]
            if rows:
                session.execute(ENTRIES.insert(), rows)

    def put_head(self, organisation_id: UUID, head: Head) -> None:
        """Put another head on a chain."""
        with self.place.writing() as services:
            services.unit.session.execute(
                HEADS.update()
                .where(HEADS.c.organisation_id == organisation_id)
                .values(seq=head.seq, mac=head.mac, seal=head.seal)
            )

    def rewrite(self, organisation_id: UUID, entries: list[Entry]) -> None:
        """Write a chain anew as whoever holds the key ring can: every MAC and the head are right again."""
        key = chain_key(self.place.tools.key_ring, organisation_id)
        made: list[Entry] = []
        for seq, each in enumerate(entries, start=1):
            fields = {name: getattr(each, name) for name in Entry.__slots__}
            before = made[-1].mac if made else bytes(32)
            bare = Entry(**fields | {"seq": seq, "prev_mac": before, "mac": b""})
            made.append(Entry(**fields | {"seq": seq, "prev_mac": before, "mac": entry_mac(key, bare)}))
        self.put(organisation_id, made)
        self.put_head(organisation_id, head_at(key, organisation_id, len(made), made[-1].mac))
