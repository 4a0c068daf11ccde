"""Who is acting."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intake.vocabulary import ROLES_WITH_PASSKEY, ROLES_WITH_SECOND_FACTOR, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Glass:
    """Glass somebody broke: which restricted cases are open to them, and until when."""

    id: UUID
    until_at: datetime
    cases: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in the one organisation they are working in now.

    `by_shift_code`: what they gave as their second factor is a code that a colleague read out to them.
    """

    person_id: UUID
    organisation_id: UUID
    organisation_kind: OrganisationKind
    roles: frozenset[Role]
    session_id: UUID
    second_factor: bool
    phishable: bool = False
    by_shift_code: bool = False
    glass: Glass | None = None

    @property
    def behind_glass(self) -> frozenset[UUID]:
        """The restricted cases that are open to this person only since they broke the glass."""
        return frozenset() if self.glass is None else self.glass.cases

    def under(self, case_id: UUID | None) -> UUID | None:
        """The breaking of glass under which this person does anything about a case, if so."""
        return self.glass.id if self.glass is not None and case_id in self.glass.cases else None

    @property
    def proven_roles(self) -> frozenset[Role]:
        """The roles this person may use now.

        Without the second factor, school staff are still reporters: a lost telephone never stops
        anybody raising a concern. A second factor that a forged page could have asked for (`phishable`) is
        not enough for whoever gives accounts or watches everybody.
        """
        if self.second_factor:
            return self.roles - ROLES_WITH_PASSKEY if self.phishable else self.roles
        if self.organisation_kind is OrganisationKind.SCHOOL:
            return (self.roles - ROLES_WITH_SECOND_FACTOR) | ({Role.REPORTER} if self._is_staff else set())
        return self.roles - ROLES_WITH_SECOND_FACTOR

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role this person holds waits for a second factor, or for a better one."""
        return bool(self.roles - self.proven_roles)

    @property
    def proven(self) -> "Actor":
        """The same person once they have given their second factor."""
        return replace(self, second_factor=True, phishable=False, by_shift_code=False)

    @property
    def _is_staff(self) -> bool:
        return bool(self.roles & {Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD})
