"""Who may open what, tried over HTTP: every route, as everybody, on one's own things and on others'.

What is expected is written out here by hand and asks neither the program's table nor its declarations.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Response

from intake.policy.permissions import Permission
from intake.views.guards import access, signed_in
from tests.support.headers import faults_of_headers
from tests.support.matrix import (
    Answered,
    Asked,
    Came,
    Trier,
    Whose,
    counted,
    denials_of,
    kept,
    routes,
)
from tests.support.world import CAST, CLOSED, NOBODY, Stage


@dataclass(frozen=True, slots=True)
class Door:
    """Who comes in (letters of the cast), who is told that there is nothing, and who is asked for a code.

    Whoever has no account, or a closed one, is sent to sign in; everybody else is refused. `code_for_own` are
    those who are asked for a code where the thing is their school's, and else told that there is nothing.
    """

    open: str
    unfound: str = ""
    code: str = ""
    code_for_own: str = ""


EVERYBODY = "".join(CAST)
PUBLIC = Door(EVERYBODY)
CHOOSING = Door("roldxuapewmyvhq")
PASSWORD = Door("roldxuapwmyvhq")
OWN_ACCOUNT = Door("roldxuapwmyhq", code="v")
PEOPLE = Door("pq")
STAFF = Door("roldxu")
OF_A_CONCERN = Door("rld", unfound="ox", code_for_own="u")
OF_A_LEAD = Door("ld", unfound="x", code="u")
DUTY = Door("wmy", code="v")
OF_A_REFERRAL = Door("wm", unfound="y", code="v")
WATCH = Door("mah")

DOORS = {
    "static": PUBLIC,
    "home.shown": PUBLIC,
    "home.who_to_ring": PUBLIC,
    "home.accessibility": PUBLIC,
    "home.privacy": PUBLIC,
    "home.live": PUBLIC,
    "home.ready": PUBLIC,
    "sign_in.password": PUBLIC,
    "sign_in.out": PUBLIC,
    "sign_in.link": PUBLIC,
    "sign_in.first_password": Door("", unfound=EVERYBODY),  # nobody here was handed a link
    "sign_in.organisation": CHOOSING,
    "sign_in.second_factor": PASSWORD,
    "sign_in.recovery_code": PASSWORD,
    "account.second_factor": PASSWORD,
    "account.shown": OWN_ACCOUNT,
    "account.password": OWN_ACCOUNT,
    "account.recovery_codes": Door("roldxuapwmyhq", code="v"),
    "account.end_session": OWN_ACCOUNT,
    "account.end_other_sessions": OWN_ACCOUNT,
    "drafts.save": OWN_ACCOUNT,
    "drafts.discard": OWN_ACCOUNT,
    "people.listed": PEOPLE,
    "people.new": PEOPLE,
    "people.shown": PEOPLE,
    "people.details": PEOPLE,
    "people.give_role": PEOPLE,
    "people.end_role": PEOPLE,
    "people.make_link": PEOPLE,
    "people.sign_out": PEOPLE,
    "people.close": PEOPLE,
    "people.reopen": PEOPLE,
    "directory.shown": OWN_ACCOUNT,
    "directory.service": PEOPLE,
    "directory.change": PEOPLE,
    "directory.file": PEOPLE,
    "directory.versions": PEOPLE,
    "directory.version": PEOPLE,
    "directory_changes.shown": PEOPLE,
    "directory_changes.approve": PEOPLE,
    "directory_changes.refuse": PEOPLE,
    "health.shown": PEOPLE,
    "health.report": PEOPLE,
    "concerns.record": STAFF,
    "concerns.listed": STAFF,
    "concerns.shown": OF_A_CONCERN,
    "concerns.keep": OF_A_LEAD,
    "concern_detail.more": OF_A_CONCERN,
    "children.match": OF_A_LEAD,
    "children.shown": Door("ldx", code="u"),  # the file names nobody; the concern in it is left out for x
    "referral_new.fill": OF_A_CONCERN,
    "referral_new.check": OF_A_CONCERN,
    "referrals.listed": STAFF,
    "referrals.shown": OF_A_CONCERN,
    "referrals.call": OF_A_CONCERN,
    "queue.listed": DUTY,
    "queue.found": DUTY,
    "queue.unfinished": DUTY,
    "queue.shown": OF_A_REFERRAL,
    "triage.take": OF_A_REFERRAL,
    "triage.hand_back": OF_A_REFERRAL,
    "triage.acknowledge": OF_A_REFERRAL,
    "triage.colour": OF_A_REFERRAL,
    "decisions.decide": OF_A_REFERRAL,
    "closing.close": OF_A_REFERRAL,
    "messages.write": OF_A_REFERRAL,
    "messages.answer": OF_A_CONCERN,
    "notes.write": OF_A_REFERRAL,
    "notes.correct": OF_A_REFERRAL,
    "meetings.arrange": OF_A_REFERRAL,
    "meetings.shown": OF_A_REFERRAL,
    "meetings.minute": OF_A_REFERRAL,
    "meeting_changes.move": OF_A_REFERRAL,
    "meeting_changes.call_off": OF_A_REFERRAL,
    "passing.pass_on": OF_A_REFERRAL,
    "passing.keep": OF_A_REFERRAL,
    "passing.handed_over": OF_A_REFERRAL,
    "passing.listed": Door("wmyha", code="v"),
    "passing.record": Door("wmh", unfound="ya", code="v"),
    "copies.listed": DUTY,
    "copies.shown": OF_A_REFERRAL,
    "offers.listed": DUTY,
    "offers.shown": OF_A_REFERRAL,
    "offers.accept": OF_A_REFERRAL,
    "offers.decline": OF_A_REFERRAL,
    "wrong_place.of_hub": OF_A_REFERRAL,
    "wrong_place.of_school": OF_A_LEAD,
    "breaches.listed": Door("ldxamh", code="u"),
    "breaches.shown": Door("ldamh", unfound="x", code="u"),
    "breaches.add": Door("ldm", unfound="x", code="u"),
    "limits.shown": Door("m"),
    "trail.shown": WATCH,
    "trail.followed": WATCH,
    "trail.verified": WATCH,
}

_STRANGE = (Whose.OTHER, Whose.NONE, Whose.OWN_AND_OTHER, Whose.OWN_AND_NONE)


def expected(letter: str, asked: Asked) -> Came:
    door = DOORS[asked.endpoint]
    if letter in door.unfound:
        return Came.UNFOUND
    if letter in door.code_for_own:
        return Came.UNFOUND if asked.whose in {Whose.OTHER, Whose.NONE} else Came.TO_GIVE_A_CODE
    if letter in door.open:
        return Came.UNFOUND if asked.whose in _STRANGE else Came.IN
    if letter in door.code:
        return Came.TO_GIVE_A_CODE
    return Came.TO_SIGN_IN if letter in {NOBODY, CLOSED} else Came.REFUSED


def tried(trier: Trier, *, only: str = "") -> dict[Asked, Answered]:
    """Ask everything whose answer changes nothing; nothing is kept, whatever was posted."""
    answers = {}
    before, everything = counted(trier.place), kept(trier.place)
    for asked, rule in routes(trier.app):
        if expected(trier.letter, asked) is not Came.IN and asked.endpoint.startswith(only):
            answers[asked] = trier.ask(rule, asked)
            assert counted(trier.place) == before, f"{asked} has kept something"
    assert kept(trier.place) == everything
    return answers


def let_in(trier: Trier, *, only: str = "") -> dict[Asked, Answered]:
    """Ask everything that is the asker's to do: first what only shows, then what may change something."""
    answers = {}
    asking = [(asked, rule) for asked, rule in routes(trier.app) if expected(trier.letter, asked) is Came.IN]
    for asked, rule in sorted(asking, key=lambda pair: pair[0].method):
        if asked.endpoint.startswith(only):
            if asked.method == "POST":
                trier.come_anew()
            answers[asked] = trier.ask(rule, asked)
    return answers


