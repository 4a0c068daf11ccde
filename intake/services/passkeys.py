"""Passkeys: made, used in place of a code or of everything, and taken away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update

from intake.audit.event import Event, Subject
from intake.audit.events.sign_in import PasskeyMade, PasskeyRemoved, PasskeyUsed
from intake.audit.log import AuditLog, Doer
from intake.casework.documents.person import PasskeyName
from intake.clock import Clock
from intake.crypto.inventory import PASSKEY_NAME
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.passkey import Passkey
from intake.models.person import Person
from intake.services.challenges import Challenges
from intake.services.keys import CaseKeys
from intake.services.passkey_ceremony import Claimed, KeyMade, KeyUsed, Owner, Site, claimed
from intake.services.recovery_codes import FreshCodes, RecoveryCodes
from intake.services.second_factor import Proof, SecondFactor
from intake.services.sessions import Found, Given
from intake.services.ways_in import WaysIn
from intake.vocabulary import ProvedBy, SignInFailure, SubjectKind

#: More than anybody has devices; each is a way in.
MOST = 20


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as its owner sees it in a list."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose key it was that answered rightly, and which."""

    person: Person
    passkey_id: UUID


class Passkeys:
    """A person's passkeys. Which session a right answer begins or proves is for others to say."""

    def __init__(  # noqa: PLR0913, PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        second_factor: SecondFactor,
        codes: RecoveryCodes,
        ways: WaysIn,
        challenges: Challenges,
        site: Site,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._second_factor = second_factor
        self._codes = codes
        self._ways = ways
        self._site = site
        self._challenges = challenges

    def listed(self, person_id: UUID) -> tuple[PasskeyCard, ...]:
        """Return a person's passkeys, the oldest first."""
        home = self._session.get_one(Person, person_id).organisation_id
        return tuple(
            PasskeyCard(row.id, self._name(row, home), row.made_at, row.used_at)
            for row in self._rows(person_id)
        )

    def asking(self, challenge: bytes, person_id: UUID | None) -> str:
        """Return what a browser is asked to use a passkey with: one of this person's, or anybody's."""
        return self._site.asking(challenge, () if person_id is None else self._ids(person_id))

    def making(self, challenge: bytes, owner: Owner) -> str:
        """Return what a browser is asked to make a passkey with."""
        return self._site.making(challenge, owner, self._ids(owner.person_id))

    def make(self, found: Found, challenge: bytes, answer: str, name: str, fresh: FreshCodes) -> Proof:
        """Keep a new passkey, which proves the session; gives recovery codes where the person has none left.

        Raises `SecondFactorNeeded` where this session may add none, `Refused` for a wrong answer.
        """
        self._ways.require_change(found)
        if len(self._ids(found.person_id)) >= MOST:
            raise Refused("", "passkey.too_many")
        if not self._challenges.spend(challenge):
            raise Refused("", "passkey.not_right")
        made = self._site.made(challenge, answer)
        if self._row(made.credential_id) is not None:
            raise Refused("", "passkey.known")
        self._keep(found, made, name)
        codes = () if self._codes.left(found.person_id) else self._codes.renew(found.person_id, fresh)
        begun = self._second_factor.proved(found, Given(ProvedBy.PASSKEY, self._clock.now()))
        return Proof(begun, codes=codes)

    def check(self, challenge: bytes, answer: str, *, of: UUID | None = None) -> Shown | SignInFailure:
        """Return whose passkey answered a challenge, or why nobody's did; `of` is who it has to be.

        The challenge is spent whatever comes of it, so the caller commits and does not raise.
        """
        if not self._challenges.spend(challenge):
            return SignInFailure.WRONG_PASSKEY
        try:
            said = claimed(answer)
            row = self._row(said.credential_id)
            if row is None or not _is_theirs(row, said, of):
                return SignInFailure.WRONG_PASSKEY
            used = self._site.used(challenge, answer, row.public_key)
        except Refused:
            return SignInFailure.WRONG_PASSKEY
        if not self._count(row, used):
            return SignInFailure.COPIED_PASSKEY
        return Shown(self._session.get_one(Person, row.person_id), row.id)

    def record_use(self, shown: Shown, found: Found) -> None:
        """Record with which passkey a session was begun or proved."""
        event = PasskeyUsed(session_id=found.session_id, passkey_id=shown.passkey_id)
        self._record(event, shown.person, found)

    def remove(self, found: Found, passkey_id: UUID) -> None:
        """Take one of one's own passkeys away; raises `Refused` for the last, where nothing else is left.

        Raises `NotFound` for anybody else's, `SecondFactorNeeded` where this session may take none away.
        """
        person = self._session.get_one(Person, found.person_id)
        if passkey_id not in {row.id for row in self._rows(person.id)}:
            raise NotFound
        self._ways.require_change(found)
        self._ways.require_left(found, without=passkey_id)
        self._session.execute(delete(Passkey).where(Passkey.id == passkey_id))
        self._record(PasskeyRemoved(passkey_id=passkey_id), person, found)
        self._ways.tell(person)

    def _keep(self, found: Found, made: KeyMade, name: str) -> None:
        person = self._session.get_one(Person, found.person_id)
        passkey_id = new_id()
        place = PASSKEY_NAME.place(row_id=passkey_id, case_id=person.organisation_id)
        self._session.add(
            Passkey(
                id=passkey_id,
                person_id=person.id,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                name_sealed=self._keys.seal(PasskeyName(name), place, holders=(person.organisation_id,)),
                made_at=self._clock.now(),
            )
        )
        self._record(PasskeyMade(passkey_id=passkey_id), person, found)
        self._ways.tell(person)

    def _count(self, row: Passkey, used: KeyUsed) -> bool:
        """Put down how often it has answered; one that does not go up is of a copy, or of a race."""
        goes_up = Passkey.sign_count < used.sign_count
        if used.sign_count == 0:
            # Some keys never count: nothing can be told of them.
            goes_up = Passkey.sign_count == 0
        counted = self._session.execute(
            update(Passkey)
            .where(Passkey.id == row.id, goes_up)
            .values(sign_count=used.sign_count, used_at=self._clock.now())
        )
        return isinstance(counted, CursorResult) and counted.rowcount == 1

    def _row(self, credential_id: bytes) -> Passkey | None:
        return self._session.scalars(
            select(Passkey).where(Passkey.credential_id == credential_id)
        ).one_or_none()

    def _rows(self, person_id: UUID) -> list[Passkey]:
        rows = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.made_at, Passkey.id)
        return list(self._session.scalars(rows))

    def _ids(self, person_id: UUID) -> list[bytes]:
        return [row.credential_id for row in self._rows(person_id)]

    def _name(self, row: Passkey, home: UUID) -> str:
        place = PASSKEY_NAME.place(row_id=row.id, case_id=home)
        return self._keys.unseal(PasskeyName, row.name_sealed, place, holder=home).name

    def _record(self, event: Event, person: Person, actor: Doer) -> None:
        self._audit.record(
            event,
            actor=actor,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )


def _is_theirs(row: Passkey, said: Claimed, of: UUID | None) -> bool:
    return row.person_id == (of or row.person_id) == (said.person_id or row.person_id)
