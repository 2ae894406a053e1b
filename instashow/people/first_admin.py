"""A new database gets its first admin at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from instashow.people import accounts, roles


def ensure(email: str, password: str | None, *, hashed: Callable[[str], str], now: datetime) -> str | None:
    """Make the first admin where nobody was ever one; None, or the generated password, to be printed once.

    `hashed` hashes a password. An account that the address has already becomes the admin and keeps its password.
    """
    if roles.has_admin():
        return None
    return appoint(email, password, hashed=hashed, now=now)


def appoint(email: str, password: str | None, *, hashed: Callable[[str], str], now: datetime) -> str | None:
    """Make whoever has this address an admin, with a new account where there is none; None, or its generated
    password."""
    generated = None
    if known := accounts.by_email(email):
        person_id = known.id
        if not known.active:
            accounts.resume(person_id, by=None, now=now)
    else:
        generated = None if password else secrets.token_urlsafe(12)
        person_id = accounts.create(email, hashed(password or generated or ""), name="Admin", now=now)
        accounts.confirm(person_id, email, now=now)
    roles.give(person_id, "admin", None, by=None, now=now)
    return generated
