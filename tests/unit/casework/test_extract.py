"""What goes into an extract: every field of every document is classed, and what is not listed does not go."""

import dataclasses
import typing
from datetime import UTC, date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any
from uuid import UUID

import pytest

from intake.casework import extract
from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Minute
from intake.casework.documents.referral import (
    CallMade,
    DecisionReason,
    ReferralAsSent,
    RoutingTrace,
)
from intake.casework.extract import (
    FIELDS,
    ExtractAsked,
    ExtractDraft,
    Passage,
    extract_of,
    may_go,
    passage,
    squeezed,
)
from intake.casework.sealed_form import DOCUMENTS
from intake.casework.timeline import Timeline
from intake.errors import Refused
from intake.vocabulary import Audience, Decision, HeldBack

#: Documents of which nothing ever goes, and why: whatever else is sealed must be listed field by field.
STAYS = {
    *("RestrictionReason", "RestrictedWords", "GlassReason", "GlassReview"),  # for the named alone
    *("BreachWords", "PassingWords", "PassingAnswer", "RoutingTrace", "MeetingChange"),  # how it was handled
    *("HoldWords", "RequestWords", "ShiftCodeReview", "AddressReason", "SearchTerms"),  # what staff asked for
    *("StaffCard", "HomePostcode", "SecondFactorSeed", "PasskeyName", "FormDraft", "MailPayload"),  # staff
}
_NAMES = {"ChildCard.given_name", "ChildCard.family_name", "ChildCard.known_as", "ConcernWords.child_name"}
_SEEN = {"ConcernWords.happened", "ConcernWords.occurred_about", "SignNoted.code", "SignNoted.when"}
_MORE = {"HarmNoted.code", "ConcernDetail.catalogue_version", "ReferredConcern.reference"}
_OWN = {"ChildCard.age_about", "ChildCard.year_group", "ChildCard.nhs_number", "ChildCard.upn"}
_PLAN = {"ReferralAsSent.child_wishes", "Release.to_school", "Minute.child_views", "PlanRow.action"}
_OF_A_FILE = {"KeptReason.doing_instead", "Step.reference"}
FOR_FAMILY = _NAMES | _SEEN | _MORE | _OWN | _PLAN | _OF_A_FILE
JUDGED = {
    *("ReferralAsSent.why_now", "ConcernDetail.done_so_far", "ConcernDetail.anything_else"),
    *("ColourReason.reason", "DecisionReason.rationale", "DecisionReason.would_change_it", "Release.advice"),
    *("Message.text", "ClosingReason.reason", "Invitation.purpose", "Minute.risk", "Minute.why_corrected"),
    *("PlanRow.otherwise", "NotRecorded.why", "KeptReason.reason"),
}
FOR_COURT = FOR_FAMILY - {"ChildCard.nhs_number", "ChildCard.upn"} | JUDGED
_WORDS = {
    Audience.FAMILY: FOR_FAMILY,
    Audience.COURT: FOR_COURT,
    Audience.SERVICE: FOR_COURT | {"ChildCard.nhs_number"},
    Audience.SCHOOL: FOR_COURT | {"ChildCard.upn"},
}


def full(kind: type) -> Any:  # noqa: ANN401 - a document of that kind
    """Return a document in which every text names its own place, and nothing is empty."""
    hints = typing.get_type_hints(kind)
    return kind(
        **{each.name: _filled(hints[each.name], kind, each.name) for each in dataclasses.fields(kind)}
    )


def _filled(hint: Any, kind: type, name: str) -> Any:  # noqa: ANN401 - whatever the hint says
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return (_filled(inner[0], kind, name),)
    if origin in {UnionType, typing.Union}:
        return _filled(inner[0], kind, name)
    if dataclasses.is_dataclass(hint):
        return full(typing.cast("type", hint))
    if issubclass(hint, StrEnum):
        return next(iter(hint))
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    plain = {str: f"{kind.__name__}.{name}", bool: True, date: at.date(), datetime: at, UUID: UUID(int=7)}
    return plain[hint]


def words(found: Passage | tuple[Any, ...]) -> set[str]:
    """Return every text that goes."""
    values = (value for _, value in found.said) if isinstance(found, Passage) else found
    said: set[str] = set()
    for value in values:
        if isinstance(value, Passage | tuple):
            said |= words(value)
        elif type(value) is str:
            said.add(value)
    return said


def everything(asked: ExtractAsked) -> set[str]:
    return set().union(*(words(passage(full(kind), asked)) for kind in (*DOCUMENTS.values(), Timeline)))


def within(kind: type) -> set[type]:
    """Return the documents that stand inside one of this kind, however deep."""
    inner = {
        each
        for hint in typing.get_type_hints(kind).values()
        for each in (hint, *typing.get_args(hint))
        if isinstance(each, type) and dataclasses.is_dataclass(each)
    }
    return inner.union(*map(within, inner)) if inner else set()


def test_every_field_of_every_sealed_document_of_a_case_is_classed() -> None:
    kinds = {*DOCUMENTS.values(), Timeline}
    nested: set[type] = set().union(*(within(kind) for kind in FIELDS))
    assert {kind.__name__ for kind in kinds - FIELDS.keys()} == STAYS
    assert FIELDS.keys() <= kinds | nested
    assert nested <= FIELDS.keys()
    for kind, listed in FIELDS.items():
        assert list(listed) == [each.name for each in dataclasses.fields(kind)], kind


