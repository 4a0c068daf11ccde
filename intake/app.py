"""The application: everything is wired here and nothing is done here."""

from datetime import datetime

from flask import Blueprint, Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config import ROOT, Settings
from intake.audit.spool import Spool
from intake.casework.signs import current as current_signs
from intake.clock import Clock, SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.routing.directory import Directory
from intake.routing.directory_folder import read_directory
from intake.services.fetching import fetch
from intake.services.identity_provider import Provider
from intake.services.key_custody import ring_file
from intake.services.provider_file import read_providers
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace
from intake.views import (
    account,
    breaches,
    children,
    closing,
    concern_detail,
    concerns,
    copies,
    decisions,
    decoys,
    directory,
    directory_changes,
    drafts,
    erasing,
    errors,
    extracts,
    glass,
    guards,
    headers,
    health,
    home,
    limits,
    looking,
    meeting_changes,
    meetings,
    messages,
    notes,
    offers,
    oversight,
    passing,
    passkeys,
    people,
    queue,
    referral_new,
    referrals,
    rendering,
    restrictions,
    rota,
    searching,
    second_person,
    session,
    shell,
    shift_codes,
    sign_in,
    single_sign_on,
    street,
    ties,
    trail,
    triage,
    withheld,
    wrong_place,
)
from intake.views.desk import fresh_once_key
from intake.views.errors import DutyNumber
from intake.views.turned_away import turned_away

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    sign_in.blueprint,
    passkeys.blueprint,
    single_sign_on.blueprint,
    account.blueprint,
    people.blueprint,
    second_person.blueprint,
    directory.blueprint,
    directory_changes.blueprint,
    health.blueprint,
    drafts.blueprint,
    concerns.blueprint,
    concern_detail.blueprint,
    children.blueprint,
    referral_new.blueprint,
    referrals.blueprint,
    searching.blueprint,
    queue.blueprint,
    triage.blueprint,
    decisions.blueprint,
    closing.blueprint,
    messages.blueprint,
    notes.blueprint,
    passing.blueprint,
    offers.blueprint,
    copies.blueprint,
    wrong_place.blueprint,
    breaches.blueprint,
    restrictions.blueprint,
    erasing.blueprint,
    extracts.blueprint,
    ties.blueprint,
    glass.blueprint,
    rota.blueprint,
    decoys.blueprint,
    shift_codes.blueprint,
    oversight.blueprint,
    meetings.blueprint,
    meeting_changes.blueprint,
    limits.blueprint,
    trail.blueprint,
    looking.blueprint,
    withheld.blueprint,
)

_LONGEST_POST = 2 * 1024 * 1024


def open_workplace(settings: Settings, clock: Clock | None = None) -> Workplace:
    """Open the workplace the settings name; raises `KeysMissing` where its key ring is not to be had."""
    key_ring = KeyRing.load(ring_file(settings.key_ring, settings.keys))
    clock = clock or SystemClock()
    tools = Tools(
        clock=clock,
        key_ring=key_ring,
        shelf=Shelf(read_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=settings.idle_limit, absolute=settings.absolute_limit),
        public_url=settings.public_url,
        sample=settings.sample,
        tier=settings.tier,
        providers={
            terms.slug: Provider(terms, clock, fetch) for terms in read_providers(settings.single_sign_on)
        },
        spool=None if settings.spool is None else Spool(settings.spool, key_ring),
    )
    return Workplace(Database(settings.database_url), tools)


def create_app(settings: Settings, place: Workplace | None = None) -> Flask:
    """Build the application; it never touches the database, and reads no setting but those it is handed."""
    place = place or open_workplace(settings)
    app = guards.Served(
        place.tools.tier,
        static_folder=str(ROOT / "intake" / "static"),
        template_folder=str(ROOT / "templates"),
    )
    app.config.update(
        SECRET_KEY=place.tools.key_ring.derive("browser-session"),
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=_LONGEST_POST,
        MAX_FORM_MEMORY_SIZE=_LONGEST_POST,
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.testing,
        # The framework would take this one from the environment by itself.
        DEBUG=False,
    )
    street.set_up(app, names=settings.names, hops=settings.trusted_proxies, proxies=settings.proxy_addresses)
    headers.set_up(app, secure=settings.secure)
    session.set_up(app, place)
    guards.guard(app)
    rendering.set_up(app, clock=place.tools.clock, around=shell.shell, fresh_once_key=fresh_once_key)
    errors.set_up(
        app,
        before=turned_away,
        numbers=lambda: _numbers(place.tools.shelf.latest, place.tools.clock.now()),
        unavailable=(DBAPIError, PoolTimeout),
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _numbers(directory: Directory, at: datetime) -> tuple[DutyNumber, ...]:
    """Return the numbers the failure page prints, from what this process has read already."""
    return tuple(
        DutyNumber(authority.name, service.name, service.phone_at(at).number)
        for authority in directory.authorities.values()
        for service in directory.duty_services(authority.code, at)
    )
