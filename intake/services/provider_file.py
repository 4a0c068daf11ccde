"""The providers of single sign-on an operator has written down, from a file of their own (TOML)."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from intake.errors import NotConfigured
from intake.services.fetching import is_safe
from intake.services.identity_provider import Terms

_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,30}")
_MUST: Final = ("slug", "name", "issuer", "client_id")
_TEXTS: Final = (*_MUST, "client_secret", "client_secret_file", "email_claim", "verified_claim")
_LISTS: Final = {"scopes": "scopes", "second_factor_amr": "amr", "second_factor_acr": "acr"}


def read_providers(path: Path | None) -> tuple[Terms, ...]:
    """Return the terms with each provider, none where no file is named; raises `NotConfigured`."""
    if path is None:
        return ()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        msg = f"The file of single sign-on providers, {path}, cannot be read: {wrong}"
        raise NotConfigured(msg) from wrong
    tables = said.get("provider")
    if set(said) != {"provider"} or not isinstance(tables, list) or not tables:
        msg = f"{path} must hold a table [[provider]] for each provider, and nothing else."
        raise NotConfigured(msg)
    found = tuple(_terms(table, path) for table in tables)
    if len({terms.slug for terms in found}) != len(found):
        msg = f"{path}: two providers have the same slug."
        raise NotConfigured(msg)
    return found


def _terms(table: Mapping[str, Any], path: Path) -> Terms:
    where = f"{path}: the provider {table.get('slug', '')!r}"
    _require_known(table, where)
    texts = {name: table[name] for name in _TEXTS if name in table}
    lists = {_LISTS[name]: table[name] for name in _LISTS if name in table}
    for name in _MUST:
        if not texts.get(name):
            raise NotConfigured(f"{where} does not say its {name}.")
    if not all(isinstance(text, str) for text in texts.values()) or not all(map(_is_list, lists.values())):
        raise NotConfigured(f"{where}: every value is a text, or a list of texts.")
    if not _SLUG.fullmatch(texts["slug"]):
        raise NotConfigured(f"{where}: the slug is small letters, digits and dashes, 31 at the most.")
    if not is_safe(texts["issuer"]):
        raise NotConfigured(f"{where}: the issuer is an https:// address.")
    texts["client_secret"] = _secret(texts, where)
    if not texts["client_secret"]:
        raise NotConfigured(f"{where} has an empty secret.")
    texts.pop("client_secret_file", None)
    sets: dict[str, Any] = {name: frozenset(lists[name]) for name in ("amr", "acr") if name in lists}
    if "scopes" in lists:
        sets["scopes"] = tuple(dict.fromkeys(("openid", *lists["scopes"])))
    return Terms(**texts, **sets)


def _require_known(table: Mapping[str, Any], where: str) -> None:
    for name in table:
        if name not in _TEXTS and name not in _LISTS:
            raise NotConfigured(f"{where} says {name!r}, which nobody knows.")


def _secret(texts: Mapping[str, str], where: str) -> str:
    """Return the secret this service proves itself with, from its own file or from this one."""
    if ("client_secret" in texts) == ("client_secret_file" in texts):
        raise NotConfigured(f"{where} needs client_secret_file, or client_secret, and not both.")
    if "client_secret" in texts:
        return texts["client_secret"]
    try:
        return Path(texts["client_secret_file"]).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as wrong:
        raise NotConfigured(
            f"{where}: its secret cannot be read from {texts['client_secret_file']}."
        ) from wrong


def _is_list(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(each, str) for each in said)
