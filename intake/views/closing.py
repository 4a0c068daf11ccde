"""Closing a referral whose work here is done."""

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.closing import ClosingForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import keep_words
from intake.views.session import current_actor
from intake.vocabulary import ReferralAct

blueprint = Blueprint("closing", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/close", methods=["GET", "POST"])
@access(Permission.REFERRAL_CLOSE)
def close(referral_id: UUID) -> Response:
    """Why the work here is done; then the referral is on no open list, and stays to be read."""

    def act(services: Services) -> str:
        services.closing.close(current_actor(), referral_id, int(form.version.data), form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    posted = request.form if request.method == "POST" else None
    saved = saved_words() if posted is None else None
    form, status = ClosingForm(posted, once_key=fresh_once_key(), saved=saved), 200
    if form.accepted():
        try:
            answer = write_once(form, act)
        except (StaleVersion, IllegalTransition):
            answer, status = None, keep_words(form, referral_id)
        if answer is not None:
            flash(_("Closed, with your reason. It stays here to be read, under 'Closed'."), "done")
            return answer
    page = opened_page(referral_id)
    if not form.submitted:
        header = page.read.header
        if not (header.is_mine and ReferralAct.CLOSE in header.may):
            flash(_("Take it and decide first: only what is decided is closed."))
            return redirect(url_for("queue.shown", referral_id=referral_id), 303)
        form.version.data = header.version
    return make_response(render_template("queue/close.html", form=form, page=page), status)
