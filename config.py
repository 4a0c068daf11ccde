"""Settings: one frozen value built once from a mapping; what is not said means production."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from intake.errors import NotConfigured
from intake.vocabulary import Custodian, Tier

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail goes out; without a host it is written to the console, in sample mode only."""

    host: str | None = None
    port: int = 25
    sender: str = "no-reply@localhost"
    starttls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeySettings:
    """What keeps the key ring, and how it is reached; `secret` is a file with a PIN or a service's token."""

    custodian: Custodian = Custodian.FILE
    module: Path | None = None
    token: str = ""
    key: str = "pass-it-on"
    url: str = ""
    secret: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program may be told from outside."""

    database_url: str
    key_ring: Path
    sample: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://localhost:8000"
    secure: bool = True
    trusted_proxies: int = 0
    proxy_addresses: tuple[str, ...] = ("127.0.0.1", "::1")
    plain_to_proxy: bool = False
    certificate: Path | None = None
    certificate_key: Path | None = None
    idle_limit: timedelta = timedelta(minutes=30)
    absolute_limit: timedelta = timedelta(hours=12)
    checkpoints: Path | None = None
    tier: Tier = Tier.COMBINED
    witness: str | None = None
    syslog: str | None = None
    log_to: str | None = None
    log_authority: Path | None = None
    spool: Path | None = None
    single_sign_on: Path | None = None
    testing: bool = False
    mail: MailSettings = field(default_factory=MailSettings)
    keys: KeySettings = field(default_factory=KeySettings)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from environment variables.

        Raises `NotConfigured` with a sentence an operator can act on. Without `DATABASE_URL` the
        embedded SQLite database in `instance/` is used; the key ring lives in a folder of its own.
        """
        sample = _flag(environ, "INTAKE_SAMPLE")
        host = environ.get("HOST", "127.0.0.1")
        port = _number(environ, "PORT", 8000)
        instance = Path(environ.get("INTAKE_INSTANCE", ROOT / "instance"))
        secure = not sample and not _flag(environ, "INTAKE_PLAIN_HTTP")
        public_url = environ.get("INTAKE_PUBLIC_URL", f"http://localhost:{port}")
        if sample:
            _refuse_beyond_this_machine(host, public_url, _tier(environ))
        return cls(
            database_url=environ.get("DATABASE_URL", f"sqlite:///{instance / 'intake.sqlite3'}"),
            key_ring=_key_ring(environ),
            sample=sample,
            host=host,
            port=port,
            public_url=public_url.rstrip("/"),
            secure=secure,
            trusted_proxies=_number(environ, "INTAKE_TRUSTED_PROXIES", 0),
            proxy_addresses=_networks(environ, "INTAKE_PROXY_ADDRESSES", "127.0.0.1, ::1"),
            plain_to_proxy=_flag(environ, "INTAKE_PLAIN_TO_PROXY"),
            certificate=_path(environ, "INTAKE_CERTIFICATE"),
            certificate_key=_path(environ, "INTAKE_CERTIFICATE_KEY"),
            tier=_tier(environ),
            checkpoints=_path(environ, "INTAKE_CHECKPOINTS"),
            witness=environ.get("INTAKE_WITNESS") or None,
            syslog=environ.get("INTAKE_SYSLOG") or None,
            log_to=environ.get("INTAKE_LOG_TO") or None,
            log_authority=_path(environ, "INTAKE_LOG_AUTHORITY"),
            spool=_path(environ, "INTAKE_SPOOL"),
            single_sign_on=_path(environ, "INTAKE_SINGLE_SIGN_ON"),
            mail=_mail(environ),
            keys=_keys(environ),
        )

    @property
    def names(self) -> frozenset[str]:
        """The names by which a browser may ask for this service."""
        return frozenset({urlsplit(self.public_url).hostname or "", self.host})


