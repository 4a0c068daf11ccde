"""Rows as revision 0001 leaves its tables, and what becomes of them on the way up to it and down from it."""

from sqlalchemy import Connection

from tests.migrations import rows
from tests.migrations.rows import Snapshot

#: The words as they were at this revision: they stay here when the vocabulary moves on.
WORDS = {
    "colour_limit.colour": ("red", "amber", "green"),
    "concern.danger_now": ("yes", "no", "not_known"),
    "concern.missing_now": ("no", "not_known", "yes"),
    "concern.state": ("recorded", "read", "referred"),
    "key_grant.compartment": ("A", "S", "P"),
    "meeting.state": ("arranged", "held", "arranged"),
    "membership.role": ("reporter", "safeguarding_lead", "duty_worker"),
    "organisation.kind": ("school", "hub", "school"),
    "outbox_mail.kind": ("concern_to_read", "concern_still_unread", "referral_updated"),
    "referral.colour": ("red", "amber", "green"),
    "referral.danger_now": ("yes", "no", "not_known"),
    "referral.missing_now": ("no", "not_known", "yes"),
    "referral.nation": ("england", "wales"),
    "referral.state": ("received", "acknowledged", "decided"),
    "sign_in_session.ended_why": ("signed_out", "idle", "revoked"),
    "triage_colour.colour": ("red", "amber", "green"),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    """What the rows before this revision have become after it: there was no table, and there is no row."""
    assert before == {}
    assert after.keys() >= {"concern", "referral", "audit_entry", "key_grant"}
    assert not any(after.values())


def went_down(before: Snapshot, after: Snapshot) -> None:
    """What this revision's own rows have become once it is undone: nothing is left."""
    assert all(len(found) == rows.HOW_MANY for found in before.values())
    assert after == {}
