"""Files written anew in one form."""

import tomllib

from intake.routing.canonical import canonical
from intake.routing.directory_folder import directory_of, read_texts
from tests.unit.routing.directory_texts import AUTHORITY, GAP, TIMES, WAYS, make, service, with_periods


def test_the_shipped_files_read_back_the_same() -> None:
    texts = read_texts()
    again = {name: text if name == "places.toml" else canonical(text) for name, text in texts.items()}
    before, after = directory_of(texts), directory_of(again)
    assert after.authorities == before.authorities
    assert after.services == before.services
    assert after.support == before.support
    assert {name: canonical(text) for name, text in again.items() if name != "places.toml"} == {
        name: text for name, text in again.items() if name != "places.toml"
    }


def test_every_field_of_the_format_has_its_place() -> None:
    whole = (
        AUTHORITY
        + TIMES
        + GAP
        + service(more='address = "1 High Street"\naccepts = "all"\nurgent_only_before_closing = 30')
        + WAYS
        + with_periods().replace('"front"', '"second"')
        + service("third", 'whenever_closed = ["front", "second"]')
    )
    before, after = make(whole), make(canonical(whole))
    assert after.authorities == before.authorities
    assert after.services == before.services


def test_it_is_one_text_with_the_fields_in_their_order_and_words_as_people_read_them() -> None:
    mixed = (
        '# a comment\n[[service]]\nname = "Tŷ Gwyn"\nslug = "ty-gwyn"\n[service.hours]\nunknown = true\n'
        '[[service.phone]]\nsource = "x"\nnumber = "1"\n[authority]\nname = "Y Fro"\ncode = "W06000014"\n'
    )
    assert canonical(mixed) == (
        '[authority]\ncode = "W06000014"\nname = "Y Fro"\n\n'
        '[[service]]\nslug = "ty-gwyn"\nname = "Tŷ Gwyn"\n\n'
        '[[service.phone]]\nnumber = "1"\nsource = "x"\n\n[service.hours]\nunknown = true\n'
    )


def test_words_are_written_as_they_were_read() -> None:
    odd = AUTHORITY.replace('name = "Merthyr Tydfil"', 'name = "a \\"b\\" \\\\ \\u007f é\\n"')
    assert tomllib.loads(canonical(odd)) == tomllib.loads(odd)
