"""What the pages of the door have in common: who comes from where, how a session begins, what is next."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.services.reception import Reception
from intake.services.sessions import Found, Standing
from intake.services.sign_in import Begun
from intake.views import session
from intake.views.session import found_session, workplace

#: Where a browser keeps the code of a one-time link, from the page it is typed on to that of the password.
LINK = "link"
_HOME = "/"
_HALF_A_YEAR = 180 * 24 * 60 * 60


def reception() -> Reception:
    """Return the reception; refuses a request that no page of this session sent."""
    if not g.get("csrf_valid", False):
        raise BadRequest
    return Reception(workplace())


def source() -> str:
    """Return the address the request came from, as far as the trusted proxies in front of us say."""
    return request.remote_addr or ""


def device() -> str:
    """Return the token of this browser, if somebody signed in from it before."""
    return request.cookies.get(_device_cookie(), "")


def live_session() -> Found:
    """Return the session of a page that only somebody signed in may open."""
    found = found_session()
    assert found is not None  # noqa: S101 - the door lets nobody else in
    return found


def session_here() -> UUID | None:
    """Return the live session this browser has, or None."""
    found = found_session()
    return None if found is None or found.standing is not Standing.LIVE else found.session_id


def admit(begun: Begun, *, to: str = "") -> Response:
    """Hand the session to the browser, and go on to what is still to be proved or to the page asked for."""
    session.begin(begun.token)
    answer = onward(begun.found, to=to)
    if begun.device:
        answer.set_cookie(
            _device_cookie(),
            begun.device,
            max_age=_HALF_A_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return answer


def onward(found: Found, *, to: str = "") -> Response:
    """Go on: to choose an organisation, to give the second factor, or to the page that was asked for."""
    page = to or next_page()
    if found.actor is None:
        return redirect(url_for("sign_in.organisation", next=page), 303)
    if found.actor.needs_second_factor and (not found.second_factor or not found.actor.proven_roles):
        # Whoever has another role here goes on with that, and is asked when it comes to it.
        return redirect(url_for("sign_in.second_factor", next=page), 303)
    return redirect(page, 303)


def asked_to_wait(seconds: int, again: str) -> Response:
    """Tell somebody to wait; `again` is the page to come back to."""
    answer = make_response(render_template("sign_in/wait.html", seconds=seconds, again=again), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def may_record(found: Found) -> bool:
    """Whether somebody who has not given a code yet may record a concern all the same."""
    return found.actor is not None and role_may(found.actor, Permission.CONCERN_RECORD)


def proved_lately(found: Found) -> bool:
    """Whether somebody has given their second factor in the last few minutes."""
    return found.proved_lately(workplace().tools.clock.now())


def providers() -> dict[str, str]:
    """Return the names of the providers of single sign-on, by the part of the address for each."""
    return {slug: provider.terms.name for slug, provider in workplace().tools.providers.items()}


def next_page() -> str:
    """Return the page to go on to: one of our own that can simply be opened, else the first page."""
    return safe_page(request.args.get("next", ""))


def page_path() -> str:
    """Return the address of this request's page, with its query: drafts of its form are kept under it."""
    if "page_path" in g:
        return str(g.page_path)
    query = request.query_string.decode()
    return f"{request.path}?{query}" if query else request.path


def safe_page(said: str) -> str:
    """Return `said` if it is the address of a page of ours, else that of the first page.

    Nothing is guessed from how the address looks: it must be one that our own routes answer to a GET.
    """
    if not said.startswith("/") or said.startswith("//") or "\\" in said or not said.isprintable():
        return _HOME
    try:
        parts = urlsplit(said)
        current_app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        return _HOME
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _device_cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"
