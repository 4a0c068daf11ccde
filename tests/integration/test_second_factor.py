"""The second factor: codes of an app, each once; recovery codes, each once; and setting up a new app."""

import hmac
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import select

from intake.errors import Refused, SecondFactorNeeded
from intake.models.person import RecoveryCode
from intake.services.reception import Reception
from intake.services.recovery_codes import FreshCodes
from intake.services.second_factor import Proof
from intake.services.sessions import Found
from intake.vocabulary import Role
from tests.factories.accounts import HOME, AccountHolders, Holder
from tests.factories.people import People
from tests.support.place import TestPlace

#: For what refuses them: hashing is slow on purpose.
FRESH = FreshCodes((), b"", ())
LATER = timedelta(seconds=30)
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def lead(people: People, holders: AccountHolders) -> Holder:
    return holders.make(people.school(), Role.SAFEGUARDING_LEAD, app=True)


def begin(holders: AccountHolders, holder: Holder) -> Found:
    begun = holders.sign_in(holder).begun
    assert begun is not None
    return begun.found


def prove(place: TestPlace, found: Found, code: str, source: str = HOME) -> Proof:
    with place.writing() as services:
        return services.second_factor.prove(found, code, source=source)


def recover(place: TestPlace, found: Found, code: str) -> Proof:
    return Reception(place).recover(found, code, source=HOME)


def enrol(place: TestPlace, found: Found, secret: str | None = None, code: str = "") -> Proof:
    with place.writing() as services:
        offer = services.second_factor.offer(found, "ann@example.test", secret)
        code = code or pyotp.TOTP(offer.secret).at(place.clock.now())
        return services.second_factor.enrol(found, offer.signed, code, FreshCodes.make())


