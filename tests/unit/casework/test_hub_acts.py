"""What a hub has to say when it writes to the school, closes a referral, or changes a meeting."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.casework.completeness import require_message
from intake.casework.safety_plan import require_begun, require_reason
from intake.casework.triage import require_closing
from intake.errors import Refused
from intake.vocabulary import MeetingAct

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_a_message_says_something() -> None:
    require_message("Which gate?")
    with pytest.raises(Refused, match=r"message\.empty"):
        require_message(" - ")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (MeetingAct.MOVE, r"meeting\.why_moved_missing"),
        (MeetingAct.CALL_OFF, r"meeting\.why_called_off_missing"),
    ],
)
def test_a_meeting_is_changed_for_a_reason(act: MeetingAct, code: str) -> None:
    require_reason("Mum is in hospital.", act)
    with pytest.raises(Refused, match=code):
        require_reason("", act)


def test_minutes_are_of_a_meeting_that_has_begun() -> None:
    require_begun(NOW, NOW)
    with pytest.raises(Refused, match=r"minute\.before_the_meeting"):
        require_begun(NOW + timedelta(minutes=1), NOW)


@pytest.mark.parametrize(
    ("reason", "arranged", "unread", "code"),
    [
        ("", False, False, r"closing\.reason_missing"),
        ("Done.", True, False, r"closing\.meeting_arranged"),
        ("Done.", False, True, r"closing\.answer_unread"),
    ],
)
def test_what_is_left_over_keeps_a_referral_open(
    reason: str,
    arranged: bool,  # noqa: FBT001 - a fact of the table
    unread: bool,  # noqa: FBT001 - likewise
    code: str,
) -> None:
    with pytest.raises(Refused, match=code):
        require_closing(reason, meeting_arranged=arranged, answer_unread=unread)


def test_a_referral_is_closed_for_a_reason_when_nothing_is_left_over() -> None:
    require_closing("The social worker has her.", meeting_arranged=False, answer_unread=False)
