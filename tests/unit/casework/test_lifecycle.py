"""A lifecycle does what its table says and refuses everything else."""

from enum import StrEnum

import pytest

from intake.casework.lifecycle import Lifecycle, stays
from intake.errors import IllegalTransition


class Door(StrEnum):
    """Where a door stands."""

    SHUT = "shut"
    OPEN = "open"


class Push(StrEnum):
    """What is done to a door."""

    OPEN = "open"
    KNOCK = "knock"


TABLE: Lifecycle[Door, Push] = Lifecycle({Push.OPEN: {Door.SHUT: Door.OPEN}, Push.KNOCK: stays(Door.SHUT)})


def test_an_act_leads_to_the_state_in_the_table() -> None:
    assert TABLE.step(Door.SHUT, Push.OPEN) is Door.OPEN


def test_an_act_that_changes_nothing_stays() -> None:
    assert TABLE.step(Door.SHUT, Push.KNOCK) is Door.SHUT


@pytest.mark.parametrize("act", Push)
def test_an_act_not_in_the_table_is_illegal_and_says_so(act: Push) -> None:
    assert not TABLE.may(Door.OPEN, act)
    with pytest.raises(IllegalTransition) as refusal:
        TABLE.step(Door.OPEN, act)

    assert (refusal.value.state, refusal.value.act) == ("open", act)
