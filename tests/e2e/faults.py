"""What is wrong with a page as a person has it before them: for axe, for a small screen, for the keyboard."""

import hashlib
import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, ViewportSize

from tests.support.axe import violations

NARROW = 320
TALL = 900

#: What differs between two showings of one page: tokens, keys and ids. Neither axe nor an eye minds them.
_CHANGING = re.compile(
    r'(?<=value=")[^"]{30,}(?=")|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}\b'
)

_TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")]
    .filter(part => part.getBoundingClientRect().right > page.clientWidth + 1)
    .map(part => `${part.tagName.toLowerCase()}.${part.className}`);
  return [`scrolls sideways at ${page.clientWidth} px: ${[...new Set(wide)].slice(-5)}`];
}"""

# Each control is given focus as the keyboard gives it, and something about it has to look different: its
# outline, shadow, ground or border, or those of the box that its label draws for it.
_UNSEEN_FOCUS = """() => {
  const traits = ["outlineStyle", "outlineWidth", "boxShadow", "backgroundColor", "borderColor"];
  const look = (part, which) => traits.map(name => getComputedStyle(part, which)[name]).join();
  const boxes = part => [...part.labels ?? []].map(label => look(label, "::before"));
  const looks = part => [look(part), ...boxes(part)].join("/");
  const reachable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const before = document.activeElement;
  before.blur();
  const faults = [];
  for (const part of document.querySelectorAll(reachable)) {
    if (!part.checkVisibility({ visibilityProperty: true }) || part.disabled) continue;
    const unfocused = looks(part);
    part.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== part) faults.push(`takes no focus: ${part.outerHTML.slice(0, 80)}`);
    else if (looks(part) === unfocused) faults.push(`shows no focus: ${part.outerHTML.slice(0, 80)}`);
    part.blur();
  }
  before.focus({ preventScroll: true });
  if (before === document.body || document.activeElement !== before) {
    // Given back to what only a script may focus: the page itself, or its summary of errors.
    before.tabIndex = -1;
    before.focus({ preventScroll: true });
  }
  if (before === document.body) {
    before.removeAttribute("tabindex");
    before.blur();
  }
  return faults;
}"""


# A rule that displays it as a block would show it all the same.
_SHOWN_THOUGH_HIDDEN = """() => [...document.querySelectorAll("[hidden]")]
  .filter(part => part.checkVisibility())
  .map(part => `is shown though it is hidden: ${part.outerHTML.slice(0, 80)}`)"""

# What a page does when its width changes (show its menu's button, say) it does at its next frame.
_AFTER_A_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@dataclass
class Inspector:
    """Finds fault with pages, with each once: two pages alike but for their tokens are one page."""

    met: set[str] = field(default_factory=set)

    def is_new(self, page: Page) -> bool:
        """Say whether this page is unlike every page shown before, and remember it."""
        alike = hashlib.sha256(_CHANGING.sub("", page.content()).encode()).hexdigest()
        known = alike in self.met
        self.met.add(alike)
        return not known

    @staticmethod
    def faults(page: Page) -> list[str]:
        """Return everything that is wrong with a page, at the width it has and on the smallest screen."""
        page.evaluate(_AFTER_A_FRAME)
        found = [*violations(page), *page.evaluate(_UNSEEN_FOCUS), *page.evaluate(_SHOWN_THOUGH_HIDDEN)]
        width = page.viewport_size
        assert width is not None
        _resize(page, ViewportSize(width=NARROW, height=TALL))
        found += page.evaluate(_TOO_WIDE)
        _resize(page, width)
        return found


def _resize(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.evaluate(_AFTER_A_FRAME)
