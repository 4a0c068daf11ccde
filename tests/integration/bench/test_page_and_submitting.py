"""What a long page is spent on, and submitting with and without the chain: measured in small."""

import json

import pytest

from intake.bench.submitting import measure_submitting
from intake.cli.main import main
from intake.errors import NotConfigured


def test_what_a_page_is_spent_on_is_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("bench", "--page", "52", "--rounds", "2", "--json")) == 0
    said = json.loads(capsys.readouterr().out)
    assert min(said["keys"], said["decryption"], said["trail"]) > 0
    assert 0 < said["share"] < 1
    assert said["keys"] + said["decryption"] + said["trail"] < said["page"]


def test_writers_submit_by_turns_with_the_chain_and_without(postgres_url: str) -> None:
    measured = measure_submitting(1, 1, postgres_url, lambda _: None, writers=2, schools=2)
    assert measured.submitted == 4
    assert min(measured.with_the_chain, measured.without_it, measured.share) > 0


def test_upon_a_file_nothing_is_said_of_writers() -> None:
    with pytest.raises(NotConfigured, match="--database-url"):
        measure_submitting(1, 1, None, lambda _: None)
