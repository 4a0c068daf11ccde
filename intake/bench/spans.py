"""How an act's time is shared out: what is spent within named methods, each second counted once."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any

#: Methods by the kind of work their time is counted as.
Named = Mapping[str, tuple[tuple[type, str], ...]]


class Spans:
    """Counts time by kind; a span within another counts as its own kind, and the outer stands meanwhile."""

    def __init__(self, tell: Callable[[], float] = time.process_time) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._tell = tell
        self._within: list[str] = []
        self._since = 0.0

    @contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """Count what is spent in this block as a kind."""
        self._charge()
        self._within.append(kind)
        try:
            yield
        finally:
            self._charge()
            self._within.pop()

    def _charge(self) -> None:
        now = self._tell()
        if self._within:
            self.spent[self._within[-1]] += now - self._since
        self._since = now


@contextmanager
def spanning(spans: Spans, named: Named) -> Iterator[None]:
    """Have every call of these methods counted, until the block ends."""
    with ExitStack() as stack:
        for kind, methods in named.items():
            for owner, name in methods:
                plain = vars(owner)[name]
                setattr(owner, name, _counted(spans, kind, plain))
                stack.callback(setattr, owner, name, plain)
        yield


def _counted(spans: Spans, kind: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(plain)
    def counted(*args: object, **more: object) -> Any:  # noqa: ANN401 - whatever the method gives
        with spans.of(kind):
            return plain(*args, **more)

    return counted
