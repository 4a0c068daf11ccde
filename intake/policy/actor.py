"""Who is acting."""

from dataclasses import dataclass, replace
from uuid import UUID

from intake.vocabulary import ROLES_WITH_SECOND_FACTOR, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in the one organisation they are working in now."""

    person_id: UUID
    organisation_id: UUID
    organisation_kind: OrganisationKind
    roles: frozenset[Role]
    session_id: UUID
    second_factor: bool

    @property
    def proven_roles(self) -> frozenset[Role]:
        """The roles this person may use now.

        Without the second factor, school staff are still reporters: a lost telephone never stops
        anybody raising a concern.
        """
        if self.second_factor:
            return self.roles
        if self.organisation_kind is OrganisationKind.SCHOOL:
            return (self.roles - ROLES_WITH_SECOND_FACTOR) | ({Role.REPORTER} if self._is_staff else set())
        return self.roles - ROLES_WITH_SECOND_FACTOR

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role this person holds waits for a second factor."""
        return not self.second_factor and bool(self.roles & ROLES_WITH_SECOND_FACTOR)

    @property
    def proven(self) -> "Actor":
        """The same person once they have given their second factor."""
        return replace(self, second_factor=True)

    @property
    def _is_staff(self) -> bool:
        return bool(self.roles & {Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD})
