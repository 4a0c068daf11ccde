"""The rota: who is on duty, and when. It keeps nobody out."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Refused
from intake.forms.rota import ShiftForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, reading, saved_words, write_once, writing
from intake.views.guards import access
from intake.views.session import current_actor
from intake.words.refusals import refusal

blueprint = Blueprint("rota", __name__)


@blueprint.route("/rota", methods=["GET", "POST"])
@access(Permission.ROTA_KEEP)
def shown() -> Response | str:
    """Who is on duty from a week ago on, and the form that puts somebody on duty."""

    def act(services: Services) -> str:
        services.rota.write(current_actor(), form.draft())
        return url_for("rota.shown")

    with reading() as services:
        people = services.rota.choices(current_actor())
        shifts = services.rota.listed(current_actor())
    posted = request.form if request.method == "POST" else None
    form = ShiftForm(
        posted,
        once_key=fresh_once_key(),
        saved=None if posted else saved_words(),
        choices={"person": people},
        on=today(),
    )
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("It stands on the rota."), "done")
        return answer
    return render_template("rota/rota.html", form=form, shifts=shifts)


@blueprint.post("/rota/<uuid:shift_id>/remove")
@access(Permission.ROTA_KEEP, page="rota.shown")
def remove(shift_id: UUID) -> Response:
    """Take a shift away that has not begun."""
    try:
        with writing() as services:
            services.rota.remove(current_actor(), shift_id)
    except Refused as refused:
        flash(str(refusal(refused.message)), "warning")
    else:
        flash(_("It is off the rota."), "done")
    return redirect(url_for("rota.shown"), 303)
