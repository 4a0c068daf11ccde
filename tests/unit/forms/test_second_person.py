"""Which change of keys is asked for: a case by its reference, or by its id where it has none."""

import pytest
from werkzeug.datastructures import MultiDict

from intake.forms.second_person import KeyChangeForm

_ID = "01a20a1d-9054-72ed-829d-e031f89417a0"


@pytest.mark.parametrize(
    ("change", "case", "codes"),
    [
        ("root", "", ("root",)),
        ("root", "left over", ("root",)),
        ("case", " r-7k3m-9qtx ", ("case", "R-7K3M-9QTX")),
        ("case", _ID.upper(), ("case", _ID)),
        ("case", "", None),
        ("case", "the boy of 9B", None),
    ],
)
def test_what_is_asked_for_is_a_code_and_no_word(
    change: str, case: str, codes: tuple[str, ...] | None
) -> None:
    form = KeyChangeForm(MultiDict({"change": change, "case": case, "why": "A disk was stolen."}))
    assert form.accepted() is (codes is not None)
    assert codes is None or form.draft().codes == codes
