"""Every document comes back from its bytes exactly as it went in, and nothing else comes back at all."""

import dataclasses
import hashlib
import importlib
import pkgutil
import types
import typing
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework import documents
from intake.casework.document_shape import shape_of
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernWords
from intake.casework.documents.referral import CallMade, CaseNote
from intake.casework.sealed_form import DOCUMENTS, Document, any_from_bytes, from_bytes, to_bytes
from intake.errors import CannotOpen

TRICKY = (
    "O'Brien-Nguyễn",
    "Siân Ŵyn-Đặng Łukasz",
    "👧🏽‍👧🏽 she said 'dont tell' 🤐",
    "\u202eשרה אמרה\u202c ثم سارة",
    "  two\r\nlines\n\tand a tab  ",
    "a NUL \x00 in the middle",
    "\ufeff\u200b\u2028",
    '{"schema":"child-card/1"}',
    "",
)
TEXT = st.sampled_from(TRICKY) | st.text()
PLAIN: dict[object, st.SearchStrategy[object]] = {
    str: TEXT,
    int: st.integers(),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    UUID: st.uuids(),
    types.NoneType: st.none(),
}


def any_of(hint: typing.Any) -> st.SearchStrategy[typing.Any]:  # noqa: ANN401 - any type a field may have
    """Make any value of a type hint that a document may use."""
    inner = typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = typing.get_type_hints(hint)
        return st.builds(
            hint, **{field.name: any_of(hints[field.name]) for field in dataclasses.fields(hint)}
        )
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if inner[-1] is Ellipsis:
        return st.lists(any_of(inner[0]), max_size=3).map(tuple)
    if typing.get_origin(hint) is tuple:
        return st.tuples(*(any_of(item) for item in inner))
    return st.one_of([any_of(item) for item in inner])


def classes_with_a_schema() -> set[type]:
    modules = [
        importlib.import_module(f"{documents.__name__}.{module.name}")
        for module in pkgutil.iter_modules(documents.__path__)
    ]
    return {value for module in modules for value in vars(module).values() if hasattr(value, "SCHEMA")}


#: The fields of every document as they are sealed today.
SHAPES: dict[str, str] = {
    "address-reason/1": "517284861b39",
    "breach-words/1": "88c61f38d22f",
    "call-made/2": "82beb79efb99",
    "case-note/1": "069005642161",
    "child-card/3": "7d035637fbaf",
    "closing-reason/1": "3b03bfcca260",
    "colour-reason/1": "ed0a9589e683",
    "concern-detail/1": "2e3c149e7085",
    "concern-words/1": "74aaa0470d43",
    "decision-reason/1": "7210b9b9daf4",
    "glass-reason/1": "fbb158da5abc",
    "glass-review/1": "e2082c0ea0f7",
    "form-draft/1": "e10f58e57fb8",
    "hold-words/1": "d650f8c1ab4b",
    "home-postcode/1": "65aa7adf4de5",
    "invitation/1": "ff5008a38c2a",
    "kept-reason/1": "78b5e1c0e5cf",
    "mail-payload/1": "a14e35249603",
    "meeting-change/1": "aadbafd6661b",
    "message/1": "ec756d1f8b27",
    "minute/1": "20d98d89e68f",
    "passing-answer/1": "e156295cc8a5",
    "passing-words/1": "2d78f26abe6b",
    "passkey-name/1": "c119b6c6a45d",
    "referral-as-sent/1": "646194a89db2",
    "release/1": "e10792634384",
    "request-words/1": "158137a04fa9",
    "restricted-words/1": "a40a91c4334b",
    "restriction-reason/1": "2e525574ed22",
    "routing-trace/1": "d503d446b616",
    "search-terms/1": "995a9c5ac84d",
    "second-factor-seed/1": "b6605ca1fec6",
    "shift-code-review/1": "aa4e336fe3e8",
    "staff-card/1": "98bde65d93d7",
}


