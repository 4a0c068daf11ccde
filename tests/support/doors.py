"""Who comes in at which door, written out by hand: neither the table nor any declaration is asked."""

from dataclasses import dataclass

from tests.support.matrix import Asked, Came, Whose
from tests.support.world import CAST, CLOSED, NOBODY


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
NOBODYS_OWN = Door("", unfound=OWN_ACCOUNT.open, code=OWN_ACCOUNT.code)
#: The same where a code given lately is asked for first: `u` has given none either.
NOBODYS_OWN_LATELY = Door("", unfound="roldxapwmyhq", code="uv")
PEOPLE = Door("pq")
STAFF = Door("roldxu")
OF_A_CONCERN = Door("rld", unfound="ox", code_for_own="u")
OF_A_LEAD = Door("ld", unfound="x", code="u")
DUTY = Door("wmy", code="v")
OF_A_REFERRAL = Door("wm", unfound="y", code="v")
WATCH = Door("mah")
#: A request about an account: whoever sees requests about restricted cases finds no such thing.
OF_AN_ADMINISTRATOR = Door("pq", unfound="ldxwmyah", code="uv")

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
    "sign_in.old_link": Door("", unfound=EVERYBODY),  # of the time when the address held the secret
    "sign_in.first_password": Door("", unfound=EVERYBODY),  # nobody here was handed a link
    "sign_in.organisation": CHOOSING,
    "sign_in.second_factor": PASSWORD,
    "sign_in.recovery_code": PASSWORD,
    "account.second_factor": PASSWORD,
    "account.shown": OWN_ACCOUNT,
    "account.password": OWN_ACCOUNT,
    "account.home": OWN_ACCOUNT,
    "account.recovery_codes": Door("roldxapwmyhq", code="uv"),
    "account.end_session": OWN_ACCOUNT,
    "account.end_other_sessions": OWN_ACCOUNT,
    "account.end_shift_code": OWN_ACCOUNT,
    "drafts.save": OWN_ACCOUNT,
    "drafts.discard": OWN_ACCOUNT,
    "passkeys.use": PUBLIC,
    "passkeys.new": PASSWORD,
    "passkeys.remove": NOBODYS_OWN_LATELY,  # nobody here has one
    "single_sign_on.begin": Door("", unfound=EVERYBODY),  # there is no provider here
    "single_sign_on.back": Door("", unfound=EVERYBODY),
    "single_sign_on.link": NOBODYS_OWN_LATELY,
    "single_sign_on.confirm": NOBODYS_OWN,
    "single_sign_on.unlink": NOBODYS_OWN_LATELY,
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
    "people.ask_link": PEOPLE,
    "people.ask_reopening": PEOPLE,
    "second_person.listed": Door("pqldxwmyah", code="uv"),
    "second_person.ask_keys": PEOPLE,
    "second_person.shown": OF_AN_ADMINISTRATOR,
    "second_person.approve": OF_AN_ADMINISTRATOR,
    "second_person.refuse": OF_AN_ADMINISTRATOR,
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
    "children.correct": Door("ldx", code="u"),  # as children.shown
    "referral_new.fill": OF_A_CONCERN,
    "referral_new.check": OF_A_CONCERN,
    "referrals.listed": STAFF,
    "referrals.shown": OF_A_CONCERN,
    "referrals.call": OF_A_CONCERN,
    "searching.ask": Door("ldxwmy", code="uv"),
    "searching.shown": Door("lw", unfound="dxmy", code="uv"),
    "searching.known": OF_A_REFERRAL,
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
    "wrong_place.copy_of_hub": OF_A_REFERRAL,
    "wrong_place.copy_of_school": OF_A_LEAD,
    "breaches.listed": Door("ldxamh", code="u"),
    "breaches.shown": Door("ldamh", unfound="x", code="u"),
    "breaches.add": Door("ldm", unfound="x", code="u"),
    "restrictions.of_referral": Door("m"),
    "erasing.of_referral": Door("m"),
    "erasing.hold_of_referral": Door("m"),
    "extracts.of_referral": Door("m"),
    "extracts.of_child": Door("ldx", code="u"),  # as children.shown
    "extracts.made": Door("", unfound="ldxm", code="u"),  # nobody here asked for an extract
    "extracts.checked_of_referral": Door("m"),
    "extracts.checked_of_child": Door("ldx", code="u"),
    "erasing.of_child": Door("ldx", code="u"),
    "erasing.hold_of_child": Door("ldx", code="u"),
    "restrictions.of_concern": OF_A_LEAD,
    "restrictions.of_child": Door("ldx", code="u"),
    "restrictions.shown": Door("", unfound="roldxuwmy", code="v"),  # nothing is restricted to anybody here
    "restrictions.let_in": Door("", unfound="ldxm", code="u"),
    "restrictions.lift": Door("", unfound="ldxm", code="u"),
    "ties.of_referral": OF_A_REFERRAL,
    "ties.of_copy": OF_A_REFERRAL,
    "ties.of_offer": OF_A_REFERRAL,
    "ties.of_concern": OF_A_LEAD,
    "glass.broken": DUTY,
    "glass.behind": DUTY,
    "glass.closed": DUTY,
    "glass.reviews": Door("mh"),  # no school breaks any
    "glass.review": Door("", unfound="mh"),  # nobody here broke any
    "rota.shown": Door("m"),
    "rota.remove": Door("", unfound="m"),  # nobody here stands on a rota
    "decoys.listed": Door("mh"),
    "decoys.mark": Door("m"),
    "decoys.end": Door("", unfound="m"),  # nobody here marked any
    "shift_codes.listed": Door("wmyh", code="v"),  # nor gives one of these
    "shift_codes.give": Door("m"),
    "shift_codes.ask": Door("wy", code="v"),
    "shift_codes.review": Door("", unfound="mh"),  # nobody here was given one
    "shift_codes.end": Door("", unfound="m"),
    "oversight.shown": Door("mh"),  # it is for whoever reviews the two
    "limits.shown": Door("m"),
    "withheld.of_referral": OF_A_REFERRAL,
    "withheld.of_sent": OF_A_CONCERN,
    "withheld.of_child": Door("ldx", code="u"),  # as children.shown
    "looking.at_child": Door("ldx", code="u"),  # as children.shown
    "looking.at_referral": Door("m"),
    "looking.packed": WATCH,
    "looking.made": Door("", unfound="mah"),  # nobody here asked for a pack
    "looking.reported": WATCH,
    "trail.shown": WATCH,
    "trail.followed": WATCH,
    "trail.verified": WATCH,
}

#: What asks for a code again where the last one is more than five minutes old.
STEPPED_UP = {
    "account.recovery_codes",
    "directory_changes.approve",
    "erasing.of_child",
    "erasing.of_referral",
    "extracts.made",
    "extracts.of_child",
    "extracts.of_referral",
    "glass.broken",
    "looking.made",
    "passkeys.remove",
    "restrictions.let_in",
    "restrictions.lift",
    "second_person.approve",
    "second_person.ask_keys",
    "shift_codes.give",
    "single_sign_on.link",
    "single_sign_on.unlink",
}

#: What is not found there is no thing of anybody's: a link nobody was handed, a provider nobody has.
NAMES_NOTHING = {"sign_in.first_password", "sign_in.old_link"} | {
    f"single_sign_on.{act}" for act in ("begin", "back", "link", "confirm")
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
