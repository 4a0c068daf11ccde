"""Trying every door as somebody: what each request came to, compared without what is different every time."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, literal, select, union_all
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intake.models import METADATA
from intake.policy.actor import Actor
from tests.support.place import TestPlace
from tests.support.world import Town, World

_CARRIED = re.compile(r'name="(csrf_token|once_key)"[^>]*? value="([^"]*)"')
_MINE = re.compile(rb'(name="(?:csrf_token|once_key)"[^>]*? value=")[^"]*')
#: What a browser keeps of a session and of itself: the rest of every cookie must be alike.
_TOKEN = re.compile(r"^((?:session|device)=)[^;]+")
_BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
#: A refused request writes that it was refused, and nothing else.
_TRAIL = frozenset({"audit_entry", "audit_head"})
#: What stands in the query of an address that has no id in its path.
_QUERIES = {
    "referral_new.fill": "concern={concern_id}",
    "referral_new.check": "concern={concern_id}",
    "drafts.save": "path=/account/password",
    "drafts.discard": "path=/account/password",
}
#: Nobody who tries doors has one of these; that one's own can be removed is shown elsewhere.
_OF_NOBODY = (
    "passkey_id",
    "identity_id",
    "restriction_id",
    "glass_id",
    "shift_code_id",
    "shift_id",
    "mark_id",
)
_FIXED = {
    "provider": "nobody",
    "token": "not-a-link-of-anybody",
    "filename": "src/app.js",
    "slug": "halton-icart",
    "change": "number",
    "seq": 1,
}


@unique
class Whose(Enum):
    """Whose the thing is that an address names."""

    OWN = "own"
    OTHER = "the other organisation's"
    NONE = "not there"
    OWN_AND_OTHER = "own, and in it the other organisation's"
    OWN_AND_NONE = "own, and in it what is not there"


@unique
class Came(Enum):
    """What a request came to."""

    IN = "came in"
    REFUSED = "was refused"
    UNFOUND = "found nothing"
    TO_SIGN_IN = "was sent to sign in"
    TO_GIVE_A_CODE = "was sent to give a code"
    AMISS = "came to something that no request may come to"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a route, a method, and whose the thing is."""

    endpoint: str
    method: str
    whose: Whose


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request; `alike` is its answer with everything blanked that always differs."""

    came: Came
    status: int
    alike: bytes
    headers: Mapping[str, str]


@dataclass
class Trier:
    """Somebody who tries doors, with a browser and a live session where they have an account."""

    app: Flask
    place: TestPlace
    world: World
    letter: str
    version: str = "1"
    client: FlaskClient = field(init=False)
    carried: dict[str, str] = field(init=False)
    other_session: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.come_anew()

    def come_anew(self) -> None:
        """Take another browser, sign in, and a second time elsewhere so that there is a session to end."""
        self.client, self.other_session = self.app.test_client(), uuid4()
        actor = self.world.here.actors.get(self.letter)
        if actor is not None:
            token, _ = self._begin(actor)
            _, self.other_session = self._begin(actor)
            with self.client.session_transaction() as carried:
                carried["_user_id"] = token
        page = self.client.get("/privacy").text + self.client.get("/sign-in").text
        self.carried = dict(_CARRIED.findall(page))

    def ask(self, rule: Rule, asked: Asked) -> Answered:
        """Send one request: a POST carries a good token and once-key, the version, and no answer."""
        values = self._values(asked.whose)
        path = _path(rule, asked, values)
        data = {**self.carried, "version": self.version} if asked.method == "POST" else None
        answer = self.client.open(path, method=asked.method, data=data, headers=_BROWSER, buffered=True)
        varying = [str(value).encode() for value in values.values() if isinstance(value, UUID)]
        return Answered(
            _came(answer, path),
            answer.status_code,
            _blanked(answer, [*varying, str(values["reference"]).encode()]),
            dict(answer.headers),
        )

    def path_of(self, rule: Rule, asked: Asked) -> str:
        """Return the address of whosever thing is asked for."""
        return _path(rule, asked, self._values(asked.whose))

    def _begin(self, actor: Actor) -> tuple[str, UUID]:
        with self.place.writing() as services:
            token = services.sessions.begin(
                actor.person_id,
                organisation_id=actor.organisation_id,
                given=self.place.given(proved=actor.second_factor),
            )
            services.unit.session.flush()
            found = services.sessions.find(token)
        assert found is not None
        return token, found.session_id

    def _values(self, whose: Whose) -> dict[str, object]:
        """Return what stands in addresses, by the name of the part."""
        own, other, none = self._named(self.world.here), self._named(self.world.elsewhere), _absent()
        own["session_id"] = self.other_session
        inner = {"note_id", "membership_id", "hub_id"}
        chosen: dict[str, object] = {
            Whose.OWN: own,
            Whose.OTHER: other,
            Whose.NONE: none,
            Whose.OWN_AND_OTHER: {name: (other if name in inner else own)[name] for name in own},
            Whose.OWN_AND_NONE: {name: (none if name in inner else own)[name] for name in own},
        }[whose]
        return {**chosen, **_FIXED}

    def _named(self, town: Town) -> dict[str, object]:
        actor = self.world.here.actors.get(self.letter)
        in_hub = actor is not None and actor.organisation_id == self.world.here.hub_id
        colleague = town.colleagues[town.hub_id if in_hub else town.school_id]
        return {
            "concern_id": town.case.concern_id,
            "child_file_id": town.case.child_file_id,
            "referral_id": town.case.referral_id,
            "reference": town.case.reference,
            "note_id": town.case.note_id,
            "meeting_id": town.case.meeting_id,
            "breach_id": town.breach_id,
            "offer_id": town.offer_id,
            "passing_id": town.passing_id,
            "copy_id": town.copy_id,
            "copied_id": town.copy_id,
            "hub_id": town.hub_id,
            "person_id": colleague.person_id,
            "membership_id": colleague.membership_id,
            "session_id": town.actors["l"].session_id,
            "proposal_id": town.proposal_id,
            "request_id": town.requests[town.hub_id if in_hub else town.school_id],
            "passkey_id": uuid4(),
            "identity_id": uuid4(),
            "restriction_id": uuid4(),
            "glass_id": uuid4(),
            "shift_code_id": uuid4(),
            "shift_id": uuid4(),
            "mark_id": uuid4(),
            "search_id": town.searches[town.hub_id if in_hub else town.school_id],
        }


def routes(app: Flask) -> Iterator[tuple[Asked, Rule]]:
    """Yield every request there is: each route and method, and everybody's things where it names any."""
    for rule in app.url_map.iter_rules():
        names = rule.arguments - _FIXED.keys()
        named = bool(names) or "{" in _QUERIES.get(rule.endpoint, "")
        whose = [Whose.OWN, *([Whose.OTHER, Whose.NONE] if named else [])]
        if len(names) > 1:
            whose += [Whose.OWN_AND_OTHER, Whose.OWN_AND_NONE]
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield from ((Asked(rule.endpoint, method, each), rule) for each in whose)


