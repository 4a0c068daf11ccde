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
    "note.opened": _l("Read case notes"),
    "meeting.opened": _l("Read the papers of a safety-plan meeting"),
    "concern.opened": _l("Opened a concern"),
    "child_file.opened": _l("Opened a child's file"),
    "roll.searched": _l("Searched the school's roll"),
    "audit.viewed": _l("Looked at this trail"),
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
    "call.recorded": _l("Recorded a telephone call about a referral"),
    "referral.taken": _l("Took a referral"),
    "referral.handed_back": _l("Handed a referral back to the queue"),
    "referral.acknowledged": _l("Acknowledged a referral to the sender"),
    "referral.coloured": _l("Gave a referral its colour"),
    "referral.decided": _l("Recorded a decision on a referral"),
    "referral.released": _l("Wrote to the school about a referral"),
    "referral.closed": _l("Closed a referral"),
    "note.written": _l("Wrote a case note"),
    "note.corrected": _l("Corrected a case note; the first one stays"),
    "meeting.arranged": _l("Arranged a safety-plan meeting"),
    "meeting.minuted": _l("Wrote the minutes of a safety-plan meeting"),
    "meeting.corrected": _l("Corrected the minutes of a meeting; the first ones stay"),
    "plan_action.added": _l("Added something to do to a safety plan"),
    "colour_limit.set": _l("Entered a time limit for a colour"),
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
    "second_factor.forgotten": _l("Took a lost authenticator app off somebody's account"),
    "password.changed": _l("Set a new password"),
    "person.added": _l("Gave somebody an account"),
    "person.invited": _l("Made somebody a link to set a password"),
    "person.changed": _l("Put somebody's name, post or address right"),
    "person.signed_out": _l("Signed somebody out everywhere"),
    "person.disabled": _l("Closed somebody's account"),
    "person.enabled": _l("Opened somebody's account again"),
    "membership.given": _l("Gave somebody a role"),
    "membership.ended": _l("Ended somebody's role"),
    "organisation.created": _l("Joined Pass It On: this trail begins here"),
}

_KEEPING: Final = {
    "keys.created": _l("Made the keys of this installation"),
    "key.shared": _l("Gave another organisation the key to a part of a case"),
    "key.ended": _l("Ended an organisation's key to a part of a case"),
    "backup.made": _l("Made a backup"),
    "backup.restored": _l("Restored a backup"),
    "directory.loaded": _l("Loaded a version of the directory"),
    "sample.loaded": _l("Loaded invented people and history, for practice"),
}

#: In the order in which a reader is offered them: what people look for first stands first.
SENTENCES: Final[Mapping[str, LazyString]] = MappingProxyType(
    {**_READING, **_REFERRALS, **_SCHOOL, **_PEOPLE, **_KEEPING}
)

_UNKNOWN: Final = _l("Did something that this version of the program has no words for")


def sentence(event: str) -> LazyString:
    """Return what an event says was done, to be read after the name of whoever did it."""
    return SENTENCES.get(event, _UNKNOWN)
