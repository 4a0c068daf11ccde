"""What a provider answers is believed only if it is signed, for us, now, and to what was asked."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from intake.clock import SetClock
from intake.errors import Refused
from intake.services.fetching import Declined, Unreachable, is_safe
from intake.services.identity_provider import Asking, Identity, Provider, Terms

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ISSUER, BACK = "https://login.example/tenant", "https://intake.example/sign-in/with/work/back"
ASKING = Asking("state", "nonce", "verifier")
TERMS = Terms("work", "your work account", ISSUER, "us", "s3cret", amr=frozenset({"mfa"}))
PLACES = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/ask",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/who",
    "jwks_uri": f"{ISSUER}/keys",
}


@dataclass
class Elsewhere:
    """A provider in the same process, as honest as a test wants it."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing: RSAKey | None = None
    unsigned: bool = False
    claims: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=lambda: dict(PLACES))
    who: dict[str, Any] = field(default_factory=lambda: {"sub": "ann", "email": "ann@example.test"})
    asked: list[tuple[str, Mapping[str, str], bytes | None]] = field(default_factory=list)

    def fetch(self, address: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
        """Answer as the provider does."""
        self.asked.append((address, headers, body))
        answers: dict[str, Any] = {
            f"{ISSUER}/.well-known/openid-configuration": self.places,
            f"{ISSUER}/keys": {"keys": [self.key.as_dict(private=False)]},
            f"{ISSUER}/token": {"id_token": self.token(), "access_token": "a"},
            f"{ISSUER}/who": self.who,
        }
        return json.dumps(answers[address]).encode()

    def token(self) -> str:
        """Return the signed token."""
        now = int(NOW.timestamp())
        claims = {"iss": ISSUER, "aud": "us", "sub": "ann", "nonce": "nonce", "iat": now, "exp": now + 60}
        key = self.signing or self.key
        if self.unsigned:
            return f"{_part({'alg': 'none', 'kid': key.kid})}.{_part({**claims, **self.claims})}."
        return jwt.encode({"alg": "RS256", "kid": key.kid}, {**claims, **self.claims}, key)


def _part(said: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def identify(there: Elsewhere, terms: Terms = TERMS) -> Identity:
    return Provider(terms, SetClock(NOW), there.fetch).identify("code", ASKING, BACK)


def test_a_browser_is_sent_with_everything_that_binds_the_answer_to_it() -> None:
    there = Elsewhere()
    provider = Provider(replace(TERMS, acr=frozenset({"high"})), SetClock(NOW), there.fetch)
    address = provider.address(ASKING, BACK, max_age=timedelta(0), again=True)
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert said["state"] == "state"
    assert said["nonce"] == "nonce"
    assert said["code_challenge_method"] == "S256"
    assert said["code_challenge"] == "iMnq5o6zALKXGivsnlom_0F5_WYda32GHkxlV7mq7hQ"
    assert (said["max_age"], said["prompt"], said["acr_values"]) == ("0", "login", "high")
    assert "verifier" not in address.replace("code_verifier", "")
    assert "s3cret" not in address


def test_who_somebody_is_comes_from_the_signed_token() -> None:
    there = Elsewhere(claims={"amr": ["pwd", "mfa"], "auth_time": int(NOW.timestamp()) - 30})
    found = identify(there)
    assert (found.subject, found.second_factor, found.verified_email) == ("ann", True, "")
    assert found.signed_in_at == NOW - timedelta(seconds=30)
    _, headers, body = next(asked for asked in there.asked if asked[0].endswith("/token"))
    assert headers["Authorization"].startswith("Basic ")
    assert b"code_verifier=verifier" in (body or b"")


def test_the_secret_goes_where_the_provider_takes_it() -> None:
    there = Elsewhere(places={**PLACES, "token_endpoint_auth_methods_supported": ["client_secret_post"]})
    identify(there)
    _, headers, body = next(asked for asked in there.asked if asked[0].endswith("/token"))
    assert "Authorization" not in headers
    assert b"client_secret=s3cret" in (body or b"")


@pytest.mark.parametrize("vouched", [True, "true", False, None])
def test_an_address_counts_where_the_provider_vouches_for_it(vouched: object) -> None:
    there = Elsewhere(who={"sub": "ann", "email": "ann@example.test", "email_verified": vouched})
    assert identify(there).verified_email == ("ann@example.test" if vouched else "")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "them"},
        {"aud": ["us", "them"]},
        {"azp": "them"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"iat": int(NOW.timestamp()) + 61},
        {"sub": None},
        {"sub": "x" * 256},
    ],
)
def test_a_token_for_another_moment_person_or_service_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        identify(Elsewhere(claims=claims))


