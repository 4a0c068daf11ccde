"""Every refusal has a sentence, and no sentence is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import intake
from intake.words.refusals import REFUSALS, refusal

CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
ROOT = Path(intake.__file__).parent


def texts(path: Path) -> Iterator[str]:
    """Yield every piece of text in a file that could be a code."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def refused(path: Path) -> Iterator[str]:
    """Yield every code handed straight to a refusal in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
            yield from (
                argument.value
                for argument in node.args[1:2]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def test_every_code_of_casework_has_a_sentence() -> None:
    codes = {code for path in (ROOT / "casework").rglob("*.py") for code in texts(path)}

    assert codes - REFUSALS.keys() == set()


def test_every_code_refused_anywhere_has_a_sentence() -> None:
    codes = {code for path in ROOT.rglob("*.py") for code in refused(path) if CODE.fullmatch(code)}

    assert codes - REFUSALS.keys() == set()


def test_no_sentence_is_left_over() -> None:
    outside = [path for path in ROOT.rglob("*.py") if "words" not in path.parts]
    codes = {code for path in outside for code in texts(path)}

    assert REFUSALS.keys() - codes == set()


@pytest.mark.parametrize("code", REFUSALS)
def test_a_sentence_is_a_sentence(code: str) -> None:
    sentence = str(refusal(code))

    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "please enter" not in sentence.lower()


def test_a_code_without_words_is_never_shown() -> None:
    sentence = str(refusal("nobody.wrote_this"))

    assert "nobody" not in sentence
    assert sentence.endswith(".")
