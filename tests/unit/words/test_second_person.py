"""What two people are asked to allow, as they read it, and the command by which it is then done."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from intake.casework.pack_asked import PackAsked
from intake.vocabulary import RequestKind
from intake.words.second_person import asked_for, command

_BEGINS, _ENDS = datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
_CODES = {
    each: PackAsked(_BEGINS, _ENDS, UUID(int=7), whole=each == "whole").codes for each in ("page", "whole")
}
_WHOM = "Jo Marsh, from 8am on 20 November 2026 to the end of 20 November 2026"
_PUT_IN = "Words of other people and about them; Where the child lives or is"
_MORE = "restricted cases among them"


@pytest.mark.parametrize(
    ("kind", "codes", "said", "by"),
    [
        (RequestKind.KEYS, ("root",), "Give the key ring a new root key", "intake keys rotate root"),
        (
            RequestKind.KEYS,
            ("case", "R-7K3M-9QTX"),
            "Give one case new keys: R-7K3M-9QTX",
            "intake keys rotate case R-7K3M-9QTX",
        ),
        (
            RequestKind.PACK,
            _CODES["page"],
            f"Make a list of who saw what of children's records: {_WHOM}",
            "",
        ),
        (
            RequestKind.PACK,
            _CODES["whole"],
            f"Make a list at the machine of who saw what of children's records, {_MORE}: {_WHOM}",
            "intake audit pack --from 2026-11-20T08:00 --to 2026-11-21T00:00",
        ),
        (
            RequestKind.EXTRACT,
            ("family", "others", "address"),
            f"Give out an extract of R-7K3M-9QTX. For: The child or their family. With: {_PUT_IN}",
            "",
        ),
        (RequestKind.EXTRACT, ("court",), "Give out an extract of R-7K3M-9QTX. For: A court", ""),
    ],
)
def test_both_read_precisely_what_is_done(
    kind: RequestKind, codes: tuple[str, ...], said: str, by: str
) -> None:
    about = "R-7K3M-9QTX" if kind is RequestKind.EXTRACT else ""
    assert asked_for(kind, codes, about, "Jo Marsh") == said
    assert command(kind, codes) == by


def test_an_extract_of_a_childs_file_is_said_without_a_reference() -> None:
    said = asked_for(RequestKind.EXTRACT, ("school",), "", "")
    assert said == "Give out an extract of a child's file. For: The child's next school"
