"""Saying that a referral was sent to the wrong place, from either side of the door."""

from typing import Final
from uuid import UUID

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.passing import WrongCopyForm, WrongPlaceForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import CONFLICT, keep_words
from intake.views.passing import councils
from intake.views.session import current_actor
from intake.vocabulary import ReferralAct

blueprint = Blueprint("wrong_place", __name__)
blueprint.context_processor(hub_words)

_GONE: Final = _l("Nobody here can open it any more, and it is on record.")


@blueprint.route("/queue/<uuid:referral_id>/wrong-place", methods=["GET", "POST"])
@access(Permission.REFERRAL_WRONG_PLACE)
def of_hub(referral_id: UUID) -> Response:
    """The service that has it says that it should never have come."""

    def act(services: Services) -> str:
        services.wrong_place.said_by_hub(current_actor(), referral_id, int(form.version.data), form.draft())
        return url_for("queue.listed")

    with reading() as services:
        header = services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_WRONG_PLACE)
    form, status = _form(header.version), 200
    if form.accepted():
        try:
            if (answer := write_once(form, act)) is not None:
                over = ReferralAct.TAKE_BACK in header.may
                again = _("It is routed again. Nobody here can open it any more, and it is on record.")
                flash(str(_GONE) if over else again, "done")
                return answer
        except (StaleVersion, IllegalTransition):
            status = keep_words(form, referral_id)
    page = opened_page(referral_id)
    return make_response(render_template("passing/wrong_place_hub.html", form=form, page=page), status)


@blueprint.route("/referrals/<uuid:referral_id>/wrong-place", methods=["GET", "POST"])
@access(Permission.REFERRAL_SENT_WRONG)
def of_school(referral_id: UUID) -> Response:
    """The school that sent it says that it went to the wrong place."""

    def act(services: Services) -> str:
        services.wrong_place.said_by_school(
            current_actor(), referral_id, int(form.version.data), form.draft()
        )
        return url_for("referrals.shown", referral_id=referral_id)

    with reading() as services:
        head = services.referral_reading.head(current_actor(), Permission.REFERRAL_SENT_WRONG, referral_id)
    form, status = _form(head.version), 200
    if form.accepted():
        try:
            if (answer := write_once(form, act)) is not None:
                again = _("It was taken back, and routed again. See below who has it now.")
                flash(_("It was taken back.") if head.is_over else again, "done")
                return answer
        except (StaleVersion, IllegalTransition):
            form.version.data, status = head.version, CONFLICT
            form.refuse("", _("This moved on while you were writing. Look who has it now, then press again."))
    return make_response(render_template("passing/wrong_place_school.html", form=form, head=head), status)


@blueprint.route("/referrals/<uuid:copied_id>/copies/<uuid:hub_id>/wrong-place", methods=["GET", "POST"])
@access(Permission.REFERRAL_SENT_WRONG)
def copy_of_school(copied_id: UUID, hub_id: UUID) -> Response:
    """The school that sent it says that a copy went to the wrong place."""

    def act(services: Services) -> str:
        services.wrong_place.copy_said_by_school(current_actor(), copied_id, hub_id, form.draft())
        return url_for("referrals.shown", referral_id=copied_id)

    with reading() as services:
        held = services.told_others.copy(current_actor(), copied_id, hub_id)
    form = _copy_form()
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("The copy was taken back."), "done")
        return answer
    return make_response(render_template("passing/wrong_copy_school.html", form=form, held=held))


@blueprint.route("/copies/<uuid:copy_id>/wrong-place", methods=["GET", "POST"])
@access(Permission.REFERRAL_WRONG_PLACE)
def copy_of_hub(copy_id: UUID) -> Response:
    """The service that has a copy says that it should never have got it."""

    def act(services: Services) -> str:
        services.wrong_place.copy_said_by_hub(current_actor(), copy_id, form.draft())
        return url_for("copies.listed")

    with reading() as services:
        reference = services.copies.reference(current_actor(), copy_id)
    form = _copy_form()
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(str(_GONE), "done")
        return answer
    return make_response(
        render_template("passing/wrong_copy_hub.html", form=form, copy_id=copy_id, reference=reference)
    )


def _copy_form() -> WrongCopyForm:
    posted = request.form if request.method == "POST" else None
    return WrongCopyForm(posted, once_key=fresh_once_key(), saved=saved_words() if posted is None else None)


def _form(version: int) -> WrongPlaceForm:
    posted = request.form if request.method == "POST" else None
    form = WrongPlaceForm(
        posted,
        once_key=fresh_once_key(),
        saved=saved_words() if posted is None else None,
        choices={"council": councils()},
    )
    if not form.submitted:
        form.version.data = version
    return form
