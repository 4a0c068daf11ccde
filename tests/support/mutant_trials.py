"""A plugin of pytest that tries mutants: each in a process split off from one that has tested nothing yet.

In it the mutant comes true, and only then the files of tests are read (many seal something while they are
read): the tests that reach its function, quickest first, until one fails. What bounds a trial is the time it
reckons, and not the time it waits for a busy machine.
"""

import hashlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.mutants import ASKED, CONTROL, GROUPS, KILLED, LEFT_OUT, LIVED, NEVER_ENDED, Verdicts
from tests.support.mutating import Mutating

_AT_ONCE = 2
#: A trial may reckon so many times as long as its tests take, and this for reading them; it may wait longer.
_SECONDS, _TIMES, _WAITING = 10, 5, 30
_MEMORY_BYTES, _FILE_BYTES = 3 << 30, 500 << 20
_TEMPLATE = "tests/integration/test_once_keys.py"

_mutating = Mutating(GROUPS[os.environ[ASKED]])


@dataclass(slots=True)
class Reach:
    """Which tests reach which function, and how long each takes."""

    tests: dict[str, set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, seen: Mapping[str, tuple[float, list[str]]]) -> None:
        """Take in what was seen of the tests of a file."""
        for test, (seconds, functions) in seen.items():
            self.seconds[test] = seconds
            for function in functions:
                self.tests.setdefault(function, set()).add(test)

    def of(self, mutant: str) -> set[str]:
        """Return the tests that reach a mutant; of the control, those that reach anything of its module.

        So it is of what runs when the module is read, for nobody asks for it again.
        """
        module, function = mutant.rpartition(".")[0], mutant.rpartition("__mutmut_")[0]
        if mutant.endswith(CONTROL) or function in _mutating.loaders[module].at_once:
            return set().union(
                *(tests for name, tests in self.tests.items() if name.startswith(f"{module}."))
            )
        return self.tests.get(function, set())


class Failing:
    """Sees whether a test failed, or a file of tests could not be read."""

    def __init__(self) -> None:
        self.what = ""

    def seen(self) -> bool:
        """Whether anything failed."""
        return bool(self.what)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See a test fail."""
        if report.failed:
            self.what = self.what or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """See a file that cannot be read."""
        if report.failed:
            self.what = self.what or report.nodeid


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> bool:
    """Read no tests here: each process reads its own."""
    settings.register_profile(
        "mutants",
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    session.testscollected = 1
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try what has no verdict yet."""
    _mutating.read_all()
    failing = Failing()
    session.config.pluginmanager.register(failing)
    _template(session, failing)
    files = sorted(_files(session.config.args))
    reach = _reached(session, failing, files)
    verdicts = Verdicts(os.environ[ASKED])
    mutants = _marked(reach)

    def trial(mutant: str) -> Callable[[], bool]:
        return lambda: _passes(session, failing, mutant, reach)

    waiting = [
        (mutant, trial(mutant), _SECONDS + _TIMES * sum(map(reach.seconds.__getitem__, reach.of(mutant))))
        for mutant in verdicts.expect(mutants)
    ]
    for mutant, verdict in _each_apart(waiting):
        verdicts.keep(mutant, mutants[mutant], verdict)
    return True


def _marked(reach: Reach) -> dict[str, str]:
    """Return each mutant with a mark of its function's text and of the files of the tests that reach it."""
    texts: dict[str, bytes] = {}
    marked = {}
    for module, loader in sorted(_mutating.loaders.items()):
        control = {f"{module}.{CONTROL}": "".join(loader.mutants.values())} if loader.mutants else {}
        for mutant, function in {**control, **loader.mutants}.items():
            digest = hashlib.sha256(function.encode())
            for file in sorted({test.partition("::")[0] for test in reach.of(mutant)}):
                digest.update(texts.setdefault(file, Path(file).read_bytes()))
            marked[mutant] = digest.hexdigest()[:16]
    return marked


