"""Other ways in than a password and a code: a passkey, or signing in with a provider.

Either begins a session, or proves once more who is in the one there is.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from intake.clock import Clock
from intake.errors import Refused
from intake.services.challenges import Challenges
from intake.services.identity_provider import Identity
from intake.services.passkey_ceremony import claimed
from intake.services.passkeys import Passkeys, Shown
from intake.services.second_factor import Proof, SecondFactor
from intake.services.sessions import Found, Given
from intake.services.sign_in import SignIn
from intake.services.single_sign_on import Known, SingleSignOn
from intake.services.throttle import Throttle, Try
from intake.vocabulary import ProvedBy, SignInFailure

_PASSKEY = "passkey"
_TOKEN = 8


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody at the door: from which address, on which device, and the session of this browser so far."""

    source: str
    device: str = field(default="", repr=False)
    found: Found | None = None

    @property
    def session_id(self) -> UUID | None:
        """The session that ends when another begins."""
        return None if self.found is None else self.found.session_id

    @property
    def person_id(self) -> UUID | None:
        """Who is signed in on this browser, or None."""
        return None if self.found is None else self.found.person_id


class OtherWays:
    """Lets people in by passkey and by single sign-on."""

    def __init__(  # noqa: PLR0917 - every collaborator is a family of acts of its own
        self,
        clock: Clock,
        sign_in: SignIn,
        second_factor: SecondFactor,
        passkeys: Passkeys,
        single_sign_on: SingleSignOn,
        throttle: Throttle,
        challenges: Challenges,
    ) -> None:
        self._clock = clock
        self._sign_in = sign_in
        self._second_factor = second_factor
        self._passkeys = passkeys
        self._single_sign_on = single_sign_on
        self._throttle = throttle
        self._challenges = challenges

    def by_passkey(self, comer: Comer, challenge: bytes, answer: str) -> Proof:
        """Take a passkey's answer: of the person signed in, or of whoever's it is."""
        found = comer.found
        account = _key_of(answer) if found is None else found.person_id.bytes
        turn = self._throttle.take(Try(_PASSKEY, account, comer.source))
        if not turn.granted:
            return Proof(wait_seconds=turn.wait_seconds)
        shown = self._passkeys.check(challenge, answer, of=comer.person_id)
        if not isinstance(shown, Shown):
            self._sign_in.record_failure(shown, comer.person_id, _token_of(answer), turn)
            return Proof(failure=shown)
        self._throttle.give_back(turn)
        given = Given(ProvedBy.PASSKEY, self._clock.now())
        proof = self._enter(comer, shown, given)
        if proof.begun is not None:
            self._passkeys.record_use(shown, proof.begun.found)
        return proof

    def by_identity(self, comer: Comer, state: str, slug: str, identity: Identity) -> Proof:
        """Let in whoever has signed in with a provider and is linked to an account, or prove them again."""
        elsewhere = self._single_sign_on.elsewhere(slug, identity)
        known = self._single_sign_on.find(elsewhere) if self._challenges.spend(state.encode()) else None
        if known is None or (comer.found is not None and known.person.id != comer.found.person_id):
            self._sign_in.record_failure(SignInFailure.NOT_LINKED, comer.person_id, elsewhere.mac[:_TOKEN])
            return Proof(failure=SignInFailure.NOT_LINKED)
        given = self._given(identity)
        failure = None if comer.found is None else self._shows_nothing(comer.found, given)
        if failure is not None:
            self._sign_in.record_failure(failure, comer.person_id, elsewhere.mac[:_TOKEN])
            return Proof(failure=failure)
        return self._recorded(known, given, self._enter(comer, known, given))

    def by_invitation(self, comer: Comer, state: str, slug: str, identity: Identity, *, code: str) -> Proof:
        """Link an identity by a one-time link, and let its owner in, in a session of its own.

        It stands in place of the password the link was for: one they had opens nothing any more, and whoever
        used it is signed out.

        Raises `NotFound` for a link that was used or is too old, `Refused` for another person's address.
        """
        if not self._challenges.spend(state.encode()):
            return Proof(failure=SignInFailure.NOT_LINKED)
        elsewhere = self._single_sign_on.elsewhere(slug, identity)
        known = self._single_sign_on.link_invited(code, identity, elsewhere)
        self._sign_in.give_up_password(known.person)
        given = self._given(identity)
        return self._recorded(known, given, self._begin(comer, known, given))

    def _recorded(self, known: Known, given: Given | None, proof: Proof) -> Proof:
        if proof.begun is not None:
            self._single_sign_on.record_use(known, proof.begun.found, second_factor=given is not None)
        return proof

    def _enter(self, comer: Comer, who: Shown | Known, given: Given | None) -> Proof:
        if given is not None and comer.found is not None and comer.found.person_id == who.person.id:
            return Proof(self._second_factor.proved(comer.found, given))
        return self._begin(comer, who, given)

    def _begin(self, comer: Comer, who: Shown | Known, given: Given | None) -> Proof:
        # Whoever's session this browser had until now, nothing is proved in it: it ends.
        begun = self._sign_in.enter(who.person, comer.device, given, instead_of=comer.session_id)
        return Proof(failure=begun) if isinstance(begun, SignInFailure) else Proof(begun)

    def _shows_nothing(self, found: Found, given: Given | None) -> SignInFailure | None:
        """Return why a sign-in elsewhere brings nobody on who is signed in here already, or None."""
        if given is None:
            return SignInFailure.NO_SECOND_FACTOR
        # It may still be the first second factor of this session, or the better one that a role waits for.
        only_when = found.second_factor and not found.role_waits
        return SignInFailure.NOT_LATELY if only_when and not given.lately(self._clock.now()) else None

    def _given(self, identity: Identity) -> Given | None:
        """Return what a provider's sign-in counts for: since when the person was seen, if it says so."""
        if not identity.second_factor:
            return None
        return Given(ProvedBy.SINGLE_SIGN_ON, _not_after(identity.signed_in_at, self._clock.now()))


def _key_of(answer: str) -> bytes:
    # Whoever fails with one key makes nobody wait who has another.
    try:
        return claimed(answer).credential_id
    except Refused:
        return b""


def _token_of(answer: str) -> bytes:
    # What was tried, for the trail: a hash as short as an address's token.
    return hashlib.sha256(answer.encode()).digest()[:_TOKEN]


def _not_after(at: datetime | None, now: datetime) -> datetime | None:
    return None if at is None else min(at, now)
