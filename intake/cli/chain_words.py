"""What a check of the trail found, in sentences and as JSON."""

from uuid import UUID

from sqlalchemy import select

from intake.audit.chain import installation_chain
from intake.audit.check import Checked, Fault
from intake.audit.log_check import LogChecked, LogWrong
from intake.db import Unit
from intake.models.organisation import Organisation
from intake.services.record_check import RecordsChecked
from intake.vocabulary import ChainFault, LogFault, RecordFault, Tier

_MEANING = {
    ChainFault.ALTERED: "was changed after it was written",
    ChainFault.MISSING: "is missing",
    ChainFault.INSERTED: "was not written by this program",
    ChainFault.TRUNCATED: "is missing, with whatever followed it",
    ChainFault.REORDERED: "is not where it was written",
    ChainFault.FORK: "does not continue what stood before it: two histories were mixed",
    ChainFault.HEAD: "is not where the chain is said to end: its end was cut or moved",
}
_LOG_MEANING = {
    LogFault.REWRITTEN: "the entries are not those that {checkpoint} was signed over",
    LogFault.LOST: "entries or checkpoints up to {checkpoint} are gone",
    LogFault.FORGED: "{checkpoint} is not as this program signed it",
}
_RECORD_MEANING = {
    RecordFault.GONE: "is gone",
    RecordFault.CHANGED: "is not as it was last written",
    RecordFault.NEVER_RECORDED: "was not written by this program",
}


class ChainWords:
    """Says what was found of each chain, by the name of its organisation."""

    def __init__(self, unit: Unit) -> None:
        rows = unit.session.execute(select(Organisation.id, Organisation.name))
        installation = {installation_chain(tier): "the installation" for tier in Tier}
        self._names: dict[UUID, str] = installation | {row.id: row.name for row in rows}

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

    def log_sentence(self, checked: LogChecked) -> str:
        """Say what was found of the log and its checkpoints."""
        many = f"{checked.entries} entries agree with {checked.checkpoints} checkpoints here and elsewhere"
        if checked.fault is None:
            return f"the log: {many}, whole" if checked.checkpoints else "the log: nothing was signed yet"
        fault = checked.fault
        where = " elsewhere" if fault.elsewhere else ""
        said = _LOG_MEANING[fault.kind].format(checkpoint=f"the checkpoint{where} of {fault.size} entries")
        if fault.organisation_id is not None:
            said += f"; the first not proved is entry {fault.seq} of {self._name(fault.organisation_id)}"
        return f"the log: NOT WHOLE ({fault.kind.value}): {said}; {many}"

    def log_json(self, checked: LogChecked) -> dict[str, object]:
        """Return what was found of the log, for a program."""
        return {
            "entries": checked.entries,
            "checkpoints": checked.checkpoints,
            "whole": checked.whole,
            "fault": _log_fault(checked.fault),
        }

    def record_sentences(self, checked: RecordsChecked) -> list[str]:
        """Say what the comparing of the records found, one line for each that is wrong."""
        lines = [
            f"{each.table}.{each.column} of {each.row_id} {_RECORD_MEANING[each.kind]} ({each.kind.value})"
            for each in checked.faults
        ]
        if checked.emptied_unsaid:
            lines.append(f"{checked.emptied_unsaid} documents are empty that no erasure emptied")
        as_written = (
            f"{checked.documents} documents and the states of {checked.referrals} referrals are as they were "
            f"written, {checked.emptied} documents were erased, {checked.not_covered} are not covered"
        )
        return [*lines, f"the records: {'whole' if checked.whole else 'NOT WHOLE'}: {as_written}"]

    def records_json(self, checked: RecordsChecked) -> dict[str, object]:
        """Return what the comparing of the records found, for a program."""
        faults = [
            {"table": each.table, "column": each.column, "id": str(each.row_id), "kind": each.kind.value}
            for each in checked.faults
        ]
        counts = ("documents", "referrals", "emptied", "emptied_unsaid", "not_covered")
        return {"whole": checked.whole, "faults": faults} | {each: getattr(checked, each) for each in counts}

    def _name(self, organisation_id: UUID) -> str:
        return self._names.get(organisation_id, f"organisation {organisation_id}")


def _fault(fault: Fault | None) -> dict[str, object] | None:
    if fault is None:
        return None
    return {"organisation": str(fault.organisation_id), "seq": fault.seq, "kind": fault.kind.value}


def _log_fault(fault: LogWrong | None) -> dict[str, object] | None:
    if fault is None:
        return None
    return {
        "kind": fault.kind.value,
        "checkpoint": fault.size,
        "elsewhere": fault.elsewhere,
        "organisation": None if fault.organisation_id is None else str(fault.organisation_id),
        "seq": fault.seq,
    }
