"""Minutes as they are read: the six things a meeting always speaks of, each with what was said or why not."""

from dataclasses import dataclass

from intake.casework.documents.meeting import Minute
from intake.casework.objections import says_something
from intake.casework.safety_plan import minute_warnings, why_empty
from intake.vocabulary import PlanSlot
from intake.words.refusals import refusal
from intake.words.vocabulary import label


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One of the six things: what was said of it, or why nothing was."""

    heading: str
    text: str
    why_empty: str


@dataclass(frozen=True, slots=True)
class MinuteShown:
    """Minutes as a page shows them."""

    minute: Minute
    slots: dict[str, SlotShown]
    warnings: tuple[str, ...]


def minute_shown(minute: Minute) -> MinuteShown:
    """Put minutes into the words of their page."""
    said = {
        PlanSlot.CHILD_VIEWS: minute.child_views,
        PlanSlot.PARENTS_VIEWS: minute.parents_views,
        PlanSlot.DIRECT_WORKER: minute.direct_worker,
        PlanSlot.SUPPORT_FOR_PARENTS: minute.support_for_parents,
        PlanSlot.ACTION_AGAINST_HARM: minute.action_against_harm,
        PlanSlot.PLAN: "",
    }
    slots = {
        slot.value: SlotShown(
            heading=str(label(slot)),
            text=text if says_something(text) else "",
            why_empty=why_empty(minute, slot),
        )
        for slot, text in said.items()
    }
    # That a slot was left empty is said where the slot stands; only the rest is said at the top.
    codes = (warning.code for warning in minute_warnings(minute) if warning.code != "minute.left_empty")
    return MinuteShown(minute, slots, tuple(dict.fromkeys(str(refusal(code)) for code in codes)))
