"""The look is our own: no typeface, crown or crest of GOV.UK, and nothing fetched from elsewhere."""

import re
from pathlib import Path

import pytest

from config import ROOT
from intake.views.rendering import Assets
from tests.support.frame import framed

BUILT = ROOT / "intake" / "static" / "build"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PALETTE = (ROOT / "intake" / "static" / "src" / "_palette.scss").read_text()


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(name: str) -> str:
    """Return a colour of the palette."""
    found = re.search(rf"^\${name}: (#[0-9a-f]+);", PALETTE, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_style_sheet_has_nothing_of_gov_uk_and_fetches_nothing() -> None:
    css = (BUILT / "app.css").read_text()
    for theirs in ("GDS Transport", "@font-face", "crest", "crown", "url(", "@import"):
        assert theirs not in css


def test_nothing_of_gov_uk_is_built() -> None:
    kinds = {path.suffix for path in BUILT.iterdir()}
    assert kinds <= {".css", ".js", ".svg"}
    assert not [path for path in BUILT.iterdir() if "crest" in path.name or "crown" in path.name]


def test_every_script_a_script_asks_for_is_built() -> None:
    for script in BUILT.glob("*.js"):
        if script.name.startswith("govuk"):
            continue
        for name in re.findall(r'from "\./([^"]+)"', script.read_text()):
            assert (BUILT / name).is_file(), name


def test_a_built_file_is_addressed_by_its_content() -> None:
    asset = Assets(framed())
    assert re.fullmatch(r"/static/build/app\.css\?v=[0-9a-f]{12}", asset("app.css"))
    assert asset("app.css") == asset("app.css")
    assert asset("none.css") == "/static/build/none.css"


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("ink", "paper"),
        ("ink", "warm"),
        ("ink", "mist"),
        ("soft-ink", "paper"),
        ("soft-ink", "mist"),
        ("teal", "paper"),
        ("teal", "warm"),
        ("teal", "mist"),
        ("alarm", "paper"),
        ("paper", "deep"),
        ("paper", "teal"),
        ("paper", "teal-dark"),
    ],
)
def test_words_stand_out_from_their_ground(words: str, ground: str) -> None:
    light = {"paper": "#ffffff"}
    assert contrast(light.get(words) or colour(words), light.get(ground) or colour(ground)) >= 4.5


def test_every_tone_can_be_read() -> None:
    tones = re.findall(r'"(\w+)": \((#[0-9a-f]+), (#[0-9a-f]+)\)', PALETTE)
    assert {name for name, _, _ in tones} == {"red", "amber", "green", "blue", "grey", "done"}
    for name, ground, words in tones:
        assert contrast(ground, words) >= 4.5, name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_sentence_of_a_template_can_be_translated(template: Path) -> None:
    html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text(), flags=re.DOTALL)
    between_tags = re.sub(r"<[^>]*>|&\w+;|\b(govuk|pio)-[\w-]+", " ", html)
    assert re.findall(r"[A-Za-z]+", between_tags) == []
    assert re.findall(r'\b(?:aria-label|title|alt|placeholder)="[^"]*[A-Za-z]', html) == []
