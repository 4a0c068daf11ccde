"""Saying that oneself, or a colleague, has a tie to a case: whoever has one is kept out of it at once."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import StaleVersion
from intake.forms.restriction import TieForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.session import current_actor

blueprint = Blueprint("ties", __name__)


@blueprint.route("/queue/<uuid:referral_id>/tie", methods=["GET", "POST"])
@access(Permission.REFERRAL_TIE)
def of_referral(referral_id: UUID) -> Response | str:
    """Somebody in the duty service has a tie to the child of a referral."""

    def say(services: Services, person_id: UUID) -> None:
        services.ties.in_hub(current_actor(), referral_id, person_id)

    with reading() as services:
        services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_TIE)
        form = _form(services, referral_id)
    back = url_for("queue.shown", referral_id=referral_id)
    return _of_referral(form, say, back, url_for("queue.listed"))


@blueprint.route("/copies/<uuid:copy_id>/tie", methods=["GET", "POST"])
@access(Permission.REFERRAL_TIE)
def of_copy(copy_id: UUID) -> Response | str:
    """Somebody in the duty service has a tie to the child of a copy it was given."""

    def say(services: Services, person_id: UUID) -> None:
        services.ties.of_copy(current_actor(), copy_id, person_id)

    with reading() as services:
        services.copies.reference(current_actor(), copy_id)
        form = _form(services, copy_id)
    back = url_for("copies.shown", copy_id=copy_id)
    return _of_referral(form, say, back, url_for("copies.listed"))


@blueprint.route("/offers/<uuid:offer_id>/tie", methods=["GET", "POST"])
@access(Permission.REFERRAL_TIE)
def of_offer(offer_id: UUID) -> Response | str:
    """Somebody in the duty service has a tie to the child of a referral passed on to it."""

    def say(services: Services, person_id: UUID) -> None:
        services.ties.of_offer(current_actor(), offer_id, person_id)

    with reading() as services:
        head = services.offers.head(current_actor(), offer_id)
        form = _form(services, head.referral_id)
    back = url_for("offers.shown", offer_id=offer_id)
    return _of_referral(form, say, back, url_for("offers.listed"))


@blueprint.route("/concerns/<uuid:concern_id>/tie", methods=["GET", "POST"])
@access(Permission.CONCERN_TIE)
def of_concern(concern_id: UUID) -> Response | str:
    """Somebody in the school has a tie to the child of a concern."""

    def act(services: Services) -> str:
        services.ties.in_school(current_actor(), concern_id, form.draft())
        own = form.person.data == current_actor().person_id
        return url_for("concerns.listed") if own else back

    back = url_for("concerns.shown", concern_id=concern_id)
    with reading() as services:
        services.concern_reading.require(current_actor(), Permission.CONCERN_TIE, concern_id)
        form = _form(services, concern_id)
    if form.accepted() and (answer := write_once(form, act)) is not None:
        return _told(answer)
    return render_template("ties/declare.html", form=form, back=back)


def _of_referral(
    form: TieForm, say: Callable[[Services, UUID], None], back: str, listed: str
) -> Response | str:
    """Have it said who has the tie, and go back to the page; to the list for whoever has it themselves."""

    def act(services: Services) -> str:
        say(services, form.draft())
        return listed if form.person.data == current_actor().person_id else back

    try:
        if form.accepted() and (answer := write_once(form, act)) is not None:
            return _told(answer)
    except StaleVersion:
        form.refuse("", _("This moved on while you were choosing. Press again."))
    return render_template("ties/declare.html", form=form, back=back)


def _form(services: Services, case_id: UUID) -> TieForm:
    return TieForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words(),
        choices={"person": services.ties.choices(current_actor(), case_id)},
    )


def _told(answer: Response) -> Response:
    flash(_("Kept out from now on. It is on record who said so."), "done")
    return answer
