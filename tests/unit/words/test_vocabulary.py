"""Everything a person may read has words."""

import inspect
from enum import StrEnum

import pytest

from intake import vocabulary
from intake.words.vocabulary import label

KINDS = [
    kind
    for _, kind in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_words_of_its_own(kind: type[StrEnum]) -> None:
    words = [str(label(member)) for member in kind]

    assert all(words)
    assert len(set(words)) == len(words)


def test_no_value_is_shown_as_its_code() -> None:
    assert not [member for kind in KINDS for member in kind if "_" in str(label(member))]


def test_the_same_code_may_mean_different_things_in_different_questions() -> None:
    assert label(vocabulary.ConcernState.READ) != label(vocabulary.ConcernAct.READ)