def wrong(letter: str, answers: dict[Asked, Answered]) -> list[str]:
    return [
        f"{letter} {asked.method} {asked.endpoint}, {asked.whose.value}: {answered.came.value}"
        f" ({answered.status}) and not: {expected(letter, asked).value}"
        for asked, answered in answers.items()
        if answered.came is not expected(letter, asked)
    ]


def told_apart(answers: dict[Asked, Answered]) -> list[str]:
    """Return where two answers that say 'nothing for you' tell which of two things there is."""
    by_door: dict[tuple[str, str, Came], set[bytes]] = {}
    for asked, answered in answers.items():
        by_door.setdefault((asked.endpoint, asked.method, answered.came), set()).add(answered.alike)
    return [f"{method} {endpoint}" for (endpoint, method, _), alike in by_door.items() if len(alike) > 1]


def bare(answers: dict[Asked, Answered]) -> list[str]:
    """Return which answers lack what every answer must carry."""
    return [
        f"{asked.method} {asked.endpoint}: {fault}"
        for asked, answered in answers.items()
        for fault in faults_of_headers(answered.headers, kept=asked.endpoint == "static")
    ]


def test_every_route_and_nothing_else_is_expected(stage: Stage) -> None:
    assert {rule.endpoint for rule in stage.app.url_map.iter_rules()} == DOORS.keys()
    shut = [(door.open, door.unfound + door.code + door.code_for_own) for door in DOORS.values()]
    assert all(set(let_in + kept_out) <= set(EVERYBODY) for let_in, kept_out in shut)
    assert not any(set(let_in) & set(kept_out) for let_in, kept_out in shut)


@pytest.mark.parametrize("letter", CAST)
def test_everybody_comes_in_where_they_may_and_nowhere_else(letter: str, stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, stage.world, letter)
    turned_away = tried(trier)
    assert wrong(letter, turned_away) == []
    assert told_apart(turned_away) == []
    inside = let_in(trier)
    assert wrong(letter, inside) == []
    assert bare(turned_away | inside) == []


