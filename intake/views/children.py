"""Children's files: saying which child a concern is about, and a file with the concerns in it."""

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.casework.completeness import child_warnings
from intake.casework.names import given_and_family
from intake.forms.child import NEW_FILE, NEW_FILE_WORDS, ChildFileForm, ChildMatchForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, opening, saved_words, write_once
from intake.views.guards import access
from intake.views.roll import on_roll
from intake.views.session import current_actor
from intake.words.child import child_age, child_name
from intake.words.refusals import refusal

blueprint = Blueprint("children", __name__)


@blueprint.route("/concerns/<uuid:concern_id>/child", methods=["GET", "POST"])
@access(Permission.CHILD_MATCH)
def match(concern_id: UUID) -> Response | str:
    """Say which child's file a concern belongs to, or begin a file."""
    with opening() as services:
        concern = services.concern_reading.open(current_actor(), concern_id)
    posted = request.form if request.method == "POST" else None
    saved = saved_words() if posted is None else None
    typed = posted.get("look_for", "") if posted is not None else concern.words.child_name
    if saved is not None:
        (typed,) = saved.get("look_for", [typed])[:1]
    looks = posted is not None and posted.get("do") == "find"
    found = on_roll(typed)
    given_name, family_name = given_and_family(concern.words.child_name)
    form = ChildMatchForm(
        posted,
        once_key=fresh_once_key(),
        saved=saved,
        today=today(),
        choices={"which": {**found, NEW_FILE: NEW_FILE_WORDS}},
        version=concern.head.version,
        look_for=typed,
        given_name=given_name,
        family_name=family_name,
    )
    if looks:
        # Whatever was chosen, or was the only choice, was so before these children were found.
        form.which.data = None
    elif posted is not None and form.accepted():
        response = write_once(form, lambda services: _matched(services, concern_id, form))
        if response is not None:
            return response
    return render_template("children/match.html", form=form, concern=concern, found=found)


@blueprint.get("/children/<uuid:child_file_id>")
@access(Permission.CHILD_OPEN)
def shown(child_file_id: UUID) -> str:
    """A child's file: who they are, and every concern about them."""
    with opening() as services:
        child_file = services.children.open(current_actor(), child_file_id)
    return render_template(
        "children/shown.html",
        child_file=child_file,
        name=child_name(child_file.card),
        age=child_age(child_file.card, today()),
        warnings=[refusal(objection.code) for objection in child_warnings(child_file.card)],
    )


@blueprint.route("/children/<uuid:child_file_id>/correct", methods=["GET", "POST"])
@access(Permission.CHILD_CORRECT)
def correct(child_file_id: UUID) -> Response | str:
    """Put a child's file right: a name spelled wrongly, a new address, a home to be withheld."""
    with opening() as services:
        child_file = services.children.open(current_actor(), child_file_id)
    form = ChildFileForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words() if request.method == "GET" else None,
        today=today(),
        version=child_file.version,
        **asdict(child_file.card),
    )
    if form.accepted():
        response = write_once(form, lambda services: _put_right(services, child_file_id, form))
        if response is not None:
            return response
    return render_template(
        "children/correct.html", form=form, child_file=child_file, name=child_name(child_file.card)
    )


def _put_right(services: Services, child_file_id: UUID, form: ChildFileForm) -> str:
    card, version = form.draft(), form.version.data
    if services.children.put_right(current_actor(), child_file_id, card, version=version):
        flash(_("The file is put right. What it said before is kept in it."), "done")
    else:
        flash(_("Nothing was changed."), "done")
    return url_for("children.shown", child_file_id=child_file_id)


def _matched(services: Services, concern_id: UUID, form: ChildMatchForm) -> str:
    answer, version = form.draft(), form.version.data
    actor, children = current_actor(), services.children
    if answer.card is not None:
        children.make(actor, concern_id, answer.card, version=version)
        flash(_("A file was begun for this child."), "done")
    elif answer.child_file_id is not None:
        children.match(actor, concern_id, answer.child_file_id, version=version)
        flash(_("The concern is in the child's file."), "done")
    return url_for("concerns.shown", concern_id=concern_id)
