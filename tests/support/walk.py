"""The whole walk over HTTP, as the people walk it: accounts first, then the school, then the hub.

What everybody types comes from `say`, so that a test may look afterwards for every word of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

import pyotp

from intake.vocabulary import ROLES_WITH_SECOND_FACTOR, Role
from tests.support.authenticator import Authenticator
from tests.support.client import Answer, Visitor
from tests.support.passkey_pages import answer, options, use

Said = Callable[[str], str]
PASSWORD = "password"
_REQUEST = re.compile(r"/second-person/[0-9a-f-]{36}")
_CODE = re.compile(r"\b(?:[a-z0-9]{4}-){5}[a-z0-9]{4}\b")


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody signs in."""

    email: str
    password: str
    recovery_codes: tuple[str, ...] = ()
    passkey: Authenticator | None = None


@dataclass
class Walk:
    """Somewhere to walk: `visit` gives a browser that was never here, `say` the words for each box.

    `handed` are the one-time codes of the school's and the hub's two administrators.
    """

    visit: Callable[[], Visitor]
    now: Callable[[], datetime]
    say: Said
    handed: Mapping[str, str]
    accounts: dict[str, Account] = field(default_factory=dict)
    seconds: dict[Visitor, Visitor] = field(default_factory=dict)

    def browser_of(self, _who: str, /) -> Visitor:
        """Give somebody a browser that was never here."""
        return self.visit()

    def address(self, who: str) -> str:
        """Return an address to sign in with, made of what would be said there."""
        return f"{self.say(f'{who}.email').split()[0].lower()}@example.test"

    def open_accounts(self) -> dict[str, Visitor]:
        """Have the administrators come in by their codes and let their colleagues in; gives everybody."""
        school, hub = self.administrators("school"), self.administrators("hub")
        return {
            "school": school,
            "hub": hub,
            "teacher": self.colleague(school, "teacher", Role.REPORTER),
            "lead": self.colleague(school, "lead", Role.SAFEGUARDING_LEAD),
            "deputy": self.colleague(school, "deputy", Role.DEPUTY_LEAD, ladder="1"),
            "worker": self.colleague(hub, "worker", Role.DUTY_WORKER),
            "manager": self.colleague(hub, "manager", Role.DUTY_MANAGER),
        }

    def administrators(self, of: str) -> Visitor:
        """Come in as both administrators of an organisation; gives the first."""
        first = self.administrator(f"{of}.administrator")
        self.seconds[first] = self.administrator(f"{of}.second")
        return first

    def administrator(self, who: str) -> Visitor:
        """Come in as an administrator of an organisation."""
        visitor = self.browser_of(who)
        self.come_in(visitor, who, self.handed[who])
        assert visitor.get("/people").shown.heading == "People"
        return visitor

    def colleague(self, administrator: Visitor, who: str, *roles: Role, **more: str) -> Visitor:
        """Give somebody an account and have them come in by their code on the same day."""
        form = administrator.get("/people/new").form("/people/new")
        card = {part: self.say(f"{who}.{part}") for part in ("name", "post", "phone")}
        form.fill(**card, email=self.address(who), roles=[role.value for role in roles], **more)
        if set(roles) & ROLES_WITH_SECOND_FACTOR:
            form.fill(why=self.say(f"{who}.why"))
        person = form.submit(status=303).follow()
        handed = self.approve_all(administrator)
        page = handed[-1] if handed else person.form("Make a code for them to sign in").submit(status=200)
        found = _CODE.search(page.text)
        assert found is not None
        visitor = self.browser_of(who)
        self.come_in(visitor, who, found[0])
        return visitor

    def approve_all(self, administrator: Visitor) -> list[Answer]:
        """Have the second administrator approve what the first one asked for; gives what they are shown."""
        second, handed = self.seconds[administrator], list[Answer]()
        listed = second.get("/second-person").shown
        for path in sorted({path for path in listed.links.values() if _REQUEST.fullmatch(path)}):
            page = second.get(path)
            if any(words == "Approve" for form in page.shown.forms for words, *_ in form.buttons):
                handed.append(page.form("Approve").submit())
        return handed

    def come_in(self, visitor: Visitor, who: str, code: str) -> None:
        """Choose a password with a one-time code, and set up what is asked for: an app, or a passkey."""
        chosen = self.say(f"{who}.{PASSWORD}")
        typed = visitor.get("/welcome").form("/welcome").fill(code=code).submit(status=303)
        page = typed.follow().form("/welcome/password").fill(password=chosen, again=chosen)
        onward = page.submit(status=303)
        codes: tuple[str, ...] = ()
        key = None
        if onward.location.startswith("/sign-in/second-factor"):
            asked = onward.follow().follow()
            if asked.shown.heading == "Make a passkey":
                key, codes = self.make_passkey(visitor, who, asked)
            else:
                codes = self.set_up_app(asked)
        self.accounts[who] = Account(self.address(who), chosen, codes, key)

    def make_passkey(self, visitor: Visitor, who: str, page: Answer) -> tuple[Authenticator, tuple[str, ...]]:
        """Make a passkey on the device at hand, and look at it in the list; gives the recovery codes too."""
        key = Authenticator(visitor.origin, urlsplit(visitor.origin).hostname or "")
        made = answer(visitor, page, key.make(options(page)), name=self.say(f"{who}.passkey"))
        visitor.get("/account")
        return key, codes_on(made)

    def prove(self, visitor: Visitor, who: str) -> None:
        """Use one's passkey again, as an act wants it that may come late in the walk."""
        key = self.accounts[who].passkey
        assert key is not None
        assert use(visitor, key).status == 303

    def set_up_app(self, page: Answer) -> tuple[str, ...]:
        """Type the page's key into an app and the app's code into the page; gives the recovery codes."""
        key = page.shown.root.find(".//*[@class='pio-key']")
        assert key is not None
        code = pyotp.TOTP("".join((key.text or "").split())).at(self.now())
        return codes_on(page.form("Continue").fill(code=code).submit("Continue", status=200))

    def sign_in(self, who: str) -> Visitor:
        """Sign in with password and passkey or recovery code, as one has them; a wrong try comes first."""
        account, visitor = self.accounts[who], self.browser_of(who)
        wrong = {"email": f"{account.email[:-1]}x", "password": self.say(f"{who}.wrong {PASSWORD}")}
        page = visitor.get("/sign-in").form("Sign in").fill(wrong).submit("Sign in", status=200)
        right = page.form("Sign in").fill(email=account.email, password=account.password)
        onward = right.submit("Sign in", status=303)
        if account.passkey is not None:
            self.prove(visitor, who)
        elif onward.location.startswith("/sign-in/second-factor"):
            code = visitor.get("/sign-in/recovery-code").form("Continue").fill(code=account.recovery_codes[0])
            code.submit("Continue", status=303)
        return visitor

    def change_password(self, who: str, visitor: Visitor) -> None:
        """Choose another password."""
        account, chosen = self.accounts[who], self.say(f"{who}.second {PASSWORD}")
        form = visitor.get("/account/password").form("/account/password")
        form.fill(current_password=account.password, password=chosen, again=chosen).submit(status=303)
        self.accounts[who] = replace(account, password=chosen)

    def put_right(self, administrator: Visitor, who: str) -> None:
        """Put somebody's details right."""
        page = administrator.get("/people").link(self.say(f"{who}.name")).link("Put these details right")
        form = page.form(page.response.request.path)
        form.fill(post=self.say(f"{who}.post, put right"), phone=self.say(f"{who}.phone, put right"))
        form.submit(status=303).follow()


def codes_on(page: Answer) -> tuple[str, ...]:
    """Return the recovery codes a page shows."""
    return tuple(str(part.text) for part in page.shown.root.iter("code"))