@pytest.mark.parametrize("kind", ["postgresql"])
@pytest.mark.parametrize("letter", ["l", "w", "y"])
def test_the_rows_are_guarded_on_the_other_database_too(letter: str, stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, stage.world, letter)
    desk = ("queue", "decisions", "closing", "messages", "notes", "meeting", "trail")
    for room in ("concern", "children", "referral", *desk):
        turned_away = tried(trier, only=room)
        assert wrong(letter, turned_away) == []
        assert told_apart(turned_away) == []
        assert wrong(letter, let_in(trier, only=room)) == []


def test_every_refusal_is_in_the_trail(stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, stage.world, "h")
    refused = [asked for asked, found in tried(trier).items() if found.came is Came.REFUSED]
    assert len(refused) > 100
    denied = denials_of(stage.place, stage.world.here.actors["h"])
    assert [said["not_theirs"] for said in denied].count(False) == len(refused)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_everything_asked_for_that_is_not_theirs_is_in_the_trail_and_what_is_not_there_reads_alike(
    stage: Stage,
) -> None:
    trier = Trier(stage.app, stage.place, stage.world, "l")
    strange = {Whose.OTHER: Whose.NONE, Whose.OWN_AND_OTHER: Whose.OWN_AND_NONE}
    before = denials_of(stage.place, trier.world.here.actors["l"])
    assert before == []
    unfound = [asked for asked, found in tried(trier).items() if found.came is Came.UNFOUND]
    unfound = [asked for asked in unfound if asked.endpoint != "sign_in.first_password"]
    written = denials_of(stage.place, trier.world.here.actors["l"])
    denied = [said for said in written if said["not_theirs"]]
    assert len(denied) == len(unfound) > 20
    assert all({"asked", "asked_id"} <= said.keys() for said in denied)
    said_of = dict(zip(unfound, denied, strict=True))
    for asked, said in said_of.items():
        twin = said_of.get(Asked(asked.endpoint, asked.method, strange.get(asked.whose, asked.whose)))
        assert twin is not None
        assert twin | {"asked_id": ""} == said | {"asked_id": ""}


@pytest.mark.parametrize(
    ("letter", "rooms"),
    [("x", ("/concerns", "/referrals", "/children/{child}")), ("y", ("/queue", "/queue?list=mine"))],
)
def test_whoever_is_named_in_a_case_meets_it_on_no_list(
    letter: str, rooms: tuple[str, ...], stage: Stage
) -> None:
    case = stage.world.here.case
    trier, colleague = (
        Trier(stage.app, stage.place, stage.world, each) for each in (letter, "lw"[letter == "y"])
    )
    told = {str(case.concern_id), str(case.referral_id), case.reference}
    for room in rooms:
        path = room.format(child=case.child_file_id)
        assert not [word for word in told if word in trier.client.get(path).text]
    assert any(word in colleague.client.get(rooms[0]).text for word in told)


@pytest.mark.parametrize("letter", ["l", "w", "m", "p"])
def test_nothing_is_done_that_no_page_of_this_session_asked_for(letter: str, stage: Stage) -> None:
    trier, stranger = (Trier(stage.app, stage.place, stage.world, each) for each in (letter, "r"))
    everything = kept(stage.place)
    for token in ("", "made-up", stranger.carried["csrf_token"]):
        trier.carried["csrf_token"] = token
        for asked, rule in routes(stage.app):
            if asked.method == "POST" and expected(letter, asked) is Came.IN:
                assert trier.ask(rule, asked).status in {200, 303, 400}, asked
                assert kept(stage.place) == everything, asked


def test_a_route_whose_declaration_was_taken_away_is_noticed(stage: Stage) -> None:
    view = stage.app.view_functions["limits.shown"]

    def bare_view(**named: Any) -> Any:  # noqa: ANN401 - whatever the view takes and gives
        return view(**named)

    stage.app.view_functions["limits.shown"] = bare_view
    trier = Trier(stage.app, stage.place, stage.world, "m")
    assert len(wrong("m", let_in(trier, only="limits"))) == 2


def test_a_route_that_lets_in_too_many_is_noticed(stage: Stage) -> None:
    view = stage.app.view_functions["people.new"]

    @signed_in
    def open_view(**named: Any) -> Any:  # noqa: ANN401 - whatever the view takes and gives
        return view(**named)

    stage.app.view_functions["people.new"] = open_view
    trier = Trier(stage.app, stage.place, stage.world, "r")
    assert "r GET people.new, own: came in" in wrong("r", tried(trier, only="people.new"))[0]


def test_an_answer_that_tells_what_there_is_is_noticed(stage: Stage) -> None:
    other = stage.world.elsewhere.case.concern_id

    def telling(concern_id: UUID) -> Response:
        return Response("not yours" if concern_id == other else "not there", 404)

    stage.app.view_functions["concerns.shown"] = access(Permission.CONCERN_OPEN)(telling)
    answers = tried(Trier(stage.app, stage.place, stage.world, "l"), only="concerns.shown")
    assert told_apart(answers) == ["GET concerns.shown"]
