"""Unfinished forms: sealed as their author types, kept when asked to, let go when thrown away."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response

from intake.errors import NotFound
from intake.forms.base import words_in
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.services.drafts import LONGEST_PATH
from intake.views.desk import writing
from intake.views.guards import access, declared_access
from intake.views.reception import page_path
from intake.views.session import current_actor, current_author
from intake.views.times import clock_time

blueprint = Blueprint("drafts", __name__)


@blueprint.post("/drafts/save")
@access(Permission.ACCOUNT_OWN)
def save() -> Response:
    """Seal what has been typed so far, and say when; asked for by the page itself every few seconds."""
    path = _path_of_form()
    with writing() as services:
        if services.once.used(current_actor(), request.form.get("once_key", "")):
            # It set out before its form was sent and comes in after: what was sent is no draft any more.
            return Response(mimetype="text/plain")
        saved_at = services.drafts.keep(current_author(), path, words_in(request.form))
    return Response(_("Draft saved %(time)s", time=clock_time(saved_at)), mimetype="text/plain")


@blueprint.post("/drafts/discard")
@access(Permission.ACCOUNT_OWN)
def discard() -> Response:
    """Let an unfinished form go, and show it empty."""
    path = _path_of_form()
    with writing() as services:
        services.drafts.let_go(current_author(), path)
    flash(_("What you had typed was thrown away."), "done")
    return redirect(path, 303)


def keep_for_later() -> Response:
    """Seal the form of this page, posted with 'Save and finish later', and go back to the start."""
    with writing() as services:
        services.drafts.keep(current_author(), page_path(), words_in(request.form))
    flash(_("Saved, and not sent yet. Go on with it from your first page."), "done")
    return redirect(url_for("home.shown"), 303)


def _path_of_form() -> str:
    """Return the page whose form it is. Raises `NotFound` unless it is one that this person may post."""
    path = request.args.get("path", "")
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        raise BadRequest
    try:
        endpoint, _values = current_app.url_map.bind("").match(path.partition("?")[0], method="POST")
    except HTTPException:
        raise NotFound from None
    declared = declared_access(current_app, endpoint)
    if declared is None or declared.permission is None:
        raise NotFound
    require_role(current_actor(), declared.permission)
    return path
