"""The one place a sealed document belongs: anywhere else, it does not open."""

from dataclasses import dataclass
from uuid import UUID

from intake.vocabulary import Compartment

_VERSIONS = 1 << 64


@dataclass(frozen=True, slots=True)
class Binding:
    """Table, column, row, case, compartment and document version: ids only, and nothing that changes.

    `case_id` names the keyed thing: a concern, a child's file, a referral, an organisation (its
    people's cards) or a person (their drafts). `version` is the sealed document's own.
    """

    table: str
    column: str
    row_id: UUID
    case_id: UUID
    compartment: Compartment
    version: int

    def __post_init__(self) -> None:
        if not (self.table and self.column and 0 <= self.version < _VERSIONS):
            raise ValueError("a binding names a table, a column and a version that fits 64 bits")

    def parts(self) -> tuple[bytes, ...]:
        """Return what is authenticated beside the words, in a fixed order."""
        return (
            self.table.encode(),
            self.column.encode(),
            self.row_id.bytes,
            self.case_id.bytes,
            self.compartment.value.encode(),
            self.version.to_bytes(8, "big"),
        )


def join(*parts: bytes) -> bytes:
    """Join parts with each one's length in front, so that no two lists of parts join alike."""
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


def is_number(value: object) -> bool:
    """Tell whether this can be the version of a pair, or a root's number: from 1, and in four bytes."""
    return type(value) is int and 1 <= value < 1 << 32
