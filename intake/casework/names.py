"""Whether a text may speak of a colleague, whatever the accents or a slip."""

from intake.casework.spelling import one_slip, parts

#: A word of a text of at least this many letters may be a name with one letter wrong.
_LONG_ENOUGH_IN_A_TEXT = 5


def mentions(text: str, name: str) -> bool:
    """Tell whether a text may speak of somebody: their last name stands in it, or nearly does.

    It is only ever asked, never decided: 'Carter' in a text may be another Carter.
    """
    named = tuple(parts(name))
    if not named:
        return False
    wanted = named[-1]
    return any(said == wanted or _may_be_a_slip(said, wanted) for said in parts(text))


def _may_be_a_slip(said: str, wanted: str) -> bool:
    """Tell whether a word is one slip from a name; short words are too like each other to say."""
    return min(len(said), len(wanted)) >= _LONG_ENOUGH_IN_A_TEXT and one_slip(said, wanted)
