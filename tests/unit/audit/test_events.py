"""The list of what can happen: names that never change, fields that can hold no word."""

import dataclasses
import re
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from intake.audit.event import Code, Event
from intake.audit.events import EVENTS
from intake.audit.log import JOINT, SEALED

_PLAIN = (UUID, int, bool, datetime, date, bytes, Code, NoneType)

#: Written out in full: a name that stands in somebody's chain can never be taken back.
_NAMES = {
    "address": {"shown"},
    "address_reasons": {"opened"},
    "access": {"denied"},
    "alert": {"escalated", "sent"},
    "audit": {"verified", "viewed"},
    "backup": {"made", "restored"},
    "breach": {"added_to", "found", "opened", "told"},
    "call": {"recorded"},
    "case": {"erased", "resealed", "restricted"},
    "case_key": {"added", "retired"},
    "child_file": {"created", "opened", "put_right"},
    "colour_limit": {"removed", "set"},
    "concern": {"added_to", "kept", "matched", "opened", "read", "recorded"},
    "conflict": {"declared"},
    "directory": {"approved", "loaded", "proposed", "refused"},
    "draft": {"discarded", "restored", "saved"},
    "decoy": {"ended", "marked"},
    "decoys": {"shown"},
    "duty_shift": {"removed", "written"},
    "extract": {"made"},
    "glass": {"broken", "ended", "found", "reviewed"},
    "glass_reason": {"opened"},
    "grant": {"ended"},
    "hold": {"lifted", "opened", "placed"},
    "home_postcode": {"given", "removed"},
    "identity": {"linked", "unlinked", "used"},
    "identity_cards": {"listed"},
    "key": {"ended", "shared"},
    "keys": {"created", "resealed"},
    "lookers": {"shown"},
    "looking": {"compared", "reported"},
    "mail": {"failed", "sent"},
    "meeting": {"arranged", "called_off", "corrected", "minuted", "moved", "opened"},
    "membership": {"ended", "given"},
    "message": {"opened", "written"},
    "note": {"corrected", "opened", "written"},
    "offer": {"opened", "withdrawn"},
    "organisation": {"created"},
    "pack": {"made"},
    "pair": {"added", "retired"},
    "passkey": {"made", "removed", "used"},
    "password": {"changed", "replaced"},
    "person": {"added", "changed", "disabled", "enabled", "invited", "signed_out"},
    "places": {"loaded"},
    "plan_action": {"added"},
    "recovery_code": {"used"},
    "recovery_codes": {"renewed"},
    "referral": {
        "accepted",
        "acknowledged",
        "came_back",
        "closed",
        "coloured",
        "copied",
        "decided",
        "declined",
        "handed_back",
        "handed_over",
        "kept",
        "left",
        "moved_on",
        "offered",
        "opened",
        "passed_on",
        "received",
        "received_for_information",
        "released",
        "routed",
        "sent",
        "submitted",
        "taken",
    },
    "referrals": {"listed"},
    "release": {"opened"},
    "restricted_note": {"written"},
    "restriction": {"lifted", "opened", "widened"},
    "ring": {"brought_back", "shared_out"},
    "roll": {"searched"},
    "root": {"added", "retired"},
    "sample": {"loaded"},
    "search": {"run", "shown"},
    "second_factor": {"enrolled", "forgotten", "proved"},
    "second_person": {"approved", "asked", "nobody", "opened", "refused", "used"},
    "session": {"ended"},
    "shift_code": {"ended", "given", "opened", "reviewed", "used"},
    "sign_in": {"failed", "succeeded", "throttled"},
    "staff": {"named"},
    "workplace": {"chosen"},
}

_each_event = pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)


def _parts(hint: object) -> set[Any]:
    if get_origin(hint) is tuple:
        kind, rest = get_args(hint)
        assert rest is Ellipsis
        return _parts(kind)
    if isinstance(hint, UnionType):
        return {part for member in get_args(hint) for part in _parts(member)}
    return {hint}


def test_every_name_ever_given_is_still_given() -> None:
    assert {f"{thing}.{verb}" for thing, verbs in _NAMES.items() for verb in verbs} == set(EVENTS)


@_each_event
def test_a_name_is_a_thing_and_what_became_of_it(event: type[Event]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", event.NAME)
    assert event.__doc__
    assert len(event.NAME) <= 80


@_each_event
def test_no_field_of_an_event_can_hold_a_word(event: type[Event]) -> None:
    hints = get_type_hints(event)
    for field in dataclasses.fields(event):
        for part in _parts(hints[field.name]):
            assert part in _PLAIN or issubclass(part, StrEnum), (event.NAME, field.name)
        assert field.name not in {JOINT, SEALED}


@_each_event
def test_an_event_cannot_be_changed_once_made(event: type[Event]) -> None:
    assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_a_decision_itself_never_stands_in_the_trail() -> None:
    assert {field.name for field in dataclasses.fields(EVENTS["referral.decided"])} == {"decision_id"}
