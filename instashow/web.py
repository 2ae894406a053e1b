"""What all web doors share: page or part, CSRF, security headers, error pages, money and times in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, g, make_response, redirect, render_template, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from htmx_flask import request as htmx_request
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from instashow.config import LANGUAGES, settings

csrf = CSRFProtect()
babel = Babel()
htmx = Htmx()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Slugged(BaseConverter):
    """An integer in a path that may carry a readable slug: `12-bahubali`; only the integer counts."""

    regex = r"[0-9]{1,15}(?:-[^/]*)?"

    def to_python(self, value: str) -> int:
        return int(value.partition("-")[0])

    def to_url(self, value: Any) -> str:
        return str(value)


def init_app(app: Flask) -> None:
    """Install what every page needs."""
    app.url_map.converters["slugged"] = Slugged
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=language, default_domain="messages")
    htmx.init_app(app)
    app.before_request(protect)
    app.after_request(harden)


def language() -> str:
    """The page's language: the person's, else the best of what the browser asks for, else the installation's."""
    chosen = getattr(g, "language", None)
    return chosen or request.accept_languages.best_match(LANGUAGES) or settings().language


def protect() -> None:
    """Every unsafe request outside the API carries a CSRF token."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and not request.path.startswith("/api/v1"):
        csrf.protect()


def harden(response: Response) -> Response:
    """The security headers of every answer."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self)")
    response.vary.add("HX-Request")
    return response


def wants_part() -> bool:
    """Whether HTMX asks for a part: boosted and history-restoring requests get the whole page."""
    return bool(htmx_request.htmx) and not htmx_request.htmx.boosted and not htmx_request.htmx.history_restore_request


def page_or_part(page: str, *, part: str, status: int = 200, **facts: Any) -> Response:
    """The whole page, or the part of it that HTMX asked for."""
    return make_response(render_template(part if wants_part() else page, **facts), status)


def see_other(url: str) -> Response:
    """303 to another page of ours; HTMX is told to go there as well."""
    response = redirect(url, 303)
    if htmx_request.htmx:
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
    return response


def safe_next(url: str | None, otherwise: str) -> str:
    """The page to go on to, if it is one of ours."""
    parts = urlsplit(url or "")
    if not url or parts.scheme or parts.netloc or not url.startswith("/") or url.startswith(("//", "/\\")):
        return otherwise
    return url


def found(thing: Any) -> Any:
    """The thing, or the 404 page."""
    if thing is None:
        abort(404)
    return thing
