"""The data keys of cases: made when words are first sealed, held by the organisations that may open them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from intake.audit.log import AuditLog
from intake.casework.sealed_form import D, Document, from_bytes, to_bytes
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import key_generation, open_sealed, seal
from intake.crypto.grants import SEALED_SUITES, seal_to
from intake.crypto.inventory import SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import PublicKey
from intake.db import Unit
from intake.errors import CannotOpen
from intake.ids import new_id
from intake.models.key_grant import KeyGrant
from intake.services.card_keys import SealedCard, Slow, open_cards, wrap
from intake.services.holders import Better, Holders, held_grants, open_held, rewrap
from intake.services.key_locks import lock, lock_keys
from intake.vocabulary import Compartment

#: What is opened without an entry in the trail: colleagues' names, and one's own half-filled forms.
UNRECORDED = frozenset({Compartment.PEOPLE, Compartment.DRAFT})


@dataclass(frozen=True, slots=True)
class _Held:
    """Which compartment of which case, in whose hands."""

    case_id: UUID
    compartment: Compartment
    holder: UUID


class CaseKeys:
    """Seals documents, and opens them for whoever holds the key; keys are remembered for this unit only."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        key_ring: KeyRing,
        audit: AuditLog,
        holders: Holders | None = None,
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._holders = holders or Holders(unit, clock, key_ring)
        self._audit = audit
        self._known: dict[_Held, dict[int, DataKey]] = {}
        self._slow: list[Better] = []
        self._only_sealed: list[Slow] = []
        unit.before_commit(self._settle)

    def begin(self, case_id: UUID, compartments: Iterable[Compartment], *, holders: tuple[UUID, ...]) -> None:
        """Make the keys of a case that this very unit makes: nothing needs to be looked up first."""
        for compartment in compartments:
            self._grant(DataKey.new(case_id, compartment), holders)

    def seal(self, document: Document, binding: Binding, *, holders: tuple[UUID, ...]) -> bytes:
        """Seal a document under the newest key of its case and compartment.

        The key is made, and granted to all `holders`, when there is none; one that exists must be held
        by one of them (else `CannotOpen`) and is then granted to the others as well, with the older ones.
        """
        key = self._key_for(binding, holders)
        blob = seal(to_bytes(document), key=key, binding=binding)
        if binding.compartment not in UNRECORDED:
            self._audit.note_sealed(binding, blob)
        return blob

    def unseal(self, kind: type[D], blob: bytes, binding: Binding, *, holder: UUID) -> D:
        """Open a staff card or a draft; raises `CannotOpen`.

        What is said of a child opens only through `Opening`, which leaves an entry in the trail first.
        """
        if binding.compartment not in UNRECORDED:
            raise RuntimeError("words about a child are opened on the record")
        return self.unseal_on_record(kind, blob, binding, holder=holder)

    def unseal_on_record(self, kind: type[D], blob: bytes, binding: Binding, *, holder: UUID) -> D:
        """Open any document; for `Opening` alone, after the entry is committed. Raises `CannotOpen`."""
        held, generation = _Held(binding.case_id, binding.compartment, holder), key_generation(blob)
        if generation not in self._known.get(held, {}):
            self.load((binding.case_id,), holder=holder)
        key = self._known.get(held, {}).get(generation)
        if key is None:
            raise CannotOpen("this organisation holds no key to it")
        return from_bytes(kind, open_sealed(blob, key=key, binding=binding))

    def unseal_on_record_many(
        self, kind: type[D], column: SealedColumn, sealed: Sequence[SealedCard], *, holder: UUID
    ) -> Iterator[D]:
        """Open many cards, for `Opening` alone; their keys are not remembered. Raises `CannotOpen`.

        Those that were only sealed are, for `take_sealed`.
        """
        opened = open_cards(
            self._session, self._key_ring, column, sealed, holder=holder, slow=self._only_sealed
        )
        for some in opened:
            yield from [from_bytes(kind, words) for words in some]

    def take_sealed(self) -> tuple[Slow, ...]:
        """Return the keys of many cards that were opened and are only sealed, to be wrapped by `wrap`."""
        taken = tuple(self._only_sealed)
        self._only_sealed.clear()
        return taken

    def wrap(self, slow: Sequence[Slow]) -> None:
        """Have keys that are only sealed open quickly from now on; at most `MOST_WRAPPED` at once."""
        wrap(self._session, slow)

    def load(
        self, case_ids: Iterable[UUID], *, holder: UUID, compartments: Iterable[Compartment] = Compartment
    ) -> None:
        """Fetch, in one query, the keys of these cases, or of some parts of them, that `holder` holds."""
        self._open_all(
            KeyGrant.case_id.in_(set(case_ids)),
            KeyGrant.compartment.in_(set(compartments)),
            KeyGrant.organisation_id == holder,
        )

    def held(self, case_id: UUID, holder: UUID) -> tuple[Compartment, ...]:
        """Return the parts of a case an organisation can open now, in the order of their letters."""
        self._session.flush()
        rows = self._session.scalars(
            select(KeyGrant.compartment)
            .where(
                KeyGrant.case_id == case_id,
                KeyGrant.organisation_id == holder,
                KeyGrant.ended_at.is_(None),
            )
            .distinct()
        )
        return tuple(sorted(rows))

    def share(self, case_id: UUID, compartment: Compartment, *, by: UUID, with_organisation: UUID) -> None:
        """Grant every key `by` holds of this part of a case to another organisation; `CannotOpen` if none."""
        self._hand_round(case_id, compartment, (by,), to=(with_organisation,))

    def end(self, case_id: UUID, compartment: Compartment, *, organisation_id: UUID) -> None:
        """End an organisation's hold on this part of a case, from now on."""
        lock_keys(self._session, case_id)
        self._known.pop(_Held(case_id, compartment, organisation_id), None)
        self._session.execute(
            update(KeyGrant)
            .where(
                KeyGrant.case_id == case_id,
                KeyGrant.compartment == compartment,
                KeyGrant.organisation_id == organisation_id,
                KeyGrant.ended_at.is_(None),
            )
            .values(ended_at=self._clock.now())
        )

    def _key_for(self, binding: Binding, holders: tuple[UUID, ...]) -> DataKey:
        case_id, compartment = binding.case_id, binding.compartment
        key = self._newest_known(case_id, compartment, holders) or self._look_up(
            case_id, compartment, holders
        )
        if key is None:
            self._lock_making(case_id, compartment)
            key = self._look_up(case_id, compartment, holders)
        if key is None:
            key = DataKey.new(case_id, compartment)
            self._grant(key, holders)
        elif not all(self._has(holder, key) for holder in holders):
            key = self._hand_round(case_id, compartment, holders, to=holders)
        return key

    def _has(self, holder: UUID, key: DataKey) -> bool:
        """Tell whether a holder has this very key."""
        if key.generation in self._known.get(_Held(key.case_id, key.compartment, holder), {}):
            return True
        grant = select(KeyGrant.id).where(*_grant_of(key, holder), KeyGrant.ended_at.is_(None))
        if there := self._session.scalars(grant).one_or_none() is not None:
            self._remember(key, holder)
        return there

    def _hand_round(
        self, case_id: UUID, compartment: Compartment, by: tuple[UUID, ...], *, to: tuple[UUID, ...]
    ) -> DataKey:
        """Grant every key of a part that one of `by` holds to all of `to`; returns the newest.

        Which keys those are is asked once they are locked: what this unit knew may be older than a newer
        key that was made meanwhile, or destroyed.
        """
        lock_keys(self._session, case_id)
        held = [_Held(case_id, compartment, holder) for holder in by]
        for each in held:
            self._known.pop(each, None)
        self._open_all(
            KeyGrant.case_id == case_id,
            KeyGrant.compartment == compartment,
            KeyGrant.organisation_id.in_(by),
        )
        keys = {key.generation: key for each in held for key in self._known.get(each, {}).values()}
        if not keys:
            raise CannotOpen("these organisations hold no key to share")
        for key in keys.values():
            for holder in to:
                self._share_one(key, holder)
        return keys[max(keys)]

    def _newest_known(
        self, case_id: UUID, compartment: Compartment, holders: Iterable[UUID]
    ) -> DataKey | None:
        found = [self._known.get(_Held(case_id, compartment, holder), {}) for holder in holders]
        keys = [key for by_generation in found for key in by_generation.values()]
        return max(keys, key=lambda key: key.generation, default=None)

    def _look_up(self, case_id: UUID, compartment: Compartment, holders: tuple[UUID, ...]) -> DataKey | None:
        here = (KeyGrant.case_id == case_id, KeyGrant.compartment == compartment)
        held = (*here, KeyGrant.organisation_id.in_(holders))
        self._open_all(*held)
        key = self._newest_known(case_id, compartment, holders)
        if key is None and self._session.scalars(select(KeyGrant.id).where(*here).limit(1)).first():
            # Somebody else may have made it since it was looked for: PostgreSQL shows what they committed.
            self._open_all(*held)
            key = self._newest_known(case_id, compartment, holders)
            if key is None:
                raise CannotOpen("none of these organisations holds the key to this case")
        return key

    def _open_all(self, *conditions: ColumnElement[bool]) -> None:
        """Open the grants that stand and can be opened here: another tier's are only sealed to."""
        for grant, kept in held_grants(self._session, KeyGrant.ended_at.is_(None), *conditions):
            if self._holders.can_open(kept):
                key = open_held(self._key_ring, grant, kept)
                self._remember(key, grant.organisation_id)
                if kept is not None and grant.suite in SEALED_SUITES:
                    self._slow.append(Better(grant.id, grant.wrapped, self._key_ring.open_pair(kept), key))

    def _settle(self) -> None:
        if self._slow and self._unit.writes:
            rewrap(self._session, self._slow)
        self._slow.clear()

    def _lock_making(self, case_id: UUID, compartment: Compartment) -> None:
        """Let only one unit at a time make the first key of a part of a case."""
        lock(self._session, case_id.bytes + compartment.value.encode())

    def _share_one(self, key: DataKey, holder: UUID) -> None:
        this = _grant_of(key, holder)
        ended = select(KeyGrant.ended_at.is_not(None)).where(*this)
        if (gone := self._session.scalars(ended).one_or_none()) is not False:
            if gone:
                # Given anew: its holder may be of the other tier, whose grants nobody changes from here.
                self._session.execute(delete(KeyGrant).where(*this))
            self._grant(key, (holder,))
        self._remember(key, holder)

    def _grant(self, key: DataKey, holders: tuple[UUID, ...]) -> None:
        public = self._holders.public_keys(holders)
        self._session.add_all(new_grants(key, public, holders, self._clock.now()))
        for holder in holders:
            self._remember(key, holder)

    def _remember(self, key: DataKey, holder: UUID) -> None:
        self._known.setdefault(_Held(key.case_id, key.compartment, holder), {})[key.generation] = key


def _grant_of(key: DataKey, holder: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        KeyGrant.case_id == key.case_id,
        KeyGrant.compartment == key.compartment,
        KeyGrant.generation == key.generation,
        KeyGrant.organisation_id == holder,
    )


def new_grants(
    key: DataKey, public: Mapping[UUID, PublicKey], holders: Iterable[UUID], now: datetime
) -> Iterator[KeyGrant]:
    """Yield the rows that let each holder open a key, sealed to the public half of their pair."""
    for holder in holders:
        grant = seal_to(public[holder], key)
        yield KeyGrant(
            id=new_id(),
            case_id=key.case_id,
            compartment=key.compartment,
            generation=key.generation,
            organisation_id=holder,
            suite=grant.suite,
            kid=grant.kid,
            wrapped=grant.wrapped,
            commitment=grant.commitment,
            granted_at=now,
        )
