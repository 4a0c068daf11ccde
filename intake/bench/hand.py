"""What every kind of row is written with: keys, seals, entries of the trail and once-keys."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.log import Joint
from intake.bench.bulk import Bulk
from intake.bench.chains import Chain, Happening, Noted
from intake.bench.roster import Place
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import seal
from intake.crypto.grants import seal_to, wrap_under
from intake.crypto.inventory import SealedColumn
from intake.crypto.pairs import KeyPair
from intake.ids import new_id, new_reference
from intake.vocabulary import Compartment


class Hand:
    """Writes rows as the program itself would, only many at a time."""

    def __init__(self, bulk: Bulk, pairs: Mapping[UUID, KeyPair], chains: Mapping[UUID, Chain]) -> None:
        self.bulk = bulk
        self._pairs = pairs
        self._chains = chains
        self._references = set[str]()

    def reference(self, prefix: str) -> str:
        """Return a reference no other row has: among so many, two random ones may be the same."""
        while (made := new_reference(prefix)) in self._references:
            continue
        self._references.add(made)
        return made

    def key(
        self, case_id: UUID, part: Compartment, at: datetime, *holders: UUID, only_sealed: bool = False
    ) -> DataKey:
        """Make the key of a part of a case, granted to each holder: wrapped already, or only sealed."""
        key = DataKey.new(case_id, part)
        for holder in holders:
            pair = self._pairs[holder]
            grant = seal_to(pair.public, key) if only_sealed else wrap_under(pair, key)
            self.bulk.add(
                "key_grant",
                id=new_id(),
                case_id=case_id,
                compartment=part,
                generation=key.generation,
                organisation_id=holder,
                suite=grant.suite,
                root_kid=grant.kid,
                wrapped=grant.wrapped,
                commitment=grant.commitment,
                granted_at=at,
            )
        return key

    def seal(self, column: SealedColumn, row_id: UUID, key: DataKey, words: bytes) -> tuple[bytes, Noted]:
        """Seal a document, and give what its entry in the trail carries of it."""
        binding = column.place(row_id=row_id, case_id=key.case_id)
        blob = seal(words, key=key, binding=binding)
        return blob, (f"{column.table}.{column.column}", str(row_id), 1, sha256(blob).hexdigest())

    def happened(
        self,
        where: Place,
        event: Event,
        at: datetime,
        *,
        by: UUID | None,
        about: Subject,
        sealed: tuple[Noted, ...] = (),
        joint: Joint | None = None,
    ) -> Joint:
        """Add an entry to an organisation's chain; returns where it stands."""
        return self._chains[where.id].add(self.bulk, Happening(event, at, by, about, sealed, joint))

    def once(self, person_id: UUID, path: str, at: datetime) -> None:
        """Remember that a form was taken."""
        row_id = new_id().bytes
        self.bulk.add(
            "once_key",
            person_id=person_id,
            key_hash=sha256(row_id).digest(),
            request_hash=sha256(row_id[::-1]).digest(),
            answer_path=path,
            made_at=at,
        )
