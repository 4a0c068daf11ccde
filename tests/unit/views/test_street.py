"""What the street is told: which names are answered to, and whose word about a visitor is taken."""

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from intake.views import street


@pytest.fixture
def app() -> Flask:
    """An application that says where it thinks a visitor came from."""
    made = Flask("street")
    made.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.scheme}", endpoint="where")
    return made


def _ask(
    app: Flask, *, peer: str = "127.0.0.1", host: str = "intake.example", **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(
        "/", headers={"Host": host, **named}, environ_overrides={"REMOTE_ADDR": peer}
    )


@pytest.mark.parametrize(
    "host", ["intake.example", "Intake.Example:8000", "localhost:8123", "127.0.0.1", "[::1]:8000"]
)
def test_our_own_names_and_this_machine_are_answered(app: Flask, host: str) -> None:
    street.set_up(app, names={"intake.example"}, hops=0, proxies=())

    assert _ask(app, host=host).status_code == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "intake.example.elsewhere.example", "[half", ""])
def test_another_name_pointed_at_this_machine_is_turned_away(app: Flask, host: str) -> None:
    street.set_up(app, names={"intake.example"}, hops=0, proxies=())

    answer = _ask(app, host=host)

    assert answer.status_code == 421
    assert "not known by that name" in answer.text


def test_nobody_is_believed_where_no_proxy_is_named(app: Flask) -> None:
    street.set_up(app, names={"intake.example"}, hops=0, proxies=("127.0.0.1",))

    said = _ask(app, X_Forwarded_For="198.51.100.7", X_Forwarded_Proto="https")

    assert said.text == "127.0.0.1 http"


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::5"])
def test_a_named_proxy_is_believed(app: Flask, peer: str) -> None:
    street.set_up(app, names={"intake.example"}, hops=1, proxies=("10.1.0.0/16", "2001:db8::/64"))

    said = _ask(app, peer=peer, X_Forwarded_For="6.6.6.6, 198.51.100.7", X_Forwarded_Proto="https")

    assert said.text == "198.51.100.7 https"


@pytest.mark.parametrize("peer", ["10.2.0.1", "not an address", ""])
def test_anybody_else_who_claims_to_be_a_proxy_is_not(app: Flask, peer: str) -> None:
    street.set_up(app, names={"intake.example"}, hops=1, proxies=("10.1.0.0/16",))

    said = _ask(app, peer=peer, X_Forwarded_For="198.51.100.7", X_Forwarded_Proto="https")

    assert said.text == f"{peer} http"


def test_behind_two_proxies_the_second_address_from_the_end_is_the_visitors(app: Flask) -> None:
    street.set_up(app, names={"intake.example"}, hops=2, proxies=("10.1.0.0/16",))

    said = _ask(
        app, peer="10.1.0.9", X_Forwarded_For="6.6.6.6, 198.51.100.7, 10.1.0.8", X_Forwarded_Proto="https"
    )

    assert said.text == "198.51.100.7 https"
