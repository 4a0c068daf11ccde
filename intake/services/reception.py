"""Reception: the acts that check or make a password, or check a recovery code.

Hashing is slow on purpose and must not be done while a lock is held, or a flood of sign-ins would keep
concerns from being written. So each act here is several units: take a turn; look up; hash, holding
nothing; and settle.
"""

from dataclasses import dataclass
from uuid import UUID

from intake.errors import NotFound, Refused
from intake.services import passwords
from intake.services.one_time_links import hash_of_link
from intake.services.recovery_codes import TypedCode
from intake.services.second_factor import Proof
from intake.services.sessions import Found
from intake.services.sign_in import Attempt, Begun, Checked, Kept
from intake.services.throttle import Try
from intake.services.workplace import Services, Workplace
from intake.vocabulary import SignInFailure

_LINK = "one-time link"
#: As much of a code's hash as the trail has of what was tried, as long as an address's token.
_TOKEN = 8


@dataclass(frozen=True, slots=True)
class Admission:
    """What came of a try: a session, or neither that nor a reason; `wait_seconds` where it came too soon.

    `no_role` where the password was right and the account has no role anywhere at present.
    """

    begun: Begun | None = None
    wait_seconds: int = 0
    no_role: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the code of a one-time link; `wait_seconds` where it came too soon."""

    right: bool = False
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a one-time link is for: the address they will sign in with."""

    person_id: UUID
    email: str


class Reception:
    """Lets people in, and lets them choose their passwords."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def sign_in(self, attempt: Attempt, *, instead_of: UUID | None = None) -> Admission:
        """Sign somebody in by address and password.

        An unknown address, a wrong password and a closed account are one answer, after the same work;
        that an account has no role is told only to whoever has its password.
        """
        with self._place.writing() as services:
            turn = services.sign_in.take_turn(attempt)
        if not turn.granted:
            return Admission(wait_seconds=turn.wait_seconds)
        with self._place.reading() as services:
            kept = services.sign_in.kept(attempt.email)
        checked = _check(kept, attempt.password)
        with self._place.writing() as services:
            settled = services.sign_in.settle(attempt, turn, checked, instead_of=instead_of)
        if isinstance(settled, Begun):
            return Admission(settled)
        return Admission(no_role=settled is SignInFailure.NO_ROLE)

    def change_password(self, found: Found, current: str, new: str, *, source: str) -> Admission:
        """Change the password of somebody signed in, once they have given the one they have.

        Raises `Refused` on the field `password` for a new one that is too easily guessed, and on
        `current_password` for a wrong old one; with a code for one shift nobody changes how they come in.
        """
        if found.by_shift_code:
            raise Refused("", "way_in.by_shift_code")
        with self._place.reading() as services:
            known = _known_of(services, found.person_id)
        passwords.require_strong(new, known=known)
        with self._place.writing() as services:
            turn = services.sign_in.take_turn_again(found, source)
        if not turn.granted:
            return Admission(wait_seconds=turn.wait_seconds)
        with self._place.reading() as services:
            kept = services.sign_in.kept_of(found.person_id)
        checked = _check(kept, current)
        new_hash = passwords.hashed(new)
        with self._place.writing() as services:
            begun = services.sign_in.change_password(found, turn, checked, new_hash)
        if begun is None:
            raise Refused("current_password", "password.wrong")
        return Admission(begun)

    def recover(self, found: Found, code: str, *, source: str) -> Proof:
        """Take a recovery code, or a code for one shift, in place of the app's."""
        with self._place.writing() as services:
            turn = services.second_factor.take_turn(found, source)
        if not turn.granted:
            return Proof(wait_seconds=turn.wait_seconds)
        with self._place.reading() as services:
            salt = services.second_factor.recovery_salt(found.person_id)
        typed = TypedCode.read(code, salt)
        with self._place.writing() as services:
            return services.second_factor.use_recovery_code(found, typed, turn)

    def take_code(self, code: str, *, source: str) -> Taken:
        """Say whether a one-time link has this code and can be used; nothing is used up yet.

        One that nobody was given, one used and one too old are one answer, after the same work.
        """
        with self._place.writing() as services:
            known_by = hash_of_link(code)
            turn = services.throttle.take(Try(_LINK, known_by, source))
            if not turn.granted:
                return Taken(wait_seconds=turn.wait_seconds)
            if services.links.find(code) is None:
                services.sign_in.record_failure(SignInFailure.NO_LINK, None, known_by[:_TOKEN], turn)
                return Taken()
            services.throttle.give_back(turn)
            return Taken(right=True)

    def invited(self, code: str) -> Invited:
        """Return whom a one-time link is for; raises `NotFound` where it was used or is too old."""
        with self._place.reading() as services:
            person_id = services.links.find(code)
            if person_id is None:
                raise NotFound
            return Invited(person_id, services.staff.card(person_id).email)

    def first_password(self, code: str, password: str, *, device: str) -> Begun:
        """Set the password by a one-time link and sign the person in.

        Raises `NotFound` for a link that was used or is too old, `Refused` on the field `password` for
        one that is too easily guessed.
        """
        invited = self.invited(code)
        with self._place.reading() as services:
            known = _known_of(services, invited.person_id)
        passwords.require_strong(password, known=known)
        new_hash = passwords.hashed(password)
        with self._place.writing() as services:
            return services.sign_in.first_password(services.links.use(code), new_hash, device)


def _known_of(services: Services, person_id: UUID) -> tuple[str, ...]:
    """Return what a stranger would try first: the person, where they work, and the places round about."""
    places = (authority.name for authority in services.directory.authorities.values())
    return (*services.people.known_of(person_id), *places)


def _check(kept: Kept, password: str) -> Checked:
    right = passwords.matches(kept.password_hash, password)
    outdated = right and kept.password_hash is not None and passwords.is_outdated(kept.password_hash)
    return Checked(kept, right, passwords.hashed(password) if outdated else None)