@pytest.mark.parametrize("kind", DOCUMENTS.values(), ids=DOCUMENTS.keys())
@given(data=st.data())
def test_every_document_comes_back_as_it_went_in(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(any_of(kind))

    sealed_form = to_bytes(document)

    assert from_bytes(kind, sealed_form) == document
    assert any_from_bytes(sealed_form) == document
    assert to_bytes(from_bytes(kind, sealed_form)) == sealed_form


@pytest.mark.parametrize("text", TRICKY)
def test_text_comes_back_exactly_as_typed(text: str) -> None:
    note = CaseNote(text=text, written_by=text)

    assert from_bytes(CaseNote, to_bytes(note)).text == text


def test_the_bytes_are_json_with_the_schema_and_the_document() -> None:
    note = CaseNote(text="Siân\n", written_by="Đặng")

    assert to_bytes(note).decode() == (
        r'{"doc":{"text":"Siân\n","written_by":"Đặng"},"schema":"case-note/1"}'
    )


def test_every_document_is_listed_under_a_schema_of_its_own() -> None:
    assert set(DOCUMENTS.values()) == classes_with_a_schema()
    assert all(schema == kind.SCHEMA for schema, kind in DOCUMENTS.items())


@pytest.mark.parametrize("kind", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_cannot_be_changed_once_made(kind: type[Document]) -> None:
    assert typing.cast("typing.Any", kind).__dataclass_params__.frozen


def test_the_shape_of_a_document_never_changes_under_the_same_schema() -> None:
    """Once anything may have been sealed, a new shape is a new schema beside the old one; see ADR 0030."""
    shapes = {
        schema: hashlib.sha256(shape_of(kind).name.encode()).hexdigest()[:12]
        for schema, kind in DOCUMENTS.items()
    }

    assert shapes == SHAPES


def test_bytes_of_another_document_do_not_open() -> None:
    with pytest.raises(CannotOpen):
        from_bytes(ChildCard, to_bytes(CaseNote(text="a", written_by="b")))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[]" * 3,
        b"[" * 100_000,
        b"[]",
        b'"case-note/1"',
        b'{"schema":"case-note/1"}',
        b'{"schema":1,"doc":{}}',
        b'{"schema":[],"doc":{}}',
        b'{"schema":"case-note/1","doc":{"text":"","written_by":""},"more":1}',
        b'{"schema":"case-note/2","doc":{"text":"","written_by":""}}',
        b'{"schema":"case-note/1","doc":null}',
        b'{"schema":"case-note/1","doc":{"text":""}}',
        b'{"schema":"case-note/1","doc":{"text":"","written_by":"","more":""}}',
        b'{"schema":"case-note/1","doc":{"text":"","written_by":7}}',
    ],
)
def test_bytes_of_any_other_form_do_not_open(data: bytes) -> None:
    with pytest.raises(CannotOpen):
        from_bytes(CaseNote, data)
    with pytest.raises(CannotOpen):
        any_from_bytes(data)


def test_what_was_sealed_before_more_was_asked_is_read_with_what_it_meant() -> None:
    asked = '"age_about":"","born_on":null,"family_name":"","given_name":"Maya","home_address":"",'
    asked += '"home_postcode":"","known_as":"","year_group":"9"'
    sealed_form = f'{{"doc":{{{asked}}},"schema":"child-card/1"}}'.encode()
    card = ChildCard("Maya", "", "", None, "", "", "", "9")

    assert from_bytes(ChildCard, sealed_form) == any_from_bytes(sealed_form) == card
    asked += ',"identifiers":"","nhs_number":"","upn":""'
    assert from_bytes(ChildCard, f'{{"doc":{{{asked}}},"schema":"child-card/2"}}'.encode()) == card
    assert card.masked() is card
    withheld = dataclasses.replace(
        card, home_address="9 Invented Row", home_postcode="WA8", address_withheld=True
    )
    assert withheld.masked() == dataclasses.replace(card, address_withheld=True)

    before = b'{"doc":{"number":"","said":"","spoke_to":"Jan"},"schema":"call-made/1"}'
    assert from_bytes(CallMade, before) == CallMade("Jan", "", "", answered=True)
    for lacking in (b'{"doc":null,"schema":"child-card/1"}', b'{"doc":{},"schema":"child-card/1"}'):
        with pytest.raises(CannotOpen):
            from_bytes(ChildCard, lacking)


def test_a_failure_to_open_carries_no_word_of_the_document() -> None:
    with pytest.raises(CannotOpen) as failure:
        from_bytes(CaseNote, b'{"schema":"case-note/1","doc":{"text":"the child said","written_by":')

    assert "child" not in str(failure.value)
    assert failure.value.__context__ is None


@pytest.mark.parametrize(
    "note",
    [
        CaseNote(text=typing.cast("str", 7), written_by="the child said"),
        CaseNote(text="half a character \ud83d", written_by="the child said"),
    ],
)
def test_a_document_that_could_not_be_opened_again_is_not_written(note: CaseNote) -> None:
    with pytest.raises(TypeError) as failure:
        to_bytes(note)

    assert "child" not in str(failure.value)
    assert failure.value.__context__ is None


def test_a_document_that_is_not_listed_is_neither_written_nor_read() -> None:
    @dataclasses.dataclass(frozen=True)
    class Stranger:
        """Says that it is a note, and is not."""

        SCHEMA: typing.ClassVar[str] = "case-note/1"
        text: str = ""

    @dataclasses.dataclass(frozen=True)
    class Nameless:
        """Does not say what it is."""

        text: str = ""

    with pytest.raises(TypeError):
        to_bytes(Stranger())
    with pytest.raises(TypeError):
        from_bytes(Stranger, b"{}")
    with pytest.raises(TypeError):
        to_bytes(typing.cast("Document", Nameless()))


def test_a_concern_keeps_what_happened_exactly() -> None:
    words = ConcernWords(
        child_name="Łucja",
        happened='  He said "don\'t" — then …  \r\n\r\n',
        occurred_on=date(2026, 11, 20),
        occurred_about="after lunch",
        recorder_name="A",
        recorder_post="B",
    )

    assert from_bytes(ConcernWords, to_bytes(words)).happened == '  He said "don\'t" — then …  \r\n\r\n'
