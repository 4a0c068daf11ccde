"""A page as a test reads it: its words, forms and links, and everything that must be true of every page."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

#: Controls that need no label of their own.
_UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
_RUNNING_ON = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "time", "u"}
)
_NOT_READ = frozenset({"script", "style", "head", "template"})
_POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "data-pio-reveals")
_RUN_ON = re.compile(r"\s+")


def parse(html: str) -> Element:
    """Parse HTML as strictly as the standard allows; raises `html5lib.html5parser.ParseError`."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    # Reading a page runs no line of the program: measuring it would only take as long again.
    measuring = sys.gettrace()
    sys.settrace(None)
    try:
        tree: Element = parser.parse(html)
    finally:
        sys.settrace(measuring)
    return tree


def words(element: Element) -> str:
    """Return what a person reads in an element, with single spaces."""
    return _RUN_ON.sub(" ", "".join(_pieces(element))).strip()


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in _NOT_READ:
        return
    apart = "" if element.tag in _RUNNING_ON else " "
    yield f"{apart}{element.text or ''}"
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield apart


@dataclass(frozen=True)
class Control:
    """One thing in a form that is posted: its name, what it holds now, and what it may hold."""

    name: str
    kind: str
    offered: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass
class FormOnPage:
    """A form as it was shown."""

    action: str
    method: str
    controls: dict[str, Control]
    buttons: tuple[tuple[str, str, str], ...]
    in_main: bool = False

    @classmethod
    def read(cls, element: Element, *, in_main: bool) -> "FormOnPage":
        controls: dict[str, Control] = {}
        buttons = []
        for part in element.iter():
            if part.tag == "button" and part.get("type", "submit") == "submit":
                buttons.append((words(part), part.get("name", ""), part.get("value", "")))
            elif part.tag in {"input", "textarea", "select"} and part.get("name"):
                control = _control(part)
                controls[control.name] = _joined(controls.get(control.name), control)
        return cls(element.get("action", ""), element.get("method", ""), controls, tuple(buttons), in_main)

    def values(self) -> dict[str, list[str]]:
        """Return what would be posted as the form stands."""
        return {name: list(control.held) for name, control in self.controls.items() if control.held}


def _control(part: Element) -> Control:
    name, kind = part.get("name", ""), part.get("type", "text") if part.tag == "input" else str(part.tag)
    if kind == "select":
        options = list(part.iter("option"))
        values = tuple(option.get("value", words(option)) for option in options)
        chosen = [option.get("value", words(option)) for option in options if "selected" in option.attrib]
        return Control(name, kind, values, tuple(chosen[:1] or values[:1]))
    if kind in {"radio", "checkbox"}:
        value = part.get("value", "on")
        return Control(name, kind, (value,), (value,) if "checked" in part.attrib else ())
    if kind == "textarea":
        # The parser leaves out the one line end a browser would.
        return Control(name, kind, (), ("".join(part.itertext()),))
    return Control(name, kind, (), (part.get("value", ""),))


def _joined(before: Control | None, found: Control) -> Control:
    if before is None:
        return found
    return Control(found.name, found.kind, before.offered + found.offered, before.held + found.held)


@dataclass
class Page:
    """One page, checked when it is made; `faults` says what is wrong with it, in sentences."""

    html: str
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = parse(self.html)

    @cached_property
    def text(self) -> str:
        body = self.root.find("body")
        return "" if body is None else words(body)

    @cached_property
    def main(self) -> str:
        """The words of the main part, without what stands around every page."""
        main = self.root.find(".//main")
        return "" if main is None else words(main)

    @cached_property
    def title(self) -> str:
        title = self.root.find("head/title")
        return "" if title is None else "".join(title.itertext()).strip()

    @cached_property
    def heading(self) -> str:
        heading = self.root.find(".//h1")
        return "" if heading is None else words(heading)

    @cached_property
    def forms(self) -> tuple[FormOnPage, ...]:
        main = self.root.find(".//main")
        inner = set() if main is None else set(main.iter("form"))
        return tuple(FormOnPage.read(form, in_main=form in inner) for form in self.root.iter("form"))

    @cached_property
    def links(self) -> dict[str, str]:
        """Return where each link leads, by its words."""
        return {words(link): link.get("href", "") for link in self.root.iter("a")}

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """Return the lines of the error summary."""
        summary = self.root.find(".//*[@class='govuk-error-summary']")
        return () if summary is None else tuple(words(line) for line in summary.iter("li"))

    def faults(self) -> Iterator[str]:
        """Yield everything that may not be so on any page."""
        yield from self._faults_of_the_whole()
        yield from self._faults_of_pointing()
        yield from self._faults_of_controls()
        yield from self._faults_of_forms()
        yield from self._faults_of_running()

    def _faults_of_the_whole(self) -> Iterator[str]:
        if not self.root.get("lang"):
            yield "the page does not say its language"
        if not self.title:
            yield "the page has no title"
        if "gov.uk" in self.title.lower():
            yield "the title claims to be GOV.UK"
        headings = [int(part.tag[1]) for part in self.root.iter() if re.fullmatch("h[1-6]", str(part.tag))]
        if headings.count(1) != 1:
            yield f"the page has {headings.count(1)} h1"
        if any(after - before > 1 for before, after in pairwise(headings)):
            yield f"the headings skip a level: {headings}"
        if any("alt" not in image.attrib for image in self.root.iter("img")):
            yield "an image has no alt"

    def _faults_of_pointing(self) -> Iterator[str]:
        ids = Counter(part.get("id") for part in self.root.iter() if "id" in part.attrib)
        yield from (f"the id {name!r} is there {count} times" for name, count in ids.items() if count > 1)
        for part in self.root.iter():
            for attribute in _POINTING:
                for name in part.get(attribute, "").split():
                    if name not in ids:
                        yield f"{attribute} points at {name!r}, which is not there"
            href = part.get("href", "")
            if href.startswith("#") and href[1:] not in ids:
                yield f"a link leads to {href!r}, which is not there"

    def _faults_of_controls(self) -> Iterator[str]:
        labelled = {label.get("for") for label in self.root.iter("label") if words(label)}
        for part in self.root.iter():
            if part.tag not in {"input", "select", "textarea"} or part.get("type", "text") in _UNLABELLED:
                continue
            if (
                part.get("id") not in labelled
                and not part.get("aria-label")
                and not part.get("aria-labelledby")
            ):
                yield f"the control {part.get('name')!r} has no label"
        for part in self.root.iter():
            if part.tag in {"button", "a"} and not words(part) and not part.get("aria-label"):
                yield f"a {part.tag} has no words"
        for fieldset in self.root.iter("fieldset"):
            legend = fieldset.find("legend")
            if legend is None or not words(legend):
                yield "a fieldset has no legend"

    def _faults_of_forms(self) -> Iterator[str]:
        for form in self.forms:
            if not form.action or form.method not in {"get", "post"}:
                yield f"a form has no action or no method: {form.action!r} {form.method!r}"
            if form.method == "post":
                yield from (
                    f"the form to {form.action} carries no {name}"
                    for name in ("csrf_token", "once_key")
                    if name not in form.controls
                )

    def _faults_of_running(self) -> Iterator[str]:
        for part in self.root.iter():
            if part.tag == "style" or (part.tag == "script" and not part.get("src")):
                yield f"there is a {part.tag} in the page itself"
            for name, value in part.attrib.items():
                if name == "style" or name.startswith("on"):
                    yield f"a {part.tag} has the attribute {name}"
                if value.strip().lower().startswith("javascript:"):
                    yield f"a {part.tag} runs its {name}"
