"""Restricting a referral, a concern or a child's file to named people, and what only they may read."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.restriction import LetInForm, LiftForm, RestrictedNoteForm, RestrictForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.cases import case_page
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access, step_up
from intake.views.session import current_actor
from intake.vocabulary import SubjectKind

blueprint = Blueprint("restrictions", __name__)


@blueprint.route("/queue/<uuid:referral_id>/restrict", methods=["GET", "POST"])
@access(Permission.REFERRAL_RESTRICT)
def of_referral(referral_id: UUID) -> Response | str:
    """A duty manager restricts a referral."""
    return _restrict(SubjectKind.REFERRAL, referral_id)


@blueprint.route("/concerns/<uuid:concern_id>/restrict", methods=["GET", "POST"])
@access(Permission.CONCERN_RESTRICT)
def of_concern(concern_id: UUID) -> Response | str:
    """A safeguarding lead restricts a concern, with every referral made of it."""
    return _restrict(SubjectKind.CONCERN, concern_id)


@blueprint.route("/children/<uuid:child_file_id>/restrict", methods=["GET", "POST"])
@access(Permission.CONCERN_RESTRICT)
def of_child(child_file_id: UUID) -> Response | str:
    """A safeguarding lead restricts a child's file, with everything in it."""
    return _restrict(SubjectKind.CHILD_FILE, child_file_id)


@blueprint.route("/restrictions/<uuid:restriction_id>", methods=["GET", "POST"])
@access(Permission.RESTRICTION_OPEN)
def shown(restriction_id: UUID) -> Response | str:
    """To whom a case is restricted and why, and the words only they may read."""

    def act(services: Services) -> str:
        services.restrictions.write(current_actor(), restriction_id, form.draft())
        return url_for("restrictions.shown", restriction_id=restriction_id)

    posted = request.form if request.method == "POST" else None
    form = RestrictedNoteForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Kept. Only those named below can read it."), "done")
        return answer
    with opening() as services:
        read = services.restrictions.read(current_actor(), restriction_id)
    return render_template(
        "restrictions/shown.html", form=form, read=read, back=case_page(read.subject.kind, read.subject.id)
    )


@blueprint.route("/restrictions/<uuid:restriction_id>/let-in", methods=["GET", "POST"])
@step_up(Permission.RESTRICTION_CHANGE)
def let_in(restriction_id: UUID) -> Response | str:
    """Ask that one more colleague is let in: a second person approves it."""

    def act(services: Services) -> str:
        services.restrictions.ask_to_let_in(current_actor(), restriction_id, form.draft(), form.why.data)
        return url_for("restrictions.shown", restriction_id=restriction_id)

    with reading() as services:
        change = services.restrictions.to_change(current_actor(), restriction_id)
    form = LetInForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words() if request.method == "GET" else None,
        choices={"person": change.others},
    )
    if form.accepted() and (answer := write_once(form, act)) is not None:
        asked = _("Asked. One of those named must approve it first.")
        flash(_("Let in. Why is kept as a restricted note.") if change.at_once else asked, "done")
        return answer
    return render_template(
        "restrictions/let_in.html", form=form, restriction_id=restriction_id, change=change
    )


@blueprint.route("/restrictions/<uuid:restriction_id>/lift", methods=["GET", "POST"])
@step_up(Permission.RESTRICTION_CHANGE)
def lift(restriction_id: UUID) -> Response | str:
    """Ask that a case is opened to everybody here again: a second person approves it."""

    def act(services: Services) -> str:
        services.restrictions.ask_to_lift(current_actor(), restriction_id, form.draft())
        return url_for("restrictions.shown", restriction_id=restriction_id)

    with reading() as services:
        change = services.restrictions.to_change(current_actor(), restriction_id)
    form = LiftForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words() if request.method == "GET" else None,
    )
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. One of those named must approve it first."), "done")
        return answer
    return render_template("restrictions/lift.html", form=form, restriction_id=restriction_id, change=change)


def _restrict(kind: SubjectKind, case_id: UUID) -> Response | str:
    def act(services: Services) -> str:
        made = services.restrictions.restrict(current_actor(), kind, case_id, form.draft())
        return url_for("restrictions.shown", restriction_id=made)

    with reading() as services:
        case = services.restrictions.case(current_actor(), kind, case_id)
        choices = services.restrictions.choices(current_actor(), case_id)
    if case.restriction_id is not None and request.method == "GET":
        return redirect(url_for("restrictions.shown", restriction_id=case.restriction_id), 303)
    posted = request.form if request.method == "POST" else None
    form = RestrictForm(
        posted,
        once_key=fresh_once_key(),
        saved=None if posted else saved_words(),
        choices={"people": choices},
        people=case.suggested,
    )
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Restricted. Nobody else here finds it any more."), "done")
        return answer
    return render_template(
        "restrictions/restrict.html", form=form, case=case, kind=kind, back=case_page(kind, case_id)
    )
