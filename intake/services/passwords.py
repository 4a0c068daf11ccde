"""Passwords: how they are kept, how they are checked, and which are too easily guessed to be taken."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from intake.errors import Refused

SHORTEST = 12
_LONGEST = 1_000
_MEBIBYTE_IN_KIB = 1_024

# What the OWASP cheat sheet asks of Argon2id at the least; about 20 ms on a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * _MEBIBYTE_IN_KIB, parallelism=1)

# Of a password nobody has: checked where there is no account or no password, so that it takes as long.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$Aiu2Nh4TAtQPqtViS7T25w$53lNbS6IQy05u44irjO6sGn1wvZPmoygOfA4OSqJx84"

#: So many characters must be left once everything a stranger would try first has been taken out.
_LEFT_AT_LEAST = 8
_SHORTEST_RUN = 3
_SHORTEST_WORD = 4
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    '!"£$%^&*()',
    "!@#$%^&*()",
)
_SEPARATORS = re.compile(r"[\s._,-]+")
#: What people put before and behind a word so that it is long enough.
_DRESS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DRESS_BEHIND = re.compile(r"[\W\d_]+$")
_LOOK_ALIKES = str.maketrans("0134578@$!|", "oleastbasil")
#: Our own short list: this product, this work, the calendar, and what people type when they must.
_FIRST_TRIED = frozenset(
    {
        "password",
        "passphrase",
        "passwort",
        "passon",
        "passiton",
        "intake",
        "referral",
        "refer",
        "safeguarding",
    }
    | {"safeguard", "safeguardinglead", "protect", "children", "child", "school", "academy", "college"}
    | {"council", "teacher", "deputy", "admin", "administrator", "duty", "worker", "manager", "welcome"}
    | {
        "letmein",
        "changeme",
        "secret",
        "login",
        "signin",
        "hello",
        "sunshine",
        "football",
        "dragon",
        "monkey",
    }
    | {"spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june", "july"}
    | {"august", "september", "october", "november", "december", "monday", "friday", "liverpool", "everton"}
    | {"halton", "cardiff", "england", "wales", "cymru", "love", "iloveyou", "princess", "christmas"}
)


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(_typed_alike(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password that was kept; the same work is done where none was."""
    try:
        _HASHER.verify(kept or _NOBODYS, _typed_alike(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether a kept hash was made at another cost than new ones are."""
    return _HASHER.check_needs_rehash(kept)


def require_strong(password: str, *, known: Iterable[str] = ()) -> None:
    """Let a new password through or raise `Refused` on the field `password`.

    `known` is what a stranger would know of the person: name, address, organisation.
    """
    typed = _typed_alike(password)
    if len(typed) < SHORTEST:
        raise Refused("password", "password.too_short")
    if len(typed) > _LONGEST:
        raise Refused("password", "password.too_long")
    if _is_common(typed) or _left_of(typed, known) < _LEFT_AT_LEAST:
        raise Refused("password", "password.too_easy")


def _typed_alike(password: str) -> str:
    """Write a password one way, whichever keyboard typed it: an é is one letter, not an e and an accent."""
    return unicodedata.normalize("NFKC", password)


@cache
def _commonest() -> frozenset[str]:
    """Return the thirty thousand passwords that leaked most often, most of them shorter than ours may be."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - long to read, and seldom needed

    return frozenset(FREQUENCY_LISTS["passwords"])


def _is_common(password: str) -> bool:
    """Whether it is one of the commonest, dressed up to be long enough: 'Butterfly_2026!!' is 'butterfly'."""
    typed = password.casefold()
    plain = _SEPARATORS.sub("", typed)
    forms = {typed, plain, _DRESS.sub("", plain), _DRESS_BEHIND.sub("", plain)}
    forms |= {form.translate(_LOOK_ALIKES) for form in forms}
    return not forms.isdisjoint(_commonest())


def _left_of(password: str, known: Iterable[str]) -> int:
    """Count what is left when words first tried, runs along the keyboard and repetitions are taken out."""
    words = sorted({*_FIRST_TRIED, *_words_of(known)}, key=len, reverse=True)
    plain = password.casefold()
    return min(_count_left(plain, words), _count_left(plain.translate(_LOOK_ALIKES), words))


def _count_left(text: str, words: Iterable[str]) -> int:
    # Separators fall away first: 'pass-it-on' and 'p a s s i t o n' are the same idea.
    left = _SEPARATORS.sub("", text)
    for word in words:
        left = left.replace(word, " ")
    left = _without_runs(left)
    left = re.sub(r"(.{1,8}?)\1+", r"\1", left)
    return len(left.replace(" ", ""))


def _without_runs(text: str) -> str:
    for row in _RUNS:
        for line in (row, row[::-1]):
            for length in range(len(line), _SHORTEST_RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], " ")
    return text


def _words_of(known: Iterable[str]) -> frozenset[str]:
    found = (word for said in known for word in re.split(r"[\W_]+", _typed_alike(said).casefold()))
    return frozenset(word for word in found if len(word) >= _SHORTEST_WORD)
