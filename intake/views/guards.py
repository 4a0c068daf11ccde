"""The door: every route declares who may come in, and one that does not is shut."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from typing import TypeVar

from flask import Flask, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response
from wtforms import ValidationError

from intake.errors import NotPermitted, SecondFactorNeeded
from intake.forms.base import words_in
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may, served_in
from intake.services.drafts import Author
from intake.services.sessions import Found, Standing
from intake.views.reception import page_path, proved_lately, safe_page
from intake.views.session import author_of, found_session, workplace
from intake.vocabulary import Tier

View = TypeVar("View", bound=Callable[..., object])

#: Where a page sends what is being typed, before anybody presses anything.
_AS_YOU_GO = "drafts.save"
#: An address and a password are short; long forms are read for whoever is, or was, signed in.
_STRANGERS_MOST = 64 * 1024

_log = logging.getLogger("intake.guards")


@unique
class Door(Enum):
    """How far a visitor must have come."""

    PUBLIC = "public"
    CHOOSING = "choosing"
    SIGNED_IN = "signed_in"
    PERMITTED = "permitted"


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks of whoever opens it: `step_up`, a second factor given lately.

    `page` is the endpoint of the page whoever is asked for something first comes back to, where that is not
    the route's own address: where it only takes posts, the page with its form or button. `keeps`: whether
    what was posted meanwhile is sealed for them.
    """

    door: Door
    permission: Permission | None = None
    step_up: bool = False
    page: str = ""
    keeps: bool = True


def access(permission: Permission, *, page: str = "", keeps: bool = True) -> Callable[[View], View]:
    """Declare that a route needs a role which may do this; the service asks again about the very case.

    Where the session has run out, what was posted is sealed, unless the route `keeps` nothing: the view of
    the form takes it up with `saved=saved_words()`.
    """
    return _declare(Access(Door.PERMITTED, permission, page=page, keeps=keeps))


def step_up(permission: Permission, *, page: str = "") -> Callable[[View], View]:
    """Declare the same of an act that also wants a second factor given in the last five minutes.

    It is asked for before the form is shown, and again where filling it in took longer. What was posted is
    sealed meanwhile.
    """
    return _declare(Access(Door.PERMITTED, permission, step_up=True, page=page))


def public(view: View) -> View:
    """Declare that anybody may open a route, signed in or not."""
    return _declare(Access(Door.PUBLIC))(view)


def signed_in(view: View) -> View:
    """Declare that anybody who has given their password, and has a role here, may open a route."""
    return _declare(Access(Door.SIGNED_IN))(view)


def choosing(view: View) -> View:
    """Declare that anybody who has given their password may open a route, even without a role anywhere."""
    return _declare(Access(Door.CHOOSING))(view)


def _declare(declared: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = declared  # type: ignore[attr-defined] # a function takes any, and this one is looked for
        return view

    return mark


def declared_access(app: Flask, endpoint: str) -> Access | None:
    """Return what a route declared, or None."""
    return getattr(app.view_functions[endpoint], "access", None)


class Served(Flask):
    """An application that has only the pages of its own tier: the others' addresses do not exist."""

    def __init__(self, tier: Tier, *, static_folder: str, template_folder: str) -> None:
        self._tier = tier
        super().__init__("intake", static_folder=static_folder, template_folder=template_folder)

    def add_url_rule(  # type: ignore[override] # the options are the framework's own
        self, rule: str, endpoint: str | None = None, view_func: View | None = None, **options: object
    ) -> None:
        """Add a page, unless nobody of this tier could ever open it."""
        declared: Access | None = getattr(view_func, "access", None)
        permission = None if declared is None else declared.permission
        if permission is None or served_in(permission) & self._tier.kinds:
            super().add_url_rule(rule, endpoint, view_func, **options)  # type: ignore[arg-type] # as above


def guard(app: Flask) -> None:
    """Have every request pass the door first."""
    app.before_request(_at_the_door)


def _at_the_door() -> Response | None:
    _require_measure()
    g.csrf_valid = request.method in {"GET", "HEAD", "OPTIONS"} or _token_is_good()
    if request.endpoint is None or request.endpoint == "static":
        return None
    declared = declared_access(current_app, request.endpoint)
    if declared is None:
        raise NotPermitted
    if declared.page:
        g.page_path = _address_of(declared.page)
    if declared.door is Door.PUBLIC:
        return None
    found = found_session()
    if found is None or found.standing is not Standing.LIVE:
        return _to_sign_in(found)
    if declared.door is Door.CHOOSING:
        return None
    if found.actor is None:
        return redirect(url_for("sign_in.organisation", next=_here()), 303)
    _require_role(found.actor, declared.permission)
    return to_second_factor() if declared.step_up and not proved_lately(found) else None


def _require_role(actor: Actor, permission: Permission | None) -> None:
    """Let somebody in by their role alone; somebody whose last role ended comes in nowhere."""
    if permission is None:
        if not actor.roles:
            raise NotPermitted
    elif not role_may(actor, permission):
        if actor.needs_second_factor and role_may(actor.proven, permission):
            raise SecondFactorNeeded
        raise NotPermitted


def _address_of(page: str) -> str:
    """Return the address of the page that is come back to."""
    # What the page's own address does not name would be put behind it, and be another page's.
    named = {name for rule in current_app.url_map.iter_rules(page) for name in rule.arguments}
    return url_for(page, **{n: said for n, said in (request.view_args or {}).items() if n in named})


def to_second_factor() -> Response:
    """Ask for the code, and come back: what was posted without it is sealed as a draft."""
    found = found_session()
    if found is not None:
        _keep_words(author_of(found))
    return redirect(url_for("sign_in.second_factor", next=_here()), 303)


def _to_sign_in(found: Found | None) -> Response:
    """Send a visitor to sign in; words posted from a session that merely ran out are sealed as a draft."""
    if found is not None and found.standing is Standing.RAN_OUT:
        kept = _keep_words(author_of(found))
        if kept and request.endpoint == _AS_YOU_GO:
            # The page asks by itself every few seconds: it is told now, and nothing is left to say later.
            said = _("Draft saved. You were signed out after a while: you sign in again when you go on.")
            return Response(said, mimetype="text/plain")
        if kept:
            flash(
                _("You were signed out after a while. What you typed is kept: sign in to go on."), "warning"
            )
        else:
            flash(_("You were signed out after a while. Sign in to go on."), "warning")
    return redirect(url_for("sign_in.password", next=_here()), 303)


def _keep_words(author: Author) -> bool:
    words = words_in(request.form)
    declared = declared_access(current_app, str(request.endpoint))
    if request.method != "POST" or not g.csrf_valid or not words or declared is None or not declared.keeps:
        return False
    with workplace().writing() as services:
        services.drafts.keep(author, _here(), words)
    return True


def _require_measure() -> None:
    """Refuse what no browser can have sent (bytes of no text, a NUL), and a stranger's long form."""
    query = request.query_string
    if not query.isascii() or b"%00" in query or "\0" in request.path:
        raise BadRequest
    if request.method == "POST" and found_session() is None:
        request.max_content_length = _STRANGERS_MOST
    if not all(request.form):
        # A part of a form without a name: every question asks its answer by one.
        raise BadRequest


def _here() -> str:
    """Return the address of this page, to come back to: for a draft kept as you go, that of its form."""
    if request.endpoint == _AS_YOU_GO:
        return safe_page(request.args.get("path", ""))
    return page_path()


def _token_is_good() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        _log.warning("a form without a token of this session, sent to %s", request.endpoint)
        return False
    return True
