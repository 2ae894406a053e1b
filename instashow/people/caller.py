"""Who calls, for doors: the person, the visitor who holds seats, and who may pass.

An adapter to Flask-Login and the cookie; the rules it asks are `access`, `sessions` and `visitors`.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import abort, current_app, g, make_response, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from instashow import pace, web
from instashow.clock import now
from instashow.config import secret_key, settings
from instashow.db import transaction
from instashow.people import access, sessions, visitors, visits
from instashow.people.access import Duties
from instashow.people.sessions import SignedIn

Door = TypeVar("Door", bound=Callable[..., Any])


def me() -> SignedIn | None:
    """The signed-in person, by session or token."""
    someone = current_user._get_current_object()  # once: each word asked of the proxy looks the person up anew
    return cast(SignedIn, someone) if someone and someone.is_authenticated else None


def person_id() -> int:
    """The signed-in person's id. Raises 401 where nobody is signed in."""
    someone = me()
    if someone is None:
        abort(401)
    return someone.id


def duties() -> Duties:
    """What the signed-in person was given; nothing where nobody is signed in. One query a request."""
    if "duties" not in g:
        someone = me()
        g.duties = access.duties_of(someone.id) if someone else Duties()
    return cast(Duties, g.duties)


def may(act: str, theatre_id: int | None = None) -> bool:
    """Whether whoever asks may do it at this theatre; None is the whole installation."""
    return duties().may(act, theatre_id)


# Visitors.


def visitor_id() -> int:
    """Who holds seats: the person's visitor, or the anonymous session's, which gets its cookie here and nowhere else.

    Call it before transaction(): it may write the visitor's row. An anonymous program has none: 401.
    """
    found = visitor_if_any()
    if found is not None:
        return found
    someone = me()
    if someone is None and request.path.startswith("/api/"):
        abort(401)
    with transaction():
        if someone:
            return visitors.of_person(someone.id, now())
        session["visitor"] = secrets.token_urlsafe(24)
        return visitors.welcome(session["visitor"], address=_address(), now=now())


def visitor_if_any() -> int | None:
    """Who holds seats, where they did before; writes nothing and sets no cookie: for pages that only look."""
    someone = me()
    if someone:
        return someone.visitor_id
    if request.path.startswith("/api/") or "visitor" not in session:
        return None
    return visitors.anonymous(session["visitor"])


def adoption() -> tuple[int, int] | None:
    """The anonymous visitor that this browser was, and the person's: what it held is to be adopted.

    A door calls `booking.holds.adopt(*pair, now=now())` in a transaction of its own, then adopted().
    """
    someone = me()
    if someone is None or someone.session_id is None or "visitor" not in session:
        return None
    old = visitors.anonymous(session["visitor"])
    if old is None or someone.visitor_id is None:
        adopted()
        return None
    return old, someone.visitor_id


def adopted() -> None:
    """What was held under the anonymous session is the person's now."""
    session.pop("visitor", None)


def _address() -> str:
    return visitors.address_hash(pace.address(), secret_key(settings()))


# Who may pass.


def signed_in(door: Door) -> Door:
    """A door for people who are signed in; others are asked to sign in, and come back."""

    @functools.wraps(door)
    def asked(*words: Any, **named: Any) -> Any:
        return door(*words, **named) if me() else ask_to_sign_in()

    return cast(Door, asked)


def staff(act: str, at: Callable[..., int | None] | None = None) -> Callable[[Door], Door]:
    """A door for whoever may do `act` at some theatre; with `at` (the door's arguments → the theatre's id) at that one.

    Nobody signed in: the staff's sign-in. A customer: 403 in words. Where `at` finds no theatre: 404.
    """

    def wrap(door: Door) -> Door:
        @functools.wraps(door)
        def asked(*words: Any, **named: Any) -> Any:
            if me() is None:
                return ask_to_sign_in("admin.login")
            here = None if at is None else web.found(at(*words, **named))
            allowed = duties().may_somewhere(act) if at is None else duties().may(act, here)
            return door(*words, **named) if allowed else abort(403)

        return cast(Door, asked)

    return wrap


def ask_to_sign_in(door: str = "people.login") -> Response:
    """To the sign-in page and back; HTMX is told to go there, so that the page never lands inside a part."""
    there = url_for(door, next=_here())
    if not web.wants_part():
        return redirect(there, 303)
    answer = make_response("", 401)
    answer.headers["HX-Redirect"] = there
    return answer


def _here() -> str | None:
    """The page to come back to: this one, or, after a form or a part, the one it stood on."""
    if request.method == "GET" and not web.wants_part():
        return request.full_path.rstrip("?")
    try:
        parts = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    except ValueError:  # a bracket that is no IPv6 address
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "") if parts.netloc == request.host else None


# Visits.


def note_visit(answer: Response) -> Response:
    """After a page: once a local day a row for the reminders, and the session lasts from now. Parts poll, so they
    count nothing."""
    someone = cast(SignedIn | None, getattr(g, "_login_user", None))
    if someone is None or not someone.is_authenticated or web.wants_part() or answer.status_code >= 400:
        return answer
    day = visits.local_day(someone.zone, now())
    if someone.visited_on == day:
        return answer
    try:
        with transaction():
            visits.visit(someone.id, day)
            if someone.session_id is not None:
                sessions.seen(someone.session_id, now())
        session.modified = session.modified or someone.session_id is not None
    except Exception:
        current_app.logger.exception("a visit was not noted")
    return answer
