"""Browsers that signed in to an account before, so that a stranger's guesses do not lock its owner out of them.

A cookie that goes to the sign-in doors only, outlives signing out, and tells nobody whose accounts they are: a random
mark, and for each account a keyed hash of both.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import after_this_request, current_app, request, url_for
from werkzeug.wrappers import Response

from instashow import pace
from instashow.config import secret_key, settings
from instashow.people import caller

COOKIE = "instashow-known"
DOORS = ("people.login", "admin.login", "booking.checkout")
"""Where passwords are typed by people who are not signed in; other pages go without the cookie, and so can be kept."""
LASTS = 365 * 86400
MOST = 8
"""Accounts of one browser: a family's."""
WELL_FORMED = re.compile(r"[\w-]{22}(\.[0-9a-f]{32}){2,9}", re.ASCII)
NOBODY = 0
"""No account has this id: its seal says only that the mark is ours."""


def mark(account_id: int) -> str | None:
    """What this browser is counted by at this account; None where it never signed in to it."""
    someone = caller.me()
    if someone and someone.id == account_id:
        return f"session {someone.session_id}"
    own, seals = _kept()
    known = own and any(hmac.compare_digest(one, _seal(own, account_id)) for one in seals)
    return own if known and account_id != NOBODY else None


def or_address() -> str:
    """Whom the sign-in doors count: a browser that somebody signed in with before, else the network address."""
    own, _seals = _kept()
    return f"browser {own}" if own else pace.address()


def note(account_id: int) -> None:
    """This browser signed in: the answer carries the cookie."""
    own, seals = _kept()
    own = own or secrets.token_urlsafe(16)
    seal = _seal(own, account_id)
    words = ".".join([own, _seal(own, NOBODY), seal, *[one for one in seals if one != seal][: MOST - 1]])
    after_this_request(lambda answer: _set(answer, words))


def _kept() -> tuple[str | None, list[str]]:
    """The mark and the accounts' seals, where it is ours."""
    sent = request.cookies.get(COOKIE, "")
    if not WELL_FORMED.fullmatch(sent):
        return None, []
    own, ours, *seals = sent.split(".")
    return (own, seals) if hmac.compare_digest(ours, _seal(own, NOBODY)) else (None, [])


def _seal(own: str, account_id: int) -> str:
    words = f"known browser {own} {account_id}".encode()
    return hmac.new(secret_key(settings()).encode(), words, hashlib.sha256).hexdigest()[:32]


def _set(answer: Response, words: str) -> Response:
    secure = current_app.session_interface.get_cookie_secure(current_app)
    for door in DOORS:
        path = url_for(door)
        answer.set_cookie(COOKIE, words, max_age=LASTS, path=path, secure=secure, httponly=True, samesite="Lax")
    return answer
