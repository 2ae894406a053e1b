"""What all web doors share: page or part, CSRF, the page's frame, security headers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask_babel import Babel, get_locale
from flask_login import current_user
from htmx_flask import Htmx
from htmx_flask import request as htmx_request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError
from werkzeug.wrappers import Response

from instashow import spoken
from instashow.clock import now
from instashow.config import LANGUAGES, settings
from instashow.proof import Proof
from instashow.typed import LARGEST_ID as LARGEST_ID
from instashow.typed import LOST

log = logging.getLogger(__name__)

csrf = Proof()
babel = Babel()
htmx = Htmx()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

HARDENING = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(self)"),
)
SAFE = ("GET", "HEAD", "OPTIONS")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OWN_NAMES = {"en": "English", "hi": "हिन्दी", "ta": "தமிழ்"}


class Slugged(BaseConverter):
    """An integer in a path that may carry a readable slug: `12-bahubali`; only the integer counts."""

    regex = r"[0-9]{1,15}(?:-[^/]*)?"

    def to_python(self, value: str) -> int:
        return _id(value.partition("-")[0])

    def to_url(self, value: Any) -> str:
        return str(value)


class Whole(IntegerConverter):
    """An integer in a path; one that no database could hold is a 404 and not an error."""

    regex = r"[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return _id(value)


def _id(digits: str) -> int:
    if int(digits) > LARGEST_ID:
        raise ValidationError
    return int(digits)


def init_app(app: Flask) -> None:
    """Install what every page needs."""
    app.url_map.converters |= {"slugged": Slugged, "int": Whole}
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=language, timezone_selector=zone, default_domain="messages")
    spoken.init_app(app, babel)
    htmx.init_app(app)
    app.before_request(refuse_nul)
    app.before_request(protect)
    app.after_request(harden)
    app.context_processor(frame)


def language() -> str:
    """The page's language: the person's, else the one picked in the footer, else the best of what the browser asks
    for, else the installation's."""
    if not has_request_context():
        return settings().language
    someone = _someone()
    picked = (someone and someone.language) or request.cookies.get("language")
    if picked in LANGUAGES:
        return str(picked)
    return request.accept_languages.best_match(LANGUAGES) or settings().language


def zone() -> str:
    """The time zone of dates without a theatre: that of the person's city, else the installation's."""
    someone = _someone() if has_request_context() else None
    return (someone and someone.zone) or settings().timezone


def _someone() -> Any:
    """The signed-in person; asked once, for each word of Flask-Login's proxy looks the person up anew."""
    someone = current_user._get_current_object()
    return someone if someone and someone.is_authenticated else None


def refuse_nul() -> None:
    """A NUL byte is in nobody's name, and PostgreSQL keeps none: refused once for all doors.

    In the address of a page it is left out, in that of the API it is malformed. In what a person typed into a form it
    becomes the mark of a character that was lost (as in a browser's own pages), which no field takes: so the field says
    it, and the form comes back as typed.
    """
    if "\0" in request.path:
        abort(404)
    if any("\0" in name or "\0" in word for name, word in request.args.items(multi=True)):
        if request.path.startswith("/api/"):
            abort(400)
        asked = request.args.items(multi=True)
        request.args = ImmutableMultiDict((name.replace("\0", ""), word.replace("\0", "")) for name, word in asked)
    if request.method not in SAFE and not request.path.startswith("/api/"):
        typed = list(request.form.items(multi=True))
        if any("\0" in name or "\0" in word for name, word in typed):
            mended = ((name.replace("\0", LOST), word.replace("\0", LOST)) for name, word in typed)
            request.form = ImmutableMultiDict(mended)


def protect() -> None:
    """Every unsafe request outside the API carries a CSRF token; where there is no such door, routing says so."""
    if request.routing_exception is None and request.method not in SAFE and not request.path.startswith("/api/v1"):
        csrf.protect()


def harden(response: Response) -> Response:
    """The security headers of every answer."""
    said = {name.lower() for name, _ in response.headers}
    for name, words in HARDENING:
        if name.lower() not in said:
            response.headers.add(name, words)
    if request.endpoint != "static":
        if "vary" in said:
            response.vary.add("HX-Request")
        else:
            response.headers.add("Vary", "HX-Request")
    someone = getattr(g, "_login_user", None)  # whoever the page asked for; asking here would cost every static file
    if session.modified or (someone is not None and someone.is_authenticated):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def frame() -> dict[str, Any]:
    """What the frame of a page (templates/base.html) shows, unless a door says otherwise."""
    locale = get_locale()
    person = _someone()
    return {
        "person": person,
        "cinema": settings().name,
        "page_lang": str(locale).replace("_", "-"),
        "page_dir": locale.text_direction if locale else "ltr",
        "page_day": DAYS[(now().astimezone(settings().zone) - timedelta(hours=6)).weekday()],
        "languages": [] if person else list(_languages(str(locale))),
        "flashes": Said(),
    }


def _languages(chosen: str) -> Iterator[dict[str, Any]]:
    here = request.full_path.rstrip("?") if request.method == "GET" and not wants_part() else "/"
    for code in LANGUAGES:
        url = current_app.url_for("people.pick_language", code=code, next=here)
        yield {"code": code, "name": OWN_NAMES[code], "url": url, "current": code == chosen}


class Said:
    """What say() left for this page; taken out of the cookie only where a page shows it."""

    def __iter__(self) -> Iterator[Any]:
        said = session.pop("_flashes") if "_flashes" in session else []
        return iter([words for _, words in said])


def say(text: str, **more: str) -> None:
    """Say it on the next page; `kind` "good" or "bad"; one way on: `link` and `url`."""
    flash({"text": text, **more})  # type: ignore[arg-type]


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
    ours = url and url.startswith("/") and not url.startswith("//") and "\\" not in url and url.isprintable()
    return url if url and ours else otherwise


def whole(text: str | None, low: int, high: int) -> int | None:
    """A typed whole number between low and high, or None: ASCII digits only, of any length."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        return None
    return int(text) if low <= int(text) <= high else None


def found(thing: Any) -> Any:
    """The thing, or the 404 page."""
    if thing is None:
        abort(404)
    return thing
