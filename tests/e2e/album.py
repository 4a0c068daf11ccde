"""Pictures of the pages a person met, in order, left where people can look at them."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from config import ROOT

PICTURES = ROOT / "test-output" / "pictures"
_WIDTHS = (1280, 360)
_LONGEST_NAME = 50


@dataclass
class Album:
    """One journey's pictures: each page on a wide screen and on a telephone."""

    folder: Path
    pages: int = 0

    @classmethod
    def begin(cls, journey: str) -> "Album":
        """Begin an album anew, with nothing left of the one before."""
        folder = PICTURES / journey
        shutil.rmtree(folder, ignore_errors=True)
        return cls(folder)

    def keep(self, page: Page, who: str) -> None:
        """Take the whole of a page."""
        self.pages += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        assert before is not None
        for width in _WIDTHS:
            page.set_viewport_size(ViewportSize(width=width, height=before["height"]))
            name = f"{self.pages:02}-{_slug(f'{who} {page.title()}')}-{width}.png"
            page.screenshot(path=self.folder / name, full_page=True)
        page.set_viewport_size(before)


def _slug(words: str) -> str:
    said = re.sub(r"\b[A-Z]-\w{4}-\w{4}\b", "", words.removesuffix(" - Pass It On")).lower()
    return re.sub(r"[^a-z0-9]+", "-", said).strip("-")[:_LONGEST_NAME].strip("-")
