"""What a file may look like: how long it is, what it is called, and that it says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PRODUCT, TESTS, files

PRODUCT_LINES = 300
TEST_LINES = 400
TEMPLATE_LINES = 120
FUNCTION_LINES = 40
# A migration is a record of one change: written once, whole, and never added to.
RECORDS = "migrations/versions/"
DRAWERS = frozenset(
    {"utils", "util", "utilities", "helpers", "helper", "common", "misc", "shared", "stuff"}
    | {"manager", "managers", "handler", "handlers"}
)


def faults(root: Path) -> list[str]:
    """Give each fault as 'path: what is wrong', in the order of the paths."""
    found = [
        *_long(root, PRODUCT, ".py", PRODUCT_LINES),
        *_long(root, TESTS, ".py", TEST_LINES),
        *_long(root, ("templates",), ".html", TEMPLATE_LINES),
        *_long(root, ("intake/static/src",), ".scss", PRODUCT_LINES),
        *_long(root, ("intake/static/src",), ".js", PRODUCT_LINES),
    ]
    for path in files(root, PRODUCT + TESTS, ".py"):
        place = path.relative_to(root)
        if {path.stem, *place.parts[:-1]} & DRAWERS:
            found.append(f"{place}: a name that says nothing of what is inside")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{place}{fault}" for fault in _says_nothing(tree)]
        if not place.as_posix().startswith(RECORDS):
            found += [f"{place}{fault}" for fault in _long_functions(tree)]
    return sorted(found)


def _long(root: Path, names: tuple[str, ...], suffix: str, limit: int) -> Iterator[str]:
    for path in files(root, names, suffix):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > limit and not path.relative_to(root).as_posix().startswith(RECORDS):
            yield f"{path.relative_to(root)}: {lines} lines, and {limit} are allowed"


def _says_nothing(module: ast.Module) -> Iterator[str]:
    if not ast.get_docstring(module):
        yield ": no docstring for the module"
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node):
            yield f":{node.lineno}: no docstring for the class {node.name}"


def _long_functions(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f":{node.lineno}: {node.name} has {lines} lines, and {FUNCTION_LINES} are allowed"