_COUNTS = union_all(
    *(
        select(literal(table.name), func.count()).select_from(table)
        for table in METADATA.sorted_tables
        if table.name not in _TRAIL
    )
)


def counted(place: TestPlace) -> dict[str, int]:
    """Return how many rows each table has, but for the trail."""
    with place.database.reading() as unit:
        return {row[0]: row[1] for row in unit.session.execute(_COUNTS)}


def kept(place: TestPlace) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is kept, but for the trail."""
    with place.database.reading() as unit:
        return {
            table.name: sorted((tuple(row) for row in unit.session.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
            if table.name not in _TRAIL
        }


def events_of(place: TestPlace, actor: Actor) -> list[str]:
    """Return what the trail says somebody did, in order."""
    entries = METADATA.tables["audit_entry"]
    with place.database.reading() as unit:
        found = select(entries.c.event).where(entries.c.actor_id == actor.person_id)
        return list(unit.session.scalars(found))


def denials_of(place: TestPlace, actor: Actor) -> list[dict[str, Any]]:
    """Return what the trail of somebody's own organisation says they were refused, in order."""
    entries = METADATA.tables["audit_entry"]
    with place.database.reading() as unit:
        found = (
            select(entries.c.detail)
            .where(
                entries.c.actor_id == actor.person_id,
                entries.c.organisation_id == actor.organisation_id,
                entries.c.event == "access.denied",
            )
            .order_by(entries.c.seq)
        )
        return [json.loads(detail) for detail in unit.session.scalars(found)]


def _path(rule: Rule, asked: Asked, values: Mapping[str, object]) -> str:
    given = {name: values[name] for name in rule.arguments}
    query = _QUERIES.get(asked.endpoint, "").format(**values)
    return "".join(str(part) for part in (rule.build(given) or ("", ""))[1:]) + (query and f"?{query}")


def _absent() -> dict[str, object]:
    ids = (
        "concern_id",
        "child_file_id",
        "referral_id",
        "note_id",
        "meeting_id",
        "person_id",
        "breach_id",
        "offer_id",
        "passing_id",
        "copy_id",
        "copied_id",
        "hub_id",
    )
    absent = {
        name: uuid4()
        for name in (
            *ids,
            "membership_id",
            "session_id",
            "proposal_id",
            "search_id",
            "request_id",
            *_OF_NOBODY,
        )
    }
    return {**absent, "reference": "R-2222-2222"}


def _came(answer: TestResponse, path: str) -> Came:
    location = urlsplit(answer.headers.get("Location", ""))
    # A page that saves a draft as one types is not a page to come back to: its form is.
    pages = [path, *parse_qs(urlsplit(path).query).get("path", [])]
    # Nor is one that only takes posts: the page of its button is, and the address stands under that page's.
    pages += [path[: end.start()] for end in re.finditer("/", path) if end.start()]
    back = any(page in pages for page in parse_qs(location.query).get("next", []))
    if answer.status_code in {302, 303} and back and location.path in _DOORS:
        return _DOORS[location.path]
    return _STATUSES.get(answer.status_code, Came.AMISS)


def _blanked(answer: TestResponse, varying: list[bytes]) -> bytes:
    headers = sorted(
        (name, _TOKEN.sub(r"\1-", value)) for name, value in answer.headers if name != "Content-Length"
    )
    told = f"{answer.status} {headers}\n".encode() + _MINE.sub(rb"\1", answer.data)
    for each in varying:
        told = told.replace(each, b"-")
    return told


_DOORS = {"/sign-in": Came.TO_SIGN_IN, "/sign-in/second-factor": Came.TO_GIVE_A_CODE}
_STATUSES = dict.fromkeys((200, 302, 303, 400, 409), Came.IN) | {403: Came.REFUSED, 404: Came.UNFOUND}
