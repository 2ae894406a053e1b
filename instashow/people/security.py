"""Flask-Security: it hashes, signs people in and out, and loads who asks, from session rows and tokens of ours.

Its login manager asks the two loaders here, one Core query each. Principal's hook, which would load the person with
all roles on every request, is taken out; access rules are ours (`people/access.py`, `people/caller.py`).
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Request, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_security import Security, SQLAlchemyUserDatastore, UserMixin, hash_password, login_user, logout_user
from flask_security.utils import parse_auth_token, set_request_attr, verify_password
from itsdangerous import BadData, URLSafeTimedSerializer

from instashow.clock import now
from instashow.config import settings
from instashow.db import db
from instashow.people import accounts, caller, guessing, known_browsers, sessions, tokens, visitors
from instashow.people.models import Person, Role
from instashow.people.sessions import SignedIn

COST = {"argon2__memory_cost": 19 * 1024, "argon2__time_cost": 2, "argon2__parallelism": 1}
"""argon2id as OWASP's password storage cheat sheet has it: 19 MiB, two passes, one lane."""
LONGEST_COOKIE = 4096
"""Letters that a browser keeps."""
SETTINGS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": COST,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_CACHE_CONTROL": {"private": None, "no-store": None},
    "SECURITY_TOKEN_MAX_AGE": 10 * 365 * 86400,
    "SECURITY_TOKEN_AUTHENTICATION_KEY": "instashow_token",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_CSRF_PROTECT_MECHANISMS": ["session", "basic"],
    "SECURITY_CSRF_COOKIE_NAME": None,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SESSION_PROTECTION": None,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_REFRESH_EACH_REQUEST": False,
    "PERMANENT_SESSION_LIFETIME": sessions.LASTS,
}
"""In Flask's and Flask-Security's own words. Without DNS every address would be refused; tokens end by our own row;
the token's name in a query string is nobody's guess; a page must not set the cookie anew each time."""


class NotTogether(Exception):
    """The e-mail or user name and the password do not go together, or there is no such account."""


class Suspended(Exception):
    """The password is right, but the account is closed."""


@dataclass(frozen=True)
class Known:
    """Somebody whose password was right while the account's uniquifier was `stamp` (none: made or changed just now);
    `fresh_hash` where it is to be hashed anew at today's cost."""

    id: int
    stamp: str | None = None
    fresh_hash: str | None = None


def init_app(app: Flask) -> None:
    """Install Flask-Security with our loaders; after web.init_app, since CSRF comes first."""
    app.config.update(SETTINGS)
    app.session_interface = Cookies()
    security = Security(app, SQLAlchemyUserDatastore(db, Person, Role), register_blueprint=False)
    security.login_manager.user_loader(_by_session)
    security.login_manager.request_loader(_by_bearer)
    security.login_manager.unauthorized_callback = caller.ask_to_sign_in
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request(caller.note_visit)