def test_the_code_of_the_app_proves_the_session_under_a_new_token(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    begun = holders.sign_in(lead).begun
    assert begun is not None
    proof = prove(place, begun.found, holders.code(lead))
    assert proof.begun is not None
    assert proof.begun.found.second_factor
    assert proof.begun.found.session_id == begun.found.session_id
    assert proof.begun.found.actor is not None
    assert Role.SAFEGUARDING_LEAD in proof.begun.found.actor.proven_roles
    with place.reading() as services:
        assert services.sessions.find(begun.token) is None


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_half_a_minute_out_still_works(
    place: TestPlace, holders: AccountHolders, lead: Holder, steps: int
) -> None:
    assert prove(place, begin(holders, lead), holders.code(lead, steps=steps)).begun is not None


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_a_minute_old_or_a_minute_early_does_not(
    place: TestPlace, holders: AccountHolders, lead: Holder, steps: int
) -> None:
    assert prove(place, begin(holders, lead), holders.code(lead, steps=steps)).begun is None


def test_a_code_works_once(place: TestPlace, holders: AccountHolders, lead: Holder) -> None:
    code = holders.code(lead)
    assert prove(place, begin(holders, lead), code).begun is not None
    assert prove(place, begin(holders, lead), code).begun is None


def test_a_code_from_before_the_last_one_used_does_not_work(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    earlier = holders.code(lead)
    assert prove(place, begin(holders, lead), holders.code(lead, steps=1)).begun is not None
    assert prove(place, begin(holders, lead), earlier).begun is None


def test_a_code_tried_twice_at_the_same_moment_works_once(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    sessions, code = [begin(holders, lead) for _ in range(4)], holders.code(lead)
    with ThreadPoolExecutor(4) as pool:
        proofs = list(pool.map(lambda found: prove(place, found, code), sessions))
    assert sum(proof.begun is not None for proof in proofs) == 1


FULL_WIDTH = "\uff11\uff12\uff13\uff14\uff15\uff16"


@pytest.mark.parametrize("code", ["", "12345", "abcdef", FULL_WIDTH, "0" * 40, "\x00"])
def test_what_is_no_code_proves_nothing(
    place: TestPlace, holders: AccountHolders, lead: Holder, code: str
) -> None:
    assert prove(place, begin(holders, lead), code).begun is None


def test_codes_are_not_for_guessing(place: TestPlace, holders: AccountHolders, lead: Holder) -> None:
    found = begin(holders, lead)
    proofs = [prove(place, found, "000000", ELSEWHERE) for _ in range(8)]
    assert [proof.wait_seconds for proof in proofs] == [0] * 5 + [30] * 3
    assert prove(place, begin(holders, lead), holders.code(lead), ELSEWHERE).wait_seconds == 30
    assert prove(place, begin(holders, lead), holders.code(lead)).begun is not None


def test_signing_in_again_and_again_gives_no_more_guesses_at_the_code(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    granted = sum(prove(place, begin(holders, lead), "000000").wait_seconds == 0 for _ in range(12))
    assert granted == 5


def test_somebody_without_an_app_can_prove_nothing(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    found = begin(holders, holders.make(people.school(), Role.SAFEGUARDING_LEAD))
    assert prove(place, found, "000000").begun is None
    assert recover(place, found, "7k3m-9qtx-2fgh").begun is None


def test_setting_up_an_app_proves_the_session_and_gives_ten_codes(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    proof = enrol(place, begin(holders, holder))
    assert proof.begun is not None
    assert proof.begun.found.second_factor
    assert len(set(proof.codes)) == 10
    with place.reading() as services:
        standing = services.second_factor.standing(holder.person_id)
    assert standing.enrolled
    assert standing.codes_left == 10


def test_the_code_that_set_the_app_up_does_not_sign_in(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(place.clock.now())
    enrol(place, begin(holders, holder), secret)
    assert prove(place, begin(holders, holder), code).begun is None
    place.clock.instant += LATER
    assert prove(place, begin(holders, holder), pyotp.TOTP(secret).at(place.clock.now())).begun is not None


def test_an_app_that_shows_another_code_is_not_set_up(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    found = begin(holders, holder)
    with pytest.raises(Refused) as refused:
        enrol(place, found, code="000000")
    assert (refused.value.field, refused.value.message) == ("code", "second_factor.wrong_code")
    assert holders.row(holder).seed_sealed is None


def test_a_secret_offered_to_another_session_is_not_taken(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    mine, theirs = begin(holders, holder), begin(holders, holder)
    with place.writing() as services:
        offer = services.second_factor.offer(theirs, "ann@example.test")
        code = pyotp.TOTP(offer.secret).at(place.clock.now())
        for signed in (offer.signed, f"{offer.secret}.", "", "é.é"):
            with pytest.raises(Refused):
                services.second_factor.enrol(mine, signed, code, FRESH)


def test_a_password_alone_cannot_put_another_app_in_the_place_of_one(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    with pytest.raises(SecondFactorNeeded):
        enrol(place, begin(holders, lead))
    assert prove(place, begin(holders, lead), holders.code(lead)).begun is not None


def test_a_new_app_is_set_up_soon_after_a_code_and_the_old_one_stops(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    proof = prove(place, begin(holders, lead), holders.code(lead))
    assert proof.begun is not None
    place.clock.instant += timedelta(minutes=5)
    new = pyotp.random_base32()
    assert enrol(place, proof.begun.found, new).begun is not None
    place.clock.instant += LATER
    assert prove(place, begin(holders, lead), holders.code(lead)).begun is None
    assert prove(place, begin(holders, lead), pyotp.TOTP(new).at(place.clock.now())).begun is not None


def test_a_session_left_open_cannot_change_the_app_or_get_new_codes(
    place: TestPlace, holders: AccountHolders, lead: Holder
) -> None:
    proof = prove(place, begin(holders, lead), holders.code(lead))
    assert proof.begun is not None
    place.clock.instant += timedelta(minutes=5, seconds=1)
    with pytest.raises(SecondFactorNeeded):
        enrol(place, proof.begun.found)
    with place.writing() as services, pytest.raises(SecondFactorNeeded):
        services.second_factor.renew_codes(proof.begun.found, FreshCodes.make())


def test_a_recovery_code_works_once_however_it_is_typed(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    codes = enrol(place, begin(holders, holder)).codes
    typed = f"  {codes[0].replace('-', ' ').upper()} "
    proof = recover(place, begin(holders, holder), typed)
    assert proof.begun is not None
    assert proof.begun.found.second_factor
    assert recover(place, begin(holders, holder), codes[0]).begun is None
    assert recover(place, begin(holders, holder), codes[1]).begun is not None
    with place.reading() as services:
        assert services.second_factor.standing(holder.person_id).codes_left == 8


def test_a_recovery_code_is_nobody_elses(place: TestPlace, people: People, holders: AccountHolders) -> None:
    ann, ben = (holders.make(people.school(), Role.SAFEGUARDING_LEAD) for _ in range(2))
    codes = enrol(place, begin(holders, ann)).codes
    enrol(place, begin(holders, ben))
    assert recover(place, begin(holders, ben), codes[0]).begun is None


def test_recovery_codes_are_not_for_guessing(place: TestPlace, holders: AccountHolders, lead: Holder) -> None:
    found = begin(holders, lead)
    waits = [recover(place, found, "7k3m-9qtx-2fgh").wait_seconds for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 30]


def test_new_codes_end_the_old_ones(place: TestPlace, people: People, holders: AccountHolders) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    enrolled = enrol(place, begin(holders, holder))
    assert enrolled.begun is not None
    with place.writing() as services:
        renewed = services.second_factor.renew_codes(enrolled.begun.found, FreshCodes.make())
    assert not set(renewed) & set(enrolled.codes)
    assert recover(place, begin(holders, holder), enrolled.codes[0]).begun is None
    assert recover(place, begin(holders, holder), renewed[0]).begun is not None


def test_a_recovery_code_is_kept_as_a_salted_slow_hash_and_an_older_one_still_works_once(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    holder = holders.make(people.school(), Role.SAFEGUARDING_LEAD)
    code, older, *_ = enrol(place, begin(holders, holder)).codes
    key = place.tools.key_ring.derive("recovery-code", holder.person_id.bytes)
    with place.writing() as services:
        rows = services.unit.session.scalars(select(RecoveryCode)).all()
        (salt,) = {row.code_hash[:16] for row in rows}
        # Reckoned beside the program: Argon2id with 19 MiB and two passes, then under the ring's key.
        slow = hash_secret_raw(code.replace("-", "").encode(), salt, 2, 19 * 1024, 1, 32, Type.ID)
        assert salt + hmac.digest(key, slow, "sha256")[:16] in {row.code_hash for row in rows}
        by_key_alone = hmac.digest(key, older.replace("-", "").encode(), "sha256")
        assert by_key_alone not in {row.code_hash for row in rows}
        for row in rows[1:]:
            services.unit.session.delete(row)
        rows[0].code_hash = by_key_alone
    assert recover(place, begin(holders, holder), code).begun is None
    assert recover(place, begin(holders, holder), older).begun is not None
    assert recover(place, begin(holders, holder), older).begun is None


def test_two_people_s_codes_are_salted_apart_and_whoever_has_none_is_asked_for_as_much_work(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    first, second, none = (holders.make(people.school(), Role.SAFEGUARDING_LEAD) for _ in range(3))
    for each in (first, second):
        enrol(place, begin(holders, each))
    with place.reading() as services:
        salts = [services.second_factor.recovery_salt(each.person_id) for each in (first, second, none)]
    assert [len(salt) for salt in salts] == [16] * 3
    assert len(set(salts)) == 3
