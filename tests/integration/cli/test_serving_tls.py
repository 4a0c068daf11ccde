"""Between the proxy and the program: TLS by a certificate of the operator's own, and nothing else."""

import http.client
import json
import socket
import ssl
from pathlib import Path

import pytest

from config import Settings
from intake.cli.serving.certificate import certificate_of
from intake.cli.setup import set_up
from intake.crypto.key_ring import KeyRing
from intake.errors import NotConfigured
from tests.support.certificates import Authority
from tests.support.served import Site, free_port, serving

_READY = "/health/ready"


def test_the_proxy_is_answered_by_tls_and_nobody_in_the_open(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    chain, key = authority.certify()
    KeyRing.create(tmp_path / "keys" / "keyring.json")
    site = Site(
        {
            "INTAKE_INSTANCE": str(tmp_path / "instance"),
            "INTAKE_KEY_RING": str(tmp_path / "keys" / "keyring.json"),
            "INTAKE_PUBLIC_URL": "https://intake.example",
            "INTAKE_TRUSTED_PROXIES": "1",
            "INTAKE_SMTP_HOST": "127.0.0.1",
            "INTAKE_CERTIFICATE": str(chain),
            "INTAKE_CERTIFICATE_KEY": str(key),
        },
        trusted=authority.trusted,
    )
    set_up(Settings.from_env(site.environment))
    with serving(site, "serve") as running:
        assert running.get("/", Host="intake.example", X_Forwarded_Proto="https")[0] == 200
        # Who believes another authority, or this machine's list of them, says nothing to it.
        for others in (Authority(tmp_path / "other").trusted, ssl.create_default_context()):
            with pytest.raises(ssl.SSLCertVerificationError):
                _ask(site, others)
        older = authority.trusted
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
            _ask(site, older)
        assert not _in_the_open(site).startswith(b"HTTP/")
        # A renewed certificate is taken without a new start, and here it is another authority's.
        renewed = Authority(tmp_path / "renewed")
        for new, old in zip(renewed.certify(), (chain, key), strict=True):
            new.replace(old)
        assert _ask(site, renewed.trusted) == 200
        code, _, complaints = running.stop()

    said = {json.loads(line)["event"] for line in complaints.splitlines()}
    assert (code, "serving" in said) == (0, True)


def _ask(site: Site, context: ssl.SSLContext) -> int:
    connection = http.client.HTTPSConnection("127.0.0.1", site.port, timeout=10, context=context)
    try:
        connection.request("GET", _READY)
        return connection.getresponse().status
    finally:
        connection.close()


def _in_the_open(site: Site) -> bytes:
    """Ask without TLS; gives what comes back until the connection is ended."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as asking:
        asking.sendall(f"GET {_READY} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        heard = b""
        try:
            while more := asking.recv(4096):
                heard += more
        except ConnectionResetError:
            pass
        return heard


def test_a_certificate_that_will_not_do_is_told_before_anything_is_served(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    chain, key = authority.certify()
    _, another = authority.certify("another")
    half = Settings("sqlite://", tmp_path / "ring", port=free_port(), certificate=chain)
    with pytest.raises(NotConfigured, match="together"):
        certificate_of(half)
    for wrong in (another, tmp_path / "gone.key"):
        with pytest.raises(NotConfigured, match=wrong.name):
            certificate_of(Settings("sqlite://", tmp_path / "ring", certificate=chain, certificate_key=wrong))
    assert (
        certificate_of(Settings("sqlite://", tmp_path / "ring", certificate=chain, certificate_key=key))
        is not None
    )
