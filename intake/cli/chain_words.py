"""What a check of the trail found, in sentences and as JSON."""

from uuid import UUID

from sqlalchemy import select

from intake.audit.chain import PLATFORM
from intake.audit.check import Checked, Fault
from intake.db import Unit
from intake.models.organisation import Organisation
from intake.vocabulary import ChainFault

_MEANING = {
    ChainFault.ALTERED: "was changed after it was written",
    ChainFault.MISSING: "is missing",
    ChainFault.INSERTED: "was not written by this program",
    ChainFault.TRUNCATED: "is missing, with whatever followed it",
    ChainFault.REORDERED: "is not where it was written",
    ChainFault.FORK: "does not continue what stood before it: two histories were mixed",
    ChainFault.HEAD: "is not where the chain is said to end: its end was cut or moved",
}


class ChainWords:
    """Says what was found of each chain, by the name of its organisation."""

    def __init__(self, unit: Unit) -> None:
        rows = unit.session.execute(select(Organisation.id, Organisation.name))
        self._names: dict[UUID, str] = {PLATFORM: "the installation"} | {row.id: row.name for row in rows}

    def find(self, said: str) -> list[UUID]:
        """Return the organisations with this id or exactly this name."""
        return [each for each, name in self._names.items() if said in {str(each), name}]

    def sentence(self, checked: Checked) -> str:
        """Say what was found of one chain."""
        name = self._name(checked.organisation_id)
        if checked.fault is None:
            return f"{name}: {checked.entries} entries, whole"
        fault, entry = checked.fault, f"entry {checked.fault.seq} {_MEANING[checked.fault.kind]}"
        if fault.organisation_id != checked.organisation_id:
            entry = f"it answers to {self._name(fault.organisation_id)}, whose {entry}"
        return f"{name}: NOT WHOLE ({fault.kind.value}): {entry}; {checked.entries} entries are whole"

    def json(self, checked: Checked) -> dict[str, object]:
        """Return what was found of one chain, for a program."""
        return {
            "organisation": str(checked.organisation_id),
            "name": self._name(checked.organisation_id),
            "entries": checked.entries,
            "whole": checked.whole,
            "fault": _fault(checked.fault),
        }

    def _name(self, organisation_id: UUID) -> str:
        return self._names.get(organisation_id, f"organisation {organisation_id}")


def _fault(fault: Fault | None) -> dict[str, object] | None:
    if fault is None:
        return None
    return {"organisation": str(fault.organisation_id), "seq": fault.seq, "kind": fault.kind.value}
