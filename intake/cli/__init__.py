"""What operators type: thin commands over the services."""

from argparse import ArgumentParser, Namespace
from typing import Protocol


class Commands(Protocol):
    """The list a module of this package adds its command to."""

    def add_parser(
        self,
        name: str,
        *,
        help: str | None = None,  # noqa: A002 - the name argparse gives it
        description: str | None = None,
        epilog: str | None = None,
    ) -> ArgumentParser: ...


class Command(Protocol):
    """A module of this package that is a command; its file is named as the command is."""

    def register(self, commands: Commands, /) -> None:
        """Add the command, its help and its arguments."""

    def run(self, args: Namespace, /) -> int:
        """Do it: 0 is done, 1 is a check that failed; an `IntakeError` raised ends as one plain line."""
