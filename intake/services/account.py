"""One's own account: where one is signed in, where one works, and signing out."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Event, Subject
from intake.audit.events.people import (
    HomePostcodeGiven,
    HomePostcodeRemoved,
    SessionEnded,
    SignInFailed,
    SignInSucceeded,
    WorkplaceChosen,
)
from intake.audit.log import AuditLog
from intake.casework.documents.person import HomePostcode, StaffCard
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.models.organisation import Organisation
from intake.models.person import Person
from intake.queries import sign_ins
from intake.queries.sign_ins import OtherSignIns
from intake.routing.postcodes import read_postcode
from intake.services.keys import CaseKeys
from intake.services.sessions import Found, LiveSession, Sessions
from intake.services.sign_in import Begun
from intake.services.staff import Staff, home_binding
from intake.vocabulary import Role, SessionEnd, SubjectKind


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A person's account as they see it themselves; `places` are the organisations they have a role in."""

    card: StaffCard
    roles: tuple[Role, ...]
    places: dict[UUID, str]
    sessions: tuple[LiveSession, ...]
    has_password: bool
    others: OtherSignIns
    home_given: bool


class Account:
    """What a person does with their own account and nobody else's."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, *, staff: Staff, sessions: Sessions
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._staff = staff
        self._sessions = sessions

    def overview(self, found: Found) -> OwnAccount:
        """Return what stands on a person's own page."""
        roles = () if found.actor is None else tuple(role for role in Role if role in found.actor.roles)
        person = self._session.get_one(Person, found.person_id)
        return OwnAccount(
            card=self._staff.card(found.person_id),
            roles=roles,
            places=self.places(found),
            sessions=self._sessions.live(found.person_id),
            has_password=person.password_hash is not None,
            others=sign_ins.others(
                self._session,
                found.home_organisation_id,
                found.person_id,
                found.session_id,
                succeeded=SignInSucceeded.NAME,
                failed=SignInFailed.NAME,
            ),
            home_given=person.home_sealed is not None,
        )

    def home(self, found: Found) -> str:
        """Return the home postcode somebody has given of themselves; '' where they have given none."""
        return self._staff.homes((found.person_id,)).get(found.person_id, "")

    def give_home(self, found: Found, typed: str) -> None:
        """Keep one's own home postcode, or none where nothing is typed. Raises `Refused` on `postcode`."""
        whole = read_postcode(typed).whole
        if typed.strip() and not whole:
            raise Refused("postcode", "account.not_a_postcode")
        if whole == self.home(found):
            return
        person = self._session.get_one(Person, found.person_id)
        person.home_version += 1
        person.home_sealed = None
        if whole:
            holders = (person.organisation_id,)
            person.home_sealed = self._keys.seal(HomePostcode(whole), home_binding(person), holders=holders)
        given = HomePostcodeGiven() if whole else HomePostcodeRemoved()
        self._record(given, found, found.home_organisation_id)

    def places(self, found: Found) -> dict[UUID, str]:
        """Return the organisations a person has a role in now, by name."""
        ids = self._sessions.memberships(found.person_id, self._clock.now())
        rows = self._session.execute(
            select(Organisation.id, Organisation.name)
            .where(Organisation.id.in_(ids))
            .order_by(Organisation.name, Organisation.id)
        )
        return dict(rows.all())

    def work_in(self, found: Found, organisation_id: UUID) -> Begun:
        """Work in one of one's organisations from now on; raises `NotFound` for any other."""
        if organisation_id not in self._sessions.memberships(found.person_id, self._clock.now()):
            raise NotFound
        self._sessions.work_in(found.session_id, organisation_id)
        token = self._sessions.renew(found.session_id)
        self._record(WorkplaceChosen(session_id=found.session_id), found, organisation_id)
        again = self._sessions.find(token)
        assert again is not None  # noqa: S101 - renewed three lines above
        return Begun(token, again)

    def sign_out(self, found: Found) -> None:
        """End the session one is using."""
        self._end(found, found.session_id, SessionEnd.SIGNED_OUT)

    def end_session(self, found: Found, session_id: UUID) -> None:
        """End one of one's own sessions; raises `NotFound` for anybody else's, and for one that has ended."""
        if session_id not in {live.session_id for live in self._sessions.live(found.person_id)}:
            raise NotFound
        self._end(found, session_id, SessionEnd.REVOKED)

    def end_other_sessions(self, found: Found) -> None:
        """End every session of one's own but the one in use."""
        for live in self._sessions.live(found.person_id):
            if live.session_id != found.session_id:
                self._end(found, live.session_id, SessionEnd.REVOKED)
        # Sessions that merely ran out are ended for good as well.
        self._sessions.end_all(found.person_id, SessionEnd.REVOKED, but=found.session_id)

    def _end(self, found: Found, session_id: UUID, why: SessionEnd) -> None:
        self._sessions.end(session_id, why)
        self._record(SessionEnded(session_id=session_id, why=why), found, found.home_organisation_id)

    def _record(self, event: Event, found: Found, organisation_id: UUID) -> None:
        self._audit.record(
            event,
            actor=found,
            organisation_id=organisation_id,
            subject=Subject(SubjectKind.PERSON, found.person_id),
        )
