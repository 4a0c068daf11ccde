"""Safety-plan meetings: arranging one, its papers, and its minutes."""

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.calendars.local_time import to_local
from intake.errors import IllegalTransition, StaleVersion
from intake.forms.base import words_in
from intake.forms.meeting import MeetingForm
from intake.forms.minute import MinuteForm, answers_of, answers_to
from intake.forms.row_forms import ANOTHER
from intake.policy.permissions import Permission
from intake.services.meeting_reading import ReadMeeting
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, opening, saved_words, write_once, writing
from intake.views.drafts import keep_for_later
from intake.views.guards import access
from intake.views.hub_page import HubPage, opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import CONFLICT
from intake.views.reception import page_path
from intake.views.session import current_actor, current_author
from intake.vocabulary import MeetingState, ReferralAct
from intake.words.child import child_name
from intake.words.safety_plan import minute_shown

blueprint = Blueprint("meetings", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/meetings/new", methods=["GET", "POST"])
@access(Permission.MEETING_ARRANGE)
def arrange(referral_id: UUID) -> Response | str:
    """When and where, what for, and who is asked."""

    def act(services: Services) -> str:
        meeting_id = services.meetings.arrange(current_actor(), referral_id, form.draft())
        return url_for("meetings.shown", meeting_id=meeting_id)

    page = opened_page(referral_id)
    if ReferralAct.ARRANGE_MEETING not in page.read.header.may:
        flash(_("Acknowledge the referral first: a meeting comes after that."))
        return redirect(url_for("queue.shown", referral_id=referral_id), 303)
    if request.form.get("do") == "save":
        return keep_for_later()
    form = MeetingForm(request.form, today=today()) if request.method == "POST" else _new_meeting(page)
    if not form.one_more(request.form.get(ANOTHER)) and form.accepted():
        answer = write_once(form, act)
        if answer is not None:
            flash(_("The meeting is arranged. Tell the people you asked: nothing is sent from here."), "done")
            return answer
    return render_template("meetings/arrange.html", form=form, page=page)


@blueprint.get("/meetings/<uuid:meeting_id>")
@access(Permission.MEETING_OPEN)
def shown(meeting_id: UUID) -> str:
    """A meeting's papers, the minutes that stand first; it may be printed."""
    meeting = _read(meeting_id)
    return render_template(
        "meetings/meeting.html",
        meeting=meeting,
        name=child_name(meeting.child),
        minutes=tuple(minute_shown(minute.words) for minute in meeting.minutes),
        reference=meeting.reference,
    )


@blueprint.route("/meetings/<uuid:meeting_id>/minutes", methods=["GET", "POST"])
@access(Permission.MEETING_MINUTE)
def minute(meeting_id: UUID) -> Response:
    """The minutes of a meeting, or a whole set that corrects them."""

    def act(services: Services) -> str:
        services.meetings.minute(current_actor(), meeting_id, form.draft())
        return url_for("meetings.shown", meeting_id=meeting_id)

    if request.form.get("do") == "save":
        return keep_for_later()
    meeting, status = _read(meeting_id), 200
    if request.method == "GET" and (not meeting.has_begun or meeting.state is MeetingState.CALLED_OFF):
        flash(_("There are no minutes to write of a meeting that has not begun."))
        return redirect(url_for("meetings.shown", meeting_id=meeting_id), 303)
    form = _minute_form(meeting)
    if not form.one_more(request.form.get(ANOTHER)) and form.accepted():
        try:
            answer = write_once(form, act)
        except (StaleVersion, IllegalTransition):
            answer, status = None, _keep_minutes(form, meeting_id)
        if answer is not None:
            flash(_("The minutes are kept. They cannot be changed, only corrected."), "done")
            return answer
    return make_response(
        render_template("meetings/minute.html", form=form, meeting=meeting, name=child_name(meeting.child)),
        status,
    )


def _read(meeting_id: UUID) -> ReadMeeting:
    with opening() as services:
        return services.meeting_reading.read(current_actor(), meeting_id)


def _new_meeting(page: HubPage) -> MeetingForm:
    sent = page.read.sent
    sender = {"name": sent.sender_name, "post": sent.sender_post, "agency": sent.school_name}
    return MeetingForm(once_key=fresh_once_key(), saved=saved_words(), invitees=[sender, {}, {}, {}])


def _minute_form(meeting: ReadMeeting) -> MinuteForm:
    held_on = to_local(meeting.starts_at).date()
    if request.method == "POST":
        return MinuteForm(request.form, held_on=held_on)
    stands = meeting.minutes[0] if meeting.minutes else None
    answers = answers_to(meeting.invitation.invitees) if stands is None else answers_of(stands.words)
    form = MinuteForm(held_on=held_on, once_key=fresh_once_key(), saved=saved_words(), **answers)
    form.corrects.data = "" if stands is None else str(stands.id)
    return form


def _keep_minutes(form: MinuteForm, meeting_id: UUID) -> int:
    """Tell minutes that lost a race what happened, and seal them as a draft."""
    with writing() as services:
        services.drafts.keep(current_author(), page_path(), words_in(request.form))
    meeting = _read(meeting_id)
    written = meeting.minutes
    if meeting.state is MeetingState.CALLED_OFF:
        form.refuse("", _("This meeting was called off meanwhile. Yours are below, and kept as your draft."))
        return CONFLICT
    form.corrects.data = str(written[0].id) if written else ""
    form.refuse(
        "",
        _(
            "Somebody wrote the minutes of this meeting before you. Yours are below, and kept as your draft."
            " Read theirs; if yours still need saying, say what you are correcting and press again."
        ),
    )
    return CONFLICT
