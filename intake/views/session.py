"""Who is signed in: the one place that reads and writes the browser's session."""

from dataclasses import dataclass

from flask import Flask, current_app, g, session
from flask_login import LoginManager, current_user, login_user, logout_user

from intake.errors import NotPermitted
from intake.policy.actor import Actor
from intake.services.drafts import Author
from intake.services.sessions import Found, Standing
from intake.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session as the pages see it."""

    token: str
    found: Found
    name: str
    organisation: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the session's token: what the browser holds is a session and never a person."""
        return self.token


def set_up(app: Flask, place: Workplace) -> None:
    """Have Flask-Login find sessions in the database."""
    app.extensions["workplace"] = place
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)


def workplace() -> Workplace:
    """Return the workplace of the running application."""
    place = current_app.extensions["workplace"]
    assert isinstance(place, Workplace)  # noqa: S101 - put there by set_up
    return place


def _load(token: str) -> SignedIn | None:
    with workplace().reading() as services:
        found = services.sessions.find(token)
        g.found_session = found
        if found is None or found.standing is not Standing.LIVE:
            return None
        name = services.staff.name(found.person_id)
        organisation = "" if found.actor is None else services.staff.organisation(found.actor.organisation_id)
    if found.stale:
        workplace().touch(found.session_id)
    return SignedIn(token, found, name, organisation)


def found_session() -> Found | None:
    """Return the session the browser's token belongs to, whatever its standing."""
    _ = current_user.is_authenticated
    found = g.get("found_session")
    return found if isinstance(found, Found) else None


def signed_in() -> SignedIn | None:
    """Return the live session of this request, or None."""
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001 - itself, and no stand-in


def current_actor() -> Actor:
    """Return who is acting; raises `NotPermitted` where nobody is, or no organisation was chosen."""
    found = found_session()
    if found is None or found.standing is not Standing.LIVE or found.actor is None:
        raise NotPermitted
    return found.actor


def current_author() -> Author:
    """Return whose drafts belong to this request."""
    found = found_session()
    if found is None or found.standing is not Standing.LIVE or found.actor is None:
        raise NotPermitted
    return author_of(found)


def author_of(found: Found) -> Author:
    """Return whose drafts are typed in a session, be it live or run out."""
    home_id = found.home_organisation_id
    return Author(found.person_id, home_id if found.actor is None else found.actor.organisation_id, home_id)


def begin(token: str) -> None:
    """Give the browser a new session, or its own under a new token, and nothing of what it held before."""
    session.clear()
    g.pop("csrf_token", None)
    who = _load(token)
    assert who is not None  # noqa: S101 - begun or renewed in this very request
    login_user(who)


def end() -> None:
    """Take the session from the browser."""
    logout_user()
    session.clear()
