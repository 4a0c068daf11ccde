"""Every event there is; a name, once written into a chain, is never used for anything else."""

from collections.abc import Mapping
from types import MappingProxyType

from intake.audit.event import Event
from intake.audit.events import (
    casework,
    concerns,
    erasing,
    extracts,
    keeping,
    keys,
    passing,
    people,
    referrals,
    restrictions,
    searching,
    second_person,
    shift_codes,
    sign_in,
    withheld,
)

EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {
        found.NAME: found
        for module in (
            casework,
            concerns,
            erasing,
            extracts,
            keeping,
            keys,
            passing,
            people,
            referrals,
            restrictions,
            searching,
            second_person,
            shift_codes,
            sign_in,
            withheld,
        )
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Event) and found is not Event
    }
)
