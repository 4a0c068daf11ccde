"""A document as the bytes that are sealed, and those bytes as the document again."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar

from intake.casework.document_shape import Json, WrongShape, shape_of
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, KeptReason
from intake.casework.documents.erasure import HoldWords
from intake.casework.documents.meeting import Invitation, MeetingChange, Minute
from intake.casework.documents.passing import BreachWords, PassingAnswer, PassingWords
from intake.casework.documents.person import (
    FormDraft,
    HomePostcode,
    MailPayload,
    PasskeyName,
    SecondFactorSeed,
    StaffCard,
)
from intake.casework.documents.referral import (
    CallMade,
    CaseNote,
    ClosingReason,
    ColourReason,
    DecisionReason,
    Message,
    ReferralAsSent,
    Release,
    RoutingTrace,
)
from intake.casework.documents.restriction import GlassReason, GlassReview, RestrictedWords, RestrictionReason
from intake.casework.documents.searching import SearchTerms
from intake.casework.documents.second_person import RequestWords, ShiftCodeReview
from intake.casework.documents.withheld import AddressReason
from intake.errors import CannotOpen


class Document(Protocol):
    """A frozen value that is sealed whole; SCHEMA is its name and version, such as `child-card/2`."""

    SCHEMA: ClassVar[str]


D = TypeVar("D", bound=Document)

#: Every document that is ever sealed, by its schema: a document not listed here cannot be sealed at all.
DOCUMENTS: Mapping[str, type[Document]] = MappingProxyType(
    {
        kind.SCHEMA: kind
        for kind in (
            AddressReason,
            BreachWords,
            CallMade,
            CaseNote,
            ChildCard,
            ClosingReason,
            ColourReason,
            ConcernDetail,
            ConcernWords,
            DecisionReason,
            FormDraft,
            GlassReason,
            GlassReview,
            HoldWords,
            HomePostcode,
            Invitation,
            KeptReason,
            MailPayload,
            MeetingChange,
            Message,
            Minute,
            PassingAnswer,
            PassingWords,
            PasskeyName,
            ReferralAsSent,
            Release,
            RequestWords,
            RestrictedWords,
            RestrictionReason,
            RoutingTrace,
            SearchTerms,
            SecondFactorSeed,
            ShiftCodeReview,
            StaffCard,
        )
    }
)

#: Earlier schemas, and the document that takes their place: what it asks beside them, it says in EARLIER.
_EARLIER: Mapping[str, type[Document]] = MappingProxyType(
    {earlier: kind for kind in DOCUMENTS.values() for earlier in getattr(kind, "EARLIER", {})}
)

_OUTSIDE = {"schema", "doc"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_decode = json.JSONDecoder().raw_decode


def to_bytes(document: Document) -> bytes:
    """Return the canonical JSON of a document, its text exactly as typed.

    TypeError when the document is not listed or a field holds what its type does not allow: such bytes
    could never be opened again, so they are not made. The message names a type and never a value.
    """
    kind = type(document)
    _require_listed(kind)
    try:
        return _encode({"schema": kind.SCHEMA, "doc": shape_of(kind).write(document)}).encode()
    except WrongShape as wrong:
        complaint = str(wrong)
    except UnicodeEncodeError:
        complaint = "text holds half of a character"
    raise TypeError(f"{kind.__name__} cannot be sealed: {complaint}")


def from_bytes(kind: type[D], data: bytes) -> D:
    """Return the document that `to_bytes` wrote; CannotOpen when the bytes are not one of this kind."""
    _require_listed(kind)
    schema, doc = _unpack(data)
    if schema != kind.SCHEMA:
        doc = _renewed(kind, schema, doc)
    document: D = _read(kind, doc)
    return document


def any_from_bytes(data: bytes) -> Document:
    """Return whatever listed document the bytes are; CannotOpen when they are none."""
    schema, _ = _unpack(data)
    kind = DOCUMENTS.get(schema) or _EARLIER.get(schema)
    if kind is None:
        raise CannotOpen("not a document of a known schema")
    return from_bytes(kind, data)


def _require_listed(kind: type[Document]) -> None:
    if DOCUMENTS.get(getattr(kind, "SCHEMA", "")) is not kind:
        raise TypeError(f"{kind.__name__} is not a listed document")


def _renewed(kind: type[Document], schema: str, doc: Json) -> Json:
    """Return an earlier version's fields with what it did not ask, as a document of this kind has them."""
    more: Mapping[str, Json] | None = getattr(kind, "EARLIER", {}).get(schema)
    if more is None or not isinstance(doc, dict):
        raise CannotOpen(f"not a {kind.SCHEMA}")
    return {**doc, **more}


# Each failure is raised outside its `except`, so that no parser error, which carries the opened text along,
# goes into a log as its context.


def _unpack(data: bytes) -> tuple[str, Json]:
    try:
        text = data.decode()
        found, end = _decode(text)
    except (ValueError, RecursionError):
        text, found, end = "", None, 0
    # Nothing stands behind the document, not even a space.
    if end == len(text) and isinstance(found, dict) and found.keys() == _OUTSIDE:
        schema, doc = found["schema"], found["doc"]
        if isinstance(schema, str):
            return schema, doc
    raise CannotOpen("not the form of a sealed document")


def _read(kind: type[Document], doc: Json) -> Any:  # noqa: ANN401 - the type is `kind`
    try:
        return shape_of(kind).read(doc)
    except WrongShape:
        pass
    raise CannotOpen(f"not the shape of {kind.SCHEMA}")
