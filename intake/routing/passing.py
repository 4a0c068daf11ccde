"""The question asked again when a referral is passed on: what was learned since, and who is left out."""

from dataclasses import replace
from datetime import datetime

from intake.routing.places import in_authority
from intake.routing.question import Question


def asked_again(
    question: Question,
    *,
    at: datetime,
    receiving: frozenset[str],
    by: frozenset[str],
    declined: frozenset[str],
    council: str | None,
) -> Question:
    """Give the question as it stands now that the services `by`, one of which has it, pass the referral on.

    `declined` are services that were offered it and declined. A council named anew is a new fact: whoever
    passed on or declined before may be asked again, and only `by` is left out. Without one, nobody is asked
    twice.
    """
    learned = council is not None and council != question.home.authority
    if council is not None:
        home = in_authority(council, question.home.postcode, question.home.located)
        question = replace(question, home=home)
    earlier = frozenset[str]() if learned else question.passed_on | declined
    return replace(question, at=at, receiving=receiving, passed_on=earlier | by)
