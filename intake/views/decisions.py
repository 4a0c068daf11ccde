"""Deciding on a referral, with the referral at hand to be read again."""

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.decision import DecisionForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, saved_words, write_once
from intake.views.drafts import keep_for_later
from intake.views.guards import access
from intake.views.hub_page import HubPage, opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import keep_words
from intake.views.session import current_actor
from intake.vocabulary import ReferralAct

blueprint = Blueprint("decisions", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/decision", methods=["GET", "POST"])
@access(Permission.REFERRAL_DECIDE)
def decide(referral_id: UUID) -> Response:
    """The decision, why, and what the school may read of it."""
    if request.form.get("do") == "save":
        return keep_for_later()
    form, status = _form(), 200
    if form.accepted():
        try:
            answer = write_once(form, lambda services: _decide(services, referral_id, form))
        except (StaleVersion, IllegalTransition):
            answer, status = None, keep_words(form, referral_id)
        if answer is not None:
            flash(_("The decision is kept. What you wrote to the school is on its page now."), "done")
            return answer
    page = opened_page(referral_id)
    if not form.submitted:
        if not _may_decide(page):
            flash(_("Take it and acknowledge it first: a decision comes after that."))
            return redirect(url_for("queue.shown", referral_id=referral_id), 303)
        form.version.data = page.read.header.version
    return make_response(
        render_template("queue/decision.html", form=form, page=page, reference=page.read.header.reference),
        status,
    )


def _form() -> DecisionForm:
    posted = request.form if request.method == "POST" else None
    return DecisionForm(posted, once_key=fresh_once_key(), saved=saved_words() if posted is None else None)


def _may_decide(page: HubPage) -> bool:
    header = page.read.header
    return header.is_mine and bool({ReferralAct.DECIDE, ReferralAct.AWAIT_INFORMATION} & header.may)


def _decide(services: Services, referral_id: UUID, form: DecisionForm) -> str:
    services.decisions.decide(current_actor(), referral_id, int(form.version.data), form.draft())
    return url_for("queue.shown", referral_id=referral_id)
