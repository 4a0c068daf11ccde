"""Whether this installation is in order: a page for administrators, and the same for a program of theirs."""

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from intake.policy.permissions import Permission
from intake.services.health import Health
from intake.views.desk import reading
from intake.views.guards import access
from intake.views.session import current_actor

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@access(Permission.HEALTH_VIEW)
def shown() -> str:
    """Key ring, chains, mail and directory, in words."""
    return render_template("health/shown.html", health=_look())


@blueprint.get("/health/report")
@access(Permission.HEALTH_VIEW)
def report() -> Response:
    """The same, to be read by a program."""
    return jsonify(_look().report())


def _look() -> Health:
    with reading() as services:
        return services.health.seen_by(current_actor())
