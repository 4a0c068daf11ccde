"""A provider of single sign-on, asked over OpenID Connect who somebody is; nothing it says is kept.

Code flow with PKCE, state and nonce. The provider's own words about itself are read once an hour, by one at
a time; while that fails, what was known before goes on being used for a day. One that could not be reached
is not asked again for half a minute: whoever records a concern is not to wait for it.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from intake.clock import Clock
from intake.errors import Refused
from intake.services.fetching import Declined, Fetch, Unreachable

_KNOWN_FOR: Final = timedelta(hours=1)
#: After a key nobody has heard of, the keys are read again, but not at every asking.
_AGAIN_AFTER: Final = timedelta(minutes=1)
#: What a provider said stands so long while it cannot be read anew.
_STANDS_FOR: Final = timedelta(days=1)
#: Where it could not be reached, nobody is kept waiting for it again so soon.
_QUIET_FOR: Final = timedelta(seconds=30)
#: How long the first to ask, who know nothing yet, wait for the one who is asking.
_FIRST_READ: Final = 2
_LEEWAY: Final = timedelta(minutes=1)
#: Signatures by a key only the provider has. `none`, and those made with our own secret, are not among them.
_SIGNATURES: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LONGEST_SUBJECT: Final = 255
_DISCOVERY: Final = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with a provider; `amr` and `acr` say what of its sign-ins counts as a second factor."""

    slug: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid", "email")
    email_claim: str = "email"
    verified_claim: str = "email_verified"
    amr: frozenset[str] = frozenset()
    acr: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asking:
    """What one asking is known by when the answer comes back; the browser carries it, signed."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as the provider has just proved; `verified_email` only where it vouches for it."""

    issuer: str
    subject: str = field(repr=False)
    verified_email: str = field(repr=False)
    second_factor: bool
    signed_in_at: datetime | None


@dataclass(slots=True)
class _Known:
    """What a provider said of itself, and when."""

    at: datetime
    places: Mapping[str, Any]
    keys: KeySet


