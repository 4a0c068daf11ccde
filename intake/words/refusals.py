"""The sentence for every code by which an answer is refused or warned about."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_SCHOOL: Final = {
    "concern.child_missing": _l(
        "Say which child this is about. If you do not know the name, describe the child."
    ),
    "concern.happened_missing": _l("Write what you saw or heard. A few words are enough."),
    "concern.in_the_future": _l("That day has not come yet. Check the date."),
    "kept.reason_missing": _l("Say why this stays in school, so that whoever reads it later understands."),
    "referral.no_concern": _l("Choose at least one concern to refer."),
    "referral.child_missing": _l(
        "Say who the child is. If you do not know the name, give an age or a description."
    ),
    "referral.where_now_missing": _l("Say where the child is now. If you do not know, write 'not known'."),
    "referral.phone_missing": _l("Give a number on which the duty worker can ring you back today."),
    "referral.not_told_reason_missing": _l(
        "You have not said why the parents or carers have not been told. You can still send this; the duty"
        " worker will ask."
    ),
    "referral.changed_meanwhile": _l(
        "Something changed while you were reading. Nothing has been sent. Look again, and then send it."
    ),
    "call.spoke_to_missing": _l(
        "Say whom you spoke to. If they gave no name, write their job, or 'no answer'."
    ),
    "call.in_the_future": _l("That time has not come yet. Check when you rang."),
}

_HUB: Final = {
    "colour.reason_missing": _l("Say why you chose this colour."),
    "decision.rationale_missing": _l(
        "Say why you decided this: what you weighed, and what spoke against it."
    ),
    "decision.now_with_missing": _l(
        "Say who has the child's case now: who accepted it and when, or the reference of the other referral."
    ),
    "decision.would_change_it_missing": _l(
        "Say what would change this decision, so that the school knows when to come back."
    ),
    "decision.to_school_missing": _l(
        "Write to the school. They cannot act on a decision they do not hear of."
    ),
    "limit.minutes_not_positive": _l(
        "Give the time allowed as more than nothing, or remove the limit altogether."
    ),
    "passing.reason_missing": _l("Say why you pass this on, so that whoever reads it next can answer."),
    "passing.decline_missing": _l("Say why you cannot take this. They still have the child, and go by it."),
    "breach.reason_missing": _l("Say how you know that this went to the wrong place."),
    "breach.words_missing": _l("Write down what this is about: every entry has its words."),
    "note.empty": _l("There is nothing in this note yet."),
    "message.empty": _l("There is nothing written here yet."),
    "closing.reason_missing": _l(
        "Say why the work here is done: what became of it, and who is with the child now."
    ),
    "closing.meeting_arranged": _l(
        "A safety-plan meeting is still arranged. Write its minutes, or call it off, and then close this."
    ),
    "closing.answer_unread": _l("The school has answered since you looked. Read the answer first."),
}

_MEETING: Final = {
    "meeting.nobody_invited": _l("Invite at least one person."),
    "meeting.invitee_unnamed": _l("Give this person's name, or their job if you do not know the name."),
    "meeting.why_moved_missing": _l("Say why the meeting is moved."),
    "meeting.why_called_off_missing": _l("Say why the meeting is called off, and what happens instead."),
    "minute.before_the_meeting": _l(
        "The meeting has not begun. Write the minutes once it has; until then, a note on the referral keeps"
        " what is to be said."
    ),
    "minute.child_views_missing": _l(
        "Write down the child's views, in their own words if you can, or say why they are not recorded."
    ),
    "minute.parents_views_missing": _l(
        "Write down the parents' or carers' views, or say why they are not recorded."
    ),
    "minute.direct_worker_missing": _l(
        "Name the worker who works directly with the child, or say why nobody is named."
    ),
    "minute.support_for_parents_missing": _l(
        "Say what support the parents or carers get, or why that is not recorded."
    ),
    "minute.action_against_harm_missing": _l(
        "Say what is being done about whoever is harming the child, or why that is not recorded."
    ),
    "minute.plan_missing": _l("Add at least one thing somebody will do, or say why there is no plan."),
    "minute.plan_action_missing": _l("Say what is to be done."),
    "minute.plan_owner_missing": _l("Name the person who will do this."),
    "minute.due_before_meeting": _l("This is due before the meeting took place. Check the date."),
    "minute.statement_agency_missing": _l("Say which agency told the meeting this."),
    "minute.review_not_after_meeting": _l("The review has to come after the meeting. Check the date."),
    "minute.review_too_late": _l("A safety plan is reviewed within three months. Choose an earlier day."),
    "minute.why_corrected_missing": _l(
        "Say what you are correcting, and why. The first minutes stay as well."
    ),
}

_WARNINGS: Final = {
    "minute.left_empty": _l("Left empty, with a reason. Come back to it at the review."),
    "minute.risk_not_recorded": _l("The minutes do not say what the risk is."),
    "minute.no_statements": _l("The minutes do not say what any agency told the meeting."),
    "minute.nobody_attended": _l("Nobody is shown as having attended."),
    "minute.due_after_review": _l("This is due after the plan is reviewed."),
}

_PEOPLE: Final = {
    "password.too_short": _l("Use at least 12 characters. Three or four words in a row do well."),
    "password.too_long": _l("Use no more than 1,000 characters."),
    "password.too_easy": _l(
        "This is too easily guessed: it is mostly a name, a common word, a row of keys or something repeated."
        " Try three or four words that do not belong together."
    ),
    "password.wrong": _l("This is not the password you have now. Try again."),
    "second_factor.wrong_code": _l(
        "This code is not right, or it is too old. Wait for the app to show a new one, and type that."
    ),
    "second_factor.offer_unknown": _l(
        "That page was too old. Scan this new square instead, then type the code it gives."
    ),
    "person.email_taken": _l(
        "Somebody already signs in with this address. Give another, or look for them in your list."
    ),
    "person.role_not_here": _l("There is no such role in this organisation."),
    "person.role_held": _l("They have this role already."),
    "person.disabled": _l("This account is closed. Open it again first."),
    "person.not_oneself": _l("You cannot change your own account here. Ask another administrator."),
    "organisation.service_taken": _l("Another organisation already answers for this duty service."),
}

_DIRECTORY: Final = {
    "directory.nothing_changed": _l("This changes nothing: it says what the directory says already."),
    "directory.number_gone": _l(
        "This service no longer has that number. Look at it again, then say it anew."
    ),
    "directory.no_hours_to_except": _l(
        "This service has no hours of its own, so no day can differ from them. Change the hours first."
    ),
    "directory.already_decided": _l("Somebody has decided on this change already."),
    "directory.clashes": _l(
        "The same lines have been changed since this was proposed. Nothing is lost: write it again on the"
        " directory as it is now."
    ),
    "directory.changed_meanwhile": _l(
        "The directory changed while you were reading. Look at what this would change now, and then decide."
    ),
    "directory.council_gone": _l(
        "A council would be gone from the directory, and nobody would be rung for its children. Keep its"
        " file; write into it what has become of the council, and who is rung instead."
    ),
    "directory.newcomer": _l(
        "Your account was made after this change was proposed. Somebody who was here before must approve it."
    ),
    "directory.gap": _l(
        "Nobody could be rung at some time in the next 400 days. Close the gap, or write into the file why it"
        " is accepted; until then this cannot be approved."
    ),
}

_EVERYWHERE: Final = {
    "once_key.unknown": _l(
        "We could not tell whether this form had been sent before, so it is not saved yet. Your words are"
        " still here: please send them again."
    ),
}

REFUSALS: Final[Mapping[str, LazyString]] = MappingProxyType(
    {**_SCHOOL, **_HUB, **_MEETING, **_WARNINGS, **_PEOPLE, **_DIRECTORY, **_EVERYWHERE}
)

_ANYTHING_ELSE: Final = _l(
    "We cannot take this answer as it stands. Your words are still here: please look at it again."
)


def refusal(code: str) -> LazyString:
    """Return the sentence for a code, in the reader's language when it is shown.

    A code nobody has written words for gets a plain general sentence: a person is never shown a code.
    """
    return REFUSALS.get(code, _ANYTHING_ELSE)
