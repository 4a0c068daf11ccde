"""A table of what may follow what: the one shape of every lifecycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from intake.errors import IllegalTransition

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[State, Act]):
    """From which states each act may be done, and the state each leads to; nothing else is legal."""

    rows: Mapping[Act, Mapping[State, State]]

    def step(self, state: State, act: Act) -> State:
        """Return the state after the act, which may be the same one; raises IllegalTransition."""
        if not self.may(state, act):
            raise IllegalTransition(state, act)
        return self.rows[act][state]

    def may(self, state: State, act: Act) -> bool:
        return state in self.rows[act]


def stays(*states: State) -> dict[State, State]:
    """Return the rows of an act that changes nothing but may be done in these states only."""
    return {state: state for state in states}