class Provider:
    """One provider, for as long as the process lives."""

    def __init__(self, terms: Terms, clock: Clock, fetch: Fetch) -> None:
        self.terms = terms
        self._clock = clock
        self._fetch = fetch
        self._known: _Known | None = None
        self._reading = Lock()
        self._failed_at: datetime | None = None

    def address(self, asking: Asking, redirect_uri: str, *, max_age: timedelta, again: bool) -> str:
        """Return where a browser is sent; `again` has the person sign in there anew.

        Raises `Refused` where the provider cannot be asked.
        """
        challenge = _base64url(hashlib.sha256(asking.verifier.encode()).digest())
        asked = {
            "response_type": "code",
            "client_id": self.terms.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.terms.scopes),
            "state": asking.state,
            "nonce": asking.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "max_age": str(int(max_age.total_seconds())),
        }
        if again:
            asked["prompt"] = "login"
        if self.terms.acr:
            asked["acr_values"] = " ".join(sorted(self.terms.acr))
        return f"{self._place('authorization_endpoint')}?{urlencode(asked)}"

    def identify(self, code: str, asking: Asking, redirect_uri: str) -> Identity:
        """Change the code for who somebody is; raises `Refused` for anything but a right answer."""
        tokens = self._exchange(code, asking, redirect_uri)
        claims = self._claims(str(tokens.get("id_token", "")), asking.nonce)
        if self.terms.email_claim not in claims and "userinfo_endpoint" in self._read().places:
            claims = {**self._userinfo(str(tokens.get("access_token", "")), claims["sub"]), **claims}
        vouched = str(claims.get(self.terms.verified_claim)).lower() in {"true", "1"}
        at = claims.get("auth_time")
        return Identity(
            issuer=self.terms.issuer,
            subject=claims["sub"],
            verified_email=str(claims.get(self.terms.email_claim, "")) if vouched else "",
            second_factor=self._counts(claims),
            signed_in_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int) and at > 0 else None,
        )

    def _counts(self, claims: Mapping[str, Any]) -> bool:
        methods = claims.get("amr")
        by_method = isinstance(methods, list) and not self.terms.amr.isdisjoint(map(str, methods))
        return by_method or str(claims.get("acr", "")) in self.terms.acr

    def _exchange(self, code: str, asking: Asking, redirect_uri: str) -> Mapping[str, Any]:
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": asking.verifier,
        }
        headers = {}
        methods = self._read().places.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            pair = f"{quote(self.terms.client_id, safe='')}:{quote(self.terms.client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            body |= {"client_id": self.terms.client_id, "client_secret": self.terms.client_secret}
        return self._get(self._place("token_endpoint"), headers, urlencode(body).encode())

    def _userinfo(self, access_token: str, subject: str) -> Mapping[str, Any]:
        said = self._get(self._place("userinfo_endpoint"), {"Authorization": f"Bearer {access_token}"})
        if said.get("sub") != subject:
            raise _not_right()
        return said

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """Return what a signed token says, once it is certain who said it, to whom, when, and to what."""
        now = self._clock.now()
        checks = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=int(_LEEWAY.total_seconds()),
            iss={"essential": True, "value": self.terms.issuer},
            aud={"essential": True, "value": self.terms.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = self._decoded(token).claims
            checks.validate(claims)
        except (JoseError, ValueError, TypeError):
            raise _not_right() from None
        subject, several = claims["sub"], isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        named = claims.get("azp", None if several else self.terms.client_id)
        if not isinstance(subject, str) or len(subject) > _LONGEST_SUBJECT or named != self.terms.client_id:
            raise _not_right()
        return claims

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._read().keys, algorithms=_SIGNATURES)
        except (JoseError, ValueError):
            # The provider may have changed its keys since they were read.
            return jwt.decode(token, self._read(older_than=_AGAIN_AFTER).keys, algorithms=_SIGNATURES)

    def _place(self, name: str) -> str:
        return str(self._read().places[name])

    def _read(self, *, older_than: timedelta = _KNOWN_FOR) -> _Known:
        known = self._fresh(older_than)
        if known is not None:
            return known
        usable = self._fresh(_STANDS_FOR)
        if not self._reading.acquire(timeout=_FIRST_READ if usable is None else 0):
            if usable is None:
                raise Refused("", "single_sign_on.unreachable")
            return usable
        try:
            # Whoever was asking meanwhile may have been answered.
            return self._fresh(older_than) or self._read_anew()
        except Refused:
            if usable is None:
                raise
            return usable
        finally:
            self._reading.release()

    def _fresh(self, within: timedelta) -> _Known | None:
        known = self._known
        return known if known is not None and abs(self._clock.now() - known.at) < within else None

    def _read_anew(self) -> _Known:
        now = self._clock.now()
        places = self._get(f"{self.terms.issuer.rstrip('/')}{_DISCOVERY}")
        if places.get("issuer") != self.terms.issuer or not _has_places(places):
            raise Refused("", "single_sign_on.unreachable")
        try:
            # Whatever is no set of keys is refused by the library itself, and here in words.
            keys = KeySet.import_key_set(self._get(str(places["jwks_uri"])))  # type: ignore[arg-type] # see above
        except (JoseError, ValueError, TypeError, KeyError):
            raise Refused("", "single_sign_on.unreachable") from None
        self._known = _Known(now, places, keys)
        return self._known

    def _get(
        self, address: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Mapping[str, Any]:
        if self._failed_at is not None and abs(self._clock.now() - self._failed_at) < _QUIET_FOR:
            raise Refused("", "single_sign_on.unreachable")
        try:
            said = json.loads(self._fetch(address, headers or {}, body))
        except (Unreachable, ValueError) as trouble:
            if isinstance(trouble, Unreachable) and not isinstance(trouble, Declined):
                self._failed_at = self._clock.now()
            raise Refused("", "single_sign_on.unreachable") from None
        if not isinstance(said, dict):
            raise Refused("", "single_sign_on.unreachable")
        return said


def _has_places(places: Mapping[str, Any]) -> bool:
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    return all(isinstance(places.get(name), str) for name in wanted)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _not_right() -> Refused:
    return Refused("", "single_sign_on.not_right")
