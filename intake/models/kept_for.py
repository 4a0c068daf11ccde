"""How long the rows of each table are kept, and what ends that: the map of data prints it, a test holds it.

No clock ends a child's record: how long it must be kept is the law's and the organisation's to say, and two
people erase it then (`docs/runbook/erasure.md`). A backup keeps everything thirty-five days longer.
"""

from collections.abc import Mapping
from types import MappingProxyType

#: What has an end begins so.
UNTIL = "until "
_GOOD = "for good"
#: Said of whatever holds sealed words of a case, and of nothing else.
ERASED = "the sealed words until two people erase the case they are about, the rest for good"
_ACCOUNT = "as long as the account, which is closed and never removed"
_PROOF = "for good: it is the trail, or what proves it"

KEPT_FOR: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("address_shown", "breach_entry", "broken_glass", "case_note", "child_file", "concern"),
                *("concern_addition", "earlier_card", "legal_hold", "meeting", "meeting_change", "minute"),
                *("passing", "referral_call", "referral_closing", "referral_message", "referral_sent"),
                *("release", "restricted_note", "restriction", "routing_record", "second_person_request"),
                *("shift_code", "triage_colour", "triage_decision"),
            ),
            ERASED,
        ),
        **dict.fromkeys(
            (
                *("audit_batch", "audit_checkpoint", "audit_entry", "audit_head", "audit_stretch"),
                *("crossing", "crossing_taken", "erased_case", "erasure"),
            ),
            _PROOF,
        ),
        **dict.fromkeys(
            (
                *("alert", "breach", "exclusion", "glass_case", "plan_action", "referral"),
                *("referral_concern", "restricted_to", "telling"),
            ),
            f"{_GOOD}: ids, states and times, no words",
        ),
        **dict.fromkeys(
            ("directory_check", "directory_in_force", "directory_proposal", "directory_snapshot"),
            f"{_GOOD}: what a referral was routed by must be there to be shown",
        ),
        **dict.fromkeys(("membership", "one_time_link", "person", "sign_in_session"), _ACCOUNT),
        "colour_limit": "until a manager of the authority changes it; the trail has what it was",
        "decoy_mark": f"{_GOOD}: ids, states and times, no words",
        "duty_shift": "until it is taken off the rota before it begins, else for good",
        "form_draft": (
            "until it is sent, or whoever typed it lets it go, or the case it is about is erased; "
            "a half-filled search until the next round of housekeeping"
        ),
        "identifier_index": "until the case is erased there, or its identifiers are indexed anew",
        "identifier_token": "until the case is erased there, or its identifiers are indexed anew",
        "installation": "as long as the installation",
        "key_grant": "until the case is erased, a newer key has taken its place, or the case is another's",
        "known_device": "until the browser has not been used for 180 days, or the password is new",
        "linked_identity": "until the link to the provider is taken away",
        "once_key": "until it is 72 hours old",
        "organisation": "as long as the installation",
        "organisation_key": f"{_GOOD}; the private half until a newer pair has taken its place",
        "outbox_mail": f"{_GOOD}: the address and the reference sealed, that and when it was sent clear",
        "passkey": "until whoever it belongs to takes it away, or is given another way in by two people",
        "postcode": "until a newer release of the directory of postcodes is imported",
        "postcode_release": f"{_GOOD}; one that was never finished until the next import",
        "recovery_code": "until there are new ones, or another second factor is set up",
        "restricted_case": "until two people lift the restriction",
        "search": "until it is 12 hours old",
        "spent_challenge": "until it is 24 hours old",
        "throttle": "until nothing was tried for 24 hours, or the right password was given",
    }
)
