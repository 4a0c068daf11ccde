"""Asking that a case is erased, holding one against that, and what is left where something was erased."""

from uuid import UUID

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from intake.forms.erasing import EraseForm, HoldForm, LiftHoldForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.cases import case_page
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access, step_up
from intake.views.session import current_actor
from intake.vocabulary import SubjectKind
from intake.words.refusals import refusal

blueprint = Blueprint("erasing", __name__)

_GONE = 410


@blueprint.route("/queue/<uuid:referral_id>/erase", methods=["GET", "POST"])
@step_up(Permission.REFERRAL_ERASE)
def of_referral(referral_id: UUID) -> AnyResponse | str:
    """A duty manager asks that a closed referral is erased: a second one approves it."""
    hold = url_for("erasing.hold_of_referral", referral_id=referral_id)
    return _erase(SubjectKind.REFERRAL, referral_id, hold)


@blueprint.route("/children/<uuid:child_file_id>/erase", methods=["GET", "POST"])
@step_up(Permission.FILE_ERASE)
def of_child(child_file_id: UUID) -> AnyResponse | str:
    """A safeguarding lead asks that a child's file is erased: a second one approves it."""
    hold = url_for("erasing.hold_of_child", child_file_id=child_file_id)
    return _erase(SubjectKind.CHILD_FILE, child_file_id, hold)


@blueprint.route("/queue/<uuid:referral_id>/hold", methods=["GET", "POST"])
@access(Permission.REFERRAL_ERASE)
def hold_of_referral(referral_id: UUID) -> AnyResponse | str:
    """A duty manager holds a referral against being erased, or asks that the hold is lifted."""
    return _hold(SubjectKind.REFERRAL, referral_id)


@blueprint.route("/children/<uuid:child_file_id>/hold", methods=["GET", "POST"])
@access(Permission.FILE_ERASE)
def hold_of_child(child_file_id: UUID) -> AnyResponse | str:
    """A safeguarding lead holds a child's file against being erased, or asks that the hold is lifted."""
    return _hold(SubjectKind.CHILD_FILE, child_file_id)


def gone(case_id: UUID | None) -> Response | None:
    """Return the certificate of what was erased, for somebody who would have opened it; None without one."""
    if case_id is None:
        return None
    with reading() as services:
        certificate = services.erasing.certificate(current_actor(), case_id)
    page = render_template(
        "erasing/certificate.html", certificate=certificate, reference=certificate.reference or None
    )
    return make_response(page, _GONE)


def _erase(kind: SubjectKind, case_id: UUID, hold: str) -> AnyResponse | str:
    def act(services: Services) -> str:
        request_id = services.erasing.ask(current_actor(), kind, case_id, form.draft())
        return url_for("second_person.shown", request_id=request_id)

    posted = request.form if request.method == "POST" else None
    form = EraseForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. Nothing is erased before a colleague approves it."), "done")
        return answer
    with reading() as services:
        case = services.erasing.case(current_actor(), kind, case_id)
    return render_template(
        "erasing/erase.html",
        form=form,
        case=case,
        kind=kind,
        first=refusal(case.in_the_way) if case.in_the_way else "",
        hold=hold,
        back=case_page(kind, case_id),
    )


def _hold(kind: SubjectKind, case_id: UUID) -> AnyResponse | str:
    form: HoldForm | LiftHoldForm | None = None
    if request.method == "POST":
        # What was sent is read as it was asked, though a hold may have been placed or lifted since.
        form = LiftHoldForm(request.form) if "why" in request.form else HoldForm(request.form)
        if (answer := _sent(form, kind, case_id)) is not None:
            return answer
    with opening() as services:
        subject, hold = services.holds.read(current_actor(), kind, case_id)
    if form is None:
        asked = HoldForm if hold is None else LiftHoldForm
        form = asked(None, once_key=fresh_once_key(), saved=saved_words())
    return render_template(
        "erasing/hold.html",
        form=form,
        placing=isinstance(form, HoldForm),
        subject=subject,
        hold=hold,
        back=case_page(kind, case_id),
    )


def _sent(form: HoldForm | LiftHoldForm, kind: SubjectKind, case_id: UUID) -> AnyResponse | None:
    """Place the hold, or ask that it is lifted; None where the form must be shown again."""

    def place(services: Services) -> str:
        services.holds.place(current_actor(), kind, case_id, form.draft())
        return request.path

    def ask_to_lift(services: Services) -> str:
        request_id = services.holds.ask_to_lift(current_actor(), kind, case_id, form.draft())
        return url_for("second_person.shown", request_id=request_id)

    placing = isinstance(form, HoldForm)
    if not form.accepted() or (answer := write_once(form, place if placing else ask_to_lift)) is None:
        return None
    if placing:
        flash(_("Held. It cannot be erased until two people lift the hold."), "done")
    else:
        flash(_("Asked. The hold stands until a colleague approves it."), "done")
    return answer
