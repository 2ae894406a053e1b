"""Before Flask: a kept page is handed out again at once, to whoever brings no cookie and asks in the same words.

Flask answers first and says what it kept (`remember`); from then on the page costs one look at its stamps, as long as
these stand. Each answer has its own request id, is counted and logged like any other.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from instashow import cache, packing
from instashow.logs import GOOD_ID, new_id
from instashow.watch import ANSWERED, TOOK

log = logging.getLogger("instashow.requests")
MOST = 512
"""Addresses that a process remembers."""
LONGEST = 1000
"""Letters in which it was asked for one."""
OTHERWISE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE", "HTTP_X_REQUESTED_WITH")
"""Who brings one of these asks for something else."""
EACH = {"x-request-id", "content-length", "content-encoding"}
"""Headers that are another for each who asks."""
WORDS = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT_LANGUAGE", "HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME")

Environ = dict[str, Any]
Start = Callable[..., Any]
Asked = tuple[Any, ...]


@dataclass(frozen=True)
class Shown:
    """A page that was sent: under which key it is kept, what ends it, its route and headers."""

    key: str
    also: tuple[str, ...]
    route: str
    headers: list[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Stand before the app."""
    app.extensions["instashow-front"] = front = Front(app)
    app.wsgi_app = front  # type: ignore[method-assign, assignment]
    app.after_request(_note)


def remember(key: str, also: tuple[str, ...]) -> None:
    """The answer to the running request is kept in the cache, under the name "programme" and this key."""
    g.kept = (key, also)


class Front:
    """The app with its memory of what it sent."""

    def __init__(self, app: Flask) -> None:
        self.app, self.wsgi = app, app.wsgi_app
        self.shown: dict[Asked, Shown] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        shown = self.shown.get(_asked(environ)) if _plain(environ) else None
        if shown is None:
            return self.wsgi(environ, start)
        began = time.perf_counter()
        page = self._kept(shown)
        if page is None:
            return self.wsgi(environ, start)
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = sent if GOOD_ID.fullmatch(sent) else new_id()
        body, more = _packed(page.body, environ)
        start("200 OK", [*shown.headers, *more, ("X-Request-ID", request_id)])
        _tell(shown, request_id, len(body), time.perf_counter() - began)
        return [body]

    def _kept(self, shown: Shown) -> Any:
        """The page, where the cache can still say that it stands."""
        try:
            with self.app.app_context():
                return cache.at_hand("programme", shown.key, shown.also)
        except Exception:
            log.exception("the cache does not answer")
            return None


def _note(response: Response) -> Response:
    """Whatever sets a cookie or is no plain page is left to Flask."""
    found = g.pop("kept", None)
    front = _front()
    asked = _asked(request.environ)
    short = sum(len(word) for word in asked if word) <= LONGEST
    plain = response.status_code == 200 and "Set-Cookie" not in response.headers and _plain(request.environ)
    if found and front and short and plain:
        headers = [(name, value) for name, value in response.headers if name.lower() not in EACH]
        route = request.url_rule.rule if request.url_rule else "none"
        front.shown[asked] = Shown(found[0], found[1], route, headers)
        for oldest in list(front.shown)[:-MOST]:
            front.shown.pop(oldest, None)
    return response


def _front() -> Front | None:
    found: Front | None = current_app.extensions.get("instashow-front")
    return found


def _packed(body: bytes, environ: Environ) -> tuple[bytes, list[tuple[str, str]]]:
    """The page as this browser can read it, and the headers that say so."""
    how = packing.agreed(environ.get("HTTP_ACCEPT_ENCODING", ""))
    sent = packing.packed_once(body, how) if how else body
    return sent, [("Content-Length", str(len(sent))), *([("Content-Encoding", how)] if how else [])]


def _plain(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] == "GET" and not any(word in environ for word in OTHERWISE)


def _asked(environ: Environ) -> Asked:
    return tuple(environ.get(word) for word in WORDS)


def _tell(shown: Shown, request_id: str, size: int, seconds: float) -> None:
    ANSWERED.labels("GET", shown.route, 200).inc()
    TOOK.labels(shown.route).observe(seconds)
    if log.isEnabledFor(logging.INFO):
        facts = {"request": request_id, "method": "GET", "route": shown.route, "status": 200, "bytes": size}
        log.info("answered", extra={"facts": facts | {"ms": round(seconds * 1000, 1)}})
