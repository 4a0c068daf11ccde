"""A question and its decision as plain JSON values, and back: the trace that is sealed with the referral."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from intake.routing.decision import Decision
from intake.routing.question import Question

Json = Mapping[str, Any]
T = TypeVar("T")


def question_to_json(question: Question) -> Json:
    return _write_fields(question)


def question_from_json(data: Json) -> Question:
    """Give the question `question_to_json` wrote; ValueError when the data is not one."""
    return _read_whole(Question, data)


def decision_to_json(decision: Decision) -> Json:
    return _write_fields(decision)


def decision_from_json(data: Json) -> Decision:
    """Give the decision `decision_to_json` wrote; ValueError when the data is not one."""
    return _read_whole(Decision, data)


def _write(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _write_fields(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    return value


def _write_fields(value: Any) -> Json:  # noqa: ANN401 - any of the values a question or a decision is made of
    return {field.name: _write(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _read_whole(kind: type[T], data: Json) -> T:
    try:
        return _read_fields(kind, data)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a {kind.__name__} as it was written") from error


def _read(hint: Any, value: Any) -> object:  # noqa: ANN401 - a type hint is any object, and so is JSON
    if isinstance(hint, types.UnionType):
        return None if value is None else _read(typing.get_args(hint)[0], value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _read_fields(hint, value)
    if issubclass(typing.get_origin(hint) or hint, tuple | frozenset):
        return typing.get_origin(hint)(_read(typing.get_args(hint)[0], item) for item in value)
    if issubclass(hint, date):
        return hint.fromisoformat(value)
    if issubclass(hint, StrEnum):
        return hint(value)
    if type(value) is not hint:
        raise TypeError(f"expected {hint.__name__}")
    return value


def _read_fields(kind: type[T], value: Any) -> T:  # noqa: ANN401 - whatever JSON has there
    """Read the fields of one value; a field that came later, and has a default, may not be there yet."""
    hints = typing.get_type_hints(kind)
    if not value.keys() <= hints.keys():
        raise KeyError(kind.__name__)
    return kind(**{name: _read(hints[name], value[name]) for name in value})
