"""The cast: the sample people as the program knows them, and signing them in as they would themselves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyotp

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.samples.people import ORGANISATIONS, PASSWORD, PEOPLE, TOTP_SECRET, SamplePerson
from intake.services import passwords
from intake.services.recovery_codes import FreshCodes
from intake.services.sessions import Found
from intake.services.sign_in import Attempt, Begun, Checked
from intake.services.workplace import Services, Workplace

#: Where they all are: at the machine the program is tried out on.
_HERE = "127.0.0.1"
#: After this long away from the screen somebody signs in again.
_AWAY = timedelta(minutes=20)


@dataclass(slots=True)
class _SignedIn:
    """Somebody at their screen, and when they last did something."""

    found: Found
    last_at: datetime


@dataclass(slots=True)
class Cast:
    """Everybody in the practice copy, and who of them is signed in."""

    place: Workplace
    _devices: dict[SamplePerson, str] = field(default_factory=dict)
    _signed_in: dict[SamplePerson, _SignedIn] = field(default_factory=dict)

    def engage(self) -> None:
        """Add the organisations and everybody in them, all with the password and secret that are printed."""
        # Hashed once for all of them: it is slow on purpose, and there is nothing to protect.
        password_hash, fresh = passwords.hashed(PASSWORD), FreshCodes.make()
        for sample in ORGANISATIONS:
            with self.place.writing() as services:
                organisation = services.accounts.add_organisation(
                    sample.kind,
                    sample.place.value,
                    authority_code=sample.authority_code,
                    service_slug=sample.service_slug,
                    phone=sample.phone,
                )
                for person in PEOPLE:
                    if person.place is sample.place:
                        self._add(services, organisation, person, password_hash, fresh)

    def actor(self, person: SamplePerson) -> Actor:
        """Return somebody as they act now, signing them in where they have been away."""
        now = self.place.tools.clock.now()
        before = self._signed_in.get(person)
        if before is None or now - before.last_at > _AWAY:
            before = _SignedIn(self._sign_in(person, before), now)
            self._signed_in[person] = before
        before.last_at = now
        assert before.found.actor is not None  # noqa: S101 - everybody here works in one place
        return before.found.actor

    def leave(self) -> None:
        """Sign everybody out."""
        for signed_in in self._signed_in.values():
            with self.place.writing() as services:
                services.account.sign_out(signed_in.found)
        self._signed_in.clear()

    def _add(
        self,
        services: Services,
        organisation: Organisation,
        person: SamplePerson,
        password_hash: str,
        fresh: FreshCodes,
    ) -> None:
        card = StaffCard(person.name, person.email, person.post, person.phone)
        draft = PersonDraft(card, (RoleDraft(person.role, person.ladder),))
        row = services.accounts.add(organisation, draft, by=None, sample=True)
        code = services.links.make(row, by=None).code
        begun = services.sign_in.first_password(services.links.use(code), password_hash, device="")
        found = begun.found
        if person.totp_secret is not None:
            offer = services.second_factor.offer(found, person.email, secret=person.totp_secret)
            enrolled = services.second_factor.enrol(found, offer.signed, self._code(), fresh).begun
            assert enrolled is not None  # noqa: S101 - the code was made one line above
            found = enrolled.found
        services.account.sign_out(found)
        self._devices[person] = begun.device

    def _sign_in(self, person: SamplePerson, before: _SignedIn | None) -> Found:
        """Sign somebody in; the password set above is not hashed again: hashing is slow on purpose."""
        attempt = Attempt(person.email, PASSWORD, _HERE, self._devices.get(person, ""))
        instead_of = None if before is None else before.found.session_id
        with self.place.writing() as services:
            turn = services.sign_in.take_turn(attempt)
            checked = Checked(services.sign_in.kept(person.email), right=True)
            begun = services.sign_in.settle(attempt, turn, checked, instead_of=instead_of)
            assert isinstance(begun, Begun)  # noqa: S101 - the account and the password are ours
            if person.totp_secret is None:
                return begun.found
            proof = services.second_factor.prove(begun.found, self._code(), source=_HERE)
        assert proof.begun is not None  # noqa: S101 - the secret is ours
        return proof.begun.found

    def _code(self) -> str:
        return pyotp.TOTP(TOTP_SECRET).at(self.place.tools.clock.now())
