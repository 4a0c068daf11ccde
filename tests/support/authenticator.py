"""An authenticator in software: makes keys and answers as a person's device does, or as a forger's would."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_PRESENT, _VERIFIED, _HOLDS_KEY = 0x01, 0x04, 0x40
_ES256, _EC2, _P256 = -7, 2, 1


@dataclass
class Authenticator:
    """One device with one key. `verifies` says whether it asks for a finger or a PIN before it answers."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True
    counts: bool = True
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    user: bytes = b""
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def make(self, options: str) -> str:
        """Make the key, as a browser is asked to by these options."""
        asked = json.loads(options)
        self.user = unwritten(asked["user"]["id"])
        client = self._client("webauthn.create", asked["challenge"])
        attested = (
            bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self.public_key
        )
        data = self._data(_HOLDS_KEY) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def use(self, options: str, *, challenge: str = "") -> str:
        """Answer with the key; with another challenge than the page's, where one is given."""
        if self.counts:
            self.count += 1
        client = self._client("webauthn.get", challenge or json.loads(options)["challenge"])
        data = self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer(**said, **({"userHandle": self.user} if self.user else {}))

    @property
    def public_key(self) -> bytes:
        """The public half, as an authenticator writes it down."""
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: _EC2, 3: _ES256, -1: _P256, -2: x, -3: y})

    def credential(self) -> dict[str, Any]:
        """The key as Chromium's virtual authenticator is given it."""
        secret = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return {
            "credentialId": base64.b64encode(self.credential_id).decode(),
            "isResidentCredential": True,
            "rpId": self.host,
            "privateKey": base64.b64encode(secret).decode(),
            "userHandle": base64.b64encode(self.user).decode(),
            "signCount": self.count,
        }

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, more: int = 0) -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(self.host.encode()).digest() + bytes((flags,)) + self.count.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        written_id = written(self.credential_id)
        said = {name: written(value) for name, value in response.items()}
        return json.dumps({"id": written_id, "rawId": written_id, "type": "public-key", "response": said})


def written(data: bytes) -> str:
    """Write bytes as a browser does."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unwritten(text: str) -> bytes:
    """Read bytes as a browser writes them."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
