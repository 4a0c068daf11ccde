"""How a name sounds, near enough: names said alike in these islands have one sound, however spelled."""

import re
from typing import Final

#: Rewritten in this order: what is written and not heard, then what is written in several ways.
_HEARD: Final = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"^(?:kn|gn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"^ma?c(?=[bcdfghjklmnpqrstvwxz])", "mk"),
        (r"(?:eigh|igh)", "i"),
        (r"(?:augh|ough)", "o"),
        (r"dg(?=[eiy])", "j"),
        (r"tch|sch|sh", "s"),
        (r"ch(?=[lrn])", "k"),
        (r"ch", "s"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gh", "g"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"g(?=[eiy])", "j"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"v", "f"),
        (r"mps", "ms"),
        (r"(?<=[a-z])[hw]", ""),
        (r"(?<=[^aeiou])e$", ""),
        (r"(?:ee|ea|ie|ei|ey|ai|y)", "i"),
        (r"(?:oo|ou|u)", "o"),
        (r"e", "a"),
        (r"(.)\1+", r"\1"),
    )
)
#: Never silent, and written no other way.
_ALWAYS: Final = frozenset("blmnr")
_VOWEL: Final = re.compile(r"(?<=.)[aio]")
#: With fewer consonants than this, names as different as Lee and Lou would sound alike: their vowels count.
_FEW: Final = 3


def sound(part: str) -> str:
    """Return how a part of a name sounds; equal for those that sound alike.

    `part` is as `spelling.parts` gives it. In another alphabet it sounds as it is written.
    """
    said = part
    for written, heard in _HEARD:
        said = written.sub(heard, said)
    bare = _VOWEL.sub("", said)
    return bare if len(bare) >= _FEW else said


def always_heard(part: str) -> frozenset[str]:
    """Return what is heard in a part of a name however it is spelled: others cannot sound alike."""
    return _ALWAYS.intersection(part)
