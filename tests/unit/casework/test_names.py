"""Whether a text may speak of a colleague, and what of what was written is a child's name."""

import pytest

from intake.casework.names import given_and_family, mentions, name_parts


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


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("A girl, about 13", ""),
        ("Girl", ""),
        ("unknown", ""),
        ("the older boy", ""),
        ("Not known", ""),
        ("Name not known yet", ""),
        ("No name", ""),
        ("Noname Known", "noname known"),
        ("Maya, 13 years old", "maya"),
        ("A girl called Maya", "maya"),
        ("Baby Ellison", "ellison"),
        ("Lee Child", "lee child"),
        ("K9", "k9"),
        ("7", "7"),
        ("a boy they call K9", "they call k9"),
        ("An Nguyen", "an nguyen"),
        ("A Smith", "a smith"),
        ("Amy Young", "amy young"),
        ("", ""),
    ],
)
def test_what_only_describes_a_child_is_no_name(said: str, name: str) -> None:
    assert " ".join(name_parts(said)) == name


@pytest.mark.parametrize(
    ("said", "given", "family"),
    [
        ("Maya Ellison", "Maya", "Ellison"),
        ("  Maya  Rose Ellison ", "Maya Rose", "Ellison"),
        ("Suharto", "Suharto", ""),
        ("A girl, about 13", "A girl, about 13", ""),
        ("Not known", "Not known", ""),
        ("", "", ""),
    ],
)
def test_a_name_in_one_line_is_parted_and_a_description_is_not(said: str, given: str, family: str) -> None:
    assert given_and_family(said) == (given, family)
