"""Two people's changes to the same texts put together, where they do not touch each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

Edit = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The texts with both changes in them; `clashing` are the files in which they touch the same lines."""

    texts: Mapping[str, str]
    clashing: tuple[str, ...]


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Put what `mine` changed in `base` into `theirs`, file by file; a clashing file stays as in `theirs`."""
    merged, clashing = dict(theirs), []
    for name in sorted({*base, *mine}):
        before, after, now = base.get(name), mine.get(name), theirs.get(name)
        if after in {before, now}:
            continue
        settled = after if now == before else _lines_merged(before, after, now)
        if settled is not None:
            merged[name] = settled
        elif now == before:
            del merged[name]
        else:
            clashing.append(name)
    return Merged(merged, tuple(clashing))


def _lines_merged(base: str | None, mine: str | None, theirs: str | None) -> str | None:
    """Give one text with both changes, None where they touch or one of the texts is not there."""
    if base is None or mine is None or theirs is None:
        return None
    lines = base.splitlines(keepends=True)
    ours, others = (list(_edits(lines, text.splitlines(keepends=True))) for text in (mine, theirs))
    both = sorted({*ours, *others})
    if any(first[1] >= second[0] for first, second in pairwise(both)):
        return None
    for begins, ends, instead in reversed(both):
        lines[begins:ends] = instead
    return "".join(lines)


def _edits(base: Sequence[str], changed: Sequence[str]) -> Iterator[Edit]:
    for kind, begins, ends, left, right in SequenceMatcher(None, base, changed, autojunk=False).get_opcodes():
        if kind != "equal":
            yield begins, ends, tuple(changed[left:right])


@dataclass(frozen=True, slots=True)
class LineChange:
    """Lines of one file taken out and put in at one place; `line` counts from 1 in the newer text."""

    file: str
    line: int
    taken_out: tuple[str, ...]
    put_in: tuple[str, ...]


def line_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[LineChange, ...]:
    """Give what differs between two sets of texts, place by place."""
    found = []
    for name in sorted({*old, *new}):
        before, after = old.get(name, "").splitlines(), new.get(name, "").splitlines()
        matched = SequenceMatcher(None, before, after, autojunk=False)
        for kind, begins, ends, left, right in matched.get_opcodes():
            if kind != "equal":
                found.append(LineChange(name, left + 1, tuple(before[begins:ends]), tuple(after[left:right])))
    return tuple(found)
