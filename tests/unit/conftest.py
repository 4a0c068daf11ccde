"""Unit tests cannot reach a database."""

import pytest
from sqlalchemy import Engine


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have any attempt to open a connection fail the test."""

    def refuse(engine: Engine) -> None:
        message = "a unit test does not open a database"
        raise AssertionError(message)

    monkeypatch.setattr(Engine, "connect", refuse)
