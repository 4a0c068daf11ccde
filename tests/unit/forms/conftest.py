"""Forms are made inside a request, for their token and their language."""

from collections.abc import Iterator

import pytest
from flask import g

from tests.support.frame import framed


@pytest.fixture(autouse=True)
def in_a_request() -> Iterator[None]:
    """Stand inside one request of one session, whose token the guard has found good."""
    with framed().test_request_context("/", method="POST"):
        g.csrf_valid = True
        yield
