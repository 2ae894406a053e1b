"""Everything that a form can be sent with instead of what its page would send."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask

from tests.house.imports import modules

READ = re.compile(r'(?:form|args|values|field|word)s?(?:\.getlist|\.get)?[\[(]f?"([a-z_-]+)')
ALSO = {"name", "username", "email", "password", "who", "type-1", "count-1-1", "accessible", "promo", "next", "reason"}
WORDS: tuple[str, ...] = (
    *("1", "x", "", " ", "-1", "0", "1.5", "1e999", "nan", "٣", "²", "on", "all", "null", "[]", "{}"),
    *("2147483648", "9223372036854775808", "9" * 400, "-" + "9" * 30),
    *("\x00", "a\x00b", "😀" * 60, "\u202e\u200f\ufeff"),
    *(
        "a" * 3000,
        "<script>alert(1)</script>",
        "'; DROP TABLE people; --",
        "{{ 7 * 7 }}",
        "%s%n%00",
        "../../etc/passwd",
    ),
    *(
        "//elsewhere.example/",
        "//[",
        "meena@example.com",
        "ravi@xn--a",
        "a@" + "b" * 300 + ".com",
        "2026-13-45",
        "99:99",
    ),
)
"""Of a field that stands for a number, a person, a time, a place, a text or an address."""
HARD = ("2147483648", "nan", "٣", "\x00", "a" * 3000, "//[")
"""The few on which addresses broke, here or elsewhere."""
IDS = ("0", "1", "1-kadal", "999999", "2147483648", "9" * 30, "-1", "x", "٣", "%00", "A" * 3000, "NOTTHERE", "..%2f1")
"""Of what an address names."""


def fields() -> list[str]:
    """The names that any door reads."""
    sources = (path.read_text(encoding="utf-8") for path in modules().values())
    return sorted({name for text in sources for name in READ.findall(text)} | ALSO)


def doors(app: Flask, method: str = "POST") -> list[str]:
    """The addresses that forms are sent to, or that are read, with what is left open in them."""
    every = {rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())}
    return sorted(rule for rule in every if "path:" not in rule)


def addresses(door: str, own: dict[str, str]) -> list[str]:
    """A door's address as it stands for what is there, then for what is not."""
    open_ = re.findall(r"<(?:\w+:)?(\w+)>", door)
    every = [own, *(dict.fromkeys(open_, id) for id in IDS)] if open_ else [own]
    return [re.sub(r"<(?:\w+:)?(\w+)>", lambda found, one=one: one.get(found[1], "1"), door) for one in every]


def bodies(token: str, names: list[str]) -> Iterator[dict[str, Any]]:
    """Whole requests' words, for the test client; each is one that no page of ours would send."""
    sealed, beside = {"csrf_token": token}, {"headers": {"X-CSRFToken": token}}
    for word in WORDS:
        yield {"data": sealed | dict.fromkeys(names, word)}
    yield {"data": sealed}
    yield {"data": sealed | {name: ["1", "2", "x", "1"] for name in names}}
    yield {"data": sealed | dict.fromkeys(names, "a" * 70_000)}
    yield {"data": sealed | {name: (io.BytesIO(b"a file"), "a.txt") for name in names}}
    yield {"data": sealed | {f"field-{n}": "x" for n in range(1500)}}
    yield {"data": sealed | {"seat": [str(n) for n in range(900)]}}
    yield {"json": {"seat": [1, {"id": None}], "quantity": -1, "csrf_token": token}, **beside}
    yield {"data": b"{", "content_type": "application/json", **beside}
    yield {"data": b"a", "content_type": "text/plain; charset=no-such", **beside}
    yield {"data": b"\xff=%ff&%ff=\xff&seat=%", "content_type": "application/x-www-form-urlencoded", **beside}
    yield {"data": b"no end", "content_type": "multipart/form-data; boundary=x", **beside}
    yield {"data": b"no boundary", "content_type": "multipart/form-data", **beside}
    yield {"data": {}}
    yield {"data": {"csrf_token": token + "x"}}
    yield {"data": {"csrf_token": [token, token]}}
