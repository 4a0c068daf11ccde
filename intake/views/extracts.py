"""Extracts of a case for somebody outside: asked for, made once another has approved, and proved later."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Refused
from intake.forms.extract import ExtractForm, TextForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, showing, write_once, writing
from intake.views.guards import access, step_up
from intake.views.session import current_actor
from intake.words.audiences import WHAT_GOES
from intake.words.extract import section, text_of
from intake.words.refusals import refusal
from intake.words.vocabulary import label

blueprint = Blueprint("extracts", __name__)


@blueprint.route("/queue/<uuid:referral_id>/extract", methods=["GET", "POST"])
@step_up(Permission.EXTRACT_MAKE)
def ask(referral_id: UUID) -> Response | str:
    """A duty manager asks for an extract of a referral: a second one approves it."""
    posted = request.form if request.method == "POST" else None
    with reading() as services:
        reference = services.extracts.reference(current_actor(), referral_id)
    form = ExtractForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())

    def act(services: Services) -> str:
        draft, reasons = form.draft(), form.reasons()
        request_id = services.extracts.ask(current_actor(), referral_id, draft, reasons)
        return url_for("second_person.shown", request_id=request_id)

    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. It is made after a colleague has approved it."), "done")
        return answer
    return render_template("extracts/ask.html", form=form, reference=reference, referral_id=referral_id)


@blueprint.post("/second-person/<uuid:request_id>/extract")
@step_up(Permission.EXTRACT_MAKE, page="second_person.shown")
def made(request_id: UUID) -> Response | str:
    """The extract, once it is approved: in this answer only, after the record of its text is kept."""
    actor = current_actor()
    try:
        with showing() as services:
            opened = services.extracts.open(actor, request_id)
    except Refused as refused:
        flash(str(refusal(refused.message)), "warning")
        return redirect(url_for("second_person.shown", request_id=request_id), 303)
    sections = tuple(section(each.passage, each.at, each.colour) for each in opened.entries)
    with writing() as services:
        given = services.extracts.give(actor, opened, text_of(sections))
    return render_template(
        "extracts/extract.html",
        opened=opened,
        sections=sections,
        given=given,
        what_goes=WHAT_GOES,
        label=label,
        reference=_("%(reference)s, entry %(number)s", reference=opened.reference, number=given.number),
    )


@blueprint.route("/queue/<uuid:referral_id>/extract/text", methods=["GET", "POST"])
@access(Permission.EXTRACT_MAKE, keeps=False)
def checked(referral_id: UUID) -> str:
    """Which extracts of a referral were given out, and whether one of them had a text that somebody has."""
    form = TextForm(request.form if request.method == "POST" else None)
    text = form.draft() if form.accepted() else ""
    with reading() as services:
        reference = services.extracts.reference(current_actor(), referral_id)
        found = services.extracts.given_out(current_actor(), referral_id, text)
    return render_template(
        "extracts/text.html",
        form=form,
        was_pasted=bool(text),
        found=found,
        label=label,
        reference=reference,
        referral_id=referral_id,
    )
