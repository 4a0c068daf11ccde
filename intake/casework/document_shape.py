"""How the value of a document's field is written in JSON and read back, decided once by its type hint."""

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from uuid import UUID

#: What the json module makes and takes.
Json: typing.TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

Writer: typing.TypeAlias = Callable[[typing.Any], Json]
Reader: typing.TypeAlias = Callable[[Json], typing.Any]


class WrongShape(Exception):
    """The value in hand is not of the type its field declares; the message never quotes the value."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """The two directions of one type: `write` to JSON and `read` back; each raises WrongShape."""

    name: str
    write: Writer
    read: Reader


@cache
def shape_of(hint: object) -> Shape:
    """Return the shape of a type hint; TypeError when documents may not hold such a type."""
    if isinstance(hint, type) and hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _document(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and inner[-1] is Ellipsis:
        return _row(shape_of(inner[0]))
    if origin is tuple:
        return _fixed(tuple(shape_of(item) for item in inner))
    if origin in {types.UnionType, typing.Union} and inner[1:] == (types.NoneType,):
        return _optional(shape_of(inner[0]))
    raise TypeError(f"a sealed document cannot hold {hint!r}")


def _exactly(kind: type) -> Callable[[typing.Any], typing.Any]:
    """Pass a value of exactly this type: a bool is not a number here, nor a datetime a date."""

    def check(value: typing.Any) -> typing.Any:  # noqa: ANN401 - it looks at whatever it is given
        if type(value) is not kind:
            raise WrongShape(f"expected {kind.__name__}")
        return value

    return check


def _plain(kind: type, write: Writer, read: Callable[[str], typing.Any]) -> Shape:
    """Return the shape of a type that JSON writes as text."""
    check, check_text = _exactly(kind), _exactly(str)

    def read_checked(value: Json) -> typing.Any:  # noqa: ANN401 - the type is `kind`
        try:
            found = read(check_text(value))
        except ValueError:
            found = None
        # One value has one spelling, so that equal documents are equal bytes.
        if found is None or write(found) != value:
            raise WrongShape(f"expected {kind.__name__}")
        return found

    return Shape(kind.__name__, lambda value: write(check(value)), read_checked)


def _write_instant(value: datetime) -> str:
    if value.utcoffset() is None:
        raise WrongShape("an instant needs its offset")
    return value.astimezone(UTC).isoformat()


def _same(kind: type) -> Shape:
    check = _exactly(kind)
    return Shape(kind.__name__, check, check)


def _enum(kind: type[StrEnum]) -> Shape:
    by_value = {member.value: member for member in kind}
    check = _exactly(kind)

    def read(value: Json) -> StrEnum:
        member = by_value.get(value) if isinstance(value, str) else None
        if member is None:
            raise WrongShape(f"expected {kind.__name__}")
        return member

    return Shape(kind.__name__, lambda value: check(value).value, read)


def _optional(inner: Shape) -> Shape:
    return Shape(
        f"{inner.name}?",
        lambda value: None if value is None else inner.write(value),
        lambda value: None if value is None else inner.read(value),
    )


def _row(inner: Shape) -> Shape:
    """Return the shape of a tuple of any length."""
    check_tuple, check_list = _exactly(tuple), _exactly(list)
    return Shape(
        f"({inner.name}, ...)",
        lambda value: [inner.write(item) for item in check_tuple(value)],
        lambda value: tuple(inner.read(item) for item in check_list(value)),
    )


def _fixed(inner: tuple[Shape, ...]) -> Shape:
    """Return the shape of a tuple of so many places."""
    check_tuple, check_list = _exactly(tuple), _exactly(list)

    def paired(values: typing.Any) -> list[tuple[Shape, typing.Any]]:  # noqa: ANN401 - a tuple or a list
        if len(values) != len(inner):
            raise WrongShape(f"expected {len(inner)} places")
        return list(zip(inner, values, strict=True))

    return Shape(
        f"({', '.join(shape.name for shape in inner)})",
        lambda value: [shape.write(item) for shape, item in paired(check_tuple(value))],
        lambda value: tuple(shape.read(item) for shape, item in paired(check_list(value))),
    )


def _document(kind: type) -> Shape:
    """Return the shape of a dataclass: exactly its fields, none missing and none besides."""
    hints = typing.get_type_hints(kind)
    fields = tuple((field.name, shape_of(hints[field.name])) for field in dataclasses.fields(kind))
    names = {name for name, _ in fields}
    reads = tuple((name, shape.read) for name, shape in fields)
    check, check_object = _exactly(kind), _exactly(dict)

    def write(value: typing.Any) -> Json:  # noqa: ANN401 - the type is `kind`
        check(value)
        return {name: shape.write(getattr(value, name)) for name, shape in fields}

    def read(value: Json) -> typing.Any:  # noqa: ANN401 - the type is `kind`
        found = check_object(value)
        if found.keys() != names:
            raise WrongShape(f"expected the fields of {kind.__name__}")
        return kind(*[read_one(found[name]) for name, read_one in reads])

    inside = ", ".join(f"{name}: {shape.name}" for name, shape in fields)
    return Shape(f"{kind.__name__}({inside})", write, read)


_PLAIN: typing.Final[dict[type, Shape]] = {
    str: _same(str),
    int: _same(int),
    bool: _same(bool),
    date: _plain(date, date.isoformat, date.fromisoformat),
    datetime: _plain(datetime, _write_instant, datetime.fromisoformat),
    UUID: _plain(UUID, str, UUID),
}
