"""What the proof with a token comes to in the long tests: where it could not be tried, it has not passed."""

import pytest

from tests.security.custody import outcome_of
from tests.support.token_proof import NOT_RUN


@pytest.mark.parametrize(
    ("code", "said", "verdict"),
    [
        (0, "proved: the ring comes back\n", "passed"),
        (1, "proved: the ring comes back\nNOT PROVED: a wrong PIN is refused\n", "failed"),
        (1, "proved: the ring comes back\n", "failed"),
        (0, "", "failed"),
        (NOT_RUN, "not run: there is no token on this machine\n", "not run"),
    ],
)
def test_only_what_was_proved_has_passed(code: int, said: str, verdict: str) -> None:
    assert outcome_of(code, said, "").verdict == verdict
