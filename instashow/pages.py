"""Whole pages for people who are not signed in, kept as they were sent until something that they print changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from flask import current_app, make_response, request, session
from flask.sansio.app import App
from flask_login import current_user
from werkzeug.wrappers import Response

from instashow import front, packing, web
from instashow.cache import cached
from instashow.clock import now

MOST_PARAMETERS = 4
"""What is asked more closely is asked once; it need not be kept."""
MOST_LETTERS = 300
"""Of an address whose page is kept."""
FORTNIGHT = 14
"""Days: the programme is asked for, not the calendar."""
MOST_PAGES = 4096
"""Kept at once, however many addresses strangers make up: 70 MB as they lie in the cache."""


@dataclass(frozen=True)
class Made:
    """A page as it is sent, and when time alone makes it untrue."""

    body: str | bytes
    status: int = 200
    until: datetime | None = None


def kept(make: Callable[[], Made], *, among: tuple[str, ...], also: tuple[str, ...] = (), apart: str = "") -> Response:
    """The page; from the cache where nobody is signed in and nothing but a few of the parameters `among` is asked.

    Nor where somebody finds something of their own on every page (`not_kept_for`).
    `apart` is what else tells pages of one address apart, such as the city that a visitor picked.
    It ends with every change of the programme, whenever a seat is taken or freed, and with what `also` names.
    """
    if not _plain(among) or current_user.is_authenticated or "_flashes" in session or _is_theirs():
        made = make()
    else:
        key, ended_by = _key(apart), ("seats", "figures", *also)
        fresh = lambda: _encoded(make())  # noqa: E731
        made = cached("programme", key, fresh, until=_until, also=ended_by, shared=True, holes=MOST_PAGES)
        if made.status == 200:
            front.remember(key, ended_by)
            return _told_apart(packing.once(make_response(made.body)))
    return _told_apart(make_response(made.body, made.status))


def not_kept_for(app: App, theirs: Callable[[], bool]) -> None:
    """Whoever `theirs` says yes for finds something of their own on every page: theirs are made each time."""
    app.extensions.setdefault("instashow-theirs", []).append(theirs)


def _is_theirs() -> bool:
    return any(theirs() for theirs in current_app.extensions.get("instashow-theirs", ()))


def _told_apart(response: Response) -> Response:
    response.vary.update(("Cookie", "Accept-Language", "Accept-Encoding"))
    return response


def _encoded(made: Made) -> Made:
    return replace(made, body=made.body.encode() if isinstance(made.body, str) else made.body)


def _plain(among: tuple[str, ...]) -> bool:
    asked = request.args
    if len(list(asked.items(multi=True))) > MOST_PARAMETERS or not set(asked) <= set(among):
        return False
    return len(request.full_path) <= MOST_LETTERS and all(map(_near, asked.getlist("day")))


def _near(day: str) -> bool:
    """Whether many may ask for this day."""
    try:
        return abs((date.fromisoformat(day) - now().date()).days) <= FORTNIGHT
    except ValueError:
        return False


def _key(apart: str) -> str:
    asked = "\n".join((web.language(), apart, str(web.wants_part()), request.full_path))
    return "page " + hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


def _until(made: Made) -> datetime | None:
    """A refusal is not kept: its end is already here."""
    return made.until if made.status == 200 else datetime.min.replace(tzinfo=UTC)