def _mail(environ: Mapping[str, str]) -> MailSettings:
    return MailSettings(
        host=environ.get("INTAKE_SMTP_HOST"),
        port=_number(environ, "INTAKE_SMTP_PORT", 25),
        sender=environ.get("INTAKE_MAIL_FROM", "no-reply@localhost"),
        starttls=_flag(environ, "INTAKE_SMTP_STARTTLS"),
        username=environ.get("INTAKE_SMTP_USER"),
        password=environ.get("INTAKE_SMTP_PASSWORD"),
    )


def _tier(environ: Mapping[str, str]) -> Tier:
    said = environ.get("INTAKE_TIER", "").strip().lower() or Tier.COMBINED.value
    try:
        return Tier(said)
    except ValueError as wrong:
        msg = f"INTAKE_TIER must be combined, school or hub, not {said!r}."
        raise NotConfigured(msg) from wrong


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    said = environ.get(name, "")
    return Path(said) if said else None


def _key_ring(environ: Mapping[str, str]) -> Path:
    """Return where the ring lies; what the service manager gives lies in a folder that it names itself."""
    if _keys(environ).custodian is not Custodian.CREDENTIAL:
        return Path(environ.get("INTAKE_KEY_RING", ROOT / "keys" / "keyring.json"))
    if not environ.get("CREDENTIALS_DIRECTORY"):
        raise NotConfigured(
            "INTAKE_KEYS is credential, and the service manager names no CREDENTIALS_DIRECTORY."
        )
    return Path(environ["CREDENTIALS_DIRECTORY"]) / "keyring.json"


def _keys(environ: Mapping[str, str]) -> KeySettings:
    said = environ.get("INTAKE_KEYS", "").strip().lower() or Custodian.FILE.value
    try:
        custodian = Custodian(said)
    except ValueError as wrong:
        msg = f"INTAKE_KEYS must be one of {', '.join(Custodian)}, not {said!r}."
        raise NotConfigured(msg) from wrong
    return KeySettings(
        custodian=custodian,
        module=_path(environ, "INTAKE_KEYS_MODULE"),
        token=environ.get("INTAKE_KEYS_TOKEN", ""),
        key=environ.get("INTAKE_KEYS_KEY", "pass-it-on"),
        url=environ.get("INTAKE_KEYS_URL", ""),
        secret=_path(environ, "INTAKE_KEYS_SECRET"),
    )


def _refuse_beyond_this_machine(host: str, public_url: str, tier: Tier) -> None:
    if not _is_loopback(host):
        msg = f"Sample mode has fixed passwords and serves this machine only: HOST cannot be {host}."
        raise NotConfigured(msg)
    if tier.is_split:
        raise NotConfigured("The practice copy is one process with one key ring: leave INTAKE_TIER out.")
    if not _is_loopback(urlsplit(public_url).hostname or ""):
        msg = (
            "Sample mode has fixed passwords and serves this machine only: INTAKE_PUBLIC_URL cannot be"
            f" {public_url}. Leave it out, or serve for real."
        )
        raise NotConfigured(msg)


def _flag(environ: Mapping[str, str], name: str) -> bool:
    said = environ.get(name, "").strip().lower()
    if said in {"", "0", "no", "false"}:
        return False
    if said in {"1", "yes", "true"}:
        return True
    msg = f"{name} must be 1 or 0, not {said!r}."
    raise NotConfigured(msg)


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    said = environ.get(name, "").strip()
    if not said:
        return default
    if not said.isdecimal():
        msg = f"{name} must be a whole number, not {said!r}."
        raise NotConfigured(msg)
    return int(said)


def _networks(environ: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    said = environ.get(name, "").strip() or default
    try:
        return tuple(str(ipaddress.ip_network(part.strip())) for part in said.split(","))
    except ValueError as wrong:
        msg = f"{name} must be addresses or networks with commas between them, not {said!r}."
        raise NotConfigured(msg) from wrong


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
