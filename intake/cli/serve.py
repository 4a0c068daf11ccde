"""`intake serve`: serves a real organisation, behind a reverse proxy that speaks TLS."""

import argparse
import logging
import os

import structlog
from sqlalchemy import URL, make_url

from config import Settings
from intake.cli import Commands
from intake.cli.serving.mailers import is_this_machine, mail_server
from intake.cli.serving.start import open_ready, serve
from intake.errors import NotConfigured

_SAMPLE = "INTAKE_SAMPLE is set. The practice copy is started with: make run"
_NO_TLS = (
    "INTAKE_PLAIN_HTTP is for a trial on one machine, and HOST is {host}, where others may ask in the open. "
    "Serve on 127.0.0.1, or behind a reverse proxy with TLS and without INTAKE_PLAIN_HTTP."
)
_NO_PROXY = (
    "Sign-ins would cross the network in the open. Put a reverse proxy with TLS in front, and say how many "
    "stand between it and here with INTAKE_TRUSTED_PROXIES=1 (docs/runbook/serve.md)."
)
_NO_ADDRESS = (
    "INTAKE_PUBLIC_URL must be the https:// address people use, for links in mail lead there. It is {url}."
)
_NO_NAME = (
    "HOST is {host}, where others may ask as well, and no proxy but this machine is believed. Name the proxy "
    "with INTAKE_PROXY_ADDRESSES, or serve on 127.0.0.1."
)
_OPEN_TO_PROXY = (
    "HOST is {host}, and between the proxy and here everything would cross the network in the open. Give the "
    "program a certificate with INTAKE_CERTIFICATE and INTAKE_CERTIFICATE_KEY, or serve on 127.0.0.1; where "
    "the way between is protected by other means, say so: INTAKE_PLAIN_TO_PROXY=1 (docs/runbook/serve.md)."
)
_OPEN_DATABASE = (
    "DATABASE_URL names PostgreSQL on {host}, and what goes there could be read or changed on its way: end "
    "it with ?sslmode=verify-full (docs/runbook/serve.md)."
)
#: How libpq is told to go by TLS, and to a server whose certificate it has checked.
_CHECKED = frozenset({"verify-ca", "verify-full"})


def register(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser(
        "serve",
        help="serve for real, behind a reverse proxy",
        description="Check that database, key ring and settings belong together, then serve until told to "
        "stop (Ctrl-C or SIGTERM: what is under way is finished first). For as long as this runs, mail goes "
        "out and a concern that lies unread goes to the next deputy.",
        epilog="Settings come from the environment: HOST, PORT, DATABASE_URL, INTAKE_KEY_RING, "
        "INTAKE_PUBLIC_URL, INTAKE_TRUSTED_PROXIES, INTAKE_PROXY_ADDRESSES, INTAKE_CERTIFICATE, "
        "INTAKE_SMTP_HOST and more; "
        "docs/runbook/serve.md lists them. INTAKE_PLAIN_HTTP=1 serves without TLS, for a trial on one "
        "machine.",
    )


def run(_args: argparse.Namespace) -> int:
    """Serve."""
    settings = Settings.from_env(os.environ)
    require_private(settings)
    mailer = mail_server(settings.mail)
    place = open_ready(settings)
    log = structlog.get_logger()
    serve(
        settings,
        place,
        mailer,
        level=logging.INFO,
        announce=lambda: log.info("serving", tier=settings.tier.value),
    )
    return 0


def require_private(settings: Settings) -> None:
    """Raise `NotConfigured` where what people type could be read on its way, or is the practice copy's."""
    if settings.sample:
        raise NotConfigured(_SAMPLE)
    if not settings.secure:
        if not is_this_machine(settings.host):
            raise NotConfigured(_NO_TLS.format(host=settings.host))
        return
    _require_private_database(make_url(settings.database_url))
    if not settings.trusted_proxies:
        raise NotConfigured(_NO_PROXY)
    if not settings.public_url.startswith("https://"):
        raise NotConfigured(_NO_ADDRESS.format(url=settings.public_url))
    if not is_this_machine(settings.host) and all(map(is_this_machine, settings.proxy_addresses)):
        raise NotConfigured(_NO_NAME.format(host=settings.host))
    if not is_this_machine(settings.host) and settings.certificate is None and not settings.plain_to_proxy:
        raise NotConfigured(_OPEN_TO_PROXY.format(host=settings.host))


def _require_private_database(url: URL) -> None:
    """Raise `NotConfigured` where another machine keeps the database and is not spoken to by TLS."""
    host = str(url.query.get("host") or url.host or "/")
    if host.startswith("/") or is_this_machine(host) or url.query.get("sslmode") in _CHECKED:
        return
    raise NotConfigured(_OPEN_DATABASE.format(host=host))
