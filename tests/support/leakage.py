"""What a copy of the database tells by the tokens of identifiers: names, by how often each occurs.

    python -m tests.support.leakage 50000

Children are made up whose family names are as unevenly spread as those of England and Wales, with numbers
that brothers and sisters share and cars that wait for several of them. The attacker knows how often each name
occurs, ranks the tokens by how often each of those does, and lays one list beside the other.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt
from uuid import UUID

from intake.casework.documents.child import ChildCard
from intake.casework.identifiers import identifiers_of
from intake.crypto.blind_index import BlindIndex, Indexed, identifier_index
from intake.crypto.key_ring import KeyRing
from intake.vocabulary import IdentifierKind

_HUB = UUID(int=7)
_NAMES = 30_000
#: The name of rank r is borne in proportion to 1 / (r + 7): the first by one in seventy, the hundredth by
#: one in a thousand, as the commonest here are.
_FLATTENED = 7
_CHECK = "ABCDEFGHJKLMNPQRTUVWXYZ"
_FEW_CARS = 40


@dataclass(frozen=True, slots=True)
class Leaked:
    """What share of children's family names was recovered, and how many rows the commonest token is in."""

    children: int
    recovered: float
    recovered_from_names: float
    commonest: int

    @property
    def most_allowed(self) -> int:
        """The square root of the rows: a token in more of them would begin to tell."""
        return isqrt(self.children)


def attack(children: int, seed: int = 1) -> Leaked:
    """Index so many made-up children, and once their family names as well, and attack both."""
    made = tuple(_children(children, random.Random(seed)))
    ring = KeyRing.new()
    indexes = {kind: BlindIndex.of(identifier_index(kind), ring, scope=_HUB) for kind in IdentifierKind}
    tokens = [[indexes[each.kind].token(each.written) for each in identifiers_of(card)] for card in made]
    by_name = BlindIndex.of(Indexed("family-name", 1, str), ring)
    names = [card.family_name for card in made]
    return Leaked(
        children,
        _recovered(names, tokens),
        _recovered(names, [[by_name.token(name)] for name in names]),
        max(Counter(token for carried in tokens for token in carried).values()),
    )


def _recovered(names: Sequence[str], tokens: Sequence[Sequence[bytes]]) -> float:
    """Return the share of children whose name is the one of the same rank as their commonest token."""
    often = Counter(token for carried in tokens for token in carried)
    guessed: Mapping[bytes, str] = {
        token: f"name{rank}" for rank, (token, _) in enumerate(often.most_common(_NAMES))
    }
    right = 0
    for name, carried in zip(names, tokens, strict=True):
        commonest = max(carried, key=lambda token: often[token], default=None)
        right += commonest is not None and guessed.get(commonest) == name
    return right / len(names)


def _children(many: int, chance: random.Random) -> Iterator[ChildCard]:
    weights = tuple(accumulate(1 / (rank + 1 + _FLATTENED) for rank in range(_NAMES)))
    cars = [
        f"{chance.choice('ABDEF')}{chance.choice('ABDEF')}2{n % 10} {_letters(chance)}"
        for n in range(_FEW_CARS)
    ]
    made = 0
    while made < many:
        (name,) = chance.choices(range(_NAMES), cum_weights=weights)
        family = f"07700 9{chance.randrange(10**5):05}", f"{chance.getrandbits(40):x}@example.org"
        for _ in range(min(chance.choice((1, 1, 2, 2, 3)), many - made)):
            made += 1
            lines = [line for line in family if chance.random() < 0.7]
            if chance.random() < 0.05:
                lines.append(chance.choice(cars))
            yield ChildCard(
                given_name="",
                family_name=f"name{name}",
                known_as="",
                born_on=None,
                age_about="",
                home_address="",
                home_postcode="",
                nhs_number=_nhs_number(chance) if chance.random() < 0.7 else "",
                upn=_upn(chance) if chance.random() < 0.6 else "",
                identifiers="\n".join(lines),
            )


def _letters(chance: random.Random) -> str:
    return "".join(chance.choice("ABCDEFGHJKLMN") for _ in range(3))


def _nhs_number(chance: random.Random) -> str:
    while True:
        figures = [chance.randrange(10) for _ in range(9)]
        check = (11 - sum(figure * (10 - at) for at, figure in enumerate(figures)) % 11) % 11
        if check < 10:
            return "".join(map(str, (*figures, check)))


def _upn(chance: random.Random) -> str:
    figures = [chance.randrange(10) for _ in range(12)]
    return _CHECK[sum(figure * at for at, figure in enumerate(figures, start=2)) % 23] + "".join(
        map(str, figures)
    )


if __name__ == "__main__":
    found = attack(int(sys.argv[1]))
    print(found, "at most", found.most_allowed)  # noqa: T201 - what a command does
