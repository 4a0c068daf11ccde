"""Referrals that another service passes on: the list, one to read, and the answer."""

from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.passing import AcceptForm, DeclineForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import hub_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import CONFLICT
from intake.views.session import current_actor
from intake.vocabulary import PassingState

blueprint = Blueprint("offers", __name__)
blueprint.context_processor(hub_words)


@blueprint.get("/offers")
@access(Permission.REFERRAL_ACCEPT)
def listed() -> str:
    """What other services ask this one to take over, the most pressing first."""
    with reading() as services:
        offers = services.offers.listed(current_actor())
    return render_template("offers/listed.html", offers=offers)


@blueprint.get("/offers/<uuid:offer_id>")
@access(Permission.REFERRAL_ACCEPT)
def shown(offer_id: UUID) -> Response | str:
    """A referral as it was sent, why it is passed on, and the question whether this service takes it."""
    try:
        with opening() as services:
            offer = services.offers.read(current_actor(), offer_id)
            page = hub_page(offer.read, services)
    except IllegalTransition:
        return _answered(offer_id, 200)
    return render_template("offers/offer.html", offer=offer, page=page)


@blueprint.post("/offers/<uuid:offer_id>/accept")
@access(Permission.REFERRAL_ACCEPT, page="offers.shown")
def accept(offer_id: UUID) -> Response:
    """Take it over: from now on this service has it."""
    form = AcceptForm(request.form)
    if not form.accepted():
        abort(400)

    def act(services: Services) -> str:
        return url_for("queue.shown", referral_id=services.offers.accept(current_actor(), offer_id))

    try:
        answer = write_once(form, act)
    except (StaleVersion, IllegalTransition):
        return _answered(offer_id, CONFLICT)
    if answer is None:
        abort(400)
    flash(_("You have it now. The school and the service that had it see that."), "done")
    return answer


@blueprint.route("/offers/<uuid:offer_id>/decline", methods=["GET", "POST"])
@access(Permission.REFERRAL_ACCEPT)
def decline(offer_id: UUID) -> Response:
    """Say why this service does not take it: it stays where it is."""

    def act(services: Services) -> str:
        services.offers.decline(current_actor(), offer_id, form.draft())
        return url_for("offers.listed")

    posted = request.form if request.method == "POST" else None
    form = DeclineForm(posted, once_key=fresh_once_key(), saved=saved_words() if posted is None else None)
    with reading() as services:
        head = services.offers.head(current_actor(), offer_id)
    if form.accepted():
        try:
            answer = write_once(form, act)
        except (StaleVersion, IllegalTransition):
            return _answered(offer_id, CONFLICT, typed=form.draft())
        if answer is not None:
            flash(_("Declined. They still have it, and see why."), "done")
            return answer
    elif posted is None and head.state is not PassingState.OFFERED:
        return redirect(url_for("offers.shown", offer_id=offer_id), 303)
    return make_response(render_template("offers/decline.html", form=form, head=head))


def _answered(offer_id: UUID, status: int, typed: str = "") -> Response:
    """Say what came of an offer that nobody need answer any more, and give back what was typed."""
    with reading() as services:
        head = services.offers.head(current_actor(), offer_id)
    return make_response(render_template("offers/answered.html", head=head, typed=typed), status)
