"""A new database gets its first admin at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from instashow.db import db, on_sqlite
from instashow.people import accounts, roles


def ensure(email: str, password: str | None, *, hashed: Callable[[str], str], now: datetime) -> str | None:
    """Make the first admin where nobody was ever one; None, or the generated password, to be printed once.

    `hashed` hashes a password. An account that the address has already becomes the admin and keeps its password.
    """
    if not on_sqlite():  # two servers that start at once make one
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("first admin", 0))))
    if roles.has_admin():
        return None
    return appoint(email, password, hashed=hashed, now=now)


def appoint(email: str, password: str | None, *, hashed: Callable[[str], str], now: datetime) -> str | None:
    """Make whoever has this address an admin, with a new account where there is none; None, or its generated
    password."""
    person_id, generated = account(email, password, hashed=hashed, now=now, name="Admin")
    roles.give(person_id, "admin", None, by=None, now=now)
    return generated


def account(
    email: str, password: str | None, *, hashed: Callable[[str], str], now: datetime, name: str
) -> tuple[int, str | None]:
    """The id of this address's account, made and confirmed where there is none, awake where it slept; and the password
    that was generated for it, if one was."""
    if known := accounts.by_email(email):
        if not known.active:
            accounts.resume(known.id, by=None, now=now)
        return known.id, None
    generated = None if password else secrets.token_urlsafe(12)
    person_id = accounts.create(email, hashed(password or generated or ""), name=name, now=now)
    accounts.confirm(person_id, email, now=now)
    return person_id, generated


def doubts(email: str) -> str | None:
    """What whoever gives a role should know of this account; None where its owner proved the address."""
    known = accounts.by_email(email)
    if known is None or known.confirmed_at:
        return None
    return (
        f"{email} was never confirmed: whoever signed up with it chose the password and may be somebody else. "
        "Ask its owner to open the link of the letter, or to reset the password"
    )
