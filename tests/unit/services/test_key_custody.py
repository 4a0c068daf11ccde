"""A ring under a key of a key service: asked over real HTTP, and nothing goes on when it does not answer."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config import KeySettings
from intake.crypto.key_ring import KeyRing
from intake.errors import KeysMissing
from intake.services.key_custody import ring_file
from intake.vocabulary import Custodian

_TOKEN = "s.invented"


class _Transit(BaseHTTPRequestHandler):
    """As much of the transit engine as encrypts and decrypts under one key, for who has the token."""

    key = AESGCM(bytes(32))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        _, version, engine, act, key = self.path.split("/")
        known = (version, engine, key, self.headers["X-Vault-Token"]) == ("v1", "transit", "ring", _TOKEN)
        if not known:
            self.send_error(403)
            return
        body = json.dumps({"data": self._done(act, asked)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _done(self, act: str, asked: dict[str, Any]) -> dict[str, str]:
        if act == "encrypt":
            nonce = os.urandom(12)
            sealed = nonce + self.key.encrypt(nonce, base64.b64decode(asked["plaintext"]), None)
            return {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode()}
        sealed = base64.b64decode(asked["ciphertext"].removeprefix("vault:v1:"))
        plain = self.key.decrypt(sealed[:12], sealed[12:], None)
        return {"plaintext": base64.b64encode(plain).decode()}

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(name="service")
def _service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Transit)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _settings(folder: Path, url: str, *, key: str = "ring", token: str = _TOKEN) -> KeySettings:
    secret = folder / "token"
    secret.write_text(f"{token}\n")
    return KeySettings(custodian=Custodian.SERVICE, key=key, url=url, secret=secret)


def test_a_ring_is_kept_under_a_key_of_the_service_and_comes_back(service: str, tmp_path: Path) -> None:
    place, settings = tmp_path / "keys" / "ring.json", _settings(tmp_path, service)
    ring = KeyRing.create(ring_file(place, settings))
    assert ring.add_root() == 2
    again = KeyRing.load(ring_file(place, settings))
    assert (again.fingerprint(), again.root_kids) == (ring.fingerprint(), (1, 2))
    assert "vault:v1:" in base64.b64decode(json.loads(place.read_text())["wrapped"]).decode()
    assert _TOKEN not in repr(ring_file(place, settings))


@pytest.mark.parametrize("wrong", [{"key": "another"}, {"token": "s.stolen"}])
def test_whoever_has_not_the_token_or_the_key_gets_nothing(
    service: str, tmp_path: Path, wrong: dict[str, str]
) -> None:
    place = tmp_path / "keys" / "ring.json"
    KeyRing.create(ring_file(place, _settings(tmp_path, service)))
    with pytest.raises(KeysMissing, match="No answer"):
        KeyRing.load(ring_file(place, _settings(tmp_path, service, **wrong)))


def test_an_address_without_tls_on_another_machine_is_not_asked(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "http://keys.example")
    with pytest.raises(KeysMissing, match="No answer"):
        KeyRing.create(ring_file(tmp_path / "keys" / "ring.json", settings))


@pytest.mark.parametrize("custodian", [Custodian.SERVICE, Custodian.TOKEN])
def test_a_secret_that_is_not_there_is_said(tmp_path: Path, custodian: Custodian) -> None:
    for secret, said in ((None, "INTAKE_KEYS_SECRET"), (tmp_path / "none", "cannot be read")):
        with pytest.raises(KeysMissing, match=said):
            ring_file(tmp_path / "ring.json", KeySettings(custodian=custodian, secret=secret))


def test_a_token_is_not_asked_where_no_library_speaks_to_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pin").write_text("1234")
    settings = KeySettings(custodian=Custodian.TOKEN, module=Path("none.so"), secret=tmp_path / "pin")
    monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
    with pytest.raises(KeysMissing, match=r"requirements/token\.txt"):
        KeyRing.create(ring_file(tmp_path / "keys" / "ring.json", settings))
