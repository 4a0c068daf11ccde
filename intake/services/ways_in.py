"""What somebody can prove with who they are, whether they may change it now, and that they are told of it."""

from collections.abc import Mapping
from enum import Enum, unique
from uuid import UUID

from sqlalchemy import exists, select

from intake.clock import Clock
from intake.db import Unit
from intake.errors import Refused, SecondFactorNeeded
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Person
from intake.services.identity_provider import Provider
from intake.services.outbox import Outbox
from intake.services.sessions import Found
from intake.vocabulary import NOT_PHISHED, MailKind, ProvedBy

#: What a forged page cannot ask for, and the sheet of paper that stands in for it.
_FIRM = NOT_PHISHED | {ProvedBy.RECOVERY_CODE}


@unique
class NextStep(Enum):
    """What somebody does next where a second factor is asked for."""

    GO_ON = "go_on"
    CHOOSE = "choose"
    GIVE_CODE = "give_code"
    USE_PASSKEY = "use_passkey"
    MAKE_PASSKEY = "make_passkey"
    SET_UP_APP = "set_up_app"


class WaysIn:
    """The app, the passkeys and the identities elsewhere that are a person's second factors."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        providers: Mapping[str, Provider],
        *,
        outbox: Outbox,
        public_url: str,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._providers = providers
        self._outbox = outbox
        self._public_url = public_url
        self._told: set[tuple[UUID, str]] = set()

    def has_app(self, person_id: UUID) -> bool:
        """Whether a person has set up an app."""
        return self._session.get_one(Person, person_id).seed_sealed is not None

    def has_passkey(self, person_id: UUID) -> bool:
        """Whether a person has a passkey."""
        return bool(self._session.scalar(select(exists().where(Passkey.person_id == person_id))))

    def elsewhere(self, person_id: UUID) -> dict[str, str]:
        """Return the providers, by slug, whose sign-in counts as this person's second factor."""
        slugs = self._session.scalars(
            select(LinkedIdentity.provider).where(LinkedIdentity.person_id == person_id)
        )
        known = (self._providers[slug].terms for slug in slugs if slug in self._providers)
        return {terms.slug: terms.name for terms in known if terms.amr or terms.acr}

    def has_any(self, person_id: UUID) -> bool:
        """Whether a person has anything to prove with who they are, beside a password."""
        return self.has_app(person_id) or self.has_passkey(person_id) or bool(self.elsewhere(person_id))

    def next_step(self, found: Found) -> NextStep:
        """Return what somebody does next who was sent to prove who they are, or has just done so.

        A code given lately is not enough where a role still waits for something firmer, nor where somebody
        who has something firmer is sent here again: to change their ways in, it takes that. One given longer
        ago is asked for anew first, where nothing firmer is there, since making a passkey wants it lately.
        A code for one shift counts for nothing here: whoever was sent here with one needs something else.
        Whoever can sign in elsewhere is let choose (`CHOOSE`, and `GIVE_CODE` for one of an app as well).
        """
        has_passkey, elsewhere = self.has_passkey(found.person_id), bool(self.elsewhere(found.person_id))
        firmer = has_passkey or elsewhere
        lately = found.proved_lately(self._clock.now()) and not found.by_shift_code
        role_waits = found.second_factor and found.role_waits
        by_code = lately and found.proved_by is ProvedBy.CODE
        if lately and not role_waits and not (by_code and firmer):
            return NextStep.GO_ON
        code_would_do = not (role_waits and (lately or firmer)) and not by_code
        if code_would_do and self.has_app(found.person_id):
            return NextStep.GIVE_CODE
        if elsewhere or (found.by_shift_code and not has_passkey):
            return NextStep.CHOOSE
        if has_passkey and not (lately and found.proved_by is ProvedBy.RECOVERY_CODE):
            return NextStep.USE_PASSKEY
        return NextStep.MAKE_PASSKEY if has_passkey or found.needs_passkey else NextStep.SET_UP_APP

    def may_change(self, found: Found) -> bool:
        """Whether a way in may be added, changed or taken away in this session.

        The first needs the password only. After that whoever has something that a forged page cannot ask for
        has just used it, or a recovery code: every way in leads to every other, so that the weakest would be
        enough to make a stranger's device theirs. Whoever has an app only has just given its code. A provider
        may not say when somebody signed in with it: where there is nothing else, that they did is enough.
        Never is a code for one shift: a colleague who was deceived would give the account away for good.
        """
        if found.by_shift_code:
            return False
        lately = found.proved_lately(self._clock.now())
        firm = lately and found.proved_by in _FIRM
        if self.has_passkey(found.person_id):
            return firm
        elsewhere = bool(self.elsewhere(found.person_id))
        if self.has_app(found.person_id):
            return firm if elsewhere else lately
        return found.second_factor or not elsewhere

    def require_left(self, found: Found, *, without: UUID) -> None:
        """Raise `Refused` where somebody could not come in, or prove nothing any more, without one way in.

        Their row is held until the commit, so that of two taken away at once the second finds out.
        """
        person = self._session.get_one(Person, found.person_id, with_for_update=True)
        passkeys = set(self._session.scalars(select(Passkey.id).where(Passkey.person_id == person.id)))
        rows = select(LinkedIdentity).where(LinkedIdentity.person_id == person.id)
        known = {
            row.id: row.provider for row in self._session.scalars(rows) if row.provider in self._providers
        }
        counting = self.elsewhere(person.id)
        proving = passkeys | {identity for identity, slug in known.items() if slug in counting}
        if person.password_hash is None and not (passkeys | known.keys()) - {without}:
            raise Refused("", "way_in.only_one")
        by_app = person.seed_sealed is not None and not found.needs_passkey
        if without in proving and not (by_app or proving - {without}):
            raise Refused("", "way_in.only_proof")

    def tell(self, person: Person, *, to: str = "") -> None:
        """Have a mail say that how somebody comes in was changed: once in a unit, neither what nor by whom.

        `to` is an address that their card does not have yet.
        """
        if (person.id, to) in self._told:
            return
        self._told.add((person.id, to))
        self._outbox.put(
            MailKind.WAY_IN_CHANGED,
            organisation_id=person.organisation_id,
            person_id=person.id,
            reference="",
            link=f"{self._public_url}/sign-in",
            to=to,
        )

    def require_change(self, found: Found) -> None:
        """Raise `SecondFactorNeeded` where this session may not change how its owner comes in."""
        if not self.may_change(found):
            raise SecondFactorNeeded
