"""Whether a text may speak of a colleague."""

import pytest

from intake.casework.names import mentions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Carter gave her a phone.", "Ruth Carter"),
        ("It was carter's car", "Ruth Carter"),
        ("She said Cartre drove", "Ruth Carter"),
        ("With O\u2019Brien again", "Pat O'Brien"),
        ("Miss Ng was there", "Lin Ng"),
        ("suharto", "Suharto"),
    ],
)
def test_a_text_may_speak_of_a_colleague(text: str, name: str) -> None:
    assert mentions(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ruth saw her", "Ruth Carter"),
        ("A cart stood there", "Ruth Carter"),
        ("Not one of them", "Lin Ng"),
        ("She had the care of him", "Ada Cart"),
        ("", "Ruth Carter"),
        ("Somebody", " "),
    ],
)
def test_a_text_that_does_not_speak_of_a_colleague(text: str, name: str) -> None:
    assert not mentions(text, name)
