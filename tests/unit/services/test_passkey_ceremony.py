"""What a passkey answers is taken only if it is this service's, verified, and to what was asked."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from intake.errors import Refused
from intake.services.passkey_ceremony import Owner, Site, claimed
from tests.support.authenticator import Authenticator

SITE = Site("https://intake.example:8443/")
OWNER = Owner(UUID(int=7), "ann@example.test", "Ann Llewellyn")
CHALLENGE = bytes(range(32))


def device(**traits: bool | str) -> Authenticator:
    return Authenticator(**{"origin": "https://intake.example:8443", "host": "intake.example", **traits})  # type: ignore[arg-type]


def made(key: Authenticator, site: Site = SITE) -> bytes:
    return site.made(CHALLENGE, key.make(SITE.making(CHALLENGE, OWNER, ()))).public_key


def used(key: Authenticator, public_key: bytes, challenge: bytes = CHALLENGE) -> int:
    return SITE.used(challenge, key.use(SITE.asking(CHALLENGE)), public_key).sign_count


def test_a_key_that_was_made_here_is_used_here() -> None:
    key = device()
    public_key = made(key)
    assert public_key == key.public_key
    assert (used(key, public_key), used(key, public_key)) == (1, 2)


def test_a_browser_is_asked_for_the_finger_or_the_pin_and_told_which_keys_there_are() -> None:
    making, asking = (
        json.loads(SITE.making(CHALLENGE, OWNER, [b"had"])),
        json.loads(SITE.asking(CHALLENGE, [b"k"])),
    )
    assert making["authenticatorSelection"]["userVerification"] == asking["userVerification"] == "required"
    assert making["rp"]["id"] == asking["rpId"] == "intake.example"
    assert (len(making["excludeCredentials"]), len(asking["allowCredentials"])) == (1, 1)
    assert "ann" not in json.dumps(asking)


@pytest.mark.parametrize(
    "traits",
    [
        {"origin": "https://intake.example.forged.test"},
        {"origin": "http://intake.example:8443"},
        {"host": "forged.test"},
        {"verifies": False},
    ],
)
def test_another_address_or_nobody_verified_is_refused(traits: dict[str, bool | str]) -> None:
    with pytest.raises(Refused):
        made(device(**traits))
    right = device()
    public_key = made(right)
    with pytest.raises(Refused):
        used(replace(right, **traits), public_key)  # type: ignore[arg-type]


def test_another_challenge_or_anothers_key_is_refused() -> None:
    key, other = device(), device()
    public_key = made(key)
    with pytest.raises(Refused):
        used(key, public_key, bytes(32))
    with pytest.raises(Refused):
        used(other, public_key)
    with pytest.raises(Refused):
        SITE.used(CHALLENGE, key.make(SITE.making(CHALLENGE, OWNER, ())), public_key)


@pytest.mark.parametrize(
    "said", ["", "{}", "[]", "null", '{"rawId": 3}', "[" * 5_000, "x" * 30_000, '{"rawId":"é"}']
)
def test_what_is_no_answer_at_all_is_refused(said: str) -> None:
    for read in (
        claimed,
        lambda text: SITE.made(CHALLENGE, text),
        lambda text: SITE.used(CHALLENGE, text, b""),
    ):
        with pytest.raises(Refused):
            read(said)
