"""An extract of a child's file, which a school gives out: by two people, once, with what is listed."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, update

from intake.casework.documents.concern import ConcernDetail, SignNoted
from intake.casework.drafts import CallDraft, KeptDraft
from intake.models.audit import AuditEntry
from intake.models.concern import Concern, Exclusion
from intake.models.person import Person
from intake.policy.actor import Actor
from intake.vocabulary import Role, SignAnswer, SignSource
from tests.factories.hub_work import ASSESS
from tests.factories.people import People
from tests.factories.school import MAYA, School, referral
from tests.support.client import Visitor
from tests.support.web import Visiting
from tests.trips.test_extracts import CHECK, words_given

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ASK = "Ask a colleague to approve it"
LINK = "Give out an extract, to the next school for example"
SIGN = SignNoted("unknown_vehicles", SignAnswer.SEEN, SignSource.SAW_IT, "twice this week")
MORE = ConcernDetail("2026-11", (SIGN,), (), (), ("park",), "Rang home.", None, "")
#: A child with one name, whose home is withheld.
CHILD = replace(
    MAYA, given_name="O\u2019Brien-Nguy\u1ec5n", family_name="", upn="A123", address_withheld=True
)

GOES = (
    *(
        "A123",
        "silver car",
        "A stranger gave her sweets.",
        "I want to stay here.",
        "twice this week",
        "Rang home.",
    ),
    *(
        "It was her uncle.",
        "We watch the gate.",
        "Is she in school today?",
        "Keep her with the head of year.",
    ),
    *(
        "A social worker will see Maya in school tomorrow.",
        "Concern kept in school: C-",
        "about the referral: R-",
    ),
    *("Words of other people and about them", "Child's file, entry", "In danger then No", "Year group 11"),
)
READ = {"child_file.opened", "concern.opened", "referral.opened", "release.opened", "message.opened"}
STAYS = (
    *("Priya Nair", ", by Anna Okafor", "PC Dale", "Sam Reed", "Thank you, Priya.", "Jay", "Park"),
    *("Invented Street", "WA8 7QF", "In the front office", "Duty desk (test)"),
)


@pytest.fixture
def anna(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.lead)


@pytest.fixture
def ruth(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.deputy)


def _into(school: School, file_id: UUID, concern_id: UUID) -> None:
    school.read(concern_id)
    with school.place.writing() as services:
        version = services.unit.session.get_one(Concern, concern_id).version
        services.children.match(school.lead, concern_id, file_id, version=version)


def _file(school: School, worker: Actor) -> UUID:
    """Have a file with everything in it: a concern that was kept, and one that was referred."""
    file_id, place = school.child(CHILD), school.place
    kept, referred = school.record(happened="A stranger gave her sweets."), school.record()
    for each in (kept, referred):
        _into(school, file_id, each)
    with place.writing() as services:
        services.concerns.add(school.lead, referred, MORE)
        version = services.unit.session.get_one(Concern, kept).version
        services.children.put_right(school.lead, file_id, replace(CHILD, year_group="11"), version=1)
        told = KeptDraft("It was her uncle.", "We watch the gate.", "Thank you, Priya.")
        services.concerns.keep(school.lead, kept, told, version=version)
    # A concern about her brother went into the same referral: it is not in her file.
    other = school.record(child_name="Jay Ellison", happened="Jay has a new phone.")
    with place.writing() as services:
        draft = referral(referred, other, child=CHILD, child_wishes="I want to stay here.")
        referral_id = services.referrals.submit(school.lead, draft)
    with place.writing() as services:
        call = CallDraft("PC Dale", "101", "Told him all of it.", place.clock.now())
        services.referral_calls.record(school.lead, referral_id, call)
        services.triage.take(worker, referral_id, 1)
        services.triage.acknowledge(worker, referral_id, 2)
        services.messages.write(worker, referral_id, "Is she in school today?")
        services.decisions.decide(worker, referral_id, 3, ASSESS)
    return file_id


@pytest.fixture
def file_id(school: School, people: People) -> UUID:
    return _file(school, people.actor(people.hub(), Role.DUTY_WORKER, name="Sam Reed"))


def _asked(asks: Visitor, file_id: UUID, **said: str | tuple[str, ...]) -> str:
    form = asks.get(f"/children/{file_id}").link(LINK).form(ASK)
    answers = {"audience": "school", "why": "She starts there on Monday.", **said}
    return form.fill(answers).submit(status=303).location


def _token(visitor: Visitor, page: str) -> dict[str, list[str]]:
    return {"csrf_token": visitor.get(page).form("Sign out").values["csrf_token"]}


def test_the_next_school_gets_what_is_listed_once_and_the_text_can_be_proved(
    school: School, file_id: UUID, anna: Visitor, ruth: Visitor
) -> None:
    asked = _asked(anna, file_id)
    anna.send("post", f"{asked}/extract", _token(anna, asked), status=303)  # nobody has allowed it yet
    own = anna.get(asked).form("Take it back").values
    own = {name: own[name] for name in ("csrf_token", "once_key")}
    anna.send("post", f"{asked}/approve", own, status=404)  # nobody approves their own
    approving = ruth.get(asked)
    assert "Give out an extract of a child's file. For: The child's next school" in approving.text
    approving.form("Approve").submit(status=303)
    ruth.send("post", f"{asked}/extract", _token(ruth, asked), status=404)  # nor makes somebody else's
    button = anna.get(asked).form("Make the extract")
    shown = button.submit()
    for said in (CHILD.given_name, *GOES, "Allowed by Ruth Adeyemi", "Printed for Anna Okafor"):
        assert said in shown.text, said
    for said in STAYS:
        assert said not in shown.text, said
    assert shown.text.count("silver car") == 1  # as the file has it, and not once more in the referral
    assert "This cannot be used" in button.submit(status=303).follow().text
    _proved(school, ruth, file_id, words_given(shown))


def _proved(school: School, deputy: Visitor, file_id: UUID, words: str) -> None:
    """Have the text found to be the one that was given out, and every reading of it on the record before."""
    form = deputy.get(f"/children/{file_id}/extract/text").form(CHECK).fill(text=words.replace(" ", "\n"))
    found = form.submit()
    assert "This text was given out, letter for letter." in found.text
    assert "Anna Okafor" in found.text
    with school.place.reading() as services:
        entries = services.unit.session.scalars(
            select(AuditEntry).where(AuditEntry.organisation_id == school.id).order_by(AuditEntry.seq)
        ).all()
    (made,) = (entry for entry in entries if entry.event == "extract.made")
    before = {entry.event for entry in entries if entry.seq in range(made.seq - 8, made.seq)}
    assert made.subject_id == file_id
    assert before >= READ
    assert '"compartments":["A","D","R","S"]' in made.detail
    assert '"audience":"school"' in made.detail


def test_a_family_reads_no_judgement_and_what_is_held_back_goes_with_its_own_reason(
    file_id: UUID, anna: Visitor, ruth: Visitor
) -> None:
    form = (
        anna.get(f"/children/{file_id}/extract")
        .form(ASK)
        .fill(audience="family", why="They ask.", put_in="address")
    )
    assert "Say why this must go in: it is left out otherwise." in form.submit().shown.problems
    why = {"why_others": "They know them.", "why_address": "It is theirs."}
    asked = _asked(anna, file_id, audience="family", put_in=("others", "address"), **why)
    ruth.get(asked).form("Approve").submit(status=303)
    shown = anna.get(asked).form("Make the extract").submit()
    for said in (
        "14 Invented Street",
        "by Priya Nair",
        "Duty desk (test)",
        "We watch the gate.",
        "Police matters",
    ):
        assert said in shown.text, said
    for said in (
        "It was her uncle.",
        "Rang home.",
        "PC Dale",
        "Thank you, Priya.",
        "Is she in school",
        "head of year.",
    ):
        assert said not in shown.text, said


def _name(school: School, person: Actor) -> None:
    """Have one concern of the file name somebody, or say that they have a tie to it."""
    with school.place.writing() as services:
        session, now = services.unit.session, school.place.clock.now()
        concern_id = session.scalars(select(Concern.id).where(Concern.child_file_id.is_not(None))).first()
        assert concern_id is not None
        session.add(Exclusion(case_id=concern_id, person_id=person.person_id, since_at=now))


def test_whoever_may_not_read_all_of_it_neither_asks_nor_approves_nor_makes_it(
    school: School, file_id: UUID, anna: Visitor, ruth: Visitor, visiting: Visiting
) -> None:
    not_by_you = "This cannot be done from your account. A colleague must do it."
    tom = visiting(school.second_deputy)
    asked, waits = _asked(anna, file_id), _asked(anna, file_id, audience="court")
    ruth.get(asked).form("Approve").submit(status=303)
    ready, asking = (
        anna.get(asked).form("Make the extract"),
        ruth.get(f"/children/{file_id}/extract").form(ASK),
    )
    approving = ruth.get(waits).form("Approve")
    _name(school, school.deputy)
    assert not_by_you in approving.submit(status=200).text
    assert not_by_you in ruth.get(f"/children/{file_id}/extract").text
    assert not_by_you in asking.fill(audience="court", why="An order.").submit(status=200).text
    tom.get(waits).form("Approve").submit(status=303)
    _name(school, school.lead)
    assert not_by_you in ready.submit(status=303).follow().text
    with school.place.reading() as services:
        events = set(services.unit.session.scalars(select(AuditEntry.event)))
    assert not events & {"extract.made", "second_person.used"}


def test_a_lead_with_nobody_to_approve_it_is_told_whom_to_ask(
    school: School, file_id: UUID, anna: Visitor
) -> None:
    alone = "Nobody else here could approve it: a colleague must be given the role."
    assert alone not in anna.get(f"/children/{file_id}/extract").text
    _name(school, school.second_deputy)
    with school.place.writing() as services:
        gone = update(Person).where(Person.id == school.deputy.person_id)
        services.unit.session.execute(gone.values(disabled_at=school.place.clock.now()))
    assert alone in anna.get(f"/children/{file_id}/extract").text
