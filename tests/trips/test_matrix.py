"""Who may open what, tried over HTTP: every route, as everybody, on one's own things and on others'.

What is expected is written out here by hand and asks neither the program's table nor its declarations.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Response, g

from intake.policy.permissions import Permission
from intake.policy.predicates import of_own_hub
from intake.policy.table import DUTY, TABLE, Row
from intake.views.guards import access, signed_in
from tests.support.doors import DOORS, EVERYBODY, NAMES_NOTHING, PUBLIC, STEPPED_UP, expected
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
from tests.support.restricting import restrict_to_others
from tests.support.world import CAST, Stage

pytestmark = pytest.mark.unmeasured

#: The lists, and the trail, on which a case might be met.
LISTS = (
    "/concerns",
    "/referrals",
    "/queue",
    "/queue?list=mine",
    "/copies",
    "/passing",
    "/trail",
    "/trail/looking",
    "/breaches",
)


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
    rooms = ("concern", "children", "referral", *desk)
    for room in rooms:
        turned_away = tried(trier, only=room)
        assert wrong(letter, turned_away) == []
        assert told_apart(turned_away) == []
    for room in rooms:
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
    unfound = [asked for asked in unfound if asked.endpoint not in NAMES_NOTHING]
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


#: What an address names that is of one case.
OF_THE_CASE = {"concern_id", "child_file_id", "referral_id", "note_id", "meeting_id", "reference"}


def asked_about(trier: Trier, whose: Whose) -> dict[Asked, Answered]:
    """Ask everything about the town's case, or about one that is not there, that is the asker's to ask."""
    return {
        asked: trier.ask(rule, asked)
        for asked, rule in routes(trier.app)
        if asked.whose is whose
        and (rule.arguments & OF_THE_CASE or asked.endpoint.startswith("referral_new."))
        and trier.letter in DOORS[asked.endpoint].open
    }


@pytest.mark.parametrize("letter", ["r", "l", "w", "m", "h"])
def test_what_is_restricted_to_others_answers_byte_for_byte_as_what_is_not_there(
    letter: str, stage: Stage
) -> None:
    before = asked_about(Trier(stage.app, stage.place, stage.world, letter), Whose.OWN)
    restrict_to_others(stage)
    trier = Trier(stage.app, stage.place, stage.world, letter)
    restricted, absent = asked_about(trier, Whose.OWN), asked_about(trier, Whose.NONE)
    assert before
    assert {answered.came for answered in before.values()} == {Came.IN}
    assert {answered.came for answered in restricted.values()} == {Came.UNFOUND}
    assert told_apart(restricted | absent) == []
    case = stage.world.here.case
    told = {str(case.concern_id), str(case.referral_id), str(case.child_file_id), case.reference}
    for room in LISTS:
        page = trier.client.get(room).text
        assert not [word for word in told if word in page], room


def test_a_restriction_that_is_not_asked_after_is_noticed(stage: Stage) -> None:
    restrict_to_others(stage)
    kept_row = TABLE[Permission.REFERRAL_OPEN]
    TABLE[Permission.REFERRAL_OPEN] = (Row(DUTY, (of_own_hub,)),)
    try:
        answers = asked_about(Trier(stage.app, stage.place, stage.world, "w"), Whose.OWN)
    finally:
        TABLE[Permission.REFERRAL_OPEN] = kept_row
    opened = {asked.endpoint for asked, answered in answers.items() if answered.came is Came.IN}
    assert "queue.shown" in opened


@pytest.mark.parametrize("letter", ["l", "m"])
def test_a_session_that_ran_out_opens_nothing(letter: str, stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, stage.world, letter)
    stage.place.clock.instant += timedelta(hours=24)
    asking = [(asked, rule) for asked, rule in routes(stage.app) if letter in DOORS[asked.endpoint].open]
    answers = {
        asked: trier.ask(rule, asked)
        for asked, rule in asking
        if asked.method == "GET" and DOORS[asked.endpoint] != PUBLIC
    }
    assert {answered.came for answered in answers.values()} == {Came.TO_SIGN_IN}


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


def test_a_program_that_takes_forms_no_page_sent_is_noticed(stage: Stage) -> None:
    stage.app.before_request_funcs[None].append(lambda: setattr(g, "csrf_valid", True))
    trier, everything = Trier(stage.app, stage.place, stage.world, "l"), kept(stage.place)
    trier.carried["csrf_token"] = "made-up"
    for asked, rule in routes(stage.app):
        if asked.method == "POST" and expected("l", asked) is Came.IN:
            trier.ask(rule, asked)
    assert kept(stage.place) != everything


@pytest.mark.parametrize("letter", ["l", "m", "p"])
def test_what_wants_a_code_given_lately_asks_for_it_and_nothing_else_does(letter: str, stage: Stage) -> None:
    trier = Trier(stage.app, stage.place, stage.world, letter)
    stage.place.clock.instant += timedelta(minutes=6)
    doors = {name: door.open + door.unfound for name, door in DOORS.items()}
    shown = [(asked, rule) for asked, rule in routes(stage.app) if letter in doors[asked.endpoint]]
    shown = [(asked, rule) for asked, rule in shown if asked.method == "GET" or asked.endpoint in STEPPED_UP]
    # The first request of a minute puts down that somebody is at work.
    trier.client.get("/account")
    before = kept(stage.place)
    answers = {asked: trier.ask(rule, asked).came for asked, rule in shown if asked.endpoint in STEPPED_UP}
    assert set(answers.values()) == {Came.TO_GIVE_A_CODE}
    assert kept(stage.place) == before
    others = {trier.ask(rule, asked).came for asked, rule in shown if asked.endpoint not in STEPPED_UP}
    assert others <= {Came.IN, Came.UNFOUND}


def test_every_act_that_wants_a_code_given_lately_is_tried_by_somebody() -> None:
    doors = (DOORS[endpoint] for endpoint in STEPPED_UP)
    assert all(set(door.open + door.unfound) & set("lmp") for door in doors)


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


@pytest.mark.parametrize("by", ["its words", "a cookie"])
def test_an_answer_that_tells_what_there_is_is_noticed(by: str, stage: Stage) -> None:
    other = stage.world.elsewhere.case.concern_id

    def telling(concern_id: UUID) -> Response:
        tells = concern_id == other
        answer = Response("not yours" if tells and by == "its words" else "not there", 404)
        if by == "a cookie":
            answer.set_cookie("seen", "yes" if tells else "no")
        return answer

    stage.app.view_functions["concerns.shown"] = access(Permission.CONCERN_OPEN)(telling)
    answers = tried(Trier(stage.app, stage.place, stage.world, "l"), only="concerns.shown")
    assert told_apart(answers) == ["GET concerns.shown"]
