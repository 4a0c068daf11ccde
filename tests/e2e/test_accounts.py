"""Getting in, the first time and every time, and looking after the accounts of others."""

import re
from datetime import timedelta

import pyotp
import pytest

from intake.vocabulary import Role
from tests.e2e.cast import Cast
from tests.e2e.street import Street
from tests.factories.accounts import PASSWORD, AccountHolders
from tests.factories.people import People

pytestmark = pytest.mark.browser

NEW_PASSWORD = "lantern gravel tuesday"


def test_a_new_lead_is_invited_and_comes_in_by_an_app(street: Street, cast: Cast) -> None:
    administrator = street.sign_in("administrator", cast.administrator).is_at("People")
    administrator.press("Add a person").press("Add this person").sees("Enter their name")
    administrator.answer("Name", "Bea Quill").answer("Email address", "bea@example.test")
    administrator.tick("Deputy safeguarding lead").pick("When is this deputy told?", "Second")
    administrator.answer("Why do they need it?", "She covers from Monday.").press("Add this person")
    administrator.is_at("Bea Quill").sees(
        "No role", "No app and no passkey", "Waiting for a second administrator"
    )
    second = street.sign_in("second-administrator", cast.second_administrator).follow("Second person")
    second.follow("Give Bea Quill the role: Deputy safeguarding lead").sees("She covers from Monday.")
    second.press("Approve").is_at("Hand over this code")
    handed = second.page.locator(".pio-codes code").inner_text()
    address = second.page.locator(".pio-address").inner_text()

    bea = street.come("new-deputy", width=360).open(address.removeprefix(street.address))
    bea.answer("Code", "7k3m").press("Continue").sees("This code does not work.")
    bea.answer("Code", handed.upper().replace("-", " ")).press("Continue")
    bea.is_at("Choose your password").sees("bea@example.test")
    bea.answer("New password", "short").answer("New password again", "shorter")
    bea.press("Set my password and sign in").sees("The two passwords are not the same")
    bea.answer("New password", NEW_PASSWORD).answer("New password again", NEW_PASSWORD)
    bea.press("Set my password and sign in").is_at("Set up your authenticator app")
    key = bea.page.locator(".pio-key").inner_text().replace(" ", "")
    bea.answer("6-digit code", "000000").press("Continue").sees("code")
    code = pyotp.TOTP(key).at(int(street.place.clock.now().timestamp()))
    bea.answer("6-digit code", code).press("Continue").is_at("Keep these recovery codes")
    recovery = bea.page.locator(".pio-codes code").first.inner_text()
    bea.press("I have kept them").is_at("Concerns").sees("Everything has been read.")
    bea.press("Sign out").is_at("Sign in").sees("You are signed out.")

    bea.answer("Email address", "bea@example.test").answer("Password", NEW_PASSWORD).press("Sign in")
    bea.follow("Use a recovery code").answer("Recovery code", "wrong").press("Continue").sees("not one of")
    bea.answer("Recovery code", recovery).press("Continue").sees("You have 9 recovery codes left.")
    late = street.come("latecomer").open("/sign-in").follow("Set a password with a code")
    late.answer("Code", handed).press("Continue").sees("This code does not work.")


