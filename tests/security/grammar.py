"""Requests that no page of ours makes, put together from one seed: bodies, forms, headers, cookies."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote, urlencode

#: What must never be part of a statement, run as a script, be reckoned out, or become a header.
IN_SQL = "quollsql"
IN_HTML = "<quoll-tag"
RECKONED, RECKONS = "{{70007*3}}", b"210021"
HEADER = "X-Quoll"

_ATOMS: tuple[str, ...] = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "99999999999999999999999",
    "1e308",
    "NaN",
    "null",
    "true",
    "[]",
    "²",
    "٣",
    f"' OR 1=1 -- {IN_SQL}",
    f'" ; DROP TABLE person; /* {IN_SQL} */',
    f"') UNION SELECT '{IN_SQL}' --",
    f"\\'; SELECT pg_sleep(9) -- {IN_SQL}",
    f"{IN_HTML} onload=alert(1)>",
    f'">{IN_HTML}><script>alert(1)</script>',
    "javascript:alert(1)",
    RECKONED,
    "${70007*3}",
    "{0.__class__.__mro__}",
    "%(organisation_id)s %s %n",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "//elsewhere.example/",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "/%09/elsewhere.example",
    f"a\r\n{HEADER}: 1",
    f"a\n{HEADER}: 1\r\n\r\n<p>",
    "a\x00b",
    "\x1b[31mred",
    "\u202eolleh\u202c",
    "\ufeffa\u200b\u2060",
    "\ufffe\uffff",
    "\U0001f6a8" * 40,
    "Zoë Ó'Brien-Łukasz",
    "e\u0301" * 300,
    "İıſß" * 20,
    "2026-02-30",
    "2026-11-23",
    "9999-12-31",
    "0000-00-00",
    "31",
    "25:61",
    "R-2222-2222",
    "WA8 7QF",
    "01a206a1-c3b1-72cb-b145-b10e5bd94ce9",
    "somebody@example.test",
    "=cmd|'/c calc'!A1",
    "a" * 300,
    "a," * 6_000,
    "(" * 5_000,
    "A" * 70_000,
)
_QUERY_NAMES = (
    "next",
    "path",
    "list",
    "after",
    "before",
    "below",
    "reference",
    "person",
    "kind",
    "day",
    "name",
    "again",
    "concern",
    "council",
    "state",
    "code",
    "invited",
    "q",
    "v",
)
_VERBS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "QUOLL", "get")
_TYPES = (
    "application/json",
    "text/xml",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "text/plain; charset=klingon",
    "",
)
_HEADERS: Mapping[str, Sequence[str]] = {
    "Accept-Language": ("", "cy", "en;q=NaN", "x" * 3_000, "*", "../../cy"),
    "Accept": ("", "application/json", "text/html;q=-1", "*/*" * 500),
    "Cookie": (
        "session=",
        "session=a.b.c",
        "session=.eJw; session=x",
        "device=" + "y" * 4_000,
        "a=\xff",
        ";;;",
    ),
    "Host": ("elsewhere.example", "localhost:99999", "[::1", "a@b", ""),
    "If-None-Match": ("*", '"a"', "W/" * 99),
    "If-Modified-Since": ("yesterday", "Mon, 99 Feb 9999 99:99:99 GMT"),
    "Range": ("bytes=0-1", "bytes=9-1", "bytes=0-0," * 300, "lines=1"),
    "Sec-Fetch-Site": ("cross-site", "same-site", "none", "quoll"),
    "Sec-Purpose": ("prefetch",),
    "User-Agent": ("", f"{IN_HTML}>", "x" * 9_000),
    "X-Forwarded-For": ("127.0.0.1", "::1", "not an address", "1.2.3.4, " * 200),
    "X-Forwarded-Host": ("elsewhere.example",),
    "X-Forwarded-Proto": ("https", "gopher"),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Original-URL": ("/people",),
}


@dataclass(slots=True)
class Request:
    """One request, as the client of the tests takes it."""

    method: str
    path: str
    more: dict[str, object] = field(default_factory=dict)


class Grammar:
    """Puts requests together; the same seed puts together the same ones."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def request(
        self, method: str, path: str, fields: Mapping[str, Sequence[str]], carried: Mapping[str, str]
    ) -> Request:
        """Return a request to a route: `fields` of its form, `carried` the session's tokens."""
        made = Request(method, path)
        if method == "POST":
            self._body(made, fields, carried)
        self._spoil(made)
        return made

    def atom(self) -> str:
        """Return something nasty, plain or doubled."""
        made = self._chance.choice(_ATOMS)
        return made if self._chance.random() < 0.8 else made + self._chance.choice(_ATOMS)

    def among(self, things: Sequence[str]) -> str:
        """Return one of some things."""
        return self._chance.choice(things)

    def _body(self, made: Request, fields: Mapping[str, Sequence[str]], carried: Mapping[str, str]) -> None:
        kind = self._chance.random()
        if kind < 0.1:
            made.more["data"] = self._raw()
            made.more["content_type"] = self._chance.choice(_TYPES)
            return
        said = self._answers(fields, carried)
        if kind < 0.2:
            files = [(BytesIO(self.atom().encode("utf-8", "replace")), self.atom()) for _ in range(2)]
            made.more["data"] = {**dict(said), "file": files[0], self.among(list(fields) or ["x"]): files[1]}
            made.more["content_type"] = "multipart/form-data"
            return
        made.more["data"] = urlencode(said, encoding="utf-8", errors="surrogatepass")
        made.more["content_type"] = "application/x-www-form-urlencoded"

    def _answers(
        self, fields: Mapping[str, Sequence[str]], carried: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        said = [
            (name, self._chance.choice(offered) if offered and self._chance.random() < 0.5 else self.atom())
            for name, offered in fields.items()
            if name not in carried and self._chance.random() < 0.9
        ]
        said += [(name, self.atom()) for name, _ in said if self._chance.random() < 0.08]
        said += [
            (f"{name}-{self.atom()[:9]}", self.atom()) for name, _ in said if self._chance.random() < 0.04
        ]
        good = self._chance.random() < 0.85
        said += [(name, value if good else self.atom()) for name, value in carried.items()]
        if "version" not in fields and self._chance.random() < 0.5:
            said.append(("version", self.among(("1", "2", self.atom()))))
        self._chance.shuffle(said)
        return said

    def _raw(self) -> bytes:
        return self._chance.choice(
            (
                self._chance.randbytes(self._chance.randrange(4_000)),
                json.dumps({self.atom(): [self.atom()]}).encode(),
                b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
                b"--\r\nContent-Disposition: form-data; name=\r\n\r\n",
                b"a=1&" * 3_000,
                b"=&=&&&%zz=%&a[b]=1&a[b]=2",
            )
        )

    def _spoil(self, made: Request) -> None:
        """Change what stands around a request, now and then."""
        if self._chance.random() < 0.35:
            pairs = [
                (self.among(_QUERY_NAMES), self.atom()[:4_000]) for _ in range(self._chance.randrange(1, 4))
            ]
            made.path += ("&" if "?" in made.path else "?") + urlencode(pairs, errors="surrogatepass")
        if self._chance.random() < 0.06:
            made.method = self._chance.choice(_VERBS)
        if self._chance.random() < 0.06:
            parts = made.path.partition("?")[0].split("/")
            parts[self._chance.randrange(1, len(parts))] = quote(
                self.atom()[:900], safe="", errors="surrogatepass"
            )
            made.path = "/".join(parts)
        headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
        for _ in range(self._chance.choice((0, 0, 1, 3))):
            name = self._chance.choice(tuple(_HEADERS))
            headers[name] = self._chance.choice((*_HEADERS[name], self.atom().translate(_ONE_LINE)[:2_000]))
        made.more["headers"] = headers


#: A client of HTTP sends no header of two lines; what a server makes of one is tried with bytes of our own.
_ONE_LINE = {ord(each): None for each in "\r\n\x00"} | {
    point: "?" for atom in _ATOMS for point in map(ord, atom) if point > 0xFF
}
