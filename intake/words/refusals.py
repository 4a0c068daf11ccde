"""The sentence for every code by which an answer is refused or warned about."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.words.decoys import REFUSED as DECOYS
from intake.words.directory import REFUSED as DIRECTORY
from intake.words.rota import REFUSED as ROTA

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
    "child.nhs_number_wrong": _l(
        "The NHS number cannot be right: one of its ten figures is wrong or missing. It is kept as you"
        " typed it."
    ),
    "child.upn_wrong": _l(
        "The UPN cannot be right: its first letter does not fit what follows. It is kept as you typed it."
    ),
    "referral.changed_meanwhile": _l(
        "Something changed while you were reading. Nothing has been sent. Look again, and then send it."
    ),
    "call.spoke_to_missing": _l("Say whom you rang. If you have no name, write their job or service."),
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
    "restriction.reason_missing": _l("Say why this must be restricted: whoever opens it again will ask."),
    "case.not_by_you": _l("This cannot be done from your account. A colleague must do it."),
    "restriction.stands": _l("This is restricted already."),
    "restriction.too_few": _l(
        "Name at least one colleague besides yourself: nobody else could open this while you are away."
    ),
    "restriction.too_few_leads": _l(
        "Name at least one lead or deputy besides yourself who may read all of it: one of you asks to change"
        " this later, and another approves."
    ),
    "restriction.holder_left_out": _l(
        "A colleague has this referral. Name them too, or take it yourself first."
    ),
    "tie.not_here": _l("Choose who has the tie."),
    "tie.nobody_left": _l(
        "Nobody would be left here to work with this. First refer it or pass it on, or ring another service."
    ),
    "child.home_unseen": _l(
        "This home is withheld, and you do not see it here. Leave this ticked, or write the address again."
    ),
    "child.nobody_left": _l(
        "Somebody has a tie to the child of this concern, and nobody else here could then work with that"
        " file. Refer the concern without putting it in the file."
    ),
    "glass.looked_for_missing": _l("Write the name or the reference you must look for."),
    "glass.reason_missing": _l(
        "Say why you must see it now: a colleague reads this and decides if it was right."
    ),
    "glass.broken_already": _l(
        "You have broken the glass already. At the top of the page you can see what you found, or close it."
    ),
    "glass.words_missing": _l("Write what you found out, and from whom."),
    "glass.reviewed_already": _l("A colleague has reviewed this meanwhile."),
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
    "passkey.not_right": _l(
        "The passkey did not answer as it should, or the page had been open too long. Press again."
    ),
    "passkey.known": _l("This passkey is in use already. Use it to sign in, or make one on another device."),
    "passkey.too_many": _l("You have as many passkeys as anybody may have. Remove one you do not use."),
    "way_in.only_one": _l(
        "You have no password, so this is your only way in. Make a passkey first, or ask for a code."
    ),
    "way_in.only_proof": _l(
        "This is the only thing you can prove with who you are. Make another passkey first."
    ),
    "way_in.by_shift_code": _l("You are in by a code for one shift. It changes nothing about your account."),
    "account.not_a_postcode": _l("Enter a whole postcode, like WA8 7QF, or leave it empty."),
    "shift_code.not_for_them": _l(
        "They cannot be given a code. It is for colleagues at the desk with a password and a second factor."
    ),
    "shift_code.asker_gone": _l("Whoever asked for this is not at the desk any more. Ask for it anew."),
    "shift_code.reviewed_already": _l("Somebody has reviewed this meanwhile."),
    "single_sign_on.unreachable": _l(
        "Single sign-on cannot be reached now. Try again, or sign in another way."
    ),
    "single_sign_on.not_right": _l("What single sign-on answered could not be checked. Try again."),
    "single_sign_on.not_linked": _l(
        "You are signed in there, and no account here is linked to that. Sign in as you did before and link"
        " it on the page of your account, or ask for a code for your first time."
    ),
    "single_sign_on.no_second_factor": _l(
        "You are signed in there, but without a second factor, and that shows nothing here. Sign in there"
        " with one, or use a passkey or a code."
    ),
    "single_sign_on.not_lately": _l(
        "Single sign-on does not tell us that you signed in just now. Use a passkey or a code instead."
    ),
    "single_sign_on.other_address": _l(
        "You signed in there with another address than the one this code is for, or the address is not"
        " confirmed there. Choose a password instead, or ask whoever gave you the code."
    ),
    "single_sign_on.taken": _l("Somebody's account here is linked to that already."),
    "person.email_taken": _l(
        "Somebody already signs in with this address. Give another, or look for them in your list."
    ),
    "person.role_not_here": _l("There is no such role in this organisation."),
    "person.role_held": _l("They have this role already."),
    "person.disabled": _l("This account is closed. Open it again first."),
    "person.not_closed": _l("This account is not closed."),
    "person.not_oneself": _l("You cannot change your own account here. Ask another administrator."),
    "second_person.reason_missing": _l("Say why, so that the second person can decide."),
    "second_person.waits_already": _l("This has been asked for already, and waits for a second person."),
    "second_person.needed": _l("This wants a second administrator. Ask for it with a reason."),
    "second_person.already_decided": _l("Somebody has decided on this already."),
    "second_person.expired": _l("Nobody answered this in time. It has to be asked for again."),
    "address.reason_missing": _l("Say why you must see the address."),
    "extract.nobody_else": _l("Nobody else here could approve it: a colleague must be given the role."),
    "extract.reason_missing": _l("Say why this must go in: it is left out otherwise."),
    "second_person.not_usable": _l(
        "This cannot be used: nobody has approved it, it is too old, or it was used before. Ask for it again."
    ),
    "pack.at_machine": _l("This was allowed at the machine only: whoever runs it gives the command."),
    "keys.no_case": _l("Enter the reference of the referral or concern, like R-7K3M-9QTX."),
    "second_person.asker_gone": _l("Whoever asked may not ask any more, so nothing was done. Refuse this."),
    "second_person.newcomer": _l(
        "Your account was made after this was asked for. Somebody who was here before must decide."
    ),
    "erasure.held": _l(
        "There is a legal hold on this, or on another file with a referral that is in this one as well."
        " It must be lifted first, by two people."
    ),
    "erasure.not_over": _l(
        "There is still work to do on this: a referral is not closed, or a concern is not decided on."
    ),
    "erasure.still_to_tell": _l("Somebody is still to be told of a referral by telephone."),
    "erasure.breach_open": _l(
        "A referral went to the wrong place, and the record of that is not closed yet. Close it first."
    ),
    "erasure.glass_unreviewed": _l("Somebody broke the glass to see this. Review that first."),
    "hold.keeps_concern": _l(
        "There is a legal hold on the file this concern is in. It must be lifted first, by two people."
    ),
    "hold.stands": _l(
        "There is a legal hold on this already, shown below. What you wrote has not been kept."
    ),
    "organisation.other_tier": _l("That belongs to the other half of this service. Do it there."),
    "organisation.service_taken": _l("Another organisation already answers for this duty service."),
}

_EVERYWHERE: Final = {
    "once_key.unknown": _l(
        "We could not tell whether this form had been sent before, so it is not saved yet. Your words are"
        " still here: please send them again."
    ),
}

REFUSALS: Final[Mapping[str, LazyString]] = MappingProxyType(
    {**_SCHOOL, **_HUB, **_MEETING, **_WARNINGS, **_PEOPLE, **DECOYS, **ROTA, **DIRECTORY, **_EVERYWHERE}
)

_ANYTHING_ELSE: Final = _l(
    "We cannot take this answer as it stands. Your words are still here: please look at it again."
)


def refusal(code: str) -> LazyString:
    """Return the sentence for a code, in the reader's language when it is shown.

    A code nobody has written words for gets a plain general sentence: a person is never shown a code.
    """
    return REFUSALS.get(code, _ANYTHING_ELSE)
