"""Which side of an installation a process serves: both, or only the schools', or only the hubs'."""

from enum import StrEnum, unique

from intake.vocabulary.places import OrganisationKind


@unique
class Tier(StrEnum):
    """`combined` holds everybody's keys; a split installation has one process of each of the other two."""

    COMBINED = "combined"
    SCHOOL = "school"
    HUB = "hub"

    @property
    def is_split(self) -> bool:
        """Whether another process, with a key ring of its own, serves the other side."""
        return self is not Tier.COMBINED

    @property
    def kinds(self) -> frozenset[OrganisationKind]:
        """The organisations whose people sign in here, and whose keys are here."""
        return (
            frozenset(OrganisationKind)
            if self is Tier.COMBINED
            else frozenset({OrganisationKind(self.value)})
        )
