"""Who is on duty now, as the directory says: the page for ringing somebody without recording anything."""

from dataclasses import dataclass
from datetime import datetime

from intake.routing.codes import Audience, Standing
from intake.routing.directory import Authority, Directory, Provenance, Service
from intake.vocabulary import OpenState


@dataclass(frozen=True, slots=True)
class DutyCard:
    """One service with its number, and whether it is staffed; `changes_at` is UTC, None when not known."""

    slug: str
    name: str
    also_called: str
    phone: str
    unverified: bool
    state: OpenState
    changes_at: datetime | None
    number_source: Provenance
    hours_source: Provenance


@dataclass(frozen=True, slots=True)
class AuthorityCard:
    """One council: its duty services in the order to try them now, then the police."""

    code: str
    name: str
    services: tuple[DutyCard, ...]
    police: DutyCard


@dataclass(frozen=True, slots=True)
class SupportCard:
    """Something to offer a family; `doubtful` where it may no longer be there."""

    name: str
    about: str
    phone: str
    url: str
    doubtful: bool
    audience: Audience
    provenance: Provenance


def authorities(directory: Directory, at: datetime) -> tuple[AuthorityCard, ...]:
    """Return every listed council by name, as things stand at an aware instant."""
    listed = sorted(directory.authorities.values(), key=lambda authority: authority.name)
    return tuple(_authority(directory, authority, at) for authority in listed)


def authority(directory: Directory, code: str, at: datetime) -> AuthorityCard | None:
    """Return one council by its ONS code, or None where it is not listed."""
    found = directory.authority(code)
    return None if found is None else _authority(directory, found, at)


def support(directory: Directory) -> tuple[SupportCard, ...]:
    """Return what the leaflets offer to families, the doubtful ones marked."""
    return tuple(
        SupportCard(
            name=offered.name,
            about=offered.about,
            phone=offered.phone or "",
            url=offered.url or "",
            doubtful=offered.standing is not Standing.CHECKED,
            audience=offered.audience,
            provenance=offered.provenance,
        )
        for offered in directory.support
    )


def _authority(directory: Directory, found: Authority, at: datetime) -> AuthorityCard:
    cards = [_card(service, at) for service in directory.duty_services(found.code, at)]
    return AuthorityCard(
        code=found.code,
        name=found.name,
        # Whoever may answer now comes first; among those the directory's own order stands.
        services=tuple(sorted(cards, key=lambda card: card.state is OpenState.CLOSED)),
        police=_card(directory.police(found), at),
    )


def _card(service: Service, at: datetime) -> DutyCard:
    phone = service.phone_at(at)
    return DutyCard(
        slug=service.slug,
        name=service.name,
        also_called=service.also_called or "",
        phone=phone.number,
        unverified=phone.unverified,
        state=service.hours.state_at(at),
        changes_at=service.hours.next_change(at),
        number_source=phone.provenance,
        hours_source=service.on_duty.source_at(at),
    )
