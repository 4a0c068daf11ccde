"""Which views neither open nor write anything, found in the code of all they call within the views."""

from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from flask import Flask

#: Whatever is recorded is recorded in a unit that opens or writes: one that reads keeps nothing.
_UNITS = frozenset({"opening", "showing", "writing", "write_once"})
#: Acts of the reception, which records them in units of its own.
_AT_RECEPTION = frozenset({"sign_in", "take_code", "first_password", "change_password"})
_OURS = "intake.views"


def unrecorded(app: Flask) -> set[str]:
    """Return the endpoints whose views reach no unit that could record anything."""
    return {endpoint for endpoint, view in app.view_functions.items() if not _records(view)}


def _records(view: object) -> bool:
    waiting, seen = [view], set[FunctionType]()
    while waiting:
        found = waiting.pop()
        if not isinstance(found, FunctionType) or found in seen:
            continue
        seen.add(found)
        if found.__module__.startswith(_OURS):
            if (_UNITS | _AT_RECEPTION) & {*_names(found.__code__)}:
                return True
            waiting += [getattr(found, "__wrapped__", None), *_called(found)]
    return False


def _called(function: FunctionType) -> Iterator[object]:
    names = {*_names(function.__code__)}
    for name in names & function.__globals__.keys():
        value = function.__globals__[name]
        yield value
        if isinstance(value, ModuleType):
            yield from (getattr(value, each, None) for each in names)
        elif isinstance(value, type) and value.__module__.startswith(_OURS):
            yield from vars(value).values()


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
