"""What is done with the directory, as one family of acts after another."""

from functools import cached_property

from intake.routing.directory import Directory
from intake.services.directory_changes import DirectoryChanges
from intake.services.directory_check import DirectoryChecks
from intake.services.directory_history import DirectoryHistory
from intake.services.directory_loading import DirectoryLoading
from intake.services.directory_versions import DirectoryVersions
from intake.services.kernel import Kernel


class DirectoryWork(Kernel):
    """The directory in force, its versions and checks, and changing it, each made when first asked for."""

    @cached_property
    def directory(self) -> Directory:
        """The directory in force: one and the same throughout this unit of work."""
        return self.directory_versions.in_force()

    @cached_property
    def directory_versions(self) -> DirectoryVersions:
        """Every version there is."""
        return DirectoryVersions(self.unit, self.tools.clock, self.audit, self.tools.shelf)

    @cached_property
    def directory_checks(self) -> DirectoryChecks:
        """What checks of versions found."""
        return DirectoryChecks(self.unit, self.tools.clock)

    @cached_property
    def directory_loading(self) -> DirectoryLoading:
        """Bringing versions in from outside."""
        return DirectoryLoading(
            self.unit, self.tools.clock, self.audit, self.directory_versions, self.directory_checks
        )

    @cached_property
    def directory_changes(self) -> DirectoryChanges:
        """Proposing and approving changes."""
        return DirectoryChanges(
            self.unit,
            self.tools.clock,
            self.audit,
            self.staff,
            versions=self.directory_versions,
            checks=self.directory_checks,
        )

    @cached_property
    def directory_history(self) -> DirectoryHistory:
        """What was in force when, and what changed."""
        return DirectoryHistory(
            self.unit, self.directory_changes, self.directory_versions, self.directory_checks
        )
