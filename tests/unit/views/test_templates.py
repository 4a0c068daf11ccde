"""Templates: what they import is there, and every sentence of theirs can be taken out to be translated."""

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import nodes

from config import ROOT
from intake.views.rendering import language
from tests.support.frame import framed

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_everything_a_template_imports_is_there(name: str) -> None:
    environment = framed().jinja_env
    parsed = environment.parse((FOLDER / name).read_text(), name)
    for imported in parsed.find_all(nodes.FromImport):
        assert isinstance(imported.template, nodes.Const)
        source = environment.parse((FOLDER / imported.template.value).read_text())
        there = {macro.name for macro in source.find_all(nodes.Macro)}
        asked = {one if isinstance(one, str) else one[0] for one in imported.names}
        assert asked <= there, asked - there


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_sound(name: str) -> None:
    framed().jinja_env.get_template(name)


def test_the_sentences_of_the_pages_can_be_taken_out() -> None:
    settings = {"trim_blocks": "true", "lstrip_blocks": "true"}
    found = extract_from_dir(FOLDER, [("**.html", "jinja2")], {"**.html": settings})
    said = {message for _, _, message, _, _ in found}
    assert "Blank the screen" in said
    assert "We could not confirm that this was saved" in said


def test_a_page_says_the_language_it_is_in() -> None:
    with framed().test_request_context("/"):
        assert language() == "en-GB"