@pytest.mark.parametrize("audience", Audience)
def test_what_goes_of_itself_is_what_is_listed_for_them_and_no_more(audience: Audience) -> None:
    assert everything(ExtractAsked(audience)) == _WORDS[audience]


@pytest.mark.parametrize("audience", Audience)
def test_what_is_held_back_goes_with_its_own_tick_alone(audience: Audience) -> None:
    of = {held: everything(ExtractAsked(audience, frozenset({held}))) - _WORDS[audience] for held in HeldBack}
    for held, one in {
        HeldBack.OTHERS: {"ReferralAsSent.sender_name", "ConcernWords.recorder_name", "Step.by"},
        HeldBack.POLICE: {"AgencyStatement.text", "Minute.action_against_harm", "ConcernDetail.locations"},
        HeldBack.ADDRESS: {
            "ChildCard.home_address",
            "ReferralAsSent.where_now",
            "ReferralAsSent.safe_contact",
            "Step.service",
        },
    }.items():
        assert one <= of[held]
        assert not of[held] & set().union(*(of[other] for other in HeldBack if other is not held))
    workers = {"CaseNote.text", "CallMade.said"}
    assert workers & of[HeldBack.OTHERS] == (set() if audience is Audience.FAMILY else workers)


@pytest.mark.parametrize("audience", Audience)
def test_nothing_that_stays_goes_whatever_is_put_in(audience: Audience) -> None:
    found = everything(ExtractAsked(audience, frozenset(HeldBack)))
    assert not {each for each in found if each.split(".")[0] in STAYS}
    assert not found & {"ChildCard.identifiers", "Invitation.place"}


@pytest.mark.parametrize("audience", Audience)
def test_a_field_that_is_listed_for_too_many_is_noticed(
    audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_much = {**FIELDS[ReferralAsSent], "sender_name": FIELDS[ChildCard]["given_name"]}
    monkeypatch.setattr(extract, "FIELDS", {**FIELDS, ReferralAsSent: too_much})
    assert everything(ExtractAsked(audience)) - _WORDS[audience] == {"ReferralAsSent.sender_name"}


def test_a_decision_about_somebody_else_is_held_back_with_its_reason() -> None:
    police = DecisionReason(Decision.POLICE_ONLY, "an inquiry", "nothing")
    asked = ExtractAsked(Audience.COURT)
    assert passage(police, asked).said == ()
    with_it = ExtractAsked(Audience.COURT, frozenset({HeldBack.POLICE}))
    assert words(passage(police, with_it)) == {"an inquiry", "nothing"}
    assert (
        passage(dataclasses.replace(police, decision=Decision.ALLEGATION_AGAINST_STAFF), with_it).said == ()
    )


def test_what_goes_to_nobody_need_not_be_opened() -> None:
    family = ExtractAsked(Audience.FAMILY)
    assert (may_go(Minute, family), may_go(CallMade, family), may_go(RoutingTrace, family)) == (
        True,
        False,
        False,
    )
    assert may_go(CallMade, ExtractAsked(Audience.SERVICE, frozenset({HeldBack.OTHERS})))


def test_what_says_nothing_is_left_out_and_a_no_is_not() -> None:
    card = ChildCard("Zo\u00eb", " ", "", None, "", "", "")
    assert passage(card, ExtractAsked(Audience.COURT)).said == (("given_name", "Zo\u00eb"),)
    rang = CallMade("Ms Hart", "", "", answered=False)
    others = ExtractAsked(Audience.COURT, frozenset({HeldBack.OTHERS}))
    assert passage(rang, others).said == (("spoke_to", "Ms Hart"), ("answered", False))
    sent = dataclasses.replace(full(ReferralAsSent), concerns=())
    assert "concerns" not in dict(passage(sent, others).said)


def test_what_is_asked_for_is_said_in_codes_and_read_back() -> None:
    asked = ExtractAsked(Audience.SERVICE, frozenset({HeldBack.POLICE, HeldBack.OTHERS}))
    assert asked.codes == ("service", "others", "police")
    assert extract_of(asked.codes) == asked
    assert asked.left_out == (HeldBack.ADDRESS,)


def test_each_thing_that_is_put_in_wants_its_own_reason() -> None:
    put_in = {HeldBack.OTHERS: "The judge asked who told.", HeldBack.ADDRESS: " "}
    draft = ExtractDraft(Audience.COURT, "An order.", put_in)
    assert draft.asked == ExtractAsked(Audience.COURT, frozenset(put_in))
    with pytest.raises(Refused) as refused:
        draft.require_reasons()
    assert refused.value.field == "why_address"
    dataclasses.replace(draft, put_in={HeldBack.OTHERS: "The judge asked."}).require_reasons()


def test_spaces_and_lines_do_not_make_another_text_and_letters_do() -> None:
    assert (
        squeezed("Nguye\u0302\u0303n said:\n no ")
        == squeezed("Nguy\u1ec5n\tsaid: no")
        != squeezed("Nguyen said: no")
    )
