"""The application: everything is wired here and nothing is done here."""

from datetime import datetime

from flask import Blueprint, Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config import ROOT, Settings
from intake.casework.signs import current as current_signs
from intake.clock import Clock, SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.routing.directory import Directory
from intake.routing.directory_folder import read_directory
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
    directory,
    directory_changes,
    drafts,
    errors,
    guards,
    headers,
    health,
    home,
    limits,
    meeting_changes,
    meetings,
    messages,
    notes,
    offers,
    passing,
    people,
    queue,
    referral_new,
    referrals,
    rendering,
    session,
    shell,
    sign_in,
    street,
    trail,
    triage,
    wrong_place,
)
from intake.views.desk import fresh_once_key
from intake.views.errors import DutyNumber
from intake.views.turned_away import turned_away

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.blueprint,
    sign_in.blueprint,
    account.blueprint,
    people.blueprint,
    directory.blueprint,
    directory_changes.blueprint,
    health.blueprint,
    drafts.blueprint,
    concerns.blueprint,
    concern_detail.blueprint,
    children.blueprint,
    referral_new.blueprint,
    referrals.blueprint,
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
    meetings.blueprint,
    meeting_changes.blueprint,
    limits.blueprint,
    trail.blueprint,
)

_LONGEST_POST = 2 * 1024 * 1024


def open_workplace(settings: Settings, clock: Clock | None = None) -> Workplace:
    """Open the workplace the settings name; raises `KeysMissing` where its key ring is not to be had."""
    tools = Tools(
        clock=clock or SystemClock(),
        key_ring=KeyRing.load(settings.key_ring),
        shelf=Shelf(read_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=settings.idle_limit, absolute=settings.absolute_limit),
        public_url=settings.public_url,
        sample=settings.sample,
    )
    return Workplace(Database(settings.database_url), tools)


def create_app(settings: Settings, place: Workplace | None = None) -> Flask:
    """Build the application; it never touches the database, and reads no setting but those it is handed."""
    place = place or open_workplace(settings)
    app = Flask(
        "intake", static_folder=str(ROOT / "intake" / "static"), template_folder=str(ROOT / "templates")
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
