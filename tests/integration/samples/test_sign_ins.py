"""Everybody in the practice copy really signs in, over HTTP, and comes to the room their day begins in."""

from pathlib import Path

import pyotp

from config import Settings
from intake.app import create_app
from intake.samples.people import PASSWORD, PEOPLE, SamplePerson
from intake.vocabulary import Role
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.practice import practice_on_either

_FIRST_ROOM = {
    Role.REPORTER: "What do you want to do?",
    Role.SAFEGUARDING_LEAD: "Concerns",
    Role.DEPUTY_LEAD: "Concerns",
    Role.DUTY_WORKER: "Queue",
    Role.DUTY_MANAGER: "Queue",
    Role.AUDITOR: "Trail",
    Role.ADMINISTRATOR: "People",
}


@practice_on_either
def test_everybody_signs_in_as_the_list_says(practice: TestPlace) -> None:
    settings = Settings(database_url="", key_ring=Path("unused"), sample=True, secure=False, testing=True)
    app = create_app(settings, practice)

    rooms = {somebody: _sign_in(Visitor(app), practice, somebody) for somebody in PEOPLE}

    assert rooms == {somebody: _FIRST_ROOM[somebody.role] for somebody in PEOPLE}


def _sign_in(visitor: Visitor, practice: TestPlace, somebody: SamplePerson) -> str:
    answer = visitor.get("/sign-in").form().fill(email=somebody.email, password=PASSWORD).submit()
    answer = answer.follow()
    if somebody.totp_secret is not None:
        code = pyotp.TOTP(somebody.totp_secret).at(practice.clock.now())
        answer = answer.form().fill(code=code).submit().follow()
    while answer.location:
        answer = answer.follow()
    assert "Practice copy" in answer.response.text
    return answer.shown.heading
