"""A folder of files as one directory, under a version that is the hash of what they say."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from intake.calendars.hours import Hours
from intake.routing.directory import Authority, Directory, Service
from intake.routing.directory_file import FileRead, ServiceWritten, read_file
from intake.routing.places_file import read_places
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
            whole.update(len(encoded).to_bytes(8, "big") + encoded)
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
            if service.slug in written:
                service.table.refuse("slug", f"{service.slug} is the slug of another service already")
            written[service.slug] = service
    # Whoever follows another's closing comes after those with hours of their own.
    settled: dict[str, Hours] = {}
    services: dict[str, Service] = {}
    for service in sorted(written.values(), key=lambda s: s.hours.whose_closing() is not None):
        made = service.service(service.hours.value(settled.get(service.hours.whose_closing() or "")))
        if service.hours.whose_closing() is None:
            settled[service.slug] = made.hours
        services[service.slug] = made
    return {slug: services[slug] for slug in written}


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
