"""The way in: a first page for each kind of visitor, whom to ring, and the pages about this service."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response

from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.views import who_to_ring as ringing_page
from intake.views.desk import reading
from intake.views.guards import public
from intake.views.session import current_author, signed_in

blueprint = Blueprint("home", __name__)

#: Where a person's day begins, by the first of these they may do.
_FIRST_ROOMS = (
    (Permission.QUEUE_LIST, "queue.listed"),
    (Permission.CONCERN_LIST, "concerns.listed"),
    (Permission.AUDIT_VIEW, "trail.shown"),
    (Permission.PEOPLE_MANAGE, "people.listed"),
)


@blueprint.get("/")
@public
def shown() -> Response | str:
    """The first page: a person's own room, or the way to sign in."""
    who = signed_in()
    if who is None:
        return render_template("home/welcome.html")
    actor = who.found.actor
    if actor is None or not actor.roles:
        return redirect(url_for("sign_in.organisation"), 303)
    return _first_room(actor) or _staff_page(actor)


def _first_room(actor: Actor) -> Response | None:
    """Return the way to the room this person's day begins in; None for staff who only record."""
    if actor.needs_second_factor and not role_may(actor, Permission.CONCERN_RECORD):
        return redirect(url_for("sign_in.second_factor"), 303)
    endpoints = (endpoint for permission, endpoint in _FIRST_ROOMS if role_may(actor, permission))
    first = next(endpoints, None)
    return None if first is None else redirect(url_for(first), 303)


def _staff_page(actor: Actor) -> str:
    with reading() as services:
        unfinished = services.drafts.unfinished(current_author())
    return render_template(
        "home/staff.html", unfinished=unfinished, waits_for_second_factor=actor.needs_second_factor
    )


@blueprint.route("/who-to-ring", methods=["GET", "POST"])
@public
def who_to_ring() -> Response | str:
    """Whom to ring now, by postcode or council; nothing is recorded and nobody needs to sign in."""
    return ringing_page.looked_up() if request.method == "POST" else ringing_page.asked()


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """What works, what is known not to, and whom to tell."""
    return render_template("home/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is kept about whom, and who can read it."""
    return render_template("home/privacy.html")


@blueprint.get("/health/live")
@public
def live() -> Response:
    """Whether the process answers."""
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/health/ready")
@public
def ready() -> Response:
    """Whether the database answers too; a failure is told by the failure page, with status 503."""
    with reading() as services:
        services.unit.session.execute(text("SELECT 1"))
    return Response("ready\n", mimetype="text/plain")
