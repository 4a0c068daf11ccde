"""Codes for one shift: who was given one, giving one or asking for one, and the review that follows."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.casework.drafts import ShiftCodeDraft
from intake.forms.shift_codes import ShiftCodeForm, ShiftCodeReviewForm
from intake.policy.permissions import Permission
from intake.services.giving_shift_codes import GivenCode
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once, writing
from intake.views.guards import access, step_up
from intake.views.session import current_actor

blueprint = Blueprint("shift_codes", __name__)


@blueprint.get("/shift-codes")
@access(Permission.SHIFT_CODE_SEE)
def listed() -> str:
    """Every code that was given here, what waits for a review first."""
    actor = current_actor()
    with reading() as services:
        rows = services.giving_shift_codes.listed(actor)
        may_give = services.giving_shift_codes.may(actor, Permission.SHIFT_CODE_GIVE)
        may_ask = services.giving_shift_codes.may(actor, Permission.SHIFT_CODE_ASK)
    return render_template(
        "shift_codes/listed.html",
        rows=rows,
        may_give=may_give,
        may_ask=may_ask,
        by_shift_code=actor.by_shift_code,
    )


@blueprint.route("/shift-codes/give", methods=["GET", "POST"])
@step_up(Permission.SHIFT_CODE_GIVE)
def give() -> Response | str:
    """Give a colleague a code, as a manager does alone; it is shown once."""
    made: list[GivenCode] = []

    def act(services: Services, draft: ShiftCodeDraft) -> str:
        made[:] = [services.giving_shift_codes.give(current_actor(), draft)]
        return url_for("shift_codes.listed", _anchor=str(made[0].shift_code_id))

    answer = _answered(act, gives=True)
    # Of two presses at once one is undone, and goes to what the other made: its code opens nothing.
    if made and isinstance(answer, Response) and str(answer.location).endswith(str(made[0].shift_code_id)):
        return shown_once(made[0])
    return answer


@blueprint.route("/shift-codes/ask", methods=["GET", "POST"])
@access(Permission.SHIFT_CODE_ASK)
def ask() -> Response | str:
    """Ask another duty worker to give a colleague a code."""

    def act(services: Services, draft: ShiftCodeDraft) -> str:
        request_id = services.giving_shift_codes.ask(current_actor(), draft)
        return url_for("second_person.shown", request_id=request_id)

    return _answered(act, gives=False)


@blueprint.route("/shift-codes/<uuid:shift_code_id>", methods=["GET", "POST"])
@access(Permission.SHIFT_CODE_REVIEW)
def review(shift_code_id: UUID) -> Response | str:
    """One code: who gave it and why; a colleague writes down what they found."""

    def act(services: Services) -> str:
        services.giving_shift_codes.review(current_actor(), shift_code_id, form.draft())
        return url_for("shift_codes.listed")

    posted = request.form if request.method == "POST" else None
    form = ShiftCodeReviewForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Reviewed."), "done")
        return answer
    with opening() as services:
        found = services.giving_shift_codes.under_review(current_actor(), shift_code_id)
    return render_template("shift_codes/review.html", form=form, found=found)


@blueprint.post("/shift-codes/<uuid:shift_code_id>/end")
@access(Permission.SHIFT_CODE_GIVE, page="shift_codes.listed")
def end(shift_code_id: UUID) -> Response:
    """End a code before the shift is over."""
    with writing() as services:
        services.giving_shift_codes.end(current_actor(), shift_code_id)
    flash(_("The code is ended. Whoever was in by it is signed out."), "done")
    return redirect(url_for("shift_codes.listed"), 303)


def shown_once(given: GivenCode) -> str:
    """Return the page that shows a code, this once, to whoever reads it out."""
    return render_template("shift_codes/given.html", given=given)


def _answered(act: Callable[[Services, ShiftCodeDraft], str], *, gives: bool) -> Response | str:
    """Ask who needs a code and why, and do what follows."""
    permission = Permission.SHIFT_CODE_GIVE if gives else Permission.SHIFT_CODE_ASK
    with reading() as services:
        people = services.giving_shift_codes.choices(current_actor(), permission)
    posted = request.form if request.method == "POST" else None
    form = ShiftCodeForm(
        posted,
        once_key=fresh_once_key(),
        saved=None if posted else saved_words(),
        choices={"person": people},
    )
    done = write_once(form, lambda services: act(services, form.draft())) if form.accepted() else None
    if done is not None:
        return done
    return render_template(
        "shift_codes/give.html", form=form, gives=gives, people=people, action=request.path
    )
