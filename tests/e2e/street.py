"""Where people come in from: it gives them browsers, and signs them in."""

from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser, CDPSession, ViewportSize
from sqlalchemy import text

from tests.e2e.album import Album
from tests.e2e.faults import TALL, Inspector
from tests.e2e.somebody import Somebody
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.support.authenticator import Authenticator
from tests.support.place import TestPlace


@dataclass(frozen=True, slots=True)
class Street:
    """The application at an address, and everybody who came to it."""

    address: str
    browser: Browser
    place: TestPlace
    holders: AccountHolders
    inspector: Inspector
    album: Album | None
    inside: list[Somebody]

    def come(self, who: str, *, width: int = 1280, scripts: bool = True) -> Somebody:
        """Give somebody a browser that has never been here."""
        context = self.browser.new_context(
            locale="en-GB",
            timezone_id="Europe/London",
            viewport=ViewportSize(width=width, height=TALL),
            java_script_enabled=scripts,
        )
        somebody = Somebody(who, context.new_page(), self.address, self.inspector, self.album, scripts)
        self.inside.append(somebody)
        return somebody

    def sign_in(self, who: str, holder: Holder, *, width: int = 1280, scripts: bool = True) -> Somebody:
        """Give somebody a browser and sign them in, with their app where they have one."""
        somebody = self.come(who, width=width, scripts=scripts).open("/sign-in")
        if holder.passkey:
            self.hand_over(somebody, holder.passkey)
            return somebody.follow("Sign in with a passkey").press("Use my passkey")
        self.give_password(somebody, holder)
        if holder.seed:
            self.give_code(somebody, holder)
        return somebody

    @staticmethod
    def hand_over(
        somebody: Somebody, key: Authenticator | None = None, *, verifies: bool = True
    ) -> CDPSession:
        """Put an authenticator into a browser, with a key in it or empty; it asks for a finger, or not."""
        browser = somebody.page.context.new_cdp_session(somebody.page)
        browser.send("WebAuthn.enable")
        traits = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
        }
        traits |= {"isUserVerified": verifies, "automaticPresenceSimulation": True}
        made = browser.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
        if key is not None:
            # It is one device, whichever browser it is in: its count goes up.
            key.count += 100
            given = {"authenticatorId": made["authenticatorId"], "credential": key.credential()}
            browser.send("WebAuthn.addCredential", given)
        return browser

    def give_password(self, somebody: Somebody, holder: Holder) -> None:
        """Type the address and the password on the page that asks for them."""
        somebody.is_at("Sign in").answer("Email address", holder.email).answer("Password", PASSWORD)
        somebody.press("Sign in")

    def give_code(self, somebody: Somebody, holder: Holder) -> None:
        """Type the code the app shows: always a new one, for no code is taken twice."""
        self.pass_time(timedelta(seconds=30))
        somebody.is_at("Enter the code from your app").answer("6-digit code", self.holders.code(holder))
        somebody.press("Continue")

    def pass_time(self, length: timedelta) -> None:
        """Let time go by."""
        self.place.clock.instant += length

    def break_database(self) -> None:
        """Take away what every page needs."""
        self._rename("person", "gone")

    def mend_database(self) -> None:
        """Put it back."""
        self._rename("gone", "person")

    def _rename(self, table: str, name: str) -> None:
        with self.place.database.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
