"""Where the server listens."""

import socket

import pytest

from intake.cli.serving.server import Address
from intake.errors import NotConfigured
from tests.support.served import free_port


@pytest.mark.parametrize(
    ("address", "written"),
    [(Address("127.0.0.1", 8000), "127.0.0.1:8000"), (Address("::1", 8000), "[::1]:8000")],
)
def test_an_address_is_written_as_a_browser_wants_it(address: Address, written: str) -> None:
    assert str(address) == written


def test_a_free_port_will_do() -> None:
    Address("127.0.0.1", free_port()).require_free()


def test_a_port_somebody_listens_on_is_refused_by_name() -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(NotConfigured, match=f"127.0.0.1:{port}"):
        Address("127.0.0.1", port).require_free()


def test_a_machine_that_is_not_this_one_is_refused() -> None:
    with pytest.raises(NotConfigured, match=r"192\.0\.2\.1"):
        Address("192.0.2.1", free_port()).require_free()
