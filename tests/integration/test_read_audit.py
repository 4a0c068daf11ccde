"""No words without a record: what is opened about a child stands in the committed trail before it is."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask, Response, request
from sqlalchemy import Connection, Row, create_engine, false, func, or_, select, text
from sqlalchemy.orm import Session

from intake.audit.event import Event, Subject
from intake.cli.not_audited import ACTS, FORMS, PAGES
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import open_sealed
from intake.crypto.inventory import SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.models import METADATA
from intake.policy.actor import Actor
from intake.services import keys
from intake.services.card_keys import SealedCard, Slow, open_cards
from intake.services.keys import UNRECORDED
from intake.services.opening import Opened, Opening
from intake.vocabulary import Compartment
from tests.factories.hub_work import Desk
from tests.factories.school import School
from tests.support.client import Visitor
from tests.support.noted import noted
from tests.support.place import TestPlace
from tests.support.traces import Words
from tests.support.walk import Walk
from tests.support.web import Visiting
from tests.support.whole_walk import found_in, walk_whole

pytestmark = pytest.mark.unmeasured

ENTRIES = METADATA.tables["audit_entry"]
#: What is about a child; colleagues' cards and one's own half-filled forms are not.
ABOUT_CHILDREN = frozenset(Compartment) - UNRECORDED
#: These say how many cards are looked through, and those that are shown are named after.
_SCANS: Mapping[str, frozenset[str]] = {
    "roll.searched": frozenset("D"),
    "search.run": frozenset("DS"),
    "glass.broken": frozenset("D"),
    "looking.compared": frozenset("D"),
}
#: Of which parts of the case it names each entry says that they are opened, where it does not name the parts.
_PARTS: Mapping[str, frozenset[str]] = {
    "concern.opened": frozenset("S"),
    "child_file.opened": frozenset("D"),
    "identity_cards.listed": frozenset("DS"),
    "address.shown": frozenset("D"),
    "note.opened": frozenset("B"),
    "meeting.opened": frozenset("B"),
    "message.opened": frozenset("R"),
    "release.opened": frozenset("R"),
    "breach.opened": frozenset("X"),
    "restriction.opened": frozenset("C"),
    "glass_reason.opened": frozenset("C"),
    "second_person.opened": frozenset("Q"),
    "shift_code.opened": frozenset("Q"),
    "hold.opened": frozenset("Q"),
    "address_reasons.opened": frozenset("Q"),
}
#: An answer from here on refuses what was asked.
_REFUSED = 400


@dataclass
class Watch:
    """Stands beside the database, sees only what is committed, and looks at every document that is opened."""

    outside: Connection
    opened: Counter[Compartment] = field(default_factory=Counter)
    unrecorded: list[str] = field(default_factory=list)
    began_at: dict[UUID, int] = field(default_factory=dict)
    #: What was answered well and left no entry in any chain: method and endpoint.
    silent: set[tuple[str, str]] = field(default_factory=set)

    def end(self, response: Response) -> Response:
        """Remember a request that was answered and not turned away, if nothing tells of it."""
        if response.status_code < _REFUSED and request.endpoint and not self._committed_since():
            self.silent.add((request.method, request.endpoint))
        return response

    def begin(self) -> None:
        """Remember how far each trail has come: what is opened from here on needs an entry from here on."""
        newest = select(ENTRIES.c.organisation_id, func.max(ENTRIES.c.seq).label("seq")).group_by(
            ENTRIES.c.organisation_id
        )
        self.began_at = {row.organisation_id: row.seq for row in self.outside.execute(newest)}

    def open(self, blob: bytes, *, key: DataKey, binding: Binding) -> bytes:
        """Look whether the opening is on record already, and open."""
        self.opened[binding.compartment] += 1
        if binding.compartment in ABOUT_CHILDREN and not self._is_recorded(
            binding.case_id, binding.compartment
        ):
            self.unrecorded.append(f"{binding.table}.{binding.column} of {binding.case_id}")
        return open_sealed(blob, key=key, binding=binding)

    def open_many(
        self,
        session: Session,
        key_ring: KeyRing,
        column: SealedColumn,
        sealed: Sequence[SealedCard],
        *,
        holder: UUID,
        slow: list[Slow],
    ) -> Iterator[list[bytes]]:
        """Look likewise where a search opens card after card."""
        for each in sealed:
            self.opened[column.compartment] += 1
            if not self._is_recorded(each.case_id, column.compartment):
                self.unrecorded.append(f"{column.table}.{column.column} of {each.case_id}, by a search")
        yield from open_cards(session, key_ring, column, sealed, holder=holder, slow=slow)

    def _is_recorded(self, case_id: UUID, part: Compartment) -> bool:
        return any(part in _parts_opened(row, case_id) for row in self._committed_since())

    def _committed_since(self) -> list[Row[tuple[UUID | None, str, str]]]:
        column = ENTRIES.c
        before = [
            (column.organisation_id == organisation) & (column.seq <= seq)
            for organisation, seq in self.began_at.items()
        ]
        found = select(column.subject_id, column.detail, column.event).where(~or_(false(), *before))
        return list(self.outside.execute(found))


def _parts_opened(row: Row[tuple[UUID | None, str, str]], case_id: UUID) -> Collection[str]:
    """Return the parts of this case that an entry says are opened."""
    if row.event in _SCANS:
        return _SCANS[row.event]
    if row.subject_id != case_id and str(case_id) not in row.detail:
        return ()
    named: list[str] = json.loads(row.detail).get("compartments", [])
    return _PARTS.get(row.event, named if row.event.endswith(".opened") else ())


@pytest.fixture
def watch(app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Somebody beside the database who sees each document opened, from the first request on."""
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as outside:
        watch = Watch(outside)
        app.before_request_funcs.setdefault(None, []).insert(0, watch.begin)
        app.after_request(watch.end)
        monkeypatch.setattr(keys, "open_sealed", watch.open)
        monkeypatch.setattr(keys, "open_cards", watch.open_many)
        yield watch
    engine.dispose()


