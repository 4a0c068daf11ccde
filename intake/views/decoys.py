"""Decoys: which closed cases are, marking one by two managers, and ending a mark. No address names a case."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.decoys import DecoyForm
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, saved_words, write_once, writing
from intake.views.guards import access
from intake.views.session import current_actor

blueprint = Blueprint("decoys", __name__)


@blueprint.get("/decoys")
@access(Permission.DECOY_SEE)
def listed() -> str:
    """Which cases are, were or are to be decoys, by whom and since when."""
    actor = current_actor()
    with opening() as services:
        decoys = services.decoys.listed(actor)
    return render_template("decoys/listed.html", decoys=decoys, marks=role_may(actor, Permission.DECOY_MARK))


@blueprint.route("/decoys/mark", methods=["GET", "POST"])
@access(Permission.DECOY_MARK)
def mark() -> Response | str:
    """A duty manager asks that a closed case is marked: a second one approves it."""

    def act(services: Services) -> str:
        request_id = services.decoys.ask(current_actor(), form.draft())
        return url_for("second_person.shown", request_id=request_id)

    posted = request.form if request.method == "POST" else None
    form = DecoyForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. It is no decoy before a second duty manager approves it."), "done")
        return answer
    return render_template("decoys/mark.html", form=form)


@blueprint.post("/decoys/<uuid:mark_id>/end")
@access(Permission.DECOY_MARK, page="decoys.listed")
def end(mark_id: UUID) -> Response:
    """End a mark: the case is like any other closed one again."""
    with writing() as services:
        services.decoys.end(current_actor(), mark_id)
    flash(_("It is no decoy any more."), "done")
    return redirect(url_for("decoys.listed"), 303)