class Cookies(SecureCookieSessionInterface):
    """The cookie's flags by the way it travels: `__Host-` and Secure under https, plain over http on loopback."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Files are everybody's: they look at no cookie, and set none."""
        if request.path.startswith(f"{app.static_url_path}/"):
            return self.make_null_session(app)
        kept, signer = request.cookies.get(self.get_cookie_name(app), ""), self.get_signing_serializer(app)
        if signer is None:
            return None
        if not kept or len(kept) > LONGEST_COOKIE:
            return self.session_class()
        try:
            told, signed_at = _unsigned(signer, kept)
        except BadData:
            return self.session_class()
        if not 0 <= int(time.time()) - signed_at <= app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(deepcopy(told) if any(type(word) in (list, dict) for word in told.values()) else told)

    @lru_cache(maxsize=8)  # noqa: B019 - as many as there are apps in a process
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once an app: its key does not change while it runs."""
        return super().get_signing_serializer(app)

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-instashow" if self.get_cookie_secure(app) else "instashow"

    def get_cookie_secure(self, app: Flask) -> bool:
        host = urlsplit(f"//{request.host}").hostname or ""
        loopback = host in ("localhost", "127.0.0.1", "::1")
        return request.is_secure or (settings().public_url.startswith("https:") and not loopback)


@lru_cache(maxsize=4096)
def _unsigned(signer: URLSafeTimedSerializer, kept: str) -> tuple[dict[str, Any], int]:
    """What a cookie says, and when it was signed. Raises BadData where we did not sign it, which is not remembered.

    The same browser brings the same one with each request, and reading it costs a third of what looking up its person
    does. Whoever ends a session ends its row (`sessions.end`), which is asked for each time.
    """
    told, signed_at = signer.loads(kept, return_timestamp=True)
    return told, int(signed_at.timestamp())


# The two loaders of Flask-Login.


def _by_session(key: str) -> SignedIn | None:
    """For Flask-Login: the API never looks at the cookie."""
    if request.path.startswith("/api/"):
        return None
    found = sessions.signed_in(key, now())
    if found:
        set_request_attr("fs_authn_via", "session")
    return found


def _by_bearer(asked: Request) -> SignedIn | None:
    """For Flask-Login: a token that Flask-Security signed, and that stands in our table, which alone says how long."""
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if not asked.path.startswith("/api/") or scheme.lower() != "bearer" or not token:
        return None
    try:
        parse_auth_token(token)
    except (BadData, ValueError, TypeError, KeyError):
        return None
    found = tokens.bearer(token, now())
    if found:
        set_request_attr("fs_authn_via", "token")
    return found


# Signing in and out. The door opens the transaction.


def hashed(password: str) -> str:
    """A password as it is kept; costs 20 ms, so never under a lock."""
    return str(hash_password(unicodedata.normalize("NFKC", password)))


def known(identity: str, password: str) -> Known:
    """Who this is. The same work for an account that is not there.

    Raises NotTogether, Suspended, and TooManyRequests after too many misses.
    """
    account = accounts.find(identity)
    browser = known_browsers.mark(account.id if account else known_browsers.NOBODY)
    counted = guessing.guess(identity, account.id if account else None, browser)
    right = _fits(password, account.password if account else None)
    if account is None or not right:
        raise NotTogether
    guessing.right(counted)
    if not account.active:
        raise Suspended
    old = current_app.extensions["security"].pwd_context.needs_update(account.password)
    return Known(account.id, account.fs_uniquifier, hashed(password) if old else None)


def _fits(password: str, kept: str | None) -> bool:
    text = unicodedata.normalize("NFKC", password)[:1024]
    return bool(verify_password(text, kept or _nobody())) and kept is not None


def _nobody() -> str:
    """A hash that stands in for an account that is not there, so that both take as long."""
    found = current_app.extensions.get("instashow-nobody")
    if found is None:
        found = current_app.extensions["instashow-nobody"] = hashed(secrets.token_urlsafe())
    return cast(str, found)


def enter(who: Known, at: datetime) -> None:
    """Sign this browser in: a session row, and its key in the cookie. What it held stays to be adopted. Raises
    NotTogether where the password was changed, or the account closed, since it was judged."""
    if who.stamp is not None and not accounts.keep_standing(who.id, who.stamp, who.fresh_hash):
        raise NotTogether
    visitors.of_person(who.id, at)
    before = caller.me()
    if before and before.session_id is not None:
        sessions.end(before.id, before.session_id)
    key = secrets.token_urlsafe(32)
    sessions.begin(who.id, key=key, browser=request.user_agent.string, now=at)
    kept = {name: session[name] for name in ("visitor", "_flashes") if name in session}
    forget()
    session.update(kept)
    session.permanent = True
    login_user(cast(UserMixin, sessions.signed_in(key, at)), remember=False, authn_via=["password"])
    session["_user_id"] = key
    known_browsers.note(who.id)


def leave() -> None:
    """Sign this browser out: its session row goes, so a copied cookie is dead."""
    someone = caller.me()
    if someone and someone.session_id is not None:
        sessions.end(someone.id, someone.session_id)
    forget()


def forget() -> None:
    """Nothing of the person stays in this browser's cookie."""
    logout_user()
    session.clear()
    for name in ("csrf_token", "proof", "duties"):
        g.pop(name, None)


# Tokens, for programs.


def issue_token(person_id: int, *, name: str, scopes: Sequence[str], at: datetime) -> str:
    """A new token, shown once: Flask-Security signs it, our row names it and ends it. Raises tokens.BadScope."""
    # locked, so that a new password waits for this row and ends it too
    token = str(db.session.get_one(Person, person_id, with_for_update={"key_share": True}).get_auth_token())
    tokens.issue(person_id, token=token, name=name, scopes=scopes, now=at, expires_at=at + tokens.LASTS)
    return token
