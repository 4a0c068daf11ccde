"""Words between hub and school outside a decision: writing to the school, and the school's answer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition
from intake.forms.message import AnswerForm, MessageForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import opened_page
from intake.views.hub_words import hub_words
from intake.views.session import current_actor
from intake.vocabulary import ReferralAct

blueprint = Blueprint("messages", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/message", methods=["GET", "POST"])
@access(Permission.REFERRAL_WRITE)
def write(referral_id: UUID) -> Response | str:
    """A question or a word to the school, without a decision."""

    def act(services: Services) -> str:
        services.messages.write(current_actor(), referral_id, form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    form = MessageForm(**_asked())
    try:
        if form.accepted() and (answer := write_once(form, act)) is not None:
            flash(_("It is on the school's page now, and the sender has a mail that there is news."), "done")
            return answer
    except IllegalTransition:
        form.refuse("", _("Nothing was sent: this was closed meanwhile."))
    page = opened_page(referral_id)
    if not form.submitted and ReferralAct.WRITE_TO_SCHOOL not in page.read.header.may:
        flash(_("You can write to the school once this is acknowledged, and until it is closed."))
        return redirect(url_for("queue.shown", referral_id=referral_id), 303)
    return render_template("messages/write.html", form=form, page=page)


@blueprint.route("/referrals/<uuid:referral_id>/answer", methods=["GET", "POST"])
@access(Permission.REFERRAL_ANSWER)
def answer(referral_id: UUID) -> Response | str:
    """The school's answer to what the hub wrote."""

    def act(services: Services) -> str:
        services.messages.answer(current_actor(), referral_id, form.draft())
        return url_for("referrals.shown", referral_id=referral_id)

    form = AnswerForm(**_asked())
    try:
        if form.accepted() and (kept := write_once(form, act)) is not None:
            flash(_("Your answer is sent. The duty service sees that it is there."), "done")
            return kept
    except IllegalTransition:
        form.refuse("", _("Nothing was sent: the duty service has closed this. Ring them."))
    with opening() as services:
        referral = services.referral_reading.open(current_actor(), referral_id, stamped=not form.submitted)
    if not form.submitted and not referral.may_answer:
        flash(_("There is nothing here to answer. Ring the duty service if you want to tell them something."))
        return redirect(url_for("referrals.shown", referral_id=referral_id), 303)
    return render_template("messages/answer.html", form=form, referral=referral, head=referral.head)


def _asked() -> dict[str, Any]:
    """Return what a form is made of: what was posted, or what had been typed here before and not sent."""
    if request.method == "POST":
        return {"posted": request.form}
    return {"once_key": fresh_once_key(), "saved": saved_words()}
