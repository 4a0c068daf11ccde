"""A directory in force in the database of a test, and changes proposed to it by administrators."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from intake.policy.actor import Actor
from intake.routing import directory_edit as edit
from intake.routing.directory_folder import directory_of
from intake.services.directory_changes import Preview
from intake.services.directory_check import check
from intake.services.shipped_directory import load_shipped
from intake.vocabulary import Role
from tests.factories.people import People
from tests.support.place import TestPlace

HALTON = "E06000006-halton.toml"
NUMBER = "0151 907 8305"


@dataclass(frozen=True, slots=True)
class Changes:
    """Two administrators, one of a school and one of a hub, and what they do with the directory."""

    place: TestPlace
    proposer: Actor
    approver: Actor

    def propose(self, texts: dict[str, str], *, base: str | None = None, by: Actor | None = None) -> UUID:
        """Propose texts as a change of the version in force, or of an earlier one."""
        found = check(directory_of(texts), self.place.clock.now())
        with self.place.writing() as services:
            base = base or services.directory.version
            return services.directory_changes.propose(
                by or self.proposer, base, texts, found, "They moved house."
            )

    def propose_check(self) -> UUID:
        """Propose that a number was checked."""
        return self.propose(self.with_check())

    def preview(self, proposal_id: UUID, by: Actor | None = None) -> Preview:
        """Look at a change."""
        with self.place.reading() as services:
            return services.directory_changes.preview(by or self.approver, proposal_id)

    def approve(self, proposal_id: UUID, by: Actor | None = None) -> None:
        """Approve a change as it is shown."""
        preview = self.preview(proposal_id, by)
        directory = preview.put.directory
        found = None if directory is None else check(directory, self.place.clock.now())
        with self.place.writing() as services:
            services.directory_changes.approve(
                by or self.approver,
                proposal_id,
                shown=preview.version,
                found=found,
                answer="I rang them too.",
            )

    def texts(self) -> dict[str, str]:
        """Return the texts in force."""
        with self.place.reading() as services:
            return services.directory_versions.texts(services.directory.version)

    def in_force(self) -> str:
        """Return the version in force."""
        with self.place.reading() as services:
            return services.directory.version

    def with_number(self, number: str = "0151 496 0000") -> dict[str, str]:
        """Return the texts in force with another number for Halton's front door."""
        return edit.with_number(self.texts(), "halton-icart", NUMBER, number, "A letter")

    def with_check(self, slug: str = "halton-edt", number: str = "0345 050 0148") -> dict[str, str]:
        """Return the texts in force with a number checked."""
        return edit.with_check(self.texts(), slug, number, date(2026, 11, 23), "Test team")


@pytest.fixture
def changes(place: TestPlace, people: People) -> Changes:
    """The shipped directory in force, and two administrators."""
    load_shipped(place)
    return Changes(
        place,
        people.actor(people.school(), Role.ADMINISTRATOR),
        people.actor(people.hub("cardiff-mash", "W06000015"), Role.ADMINISTRATOR),
    )
