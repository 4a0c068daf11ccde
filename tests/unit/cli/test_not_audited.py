"""The printed list of what is not audited."""

from pathlib import Path

import pytest

from intake.cli.main import main

PRINTED = Path(__file__).parents[3] / "docs" / "not-audited.md"


def test_the_document_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["not-audited"]) == 0
    assert capsys.readouterr().out == PRINTED.read_text()
