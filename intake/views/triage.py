"""Acting on a referral at the duty desk: take, hand back, acknowledge, give it a colour."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.triage import ActForm, ColourForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import HubPage, opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import keep_words, moved_on
from intake.views.session import current_actor
from intake.vocabulary import ReferralAct
from intake.words.limits import limit_words

blueprint = Blueprint("triage", __name__)
blueprint.context_processor(hub_words)


@blueprint.post("/queue/<uuid:referral_id>/take")
@access(Permission.REFERRAL_TAKE, page="queue.shown")
def take(referral_id: UUID) -> Response:
    """Take a referral: from now on everybody sees who has it."""
    return _press(
        referral_id,
        lambda services, version: services.triage.take(current_actor(), referral_id, version),
        _("You have it."),
    )


@blueprint.post("/queue/<uuid:referral_id>/hand-back")
@access(Permission.REFERRAL_TAKE, page="queue.shown")
def hand_back(referral_id: UUID) -> Response:
    """Put a referral back in the queue."""
    return _press(
        referral_id,
        lambda services, version: services.triage.hand_back(current_actor(), referral_id, version),
        _("It is back in the queue, and nobody has it."),
    )


@blueprint.post("/queue/<uuid:referral_id>/acknowledge")
@access(Permission.REFERRAL_ACKNOWLEDGE, page="queue.shown")
def acknowledge(referral_id: UUID) -> Response:
    """Tell the sender that a person has it."""
    return _press(
        referral_id,
        lambda services, version: services.triage.acknowledge(current_actor(), referral_id, version),
        _("Acknowledged. The sender sees it now."),
    )


@blueprint.route("/queue/<uuid:referral_id>/colour", methods=["GET", "POST"])
@access(Permission.REFERRAL_COLOUR)
def colour(referral_id: UUID) -> Response:
    """Give a referral a colour, or another one, with the reason."""
    form, status = colour_form(referral_id, saved_words()), 200
    if form.accepted():
        try:
            answer = write_once(form, lambda services: _colour(services, referral_id, form))
        except (StaleVersion, IllegalTransition):
            answer, status = None, keep_words(form, referral_id)
        if answer is not None:
            flash(_("The colour is kept, with your reason."), "done")
            return answer
    page = opened_page(referral_id)
    if not form.submitted and not _may(page, ReferralAct.COLOUR):
        flash(_("Take it and acknowledge it first: a colour comes after that."))
        return redirect(url_for("queue.shown", referral_id=referral_id), 303)
    return make_response(render_template("queue/colour.html", form=form, page=page), status)


def colour_form(referral_id: UUID, saved: dict[str, list[str]] | None = None) -> ColourForm:
    """Return the form for a colour, each with the limit its authority has for it."""
    with reading() as services:
        header = services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_COLOUR)
        limits = services.limits.in_force(header.authority_code)
    form = ColourForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved,
        colour=header.colour,
    )
    if not form.submitted:
        form.version.data = header.version
    form.colour.hints = {limit.colour: limit_words(limit) for limit in limits}
    return form


def _colour(services: Services, referral_id: UUID, form: ColourForm) -> str:
    services.triage.colour(current_actor(), referral_id, int(form.version.data), form.draft())
    return url_for("queue.shown", referral_id=referral_id)


def _may(page: HubPage, act: ReferralAct) -> bool:
    return page.read.header.is_mine and act in page.read.header.may


def _press(referral_id: UUID, act: Callable[[Services, int], None], done: str) -> Response:
    """Do what a one-button form asks; whoever lost the race is told who has it, and nothing is lost."""
    form = ActForm(request.form)
    if not form.accepted():
        abort(400)

    def acted(services: Services) -> str:
        act(services, form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    try:
        answer = write_once(form, acted)
    except (StaleVersion, IllegalTransition):
        return moved_on(referral_id)
    if answer is None:
        abort(400)
    flash(done, "done")
    return answer
