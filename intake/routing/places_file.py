"""The text of the places file as a gazetteer."""

from intake.routing.directory_file import provenance
from intake.routing.places import AuthorityName, Gazetteer
from intake.routing.postcodes import PostcodeKind, read_postcode
from intake.routing.toml_table import Table, read_table
from intake.vocabulary import Nation


def read_places(file: str, text: str) -> Gazetteer:
    """Read the places file; DataFault names what cannot be taken. Every row names its source."""
    root = read_table(file, text)
    names = {name.code: name for name in (_name(table) for table in root.tables("authority"))}
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
    return Gazetteer(names, exact, outward)


def _name(table: Table) -> AuthorityName:
    name = AuthorityName(table.words("code"), table.words("name"), table.choice("nation", Nation))
    table.done()
    return name


def _known(table: Table, field: str, code: str, names: dict[str, AuthorityName]) -> str:
    if code not in names:
        table.refuse(field, f"{code} is not among the authorities of this file")
    return code


def _end(table: Table) -> None:
    provenance(table)
    table.done()
