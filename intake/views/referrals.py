"""Referrals the school has sent: who has each, what has become of it, and the calls made about it."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.call import ReferralCallForm
from intake.policy.permissions import Permission
from intake.services.referral_reading import OpenSent
from intake.services.told_others import ToTell
from intake.services.workplace import Services
from intake.views.asking import before, today
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.ringing import rings
from intake.views.session import current_actor
from intake.vocabulary import ReferralState
from intake.words.child import child_age, child_name
from intake.words.concern_detail import detail_told
from intake.words.home import home_council
from intake.words.receiving import what_was_considered, what_was_done
from intake.words.routing import sentences
from intake.words.vocabulary import label

blueprint = Blueprint("referrals", __name__)

_STATES = {state.value: label(state) for state in ReferralState}


@blueprint.get("/referrals")
@access(Permission.REFERRAL_LIST_SENT)
def listed() -> str:
    """The school's referrals: what nobody has passed on yet first, then the rest, newest first."""
    with opening() as services:
        shown = services.referral_reading.listed(current_actor(), before())
    return render_template("referrals/listed.html", shown=shown, first_page=before() is None, states=_STATES)


@blueprint.get("/referrals/<uuid:referral_id>")
@access(Permission.REFERRAL_OPEN_SENT)
def shown(referral_id: UUID) -> str:
    """One referral: who has it, when they read it, what to do meanwhile, and what they gave back."""
    with opening() as services:
        referral = services.referral_reading.open(current_actor(), referral_id)
    return render_template(
        "referrals/shown.html",
        referral=referral,
        head=referral.head,
        name=child_name(referral.child),
        age=child_age(referral.child, today()),
        sentences=_where_and_why(referral),
        considered=what_was_considered(referral.decision),
        council=home_council(referral.decision),
        rings=rings(referral.now, police=referral.head.decided_at is None),
        details=[tuple(map(detail_told, concern.details)) for concern in referral.sent.concerns],
        states=_STATES,
        label=label,
    )


def _where_and_why(referral: OpenSent) -> tuple[str, ...]:
    """Say what is to be done while nobody has it, and afterwards what was done."""
    if referral.head.state is ReferralState.NOT_SENT_BY_US:
        return sentences(referral.decision, dated=True)
    return what_was_done(referral.decision)


@blueprint.route("/referrals/<uuid:referral_id>/call", methods=["GET", "POST"])
@access(Permission.REFERRAL_RECORD_CALL)
def call(referral_id: UUID) -> Response | str:
    """Write down whom the school rang, whether anybody answered, and what they said."""
    with reading() as services:
        head = services.referral_reading.head(current_actor(), Permission.REFERRAL_RECORD_CALL, referral_id)
        posted = request.method == "POST"
        to_tell = services.told_others.by_telephone(current_actor(), referral_id, told_too=posted)
    choices = {"whom": _whom(to_tell)}
    if request.method == "GET":
        form = ReferralCallForm(
            None,
            once_key=fresh_once_key(),
            today=today(),
            saved=saved_words(),
            called_on=today(),
            choices=choices,
        )
    else:
        form = ReferralCallForm(request.form, today=today(), choices=choices)
        form.must_say_whom = any(one.waits for one in to_tell)
        if form.accepted():
            response = write_once(form, lambda services: _recorded(services, referral_id, form))
            if response is not None:
                return response
    return render_template("referrals/call.html", form=form, head=head)


def _whom(to_tell: tuple[ToTell, ...]) -> dict[str, str]:
    """Return who may have been told, where somebody is to be told for information; nothing is asked else."""
    if not to_tell:
        return {}
    only_told = {str(one.id): _("%(name)s, for information", name=one.name) for one in to_tell}
    return {**only_told, ReferralCallForm.OTHER: _("Whoever has to act on it, or somebody else")}


def _recorded(services: Services, referral_id: UUID, form: ReferralCallForm) -> str:
    draft = form.draft()
    services.referral_calls.record(current_actor(), referral_id, draft)
    if draft.answered:
        flash(_("The call is written down."), "done")
    else:
        flash(_("The call is written down, as one that nobody answered: it told nobody."))
    return url_for(".shown", referral_id=referral_id)
