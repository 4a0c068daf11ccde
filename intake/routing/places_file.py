"""The text of the places file as a gazetteer."""

from intake.routing.facts_file import provenance
from intake.routing.places import AuthorityName, Gazetteer
from intake.routing.postcodes import PostcodeKind, read_postcode
from intake.routing.toml_table import Table, read_table
from intake.vocabulary import Nation


def read_places(file: str, text: str) -> Gazetteer:
    """Read the places file; DataFault names what cannot be taken. Every row names its source."""
    root = read_table(file, text)
    names = {name.code: name for table in root.tables("council") for name in _names(table)}
    forces = {code: slug for table in root.tables("police_force") for code, slug in _pairs(table).items()}
    exact: dict[str, str] = {}
    for table in root.tables("exact"):
        postcode = read_postcode(table.words("postcode"))
        if postcode.kind is not PostcodeKind.WHOLE:
            table.refuse("postcode", "must be a whole postcode")
        exact[postcode.text] = _known(table, "authority", table.words("authority"), names)
        _end(table)
    outward: dict[str, tuple[str, ...]] = {}
    for table in root.tables("outward"):
        codes = table.several_words("authorities")
        councils = tuple(_known(table, "authorities", code, names) for code in codes)
        for half in table.several_words("codes"):
            if half in outward:
                table.refuse("codes", f"{half} is already in the file")
            outward[half] = councils
        _end(table)
    root.done()
    return Gazetteer(names, exact, outward, forces)


def _names(table: Table) -> tuple[AuthorityName, ...]:
    nation = table.choice("nation", Nation)
    return tuple(AuthorityName(code, name, nation) for code, name in _pairs(table).items())


def _pairs(table: Table) -> dict[str, str]:
    """Read the names of a list by their ONS codes."""
    found = table.table("names").all_words()
    _end(table)
    return found


def _known(table: Table, field: str, code: str, names: dict[str, AuthorityName]) -> str:
    if code not in names:
        table.refuse(field, f"{code} is not among the authorities of this file")
    return code


def _end(table: Table) -> None:
    provenance(table)
    table.done()