def test_a_token_nobody_signed_or_somebody_else_did_is_refused() -> None:
    with pytest.raises(Refused):
        identify(Elsewhere(signing=RSAKey.generate_key(2048, {"kid": "one"})))
    there = Elsewhere(who={"sub": "somebody else"})
    with pytest.raises(Refused):
        identify(there)


def test_a_token_that_says_it_is_not_signed_is_refused() -> None:
    with pytest.raises(Refused):
        identify(Elsewhere(unsigned=True))


def test_new_keys_are_read_when_an_unknown_one_signs_but_not_at_every_asking() -> None:
    there, clock = Elsewhere(), SetClock(NOW)
    provider = Provider(TERMS, clock, there.fetch)
    provider.identify("code", ASKING, BACK)
    there.key = RSAKey.generate_key(2048, {"kid": "two"})
    with pytest.raises(Refused):
        provider.identify("code", ASKING, BACK)
    clock.instant += timedelta(seconds=59)
    with pytest.raises(Refused):
        provider.identify("code", ASKING, BACK)
    clock.instant += timedelta(seconds=1)
    there.claims = {"iat": int(clock.now().timestamp()), "exp": int(clock.now().timestamp()) + 60}
    assert provider.identify("code", ASKING, BACK).subject == "ann"


@pytest.mark.parametrize("places", [{"issuer": "https://forged.example"}, {"token_endpoint": None}])
def test_a_provider_that_says_it_is_another_is_not_asked(places: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        identify(Elsewhere(places={**PLACES, **places}))


@pytest.mark.parametrize(("trouble", "asked"), [(Unreachable, 2), (Declined, 5)])
def test_one_that_is_away_is_left_alone_for_a_while_and_one_that_declines_is_not(
    trouble: type[Unreachable], asked: int
) -> None:
    addresses: list[str] = []

    def away(address: str, _headers: Mapping[str, str], _body: bytes | None) -> bytes:
        addresses.append(address)
        raise trouble(address)

    clock = SetClock(NOW)
    provider = Provider(TERMS, clock, away)
    for seconds in (0, 10, 10, 9, 1):
        clock.instant += timedelta(seconds=seconds)
        with pytest.raises(Refused, match=r"single_sign_on\.unreachable"):
            provider.identify("code", ASKING, BACK)
    assert len(addresses) == asked


def test_what_was_known_is_used_while_it_cannot_be_read_anew_and_while_another_reads_it() -> None:
    there, clock = Elsewhere(), SetClock(NOW)
    meanwhile: list[str] = []

    def asked(address: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
        if clock.now() == NOW:
            return there.fetch(address, headers, body)
        if not meanwhile:
            meanwhile.append(sent())
        raise Unreachable(address)

    provider = Provider(TERMS, clock, asked)

    def sent() -> str:
        return provider.address(ASKING, BACK, max_age=timedelta(0), again=False)

    before = sent()
    clock.instant = NOW + timedelta(hours=2)
    assert sent() == before
    assert meanwhile == [before]
    clock.instant = NOW + timedelta(days=1)
    with pytest.raises(Refused):
        sent()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example", True),
        ("http://localhost:3000", True),
        ("http://127.0.0.1/x", True),
        ("http://login.example", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("http://[", False),
    ],
)
def test_nothing_is_asked_that_somebody_could_read_on_the_way(address: str, safe: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_safe(address) is safe
