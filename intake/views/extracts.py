"""Extracts of a case for somebody outside: asked for, made once another has approved, and proved later."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Refused
from intake.forms.extract import ExtractForm, FileExtractForm, TextForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.cases import case_page
from intake.views.desk import fresh_once_key, reading, saved_words, showing, write_once, writing
from intake.views.guards import access, step_up
from intake.views.session import current_actor
from intake.vocabulary import SubjectKind
from intake.words.audiences import FILE_GOES, WHAT_GOES
from intake.words.extract import section, text_of
from intake.words.refusals import refusal
from intake.words.vocabulary import label

blueprint = Blueprint("extracts", __name__)


@blueprint.route("/queue/<uuid:referral_id>/extract", methods=["GET", "POST"])
@step_up(Permission.EXTRACT_MAKE)
def of_referral(referral_id: UUID) -> Response | str:
    """A duty manager asks for an extract of a referral: a second one approves it."""
    checks = url_for("extracts.checked_of_referral", referral_id=referral_id)
    return _ask(SubjectKind.REFERRAL, referral_id, ExtractForm, checks)


@blueprint.route("/children/<uuid:child_file_id>/extract", methods=["GET", "POST"])
@step_up(Permission.FILE_EXTRACT)
def of_child(child_file_id: UUID) -> Response | str:
    """A safeguarding lead asks for an extract of a child's file: a second one approves it."""
    checks = url_for("extracts.checked_of_child", child_file_id=child_file_id)
    return _ask(SubjectKind.CHILD_FILE, child_file_id, FileExtractForm, checks)


@blueprint.post("/second-person/<uuid:request_id>/extract")
@step_up(Permission.EXTRACT_APPROVE, page="second_person.shown")
def made(request_id: UUID) -> Response | str:
    """The extract, once it is approved: in this answer only, after the record of its text is kept."""
    actor = current_actor()
    try:
        with showing() as services:
            opened = services.extracts.open(actor, request_id)
    except Refused as refused:
        flash(str(refusal(refused.message)), "warning")
        return redirect(url_for("second_person.shown", request_id=request_id), 303)
    sections = tuple(section(each.passage, each.at, each.colour, each.reference) for each in opened.entries)
    with writing() as services:
        given = services.extracts.give(actor, opened, text_of(sections))
    of_file = opened.case.kind is SubjectKind.CHILD_FILE
    return render_template(
        "extracts/extract.html",
        opened=opened,
        sections=sections,
        given=given,
        of_file=of_file,
        what_goes=(FILE_GOES if of_file else WHAT_GOES)[opened.asked.audience],
        label=label,
        reference=_("Child's file, entry %(number)s", number=given.number)
        if of_file
        else _("%(reference)s, entry %(number)s", reference=opened.case.reference, number=given.number),
    )


@blueprint.route("/queue/<uuid:referral_id>/extract/text", methods=["GET", "POST"])
@access(Permission.EXTRACT_MAKE, keeps=False)
def checked_of_referral(referral_id: UUID) -> str:
    """Which extracts of a referral were given out, and whether one of them had a text that somebody has."""
    back = url_for("extracts.of_referral", referral_id=referral_id)
    return _checked(SubjectKind.REFERRAL, referral_id, back)


@blueprint.route("/children/<uuid:child_file_id>/extract/text", methods=["GET", "POST"])
@access(Permission.FILE_EXTRACT, keeps=False)
def checked_of_child(child_file_id: UUID) -> str:
    """Which extracts of a child's file were given out, and whether one of them had a text."""
    back = url_for("extracts.of_child", child_file_id=child_file_id)
    return _checked(SubjectKind.CHILD_FILE, child_file_id, back)


def _ask(kind: SubjectKind, case_id: UUID, asked: type[ExtractForm], checks: str) -> Response | str:
    posted = request.form if request.method == "POST" else None
    with reading() as services:
        found = services.extracts.case(current_actor(), kind, case_id)
    form = asked(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())

    def act(services: Services) -> str:
        draft, reasons = form.draft(), form.reasons()
        request_id = services.extracts.ask(current_actor(), kind, case_id, draft, reasons)
        return url_for("second_person.shown", request_id=request_id)

    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. It is made after a colleague has approved it."), "done")
        return answer
    return render_template(
        "extracts/ask.html",
        form=form,
        case=found.case,
        of_file=kind is SubjectKind.CHILD_FILE,
        first=refusal(found.in_the_way) if found.in_the_way else "",
        checks=checks,
        back=case_page(kind, case_id),
    )


def _checked(kind: SubjectKind, case_id: UUID, back: str) -> str:
    form = TextForm(request.form if request.method == "POST" else None)
    text = form.draft() if form.accepted() else ""
    with reading() as services:
        case = services.extracts.case(current_actor(), kind, case_id).case
        found = services.extracts.given_out(current_actor(), kind, case_id, text)
    return render_template(
        "extracts/text.html",
        form=form,
        was_pasted=bool(text),
        found=found,
        label=label,
        case=case,
        back=back,
    )
