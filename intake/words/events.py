"""The sentence for every event of the trail, as an auditor reads it after somebody's name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_READING: Final = {
    "referrals.listed": _l("Looked at a list of referrals, without names"),
    "identity_cards.listed": _l("Looked at a list showing children's names"),
    "referral.opened": _l("Opened a referral"),
    "release.opened": _l("Read what the duty service wrote to the school"),
    "offer.opened": _l("Opened a referral that another service passes on"),
    "breach.opened": _l("Read what was done about a referral sent to the wrong place"),
    "note.opened": _l("Read case notes"),
    "meeting.opened": _l("Read the papers of a safety-plan meeting"),
    "concern.opened": _l("Opened a concern"),
    "child_file.opened": _l("Opened a child's file"),
    "roll.searched": _l("Searched the school's roll"),
    "search.run": _l("Searched for a child by name, birthday or number"),
    "search.shown": _l("Was shown the children a search had found"),
    "message.opened": _l("Read what the duty service and the school wrote to each other"),
    "restriction.opened": _l("Read why a case is restricted, and the words only the named may read"),
    "glass_reason.opened": _l("Read why somebody broke the glass"),
    "shift_code.opened": _l("Read why somebody was given a code for one shift"),
    "audit.viewed": _l("Looked at this trail"),
    "second_person.opened": _l("Read why a second person was asked"),
    "hold.opened": _l("Read why there is a legal hold on a case"),
    "address.shown": _l("Had an address shown that is withheld, and said why"),
    "address_reasons.opened": _l("Read why people had a withheld address shown"),
    "pack.made": _l("Made a list of who saw what of children's records"),
    "lookers.shown": _l("Looked at who had opened a child's record"),
    "looking.compared": _l("Had names and homes compared, for which looks are worth asking about"),
    "looking.reported": _l("Looked at which looks are worth asking about"),
    "decoys.shown": _l("Looked at which closed cases are decoys"),
}

#: Looking and reading, which a trail is mostly made of: a reader may leave them out.
READINGS: Final = frozenset(_READING)

_RESTRICTED: Final = {
    "case.restricted": _l("Restricted a case to named people"),
    "restriction.widened": _l("Let somebody into a restricted case"),
    "restriction.lifted": _l("Opened a restricted case to the whole service or school again"),
    "restricted_note.written": _l("Wrote what only those named in a restriction may read"),
    "conflict.declared": _l("Said that somebody has a tie to a case: they are kept out of it from now on"),
    "glass.broken": _l("Broke the glass, to go past restrictions for an hour"),
    "glass.found": _l("Found restricted cases behind the glass"),
    "glass.ended": _l("Closed the glass again before the hour was over"),
    "glass.reviewed": _l("Looked into why somebody broke the glass"),
}

_ERASING: Final = {
    "case.erased": _l("Erased a case: its keys were destroyed, and it can never be read here again"),
    "hold.placed": _l("Placed a legal hold on a case: it cannot be erased"),
    "hold.lifted": _l("Lifted the legal hold on a case"),
}

_GIVEN_OUT: Final = {
    "extract.made": _l("Made an extract of a case for somebody outside"),
}

_WATCHING: Final = {
    "audit.verified": _l("Checked that this trail is unaltered"),
    "access.denied": _l("Was refused a page"),
}

_SCHOOL: Final = {
    "concern.recorded": _l("Recorded a concern"),
    "concern.added_to": _l("Added to a concern"),
    "concern.read": _l("Read a concern for the first time, as the safeguarding lead or a deputy"),
    "concern.kept": _l("Decided to keep a concern in school"),
    "concern.matched": _l("Said which child's file a concern belongs to"),
    "staff.named": _l("Named colleagues in a record: they are kept out of it from now on"),
    "child_file.created": _l("Began a file for a child"),
    "child_file.put_right": _l("Put a child's file right"),
    "alert.sent": _l("Told somebody that a concern waits to be read"),
    "alert.escalated": _l("Told the next person, because a concern was still unread"),
    "mail.sent": _l("Sent a mail, which carried a reference and nothing else"),
    "mail.failed": _l("Could not send a mail, and will try again"),
    "draft.saved": _l("Saved an unfinished form"),
    "draft.restored": _l("Went back to an unfinished form"),
    "draft.discarded": _l("Let an unfinished form go"),
}

_REFERRALS: Final = {
    "referral.submitted": _l("Sent a referral off"),
    "referral.routed": _l("Worked out where a referral goes"),
    "referral.sent": _l("Gave a referral and its keys to the duty service"),
    "referral.received": _l("Received a referral"),
    "referral.moved_on": _l("Was told by the duty service that there is news of a referral"),
    "referral.copied": _l("Gave a copy of a referral and its keys to a duty service, for information"),
    "referral.received_for_information": _l("Received a copy of a referral, for information"),
    "call.recorded": _l("Recorded a telephone call about a referral"),
    "referral.taken": _l("Took a referral"),
    "referral.handed_back": _l("Handed a referral back to the queue"),
    "referral.acknowledged": _l("Acknowledged a referral to the sender"),
    "referral.coloured": _l("Gave a referral its colour"),
    "referral.decided": _l("Recorded a decision on a referral"),
    "referral.released": _l("Wrote to the school about a referral"),
    "message.written": _l("Wrote to the other side about a referral, outside a decision"),
    "referral.closed": _l("Closed a referral"),
    "referral.passed_on": _l("Passed a referral on, and keeps it until somebody else has it"),
    "referral.offered": _l("Was asked to take a referral over from another service"),
    "referral.accepted": _l("Accepted a referral from another service"),
    "referral.left": _l("Saw a referral accepted by another service"),
    "referral.declined": _l("Declined a referral from another service"),
    "referral.came_back": _l("Was declined by another service, and still has the referral"),
    "referral.kept": _l("Kept a referral after all that had been passed on"),
    "offer.withdrawn": _l("Need not answer any more: the other service keeps the referral"),
    "referral.handed_over": _l("Handed a referral over by telephone"),
    "breach.found": _l("Said that a referral was sent to the wrong place"),
    "breach.told": _l("Was told that a referral was sent to the wrong place"),
    "breach.added_to": _l("Wrote down what was done about a referral sent to the wrong place"),
    "note.written": _l("Wrote a case note"),
    "note.corrected": _l("Corrected a case note; the first one stays"),
    "meeting.arranged": _l("Arranged a safety-plan meeting"),
    "meeting.moved": _l("Moved a safety-plan meeting"),
    "meeting.called_off": _l("Called a safety-plan meeting off"),
    "meeting.minuted": _l("Wrote the minutes of a safety-plan meeting"),
    "meeting.corrected": _l("Corrected the minutes of a meeting; the first ones stay"),
    "plan_action.added": _l("Added something to do to a safety plan"),
    "duty_shift.written": _l("Wrote down that somebody is on duty"),
    "duty_shift.removed": _l("Took somebody's shift off the rota"),
    "decoy.marked": _l("Approved that a closed case is a decoy"),
    "decoy.ended": _l("Ended the mark by which a case was a decoy"),
    "colour_limit.set": _l("Entered a time limit for a colour"),
    "colour_limit.removed": _l("Took away the time limit for a colour"),
}

_PEOPLE: Final = {
    "sign_in.succeeded": _l("Signed in"),
    "sign_in.failed": _l("Tried to sign in, and was refused"),
    "sign_in.throttled": _l("Tried to sign in too often, and was made to wait"),
    "session.ended": _l("Ended a sign-in"),
    "workplace.chosen": _l("Began to work in this organisation"),
    "second_factor.enrolled": _l("Set up an authenticator app"),
    "second_factor.proved": _l("Gave a code from an authenticator app"),
    "recovery_code.used": _l("Used a recovery code in place of the app"),
    "recovery_codes.renewed": _l("Got new recovery codes"),
    "second_factor.forgotten": _l("Took a lost authenticator app, and any passkeys, off somebody's account"),
    "passkey.made": _l("Made a passkey of their own"),
    "passkey.used": _l("Showed with a passkey who they are"),
    "passkey.removed": _l("Took one of their passkeys away"),
    "identity.linked": _l("Linked single sign-on to their account"),
    "identity.used": _l("Came in by single sign-on"),
    "identity.unlinked": _l("Unlinked single sign-on from their account"),
    "shift_code.given": _l("Gave somebody a code for one shift, in place of a second factor"),
    "shift_code.used": _l("Gave a code for one shift, in place of a second factor"),
    "shift_code.ended": _l("Ended somebody's code for one shift early"),
    "shift_code.reviewed": _l("Looked into why somebody was given a code for one shift"),
    "home_postcode.given": _l("Gave their own home postcode, for the report of looking"),
    "home_postcode.removed": _l("Took their own home postcode away"),
    "password.changed": _l("Set a new password"),
    "password.replaced": _l("Chose single sign-on in place of a password"),
    "person.added": _l("Gave somebody an account"),
    "person.invited": _l("Made somebody a code to set a password"),
    "person.changed": _l("Put somebody's name, post or address right"),
    "person.signed_out": _l("Signed somebody out everywhere"),
    "person.disabled": _l("Closed somebody's account"),
    "person.enabled": _l("Opened somebody's account again"),
    "membership.given": _l("Gave somebody a role"),
    "membership.ended": _l("Ended somebody's role"),
    "second_person.asked": _l("Asked for a second person"),
    "second_person.approved": _l("Approved, as the second person, what somebody had asked for"),
    "second_person.refused": _l("Refused or took back what wanted a second person"),
    "second_person.used": _l("Did what two people had allowed: it is used up by that"),
    "second_person.nobody": _l("Did what wants two people, where there were no two who could be asked"),
    "organisation.created": _l("Joined Pass It On: this trail begins here"),
}

_KEEPING: Final = {
    "keys.created": _l("Made the keys of this installation"),
    "key.shared": _l("Gave another organisation the key to a part of a case"),
    "grant.ended": _l("Lost the keys to a referral that is elsewhere now"),
    "key.ended": _l("Ended an organisation's key to a part of a case"),
    "root.added": _l("Gave the key ring a new root key"),
    "root.retired": _l("Let go of root keys that nothing needs any more"),
    "pair.added": _l("Gave an organisation a new pair of keys"),
    "pair.retired": _l("Let go of an organisation's older pair of keys"),
    "keys.resealed": _l("Wrapped keys anew under the newest ones"),
    "case_key.added": _l("Gave a part of a case a new key"),
    "case.resealed": _l("Sealed documents of a case anew under its newest keys"),
    "case_key.retired": _l("Destroyed the older keys of a part of a case"),
    "ring.shared_out": _l("Wrote the key ring out in shares for paper"),
    "ring.brought_back": _l("Brought the key ring back from shares on paper"),
    "backup.made": _l("Made a backup"),
    "backup.restored": _l("Restored a backup"),
    "directory.loaded": _l("Loaded a version of the directory"),
    "directory.proposed": _l("Proposed a change to the directory"),
    "directory.approved": _l("Approved a change to the directory"),
    "directory.refused": _l("Refused or withdrew a change to the directory"),
    "places.loaded": _l("Imported the directory of postcodes"),
    "sample.loaded": _l("Loaded invented people and history, for practice"),
}

#: In the order in which a reader is offered them: what people look for first stands first.
SENTENCES: Final[Mapping[str, LazyString]] = MappingProxyType(
    {
        **_READING,
        **_WATCHING,
        **_RESTRICTED,
        **_ERASING,
        **_GIVEN_OUT,
        **_REFERRALS,
        **_SCHOOL,
        **_PEOPLE,
        **_KEEPING,
    }
)

_UNKNOWN: Final = _l("Did something that this version of the program has no words for")


def sentence(event: str) -> LazyString:
    """Return what an event says was done, to be read after the name of whoever did it."""
    return SENTENCES.get(event, _UNKNOWN)
