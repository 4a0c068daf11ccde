"""What tests of commands may ask for."""

from tests.integration.cli.kept import machine

__all__ = ["machine"]
