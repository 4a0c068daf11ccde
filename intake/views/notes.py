"""Case notes: writing one, and correcting one that stays as it was."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import NotFound
from intake.forms.note import NoteForm
from intake.policy.permissions import Permission
from intake.services.history import NoteKept
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import HubPage, opened_page
from intake.views.hub_words import hub_words
from intake.views.session import current_actor

blueprint = Blueprint("notes", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/notes", methods=["GET", "POST"])
@access(Permission.NOTE_WRITE)
def write(referral_id: UUID) -> Response | str:
    """A note on a referral."""

    def act(services: Services) -> str:
        note_id = services.notes.write(current_actor(), referral_id, form.draft())
        return _at(referral_id, note_id)

    form = _form()
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("The note is kept."), "done")
        return answer
    return render_template("queue/note.html", form=form, page=opened_page(referral_id), wrong=None)


@blueprint.route("/queue/<uuid:referral_id>/notes/<uuid:note_id>/correct", methods=["GET", "POST"])
@access(Permission.NOTE_WRITE)
def correct(referral_id: UUID, note_id: UUID) -> Response | str:
    """A note that puts another one right; both are shown ever after."""

    def act(services: Services) -> str:
        written_id = services.notes.correct(current_actor(), referral_id, note_id, form.draft())
        return _at(referral_id, written_id)

    form = _form()
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("The correction is kept. The first note stays as it was."), "done")
        return answer
    page = opened_page(referral_id)
    return render_template("queue/note.html", form=form, page=page, wrong=_note(page, note_id))


def _form() -> NoteForm:
    posted = request.form if request.method == "POST" else None
    return NoteForm(posted, once_key=fresh_once_key(), saved=saved_words() if posted is None else None)


def _at(referral_id: UUID, note_id: UUID) -> str:
    return url_for("queue.shown", referral_id=referral_id, _anchor=f"note-{note_id}")


def _note(page: HubPage, note_id: UUID) -> NoteKept:
    notes = (shown.happening for shown in page.history if isinstance(shown.happening, NoteKept))
    found = next((note for note in notes if note.id == note_id), None)
    if found is None:
        raise NotFound
    return found
