"""Somebody who has a keyboard and nothing else."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.e2e.somebody import Somebody

_MOST_STOPS = 300

_HAS_FOCUS = "part => [part.contains(document.activeElement), document.activeElement === document.body]"
_WHERE = """() => {
  const here = document.activeElement;
  if (here === document.body) return "";
  const place = [...document.querySelectorAll("*")].indexOf(here);
  return `${place} ${here.tagName} ${here.id || here.name || here.textContent.trim()}`;
}"""
_STOPS = """() => {
  const reachable = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const groups = new Set();
  return [...document.querySelectorAll(reachable)].filter(part => {
    if (!part.checkVisibility() || part.disabled || part.tabIndex < 0) return false;
    if (part.type !== "radio") return true;
    const known = groups.has(part.name);
    groups.add(part.name);
    return !known;
  }).length;
}"""


@dataclass
class Hands:
    """Reaches everything by Tab, and works it with Space, Enter and the arrows."""

    somebody: Somebody

    def reach(self, wanted: Locator, *, backwards: bool = False) -> Locator:
        """Go from stop to stop until this control has focus; it must come before the round is over."""
        expect(wanted).to_be_visible()
        rounds = 0
        for _ in range(_MOST_STOPS):
            there, at_an_end = wanted.evaluate(_HAS_FOCUS)
            if there:
                return wanted
            rounds += at_an_end
            assert rounds <= 2, f"the keyboard never reaches {wanted}"
            self.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"the keyboard is caught at {self.where()}")

    def where(self) -> str:
        """Say what has focus; nothing when it is the page itself."""
        return str(self.somebody.page.evaluate(_WHERE))

    def press(self, key: str) -> None:
        """Press one key."""
        self.somebody.page.keyboard.press(key)

    def type(self, question: str, words: str) -> None:
        """Reach a box and type into it."""
        self.reach(self.somebody.page.get_by_label(question, exact=True))
        self.somebody.page.keyboard.type(words)

    def choose(self, question: str, answer: str) -> None:
        """Reach a group of radio buttons by Tab, and go through it with the arrows."""
        group = self.somebody.page.get_by_role("group", name=question)
        radios = group.get_by_role("radio")
        self.reach(group)
        wanted = group.get_by_role("radio", name=answer, exact=True)
        self.press("Space")
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows never come to {answer} of {question}")

    def tick(self, words: str) -> None:
        """Reach a box and tick it."""
        self.reach(self.somebody.page.get_by_role("checkbox", name=words, exact=True))
        self.press("Space")

    def go(self, control: Locator) -> None:
        """Reach a button or a link and press Enter, which leads to another page."""
        self.reach(control)
        with self.somebody.going(), self.somebody.page.expect_navigation():
            self.press("Enter")

    def go_round(self) -> None:
        """Go once through the whole page and be let out at its end, forwards and back."""
        due = self.somebody.page.evaluate(_STOPS)
        for key in ("Tab", "Shift+Tab"):
            stops: list[str] = []
            self.press(key)
            while (here := self.where()) and here not in stops:
                stops.append(here)
                self.press(key)
            assert len(stops) == due, f"{key} stops at {len(stops)} of {due}: {stops}"
