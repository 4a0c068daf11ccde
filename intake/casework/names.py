"""Names as they are written: whether a text speaks of a colleague, and what of a child's name is one."""

from intake.casework.spelling import one_slip, parts

#: A word of a text of at least this many letters may be a name with one letter wrong.
_LONG_ENOUGH_IN_A_TEXT = 5

#: What a child is called whose name nobody knows, and what stands around it.
_KINDS = frozenset(
    {"baby", "boy", "boys", "child", "children", "female", "girl", "girls", "kid", "lad", "lass", "male"}
    | {"person", "pupil", "student", "teen", "teenager", "unborn", "unknown", "unnamed", "youth"}
)
_AROUND = frozenset(
    {"a", "about", "age", "aged", "an", "and", "approx", "approximately", "around", "called", "from", "in"}
    | {"known", "little", "maybe", "name", "named", "no", "not", "of", "old", "older", "one", "or", "perhaps"}
    | {"possibly", "some", "the", "this", "two", "with", "year", "years", "yet", "young", "younger"}
)
#: What is written where a name would stand, and is none.
_NO_NAME = ({"not", "known"}, {"no", "name"}, {"not", "named"})


def mentions(text: str, name: str) -> bool:
    """Tell whether a text may speak of somebody: their last name stands in it, or nearly does.

    It is only ever asked, never decided: 'Carter' in a text may be another Carter.
    """
    named = tuple(parts(name))
    if not named:
        return False
    wanted = named[-1]
    return any(said == wanted or _may_be_a_slip(said, wanted) for said in parts(text))


def name_parts(said: str) -> tuple[str, ...]:
    """Return the parts of a child's name; of a description, what of it may be a name, and mostly nothing.

    Schools are told to describe a child whose name they do not know: 'A girl, about 13' is no name, and is
    nobody else's. A family may be called Child or Young, and a nickname be a number: only what begins like a
    description, or has a figure and words around it, is taken for one.
    """
    named = tuple(parts(said))
    if not _describes(named):
        return named
    return tuple(part for part in named if part not in _KINDS | _AROUND and not _is_figure(part))


def given_and_family(said: str) -> tuple[str, str]:
    """Part a name that was written in one line: the last word is the family's. A description stays whole."""
    *given, last = said.split() or [""]
    if not given or _describes(tuple(parts(said))):
        return said, ""
    return " ".join(given), last


def _describes(named: tuple[str, ...]) -> bool:
    if not named or (_KINDS | _AROUND).isdisjoint(named):
        return False
    begins = named[0] in _KINDS or (named[0] in _AROUND and not _KINDS.isdisjoint(named))
    none = _AROUND.issuperset(named) and any(words.issubset(named) for words in _NO_NAME)
    return begins or none or any(map(_is_figure, named))


def _is_figure(part: str) -> bool:
    return part[0].isdigit()


def _may_be_a_slip(said: str, wanted: str) -> bool:
    """Tell whether a word is one slip from a name; short words are too like each other to say."""
    return min(len(said), len(wanted)) >= _LONG_ENOUGH_IN_A_TEXT and one_slip(said, wanted)
