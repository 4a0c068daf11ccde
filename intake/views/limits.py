"""The authority's own time limits for the triage colours, entered by its duty manager."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.limits import LimitsForm, answers_of
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_words import hub_words
from intake.views.session import current_actor
from intake.words.limits import limit_words

blueprint = Blueprint("limits", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/limits", methods=["GET", "POST"])
@access(Permission.LIMITS_SET)
def shown() -> Response | str:
    """The limits as they stand, and the form that changes them."""

    def act(services: Services) -> str:
        services.limits.set(current_actor(), form.draft())
        return url_for("limits.shown")

    with reading() as services:
        code, limits = services.limits.of(current_actor())
        listed = () if limits else services.limits.listed(code)
        authority = services.directory.named(code).name
    posted = request.form if request.method == "POST" else None
    form = LimitsForm(posted, once_key=fresh_once_key(), saved=saved_words(), data=answers_of(limits))
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("The time limits are kept. They count for every colour given from now on."), "done")
        return answer
    return render_template(
        "limits/limits.html",
        form=form,
        authority=authority,
        entered=bool(limits),
        listed=listed,
        limit_words=limit_words,
    )