def test_over_the_whole_walk_nothing_about_a_child_is_opened_before_its_entry_is_kept(
    app: Flask, place: TestPlace, watch: Watch
) -> None:
    say, digests = Words(), list[dict[str, bool]]()
    walk = Walk(lambda: Visitor(app), place.clock.now, say, found_in(place, say))
    # Mail goes out for the last time just before what was written is erased.
    walk_whole(walk, carry_mail=lambda: digests.append(noted(place)))
    assert watch.unrecorded == []
    assert watch.opened.keys() == set(Compartment)
    assert sum(watch.opened[part] for part in ABOUT_CHILDREN) > 100
    assert len(digests[-1]) > 25
    assert [name for each in digests for name, entered in each.items() if not entered] == []
    shown = {endpoint for method, endpoint in watch.silent if method == "GET"}
    assert shown - PAGES.keys() == FORMS.keys(), "not what is published as shown without an entry"
    sent = {endpoint for method, endpoint in watch.silent if method == "POST"}
    assert sent == ACTS.keys(), "not what is published as sent without an entry"


def test_an_opening_that_is_kept_too_late_is_noticed(
    school: School, visiting: Visiting, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record_late(self: Opening, event: Event, *, actor: Actor, subject: Subject) -> Opened:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)
        return Opened(self._keys, actor.organisation_id)

    concern = school.record()
    lead = visiting(school.lead)
    lead.get(f"/concerns/{concern}")
    assert watch.unrecorded == []
    monkeypatch.setattr(Opening, "record", record_late)
    lead.get(f"/concerns/{concern}")
    assert watch.unrecorded == [f"concern.words_sealed of {concern}"]
    watch.unrecorded.clear()
    lead.get("/search").form("/search").fill(name="Maya").submit(status=303).follow()
    assert [said for said in watch.unrecorded if said.endswith("by a search")] != []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_cards_are_compared_for_the_report_of_looking_once_it_is_kept_how_many(
    desk: Desk, visiting: Visiting, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record_late(
        self: Opening, event: Event, actor: Actor | None, *, organisation_id: UUID, subject: Subject
    ) -> Opened:
        self._audit.record(event, actor=actor, organisation_id=organisation_id, subject=subject)
        return Opened(self._keys, organisation_id)

    referral = desk.acknowledged()
    with desk.place.opening() as services:
        services.hub_reading.read(desk.jo, referral)
    desk.place.clock.instant += timedelta(days=1)
    manager = visiting(desk.manager)
    watch.opened.clear()
    manager.get("/trail/looking")
    assert (watch.opened[Compartment.IDENTITY], watch.unrecorded) == (1, [])
    monkeypatch.setattr(Opening, "record_of", record_late)
    manager.get("/trail/looking")
    assert watch.unrecorded == [f"referral_sent.card_sealed of {referral}, by a search"]


def test_where_the_trail_cannot_be_written_nothing_is_read(
    school: School, visiting: Visiting, watch: Watch, place: TestPlace
) -> None:
    concern = school.record()
    paths = (
        "/concerns",
        f"/concerns/{concern}",
        f"/concerns/{concern}/child",
        f"/referrals/new?concern={concern}",
    )
    office = visiting(school.lead)
    with place.writing() as services:
        for statement in _REFUSING[services.unit.session.get_bind().dialect.name]:
            services.unit.session.execute(text(statement))
    for path in paths:
        answer = office.get(path, status=503)
        assert "silver car" not in answer.text
        assert "Maya" not in answer.text
    assert not ABOUT_CHILDREN & watch.opened.keys()


_REFUSING = {
    "sqlite": (
        "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse()",
    ),
}
