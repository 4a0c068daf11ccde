"""One question before one directory, with who leads: whom the rules may choose from."""

from dataclasses import dataclass

from intake.routing.directory import Authority, Directory, Service
from intake.routing.leading import Leading, able_services, left_out
from intake.routing.question import Question
from intake.vocabulary import Nation, ServiceKind


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the directory it is put to, and who leads."""

    question: Question
    directory: Directory
    leading: Leading

    def able(self, authority: Authority | None) -> tuple[Service, ...]:
        """Give the services of an authority that may take this on, in the order tried."""
        return able_services(authority, self.question, self.directory) if authority else ()

    @property
    def holder(self) -> Service | None:
        """The service that keeps the written referral: the leading authority's front door, if it may."""
        return next(iter(self.able(self.leading.authority)), None)

    @property
    def informed(self) -> tuple[Service, ...]:
        """The services that get a copy for information, each once and never the holder."""
        doors = [next(iter(self.able(authority)), None) for authority in self.leading.informed]
        return tuple({door.slug: door for door in doors if door and door != self.holder}.values())

    @property
    def police(self) -> Service:
        """The police to ring without an emergency: of where the child lives, if no authority there leads."""
        located = self.question.home.located if self.leading.on_behalf else None
        at_home = self.directory.by_force.get(located.police_force or "") if located else None
        return at_home or self.directory.police(self.leading.authority)

    @property
    def open_cases(self) -> Service | None:
        """The line for children who have a social worker, of the authority that knows the child."""
        knows = self.leading.principal if self.question.allocated else None
        return self._of_kind(knows, ServiceKind.OPEN_CASES)

    @property
    def officer(self) -> Service | None:
        """The designated officer for concerns about staff, of the school's own authority."""
        school = self.question.school_authority if self.staff_in_england else None
        return self._of_kind(self.directory.authority(school), ServiceKind.LADO)

    @property
    def staff_in_england(self) -> bool:
        """Whether a designated officer is to be told of a member of staff; Wales has no such officer."""
        return self.question.about_staff and self._nation_of_school is Nation.ENGLAND

    @property
    def staff_in_wales(self) -> bool:
        """Whether the Welsh procedures' part about practitioners applies."""
        return self.question.about_staff and self._nation_of_school is Nation.WALES

    @property
    def _nation_of_school(self) -> Nation:
        if code := self.question.school_authority:
            return self.directory.named(code).nation
        return self.leading.authority.nation if self.leading.authority else Nation.ENGLAND

    def _of_kind(self, authority: Authority | None, kind: ServiceKind) -> Service | None:
        listed = self.directory.of_kind(authority.code, kind, self.question.at) if authority else ()
        return next((service for service in listed if not left_out(service, self.question)), None)
