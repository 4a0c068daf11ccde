"""The pages that ask for a passkey, answered over HTTP by an authenticator in software."""

from xml.etree.ElementTree import Element

from tests.support.authenticator import Authenticator
from tests.support.client import Answer, Visitor

USE, MAKE = "/sign-in/passkey", "/account/passkeys/new"


def options(page: Answer) -> str:
    """Return what the page has the browser ask the device."""
    return _form(page).get("data-options", "")


def answer(visitor: Visitor, page: Answer, said: str, **more: str) -> Answer:
    """Send what a device said, as the page's script does."""
    form = page.form(_form(page).get("action", ""))
    form.values.update({"passkey_token": [said], **{name: [value] for name, value in more.items()}})
    return visitor.send("post", form.form.action, form.values)


def make(visitor: Visitor, key: Authenticator, at: str = MAKE, name: str = "Office laptop") -> Answer:
    """Make a passkey on this device."""
    page = visitor.get(at)
    return answer(visitor, page, key.make(options(page)), name=name)


def use(visitor: Visitor, key: Authenticator, at: str = USE) -> Answer:
    """Use a passkey."""
    page = visitor.get(at)
    return answer(visitor, page, key.use(options(page)))


def _form(page: Answer) -> Element:
    found = page.shown.root.find(".//form[@data-pio-passkey]")
    assert found is not None
    return found
