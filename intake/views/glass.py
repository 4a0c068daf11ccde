"""Breaking the glass in a duty service, closing it again, and the review that follows."""

from uuid import UUID

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.restriction import CloseGlassForm, GlassForm, GlassReviewForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access, step_up
from intake.views.hub_words import hub_words
from intake.views.session import current_actor

blueprint = Blueprint("glass", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/break-glass", methods=["GET", "POST"])
@step_up(Permission.GLASS_BREAK)
def broken() -> Response | str:
    """The same page for everybody and every name, whether or not there is anything."""

    def act(services: Services) -> str:
        services.glass.break_glass(current_actor(), form.draft())
        return url_for("glass.behind")

    posted = request.form if request.method == "POST" else None
    form = GlassForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        return answer
    return render_template("glass/break.html", form=form)


@blueprint.get("/break-glass/found")
@access(Permission.GLASS_BREAK)
def behind() -> str:
    """What was found behind the glass, while it is open."""
    with reading() as services:
        found = services.glass.open_now(current_actor())
    return render_template("glass/behind.html", broken=found)


@blueprint.post("/break-glass/close")
@access(Permission.GLASS_BREAK, page="glass.broken")
def closed() -> Response:
    """Close the glass before the hour is over."""
    form = CloseGlassForm(request.form)
    if not form.accepted():
        abort(400)

    def act(services: Services) -> str:
        services.glass.end(current_actor())
        return url_for("queue.listed")

    answer = write_once(form, act)
    if answer is None:
        abort(400)
    flash(_("Closed. A colleague reviews why you broke the glass."), "done")
    return answer


@blueprint.get("/break-glass/reviews")
@access(Permission.GLASS_REVIEW)
def reviews() -> str:
    """Every time somebody here broke the glass, what waits for a review first."""
    actor = current_actor()
    with reading() as services:
        rows = services.glass.to_review(actor)
    return render_template("glass/reviews.html", rows=rows, by_shift_code=actor.by_shift_code)


@blueprint.route("/break-glass/reviews/<uuid:glass_id>", methods=["GET", "POST"])
@access(Permission.GLASS_REVIEW)
def review(glass_id: UUID) -> Response | str:
    """One of them: who, why and what was found; a colleague writes down whether it was needed."""

    def act(services: Services) -> str:
        services.glass.review(current_actor(), glass_id, form.draft())
        return url_for("glass.reviews")

    posted = request.form if request.method == "POST" else None
    form = GlassReviewForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Reviewed."), "done")
        return answer
    with opening() as services:
        found = services.glass.under_review(current_actor(), glass_id)
    return render_template("glass/review.html", form=form, found=found)
