"""What axe finds wrong with a page as a browser shows it."""

from typing import Any

from playwright.sync_api import Page

from config import ROOT

_AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"


def violations(page: Page) -> list[str]:
    """Return each rule of WCAG 2.2 A and AA, and of good practice, that the page breaks, and where."""
    page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN, list(_RULES))
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]