def test_an_account_is_looked_after_by_its_owner_and_by_the_administrator(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    elsewhere = street.sign_in("teacher-elsewhere", cast.teacher)
    teacher.follow("Your account").is_at("Your account").sees("You are here", "Not set up.")
    teacher.follow("Change Password").is_at("Change your password")
    teacher.answer("The password you have now", "not it").answer("New password", NEW_PASSWORD)
    teacher.answer("New password again", NEW_PASSWORD).press("Change my password")
    teacher.answer("The password you have now", PASSWORD).answer("New password", NEW_PASSWORD)
    teacher.answer("New password again", NEW_PASSWORD).press("Change my password")
    teacher.is_at("Your account").sees("You are signed out everywhere else.")
    teacher.follow("Change Home postcode").answer("Your home postcode (optional)", "WA8").press("Keep this")
    teacher.sees("Enter a whole postcode").answer("Your home postcode (optional)", "WA8 7QF")
    teacher.press("Keep this").is_at("Your account").sees("Given. Nobody is shown it.")
    elsewhere.open("/concerns/new").is_at("Sign in")

    administrator = street.sign_in("administrator", cast.administrator)
    administrator.follow("Priya Nair").is_at("Priya Nair").follow("Put these details right")
    administrator.answer("Post (optional)", "Form tutor").press("Save").sees("Form tutor")
    administrator.press("Close this account").sees("The account is closed")
    administrator.press("Open the account again").sees("The account is open again.")


def test_an_administrator_makes_a_passkey_and_comes_in_by_it(
    street: Street, cast: Cast, holders: AccountHolders
) -> None:
    newcomer = holders.make(cast.school_id, Role.ADMINISTRATOR, name="Bo Peep")
    bo = street.come("new-administrator", width=360)
    street.hand_over(bo)
    bo.open("/sign-in")
    street.give_password(bo, newcomer)
    bo.is_at("Make a passkey").answer("What do you call this device? (optional)", "Office laptop")
    bo.page.keyboard.press("Enter")
    bo.is_at("Keep these recovery codes").press("I have kept them").is_at("People")
    bo.button("Show or hide the menu").click()
    bo.follow("Your account").is_at("Your account").sees("Office laptop").press("Sign out")
    bo.follow("Sign in with a passkey").press("Use my passkey").is_at("People")

    careless = street.come("administrator-unverified")
    street.hand_over(careless, cast.administrator.passkey, verifies=False)
    careless.open("/sign-in/passkey").button("Use my passkey").click()
    careless.sees("Nothing was sent: the browser stopped, or you did.")
    plain = street.come("administrator-without-scripts", scripts=False)
    plain.open("/sign-in/passkey").sees("This browser cannot use a passkey here")


def test_guessing_is_slowed_and_told_so(street: Street, cast: Cast) -> None:
    guesser = street.come("guesser").open("/sign-in")
    guesser.press("Sign in").sees("Enter your password")
    for _ in range(5):
        guesser.answer("Email address", cast.lead.email).answer("Password", "a guess").press("Sign in")
        guesser.sees("The email address or the password is not right.")
    guesser.answer("Email address", cast.lead.email).answer("Password", "a guess")
    guesser.press("Sign in", status=429).is_at("Wait before you try again").sees("999")
    street.pass_time(timedelta(minutes=20))
    guesser.follow("Go back and try again")
    street.give_password(guesser, cast.lead)
    guesser.is_at("Enter the code from your app").press("Continue").sees("Enter the 6-digit code")


def test_somebody_with_two_posts_says_where_they_are_working(
    street: Street, cast: Cast, people: People, holders: AccountHolders
) -> None:
    other = people.school(name="Hillside Primary (test)")
    both = holders.make(cast.school_id, Role.REPORTER, name="Ola Bright")
    holders.also(both, other, Role.REPORTER)
    ola = street.sign_in("peripatetic-teacher", both)
    ola.is_at("Where are you working now?").press("Continue").sees("Choose where you are working now")
    ola.choose("Where are you working now?", "Hillside Primary (test)").press("Continue")
    ola.is_at("What do you want to do?")


def test_what_is_not_ones_own_is_refused_in_words(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    teacher.open("/people", status=403).is_at("This is not part of your work here")
    teacher.open("/drafts/save", status=405).is_at(re.compile("."))
    teacher.open("/who-to-ring").is_at("Who to ring now")
    teacher.follow("Referrals").is_at("Referrals").follow("Concerns").is_at("Concerns you recorded")


def test_a_worker_without_her_telephone_is_let_in_for_one_shift(street: Street, cast: Cast) -> None:
    manager = street.sign_in("duty-manager", cast.manager).follow("Oversight").follow("Codes for one shift")
    manager.sees("Nobody here has been given one.").press("Give a colleague a code")
    manager.press("Give the code").sees("Choose who cannot get in")
    manager.choose("Who cannot get in?", "Dilys Roberts")
    manager.answer("Why do they need it?", "Her telephone is at home. I knew her voice.")
    manager.press("Give the code").is_at("Read out this code")
    code = manager.page.locator(".pio-codes code").inner_text()
    sam = street.holders.make(cast.hub_id, Role.DUTY_WORKER, name="Sam Reed", app=True)
    worker = street.sign_in("worker", sam).follow("Shift codes").press("Ask for a code for a colleague")
    worker.choose("Who cannot get in?", "Dilys Roberts").answer("Why do they need it?", "She rang me, too.")
    worker.press("Ask for it").is_at("Give Dilys Roberts a code for one shift")
    manager.open(worker.path).sees("You are shown the code, this once.")
    manager.open("/shift-codes")

    dilys = street.come("worker-at-night", width=360, scripts=False).open("/sign-in")
    street.give_password(dilys, cast.worker)
    dilys.follow("Use a recovery code").sees("which a colleague read out to you").answer(
        "Recovery code", code
    ).press("Continue").is_at("Queue")
    dilys.follow("Shift codes").sees("You are in by one yourself")
    dilys.follow("Your account").sees("Malik Shah gave you one")

    auditor = (
        street.sign_in("auditor", cast.auditor).follow("1 review waits for you").follow("Codes for one shift")
    )
    auditor.page.get_by_role("link", name="Look into it").click()
    auditor.is_at("Review of a code for one shift").look_over()
    auditor.answer("What did you find out?", "Rang Dilys: it was she.").press("Close the review")
    auditor.sees("Reviewed")
    manager.page.get_by_role("button", name="End it").click()
    manager.sees("The code is ended.")
    dilys.open("/queue").is_at("Sign in")
