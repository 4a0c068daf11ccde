"""The optional second page of a concern."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.casework.documents.concern import ConcernDetail
from intake.casework.signs import catalogue
from intake.forms.concern_detail import ConcernDetailForm
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.drafts import keep_for_later
from intake.views.guards import access
from intake.views.session import current_actor
from intake.vocabulary import Answer

blueprint = Blueprint("concern_detail", __name__)


@blueprint.route("/concerns/<uuid:concern_id>/more", methods=["GET", "POST"])
@access(Permission.CONCERN_ADD)
def more(concern_id: UUID) -> Response | str:
    """Add signs, harm that is happening now, and what was done; nothing here has to be answered."""
    with reading() as services:
        head = services.concern_reading.head(current_actor(), concern_id)
    signs = catalogue(head.catalogue_version)
    saved = None
    if request.method == "GET":
        saved = saved_words()
        form = ConcernDetailForm(None, once_key=fresh_once_key(), saved=saved, catalogue=signs)
    elif request.form.get("do") == "save":
        return keep_for_later()
    else:
        form = ConcernDetailForm(request.form, catalogue=signs)
        if form.accepted() and _says_something(form):
            response = write_once(form, lambda services: _added(services, concern_id, form.draft()))
            if response is not None:
                return response
    return render_template(
        "concerns/more.html",
        form=form,
        head=head,
        signs=signs,
        restored=saved is not None,
        is_a_lead=role_may(current_actor(), Permission.CONCERN_LIST),
    )


def _says_something(form: ConcernDetailForm) -> bool:
    if form.says_anything():
        return True
    form.refuse("", _("There is nothing to add yet. Tick a sign or write something, or go back."))
    return False


def _added(services: Services, concern_id: UUID, detail: ConcernDetail) -> str:
    services.concerns.add(current_actor(), concern_id, detail)
    if any(harm.answer is Answer.YES for harm in detail.harms):
        flash(_("Added. You said that harm is happening now: ring 999 if it cannot wait."), "warning")
    else:
        flash(_("Added. What was written before stays as it was."), "done")
    return url_for("concerns.shown", concern_id=concern_id)
