"""Addresses and cursors that no page of ours ever made: each is answered, and none with a failure."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

from flask import Flask

from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.place import TestPlace
from tests.support.web import Visiting

NOT_ASCII = {"QUERY_STRING": "a=\xff&b=\xc3\x28"}


def test_bytes_that_no_address_holds_are_not_understood(app: Flask) -> None:
    for path, method in product(("/", "/sign-in", "/queue", "/trail", "/nowhere"), ("GET", "POST")):
        answer = app.test_client().open(
            path, method=method, base_url="http://localhost", environ_overrides=NOT_ASCII
        )
        assert answer.status_code == 400


def test_a_number_beyond_every_trail_is_a_page_like_any_other(desk: Desk, visiting: Visiting) -> None:
    manager = visiting(desk.manager)
    for below in ("9" * 30, "-" + "9" * 30, str(2**63), str(2**31), "0", "-1", "%C2%B2", "x"):
        manager.get(f"/trail?below={below}", status=200)


def test_the_last_day_there_is_may_be_looked_for(desk: Desk, visiting: Visiting) -> None:
    visiting(desk.manager).get("/trail?on-day=31&on-month=12&on-year=9999", status=200)
    visiting(desk.manager).get("/trail?on-day=1&on-month=1&on-year=0001", status=200)


def test_a_reference_with_a_nul_in_it_names_nothing(desk: Desk, visiting: Visiting) -> None:
    manager = visiting(desk.manager)
    for path in ("/trail/R-%00", "/trail?reference=R-%00", "/queue/find?reference=R-%00"):
        manager.get(path, status=400)
    manager.get(f"/queue/find?reference={'R' * 1500}", status=303)


def test_any_place_in_the_queue_can_be_gone_on_from(desk: Desk, visiting: Visiting) -> None:
    desk.arrive()
    worker = visiting(desk.sam)
    ranks = ("0", "-1", "999999", "9" * 30)
    moments = ("0", "-62135596800000000", "253402300799999999", "9" * 30)
    for rank, at, which in product(ranks, moments, ("all", "decided")):
        worker.get(f"/queue?list={which}&after={rank}.{at}.{uuid4().hex}", status=200)


def test_a_draft_is_kept_for_no_page_that_could_not_be_come_back_to(
    people: People, visiting: Visiting
) -> None:
    teacher = visiting(people.actor(people.school(), Role.REPORTER))
    token = teacher.get("/concerns/new").form().values["csrf_token"]
    for path, status in (
        ("/concerns/new?a=%00", 400),
        ("/concerns/new?" + "a" * 300, 400),
        ("//elsewhere.example", 400),
        ("", 400),
        ("/nowhere", 404),
        ("/people/new", 403),
    ):
        for act in ("save", "discard"):
            teacher.send("post", f"/drafts/{act}?path={path}", {"csrf_token": token}, status=status)


def test_a_form_posted_to_an_address_too_long_for_a_draft_is_told_so(
    people: People, visiting: Visiting, place: TestPlace
) -> None:
    teacher = visiting(people.actor(people.school(), Role.REPORTER))
    token = teacher.get("/concerns/new").form().values["csrf_token"]
    typed = {"csrf_token": token, "happened": "A car waited.", "do": "save"}
    address = "/concerns/new?" + "a" * 300
    teacher.send("post", address, typed, status=404)
    place.clock.instant += timedelta(minutes=31)
    teacher.send("post", address, typed, status=404)


def test_a_part_of_a_form_without_a_name_is_not_understood(app: Flask) -> None:
    nameless = b"--b\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--b--\r\n"
    for path in ("/search", "/concerns/new", "/sign-in"):
        answer = app.test_client().post(path, data=nameless, content_type="multipart/form-data; boundary=b")
        assert answer.status_code == 400


def test_a_strangers_long_form_is_not_read_and_nobodys_beyond_two_megabytes(
    app: Flask, people: People, visiting: Visiting
) -> None:
    long = {"happened": "a" * 100_000}
    for path in ("/sign-in", "/concerns/new"):
        assert app.test_client().post(path, data=long, base_url="http://localhost").status_code == 413
    teacher = visiting(people.actor(people.school(), Role.REPORTER))
    token = teacher.get("/concerns/new").form().values["csrf_token"]
    teacher.send("post", "/concerns/new", {**long, "csrf_token": token}, status=200)
    teacher.send("post", "/concerns/new", {"happened": "a" * 2_100_000, "csrf_token": token}, status=413)
