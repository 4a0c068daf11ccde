"""Asking the routing engine about a referral: who receives here today, and where the child lives and is."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.calendars.clocks import Clock as Clocked
from intake.calendars.clocks import one_working_day
from intake.calendars.hours import UnknownHours
from intake.calendars.local_time import to_local
from intake.casework.age import age_on
from intake.casework.documents.referral import RoutingTrace
from intake.casework.drafts import ReferralDraft
from intake.clock import Clock
from intake.db import Unit
from intake.models.concern import Exclusion
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.queries.places import Places
from intake.routing.decision import Decision
from intake.routing.directory import Directory
from intake.routing.engine import route
from intake.routing.places import (
    NO_FIXED_ADDRESS,
    NOT_KNOWN,
    AuthorityName,
    Located,
    Place,
    at_postcode,
    in_another_council,
    in_authority,
)
from intake.routing.question import Question
from intake.routing.record import (
    decision_from_json,
    decision_to_json,
    question_from_json,
    question_to_json,
)
from intake.vocabulary import Answer, OrganisationKind, Role

_ON_DUTY = (Role.DUTY_WORKER, Role.DUTY_MANAGER)


@dataclass(frozen=True, slots=True)
class Routed:
    """What was asked, what was answered, the clock that runs, and the hub here that receives it, if any.

    `copy_ids` are the hubs here that get a copy for information.
    """

    question: Question
    decision: Decision
    clock: Clocked
    hub_id: UUID | None
    copy_ids: tuple[UUID, ...] = ()

    def trace(self) -> RoutingTrace:
        """Return the whole of it, to be sealed with the referral."""
        return RoutingTrace(
            question_json=json.dumps(question_to_json(self.question)),
            decision_json=json.dumps(decision_to_json(self.decision)),
        )


class RoutingDesk:
    """Puts a referral's question to the engine, with the directory and the hubs that receive here."""

    def __init__(self, unit: Unit, clock: Clock, directory: Directory) -> None:
        self._session = unit.session
        self._clock = clock
        self._directory = directory
        self._places = Places(unit.session, directory)

    def ask(self, draft: ReferralDraft, *, school_id: UUID) -> Routed:
        """Return where a referral would go if it were sent now; nothing is kept."""
        now = self._clock.now()
        school = self._session.get_one(Organisation, school_id)
        hubs = receiving(self._session, now, but=self._named(draft))
        question = Question(
            home=self._home(draft),
            found=self._found(draft),
            at=now,
            danger=draft.danger_now is Answer.YES,
            missing=draft.missing_now is Answer.YES,
            urgent=draft.protection_now is Answer.YES,
            age=None if draft.due_on else age_on(draft.child.born_on, to_local(now).date()),
            due_on=draft.due_on,
            in_care=draft.in_care,
            caring=draft.caring_authority,
            allocated=draft.has_worker is Answer.YES,
            about_staff=_about_staff(draft),
            conflicted_staff=frozenset(str(person_id) for person_id in draft.named_staff_ids),
            receiving=frozenset(hubs),
            school_authority=school.authority_code,
        )
        decision = route(question, self._directory)
        return Routed(
            question=question,
            decision=decision,
            clock=decision.clock or self._clock_without_service(school, now),
            hub_id=hubs.get(decision.lead or "") if decision.lead_receives_here else None,
            copy_ids=tuple(hubs[slug] for slug in decision.informed if slug in hubs),
        )

    def as_of_now(self, trace: RoutingTrace) -> Decision:
        """Return whom to ring at this moment, for a referral that was sent earlier; nothing is kept."""
        question = question_from_json(json.loads(trace.question_json))
        return route(replace(question, at=self._clock.now()), self._directory)

    def locate(self, postcode: str) -> Located:
        """Return what a postcode says of the council: one for certain, some to ask about, or nothing."""
        return self._places.locate(postcode)

    def reached_at(self, slug: str) -> tuple[str, str]:
        """Return the name and the number of a service; its code and nothing where it is listed no more."""
        service = self._directory.services.get(slug)
        return (slug, "") if service is None else (service.name, service.phone_at(self._clock.now()).number)

    def all_councils(self) -> tuple[AuthorityName, ...]:
        """Return every council known by name, in the order of their names."""
        return tuple(sorted(self._directory.gazetteer.names.values(), key=lambda council: council.name))

    def _home(self, draft: ReferralDraft) -> Place:
        if draft.no_fixed_address:
            return NO_FIXED_ADDRESS
        postcode = draft.child.home_postcode.strip() or None
        located = None if postcode is None else self.locate(postcode)
        if draft.home_authority is not None:
            return in_authority(draft.home_authority, postcode, located)
        if draft.another_council:
            return in_another_council(postcode, located)
        return NOT_KNOWN if postcode is None else at_postcode(postcode, located)

    def _found(self, draft: ReferralDraft) -> Place | None:
        """Return where the child is now, as far as that is known to be somewhere else than at home."""
        postcode = draft.found_postcode.strip() or None
        located = None if postcode is None else self.locate(postcode)
        if draft.found_authority is not None:
            return in_authority(draft.found_authority, postcode, located)
        return None if postcode is None else at_postcode(postcode, located)

    def _named(self, draft: ReferralDraft) -> frozenset[UUID]:
        """Return everybody this case names: those ticked, and whoever one of its concerns names already."""
        before = select(Exclusion.person_id).where(Exclusion.case_id.in_(draft.concern_ids))
        return frozenset((*draft.named_staff_ids, *self._session.scalars(before)))

    def _clock_without_service(self, school: Organisation, now: datetime) -> Clocked:
        """Nobody receives it, and a clock runs all the same, by the working days of the school's nation."""
        return one_working_day(now, self._directory.named(school.authority_code).nation, UnknownHours())


def decided(trace: RoutingTrace) -> Decision:
    """Return the decision a trace holds, as it was made."""
    return decision_from_json(json.loads(trace.decision_json))


def _about_staff(draft: ReferralDraft) -> bool:
    """Say whether a member of staff is accused: where nobody says, whether a colleague is part of it."""
    if draft.about_staff is None:
        return bool(draft.named_staff_ids)
    return draft.about_staff is Answer.YES


def receiving(session: Session, at: datetime, but: Collection[UUID] = ()) -> Mapping[str, UUID]:
    """Return the hubs with somebody who can take a referral up, by the slug of their duty service.

    `but` are people who cannot, since the case names them: a hub where nobody else works does not receive.
    """
    rows = session.execute(
        select(Organisation.service_slug, Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        # In the schools' tier of a split installation only closed accounts of a hub can be seen.
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(
            Organisation.kind == OrganisationKind.HUB,
            Organisation.service_slug.is_not(None),
            Membership.role.in_(_ON_DUTY),
            Membership.from_at <= at,
            (Membership.to_at.is_(None)) | (Membership.to_at > at),
            Person.disabled_at.is_(None),
            Membership.person_id.not_in(but),
        )
        .distinct()
    )
    return {slug: hub_id for slug, hub_id in rows if slug is not None}
