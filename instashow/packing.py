"""Answers travel packed: brotli, else gzip, as the browser says it can read them.

Packed text tells by its length how much of it is said twice. Whoever makes a browser ask for pages with words of
theirs in the address, and watches the lengths, could so guess a secret of the page letter by letter (BREACH). The one
secret that stands on every page, its CSRF token, is therefore written anew each time (`proof.py`); and the session
cookie is SameSite=Lax, so another site's pages cannot ask for ours in somebody's name behind their back.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Literal

import brotli
from flask import Flask, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

How = Literal["br", "gzip"]
WAYS: tuple[How, ...] = ("br", "gzip")
"""The better one first."""
TEXT = {
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/problem+json",
    "application/rss+xml",
    "application/xml",
    "application/yaml",
    "image/svg+xml",
}
LEAST = 800
"""Bytes; what is shorter fits one packet as it is."""
BROTLI, GZIP = 5, 6
"""How hard they try: 86 kB of a page become 13.5 and 15.1 kB in 1.4 and 1.1 ms; brotli at its best: 11.6 in 80 ms."""


def init_app(app: Flask) -> None:
    """Pack what goes out, after whatever else looks at an answer: call this before others say `after_request`."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """The answer packed, where it is text of some length that is known whole; else as it was."""
    if response.status_code == 304 or not _is_text(response) or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    how = agreed(request.headers.get("Accept-Encoding", ""))
    if how and "Content-Encoding" not in response.headers:
        body = response.get_data()
        if len(body) >= LEAST:
            _send_as(response, packed(body, how), how)
    return response


def once(response: Response) -> Response:
    """The same for an answer whose very bytes are sent again and again: they are packed once a process."""
    if how := agreed(request.headers.get("Accept-Encoding", "")):
        _send_as(response, packed_once(response.get_data(), how), how)
    return response


@lru_cache(maxsize=256)
def agreed(accepted: str) -> How | None:
    """How to pack for somebody who sent this Accept-Encoding; None: as it is."""
    wishes = parse_accept_header(accepted, Accept)
    return max((how for how in WAYS if wishes[how] > 0), key=lambda how: wishes[how], default=None)


def packed(body: bytes, how: How) -> bytes:
    """The bytes, packed."""
    return brotli.compress(body, quality=BROTLI) if how == "br" else gzip.compress(body, GZIP, mtime=0)


@lru_cache(maxsize=128)
def packed_once(body: bytes, how: How) -> bytes:
    """The same, remembered: an object that was packed before costs next to nothing."""
    return packed(body, how)


def _send_as(response: Response, body: bytes, how: How) -> None:
    """An ETag becomes a weak one, since other bytes say the same."""
    response.set_data(body)
    response.headers["Content-Encoding"] = how
    etag, _weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)


def _is_text(response: Response) -> bool:
    """Whether packing is worth a try; pictures and faces are packed already."""
    kind = response.mimetype or ""
    return kind.startswith("text/") or kind in TEXT
