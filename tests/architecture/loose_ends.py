"""What nothing finished contains: notes to self, tests set aside, second doors to the clock or the commit."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture.tree import PRODUCT, TESTS, files

# The brackets keep this line from being found itself.
_NOTES = re.compile(r"\b([T]ODO|[F]IXME|[H]ACK)\b|[p]ragma: no")
_SET_ASIDE = frozenset({"skip", "skipif", "xfail", "importorskip", "skipTest", "expectedFailure"})
_FOLDERS_OF_JOURNEYS = ("tests/trips", "tests/e2e")
# Alembic's own connection is committed where Alembic is run.
_COMMITS = ("intake/db.py", "migrations/env.py")
_READS_OF_THE_TIME = frozenset(
    {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("func", "now"),
        ("func", "current_timestamp"),
        ("time", "time"),
        ("time", "time_ns"),
        ("time", "localtime"),
        ("time", "gmtime"),
    }
)


def faults(root: Path) -> list[str]:
    """Give each loose end as 'path:line: what it is', in the order of the paths."""
    found = [*_notes(root)]
    for path in files(root, PRODUCT, ".py"):
        place = path.relative_to(root).as_posix()
        found += [f"{place}:{line}: {what}" for line, what in _in_the_product(place, _tree(path))]
    for path in files(root, TESTS, ".py"):
        place = path.relative_to(root).as_posix()
        found += [f"{place}:{line}: {what}" for line, what in _in_tests(place, _tree(path))]
    return sorted(found)


def _notes(root: Path) -> Iterator[str]:
    for suffix in (".py", ".html", ".scss", ".js", ".toml", ".md"):
        for path in files(
            root, (*PRODUCT, *TESTS, "templates", "docs", "README.md", "pyproject.toml"), suffix
        ):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if note := _NOTES.search(line):
                    yield f"{path.relative_to(root).as_posix()}:{number}: {note[0]}"


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _in_the_product(place: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    rules: tuple[tuple[bool, Callable[[ast.AST], bool], str], ...] = (
        (not place.startswith("intake/cli/"), _prints, "print outside the commands"),
        (place not in _COMMITS, _commits, "a commit outside intake/db.py"),
        (place != "intake/clock.py", _reads_the_time, "reads the time outside intake/clock.py"),
    )
    for node in ast.walk(tree):
        for applies, finds, what in rules:
            if applies and finds(node):
                yield getattr(node, "lineno", 0), what
    yield from _stubs(tree)


def _in_tests(place: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _SET_ASIDE:
            yield node.lineno, f"a test set aside: {node.attr}"
        if place.startswith(_FOLDERS_OF_JOURNEYS) and _imports_a_mock(node):
            yield getattr(node, "lineno", 0), "a mock in a journey"


def _prints(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "pprint"}
    )


def _commits(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"


def _reads_the_time(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute):
        return False
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return (name, node.attr) in _READS_OF_THE_TIME


def _stubs(tree: ast.Module) -> Iterator[tuple[int, str]]:
    promised = {id(each) for node in ast.walk(tree) if _is_a_protocol(node) for each in ast.walk(node)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in functions:
        empty = all(isinstance(step, ast.Pass) or _is_dots(step) for step in node.body)
        if empty and id(node) not in promised and not _is_abstract(node):
            yield node.lineno, f"a stub: {node.name}"


def _is_a_protocol(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases)


def _is_abstract(node: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(mark).rpartition(".")[2] in {"abstractmethod", "overload"} for mark in node.decorator_list
    )


def _is_dots(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant) and step.value.value is ...


def _imports_a_mock(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    elif isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    else:
        return isinstance(node, ast.arg) and node.arg in {"mocker", "monkeypatch"}
    return bool(names & {"unittest.mock", "mock", "pytest_mock"})
