"""A folder of files as one directory, under a version that is the hash of what they say."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from intake.routing.directory import Authority, Directory, Service
from intake.routing.directory_file import FileRead, read_file
from intake.routing.places_file import read_places
from intake.routing.service_file import ServiceWritten
from intake.routing.toml_table import DataFault
from intake.vocabulary import ServiceKind

_PLACES = "places.toml"
_VERSION_LENGTH = 16


def read_directory(folder: Traversable | None = None) -> Directory:
    """Read the directory from a folder, the one shipped with the program unless another is given.

    The folder holds `places.toml` and a folder `directory` with one file per authority and `national.toml`.
    DataFault names the file, the line and the field that cannot be taken.
    """
    return directory_of(read_texts(folder))


def read_texts(folder: Traversable | None = None) -> dict[str, str]:
    """Read the texts of a directory's files by name, `places.toml` among them."""
    folder = folder if folder is not None else files("intake").joinpath("data")
    listed = (entry for entry in folder.joinpath("directory").iterdir() if entry.name.endswith(".toml"))
    found = [*listed, folder.joinpath(_PLACES)]
    return {entry.name: entry.read_text(encoding="utf-8") for entry in found}


def directory_of(texts: Mapping[str, str]) -> Directory:
    """Make the directory of what `read_texts` read, today or years ago."""
    files_of_it = {name: text for name, text in texts.items() if name != _PLACES}
    return make_directory(files_of_it, texts[_PLACES])


def make_directory(texts: Mapping[str, str], places: str) -> Directory:
    """Make one directory of the texts of its files, by name, and of the places file."""
    read = {name: read_file(name, texts[name]) for name in sorted(texts)}
    authorities = _authorities(read)
    services = _services(read)
    by_authority: dict[str, list[Service]] = {}
    for service in services.values():
        for code in sorted(service.covers):
            by_authority.setdefault(code, []).append(service)
    return Directory(
        version=_version({**texts, _PLACES: places}),
        authorities=MappingProxyType(authorities),
        services=MappingProxyType(services),
        support=tuple(resource for file in read.values() for resource in file.support),
        gazetteer=read_places(_PLACES, places),
        by_authority=MappingProxyType({code: tuple(found) for code, found in by_authority.items()}),
        by_force=MappingProxyType(_forces(services.values())),
        emergency=_everywhere(services.values(), ServiceKind.POLICE_EMERGENCY),
        police_anywhere=_everywhere(services.values(), ServiceKind.POLICE),
    )


def _version(texts: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name in sorted(texts):
        for part in (name, texts[name]):
            encoded = part.encode()
            whole.update(len(encoded).to_bytes(8) + encoded)
    return whole.hexdigest()[:_VERSION_LENGTH]


def _authorities(read: Mapping[str, FileRead]) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    for name, file in read.items():
        if file.authority is None:
            continue
        if file.authority.code in found:
            raise DataFault(name, "authority.code", f"{file.authority.code} has another file already")
        found[file.authority.code] = file.authority
    return found


def _services(read: Mapping[str, FileRead]) -> dict[str, Service]:
    written: dict[str, ServiceWritten] = {}
    for file in read.values():
        for service in file.services:
            slug = service.service.slug
            if slug in written:
                service.table.refuse("slug", f"{slug} is the slug of another service already")
            written[slug] = service
    settled: dict[str, Service] = {}
    for slug in written:
        _settle(slug, written, settled, ())
    return {slug: settled[slug] for slug in written}


def _settle(
    slug: str, written: Mapping[str, ServiceWritten], settled: dict[str, Service], behind: tuple[str, ...]
) -> None:
    """Settle the hours of one service after those of whoever's closing they follow."""
    if slug in settled:
        return
    service, chain = written[slug], (*behind, slug)
    for other in service.hours.whose_closing():
        if other not in written:
            service.hours.table.refuse("whenever_closed", f"{other} is not the slug of a service")
        if other in chain:
            round_again = " -> ".join((*chain[chain.index(other) :], other))
            service.hours.table.refuse("whenever_closed", f"follows its own closing: {round_again}")
        _settle(other, written, settled, chain)
    others = {other: settled[other].hours for other in service.hours.whose_closing()}
    settled[slug] = service.settled(service.hours.value(others))


def _forces(services: Iterable[Service]) -> dict[str, Service]:
    found: dict[str, Service] = {}
    for service in services:
        if service.police_force in found:
            raise DataFault("the directory", service.slug, f"{service.police_force} has a service already")
        if service.police_force is not None:
            found[service.police_force] = service
    return found


def _everywhere(services: Iterable[Service], kind: ServiceKind) -> Service:
    found = [service for service in services if service.everywhere and service.kind is kind]
    if len(found) != 1:
        raise DataFault("the directory", kind, "exactly one service of this kind must be everywhere")
    return found[0]
