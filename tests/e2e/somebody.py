"""Somebody at a browser: does what a person does, and finds fault with every page it leads to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

from tests.e2e.album import Album
from tests.e2e.faults import Inspector

#: Milliseconds after which something is not going to happen, on a busy machine too.
PATIENCE = 15_000
_REFUSED = 400
_FAILED = 500
_SCRIPTS = re.compile(r"<script[^>]*></script>")


@dataclass
class Somebody:
    """A person with a browser of their own."""

    who: str
    page: Page
    address: str
    inspector: Inspector
    album: Album | None = None
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    expected: int = 0

    def __post_init__(self) -> None:
        self.take_up(self.page)

    def take_up(self, page: Page) -> None:
        """Go on in this tab, and hear what the browser complains of in it."""
        self.page = page
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._ask)
        page.on("response", self._answered)

    def open(self, path: str, *, status: int = 200) -> "Somebody":
        """Go to an address of ours."""
        with self.going(status=status):
            self.page.goto(f"{self.address}{path}")
        return self

    def press(self, words: str, *, within: Locator | None = None, status: int = 200) -> "Somebody":
        """Press a button, or a link that looks like one, and go where it leads."""
        with self.going(status=status), self.page.expect_navigation():
            self.button(words, within=within).click()
        return self

    def follow(self, words: str, *, within: Locator | None = None, first: bool = False) -> "Somebody":
        """Follow the link of this name, or the first of several."""
        link = (within or self.page).get_by_role("link", name=words, exact=True)
        with self.going(), self.page.expect_navigation():
            (link.first if first else link).click()
        return self

    @property
    def path(self) -> str:
        """The address of the page, without the machine it comes from."""
        return self.page.url.removeprefix(self.address)

    def button(self, words: str, *, within: Locator | None = None) -> Locator:
        """Find the one button of this name."""
        return (within or self.page).get_by_role("button", name=words, exact=True)

    @property
    def problems(self) -> Locator:
        """What the page says has to be looked at again."""
        return self.page.locator(".govuk-error-summary")

    @contextmanager
    def going(self, *, status: int = 200) -> Iterator[None]:
        """Do something that leads to another page, wait until that page is there, and look it over."""
        self.expected = status
        yield
        self.page.wait_for_load_state()
        if self.scripts and status < _FAILED:
            expect(self.page.locator("html")).to_have_attribute("data-pio-ready", "yes")
        self.look_over()
        self.expected = 0

    def look_over(self) -> None:
        """Find fault with the page, and keep a picture of it, if it is unlike every page before."""
        assert self.complaints == [], self.page.url
        if self.scripts and self.problems.count():
            expect(self.problems).to_be_focused()
        if not self.inspector.is_new(self.page):
            return
        if self.album is not None:
            self.album.keep(self.page, self.who)
        with self._as_it_stands() as page:
            found = self.inspector.faults(page)
        assert found == [], f"{self.page.url} ({self.page.title()}): {found}"

    def answer(self, question: str, words: str) -> "Somebody":
        """Type an answer into the box that is labelled so."""
        self.page.get_by_label(question, exact=True).fill(words)
        return self

    def choose(
        self, question: str, answer: str | re.Pattern[str], *, within: Locator | None = None
    ) -> "Somebody":
        """Choose one of the answers to a question."""
        asked = (within or self.page).get_by_role("group", name=question)
        asked.get_by_role("radio", name=answer, exact=isinstance(answer, str)).check()
        return self

    def pick(self, question: str, answer: str, *, within: Locator | None = None) -> "Somebody":
        """Pick an answer from a list that drops down."""
        (within or self.page).get_by_label(question, exact=True).select_option(answer)
        return self

    def tick(self, words: str, *, within: Locator | None = None) -> "Somebody":
        """Tick a box."""
        (within or self.page).get_by_role("checkbox", name=words, exact=True).check()
        return self

    def sees(self, *words: str | re.Pattern[str]) -> "Somebody":
        """Be sure that these words can be read on the page."""
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said)
        return self

    def sees_nothing_of(self, *words: str) -> "Somebody":
        """Be sure that none of these words is anywhere in what the browser was given."""
        sent = self.page.content()
        assert [said for said in words if said in sent] == []
        return self

    def is_at(self, heading: str | re.Pattern[str]) -> "Somebody":
        """Be sure that this is the page of that heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    @contextmanager
    def _as_it_stands(self) -> Iterator[Page]:
        """Give the page; of one without scripts a copy, where ours run and none of its own."""
        if self.scripts:
            yield self.page
            return
        browser, html = self.page.context.browser, _SCRIPTS.sub("", self.page.content())
        assert browser is not None
        context = browser.new_context(viewport=self.page.viewport_size)
        copy = context.new_page()
        copy.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        copy.goto(self.page.url)
        yield copy
        context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if self.expected >= _REFUSED and "Failed to load resource" in message.text:
            return
        self.complaints.append(message.text)

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "about:")):
            self.complaints.append(f"asks elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= _FAILED and self.expected != response.status:
            self.complaints.append(f"{response.status} from {response.url}")
