"""Harm that is happening is said as a fact."""

from importlib.resources import files

from intake.casework.signs import catalogue
from intake.words.harms import HARMS


def test_every_harm_of_every_catalogue_can_be_said_as_a_fact() -> None:
    versions = [file.name.removesuffix(".toml") for file in files("intake").joinpath("data/signs").iterdir()]
    asked = {harm.code for version in versions for harm in catalogue(version).harms}

    assert asked == set(HARMS)
    assert not [words for words in HARMS.values() if "?" in str(words)]
