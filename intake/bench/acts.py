"""The acts that are measured, each through the whole application: session, token, forms, services, page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, cycle
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from intake.bench.made_up import concern_draft, referral_draft
from intake.bench.measuring import Act
from intake.bench.roster import HALTON, PASSWORD, Place
from intake.bench.seeding import Seeded
from intake.bench.visitor import Visitor, WentWrong
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.queries.queue import Place as InQueue
from intake.services.sessions import Given
from intake.services.workplace import Workplace
from intake.vocabulary import Answer, DayAnswer, ParentsTold, PlaceKind, ProvedBy

_NUMBERS = count()


class _Once:
    """Most acts are done once a round and need nothing done before."""

    times = 1

    def prepare(self) -> None:
        """Everything is there already."""
        return


@dataclass(slots=True)
class Opens(_Once):
    """Opens a page; one after another where there are several to choose from."""

    name: str
    visitor: Visitor
    next_path: Callable[[], str]

    def run(self) -> None:
        self.visitor.get(self.next_path())


@dataclass(slots=True)
class RecordsConcern(_Once):
    """Posts the first page of a concern."""

    visitor: Visitor
    name: str = "record a concern"
    _form: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        self._form = self.visitor.form("/concerns/new")

    def run(self) -> None:
        draft = concern_draft(next(_NUMBERS))
        said = {
            "child_name": draft.child_name,
            "danger_now": Answer.NO.value,
            "missing_now": Answer.NOT_KNOWN.value,
            "happened": draft.happened,
            "occurred_on": DayAnswer.TODAY.value,
            "occurred_on-about": draft.occurred_about,
        }
        self.visitor.post("/concerns/new", self._form | said)


@dataclass(slots=True)
class SubmitsReferral(_Once):
    """Presses 'send' on the last page of a referral; the concern and the pages before are ready by then."""

    visitor: Visitor
    place: Workplace
    reporter: Actor
    name: str = "submit and route"
    _path: str = ""
    _form: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        number = next(_NUMBERS)
        with self.place.writing() as services:
            concern_id = services.concerns.record(self.reporter, concern_draft(number))
        page = f"/referrals/new?concern={concern_id}"
        self._path = self.visitor.post(page, self.visitor.form(page) | _answers(number))
        self._form = self.visitor.form(self._path)

    def run(self) -> None:
        self.visitor.post(self._path, self._form)


@dataclass(slots=True)
class SignsIn(_Once):
    """Posts an address and its password from a browser nobody used before."""

    app: Flask
    address: str
    name: str = "sign-in"
    _visitor: Visitor | None = None
    _form: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        self._visitor = Visitor(self.app)
        self._form = self._visitor.form("/sign-in")

    def run(self) -> None:
        visitor = self._visitor or Visitor(self.app)
        visitor.post("/sign-in", self._form | {"email": self.address, "password": PASSWORD})


def acts(app: Flask, place: Workplace, seeded: Seeded) -> tuple[Act, ...]:
    """Return every act, done by people of the first school and the first hub."""
    school, hub = seeded.roster.schools[0], seeded.roster.hubs[0]
    lead, _ = signed_in(place, school, 0)
    reports, reporter = signed_in(place, school, len(school.people) - 1)
    works, _ = signed_in(place, hub, 0)
    manages, _ = signed_in(place, hub, len(hub.people) - 1)
    thick = cycle(seeded.thick)
    deep = _deep(place, hub.id)
    at_school, at_hub = Visitor(app, lead), Visitor(app, works)
    return (
        RecordsConcern(Visitor(app, reports)),
        SubmitsReferral(Visitor(app, lead), place, reporter),
        Opens("queue page", at_hub, lambda: "/queue"),
        Opens("queue page, half way down", at_hub, lambda: f"/queue?after={deep}"),
        Opens("referral with 50 notes", at_hub, lambda: f"/queue/{next(thick)}"),
        Opens("audit page", Visitor(app, manages), lambda: "/trail"),
        Opens("list of concerns", at_school, lambda: "/concerns"),
        Opens("list of referrals sent", at_school, lambda: "/referrals"),
        SignsIn(app, school.addresses[-1]),
    )


def signed_in(place: Workplace, where: Place, which: int) -> tuple[str, Actor]:
    """Begin a session for one of an organisation's people; returns its token and whom it stands for."""
    person_id: UUID = where.people[which]
    given = Given(ProvedBy.PASSKEY, place.tools.clock.now())
    with place.writing() as services:
        token = services.sessions.begin(person_id, organisation_id=where.id, given=given)
    with place.reading() as services:
        found = services.sessions.find(token)
    if found is None or found.actor is None:
        raise WentWrong("A session that was just begun is not there.")
    return token, found.actor


def _deep(place: Workplace, hub_id: UUID) -> InQueue:
    """Return a place half way down a hub's queue."""
    with place.reading() as services:
        session, waits = services.unit.session, (Referral.hub_id == hub_id, Referral.in_queue.is_(True))
        many = session.scalar(select(func.count()).select_from(Referral).where(*waits)) or 0
        order = (Referral.urgency_rank, Referral.due_at, Referral.id)
        row = session.execute(select(*order).where(*waits).order_by(*order).offset(many // 2).limit(1)).one()
    return InQueue(*row)


def _answers(number: int) -> dict[str, str]:
    draft = referral_draft(number, HALTON)
    return {
        "given_name": draft.child.given_name,
        "family_name": draft.child.family_name,
        "home": PlaceKind.KNOWN.value,
        "home_postcode": draft.child.home_postcode,
        "where_now": draft.where_now,
        "danger_now": Answer.NO.value,
        "missing_now": Answer.NO.value,
        "why_now": draft.why_now,
        "child_wishes": draft.child_wishes,
        "parents_told": ParentsTold.YES.value,
        "parents_view": draft.parents_view,
        "safe_contact": draft.safe_contact,
        "sender_phone": draft.sender_phone,
    }
