"""No two places are described alike."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.binding import Binding, join
from intake.vocabulary import Compartment

_PLACE = Binding("concern", "words_sealed", UUID(int=1), UUID(int=2), Compartment.SCHOOL, 1)

_bindings = st.builds(
    Binding,
    table=st.text(min_size=1, max_size=12),
    column=st.text(min_size=1, max_size=12),
    row_id=st.uuids(),
    case_id=st.uuids(),
    compartment=st.sampled_from(Compartment),
    version=st.integers(min_value=0, max_value=(1 << 64) - 1),
)


@given(st.lists(st.binary(max_size=6), max_size=5), st.lists(st.binary(max_size=6), max_size=5))
def test_two_lists_of_parts_never_join_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (join(*one) == join(*other)) == (one == other)


@given(_bindings, _bindings)
def test_two_bindings_never_read_alike(one: Binding, other: Binding) -> None:
    assert (join(*one.parts()) == join(*other.parts())) == (one == other)


def test_a_name_cannot_run_over_into_the_next() -> None:
    other = replace(_PLACE, table="concernw", column="ords_sealed")
    assert join(*_PLACE.parts()) != join(*other.parts())


def test_the_order_and_the_sizes_of_the_parts_are_fixed() -> None:
    assert join(*_PLACE.parts()).hex() == (
        "00000007636f6e6365726e"
        "0000000c776f7264735f7365616c6564"
        "0000001000000000000000000000000000000001"
        "0000001000000000000000000000000000000002"
        "0000000153"
        "000000080000000000000001"
    )


@pytest.mark.parametrize("part", [{"table": ""}, {"column": ""}, {"version": -1}, {"version": 1 << 64}])
def test_a_place_that_is_none_is_refused(part: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="binding names"):
        replace(_PLACE, **part)  # type: ignore[arg-type]