def _passes(session: pytest.Session, failing: Failing, mutant: str, reach: Reach) -> bool:
    """Run the tests that reach a mutant, file by file, those of its own module first, until one fails."""
    _mutating.become(mutant)
    files: dict[str, set[str]] = {}
    for test in reach.of(mutant):
        files.setdefault(test.partition("::")[0], set()).add(test)
    own = f"test_{mutant.split('.')[-2]}.py"

    def soonest(file: str) -> tuple[bool, float]:
        return not file.endswith(own), sum(reach.seconds[test] for test in files[file])

    for file in sorted(files, key=soonest):
        found = {item.nodeid: item for item in _read(session, file)}
        if failing.seen() or not files[file] <= found.keys():
            return False
        wanted = sorted(files[file], key=reach.seconds.__getitem__)
        for _ in _run(session, [found[test] for test in wanted]):
            if failing.seen():
                return False
    return True


def _reached(session: pytest.Session, failing: Failing, files: Sequence[Path]) -> Reach:
    """Run every test once with nothing changed, each file in a process of its own."""
    folder = Path(str(session.config.option.basetemp))

    def seeing(number: int, file: Path) -> Callable[[], bool]:
        def see() -> bool:
            _mutating.ran.clear()
            items = _read(session, str(file))
            reading = set(_mutating.ran)
            seen = {}
            began = time.process_time()
            for item in _run(session, items):
                seen[item.nodeid] = time.process_time() - began, sorted(_mutating.ran | reading)
                _mutating.ran.clear()
                began = time.process_time()
            (folder / f"reach-{number}.json").write_text(json.dumps(seen), encoding="utf-8")
            return not failing.seen()

        return see

    reach = Reach()
    work = [(str(number), seeing(number, file), 600.0) for number, file in enumerate(files)]
    for number, verdict in _each_apart(work):
        if verdict != LIVED:
            raise pytest.UsageError(f"{files[int(number)]} fails with nothing changed")
        reach.add(json.loads((folder / f"reach-{number}.json").read_text(encoding="utf-8")))
    return reach


def _template(session: pytest.Session, failing: Failing) -> None:
    """Have the empty database made that is copied for each test: once, before any process is split off."""
    next(_run(session, _read(session, _TEMPLATE)[:1]))
    if failing.seen():
        raise pytest.UsageError(f"{failing.what} fails with nothing changed")


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from path.rglob("test_*.py") if path.is_dir() else (path,)


def _read(session: pytest.Session, file: str) -> list[pytest.Item]:
    """Read a file of tests, but for those that want a database server or only take time."""
    session.items = []
    found = session.perform_collect([file], genitems=True)
    session.testsfailed = 0
    return [item for item in found if isinstance(item, pytest.Function) and not _left_out(item)]


def _left_out(item: pytest.Function) -> bool:
    a_server = "postgresql" in item.nodeid or "postgres_server" in item.fixturenames
    return a_server or item.nodeid.startswith(LEFT_OUT)


def _run(session: pytest.Session, items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Run tests; what is made once for all of them is kept for the next file."""
    for item, following in pairwise([*items, session]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        session.shouldfail = session.shouldstop = False
        yield item  # type: ignore[misc]


def _each_apart(work: Iterable[tuple[str, Callable[[], bool], float]]) -> Iterator[tuple[str, str]]:
    """Do each piece of work in a process of its own, some at once; gives the verdict of each as it ends."""
    running: dict[int, tuple[str, float]] = {}
    for name, passes, seconds in work:
        while len(running) >= _AT_ONCE:
            yield _ended(running)
        running[_split_off(passes, seconds)] = name, time.monotonic() + _WAITING * seconds
    while running:
        yield _ended(running)


def _split_off(passes: Callable[[], bool], seconds: float) -> int:
    """Start a process that ends with 0 where the tests pass."""
    if pid := os.fork():
        return pid
    passed = False
    try:
        os.setpgid(0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(nowhere, each)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        passed = passes()
    finally:
        os._exit(0 if passed else 1)


def _ended(running: dict[int, tuple[str, float]]) -> tuple[str, str]:
    """Wait for one of them to end; one that waits for ever is ended."""
    while True:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            name, _ = running.pop(pid)
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)  # whatever it started itself
            if os.WIFSIGNALED(status):
                late = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}
                return name, NEVER_ENDED if late else KILLED
            return name, KILLED if os.WEXITSTATUS(status) else LIVED
        for each, (_, until) in running.items():
            if time.monotonic() > until:
                os.killpg(each, signal.SIGKILL)
        time.sleep(0.005)
        sys.stdout.flush()
