"""The throttle on guessing passwords: by account and address, by account, by address; always on.

Only misses count, so a theatre full of people behind one address may sign in. What is counted is what was typed,
whether or not there is such an account.
"""

from __future__ import annotations

from instashow import pace
from instashow.people.naming import username_key
from instashow.people.sessions import hashed

HERE = "10 per 15 minutes"
"""Misses of one account from one address."""
ACCOUNT = "100 per hour"
"""Misses of one account from anywhere."""
ADDRESS = "100 per 15 minutes"
"""Misses from one address."""


def refuse_if_over(identity: str) -> None:
    """Raises TooManyRequests, before anything is looked up, where too many guesses missed."""
    for limit, whose in _counts(identity):
        if pace.spent(limit, *whose):
            pace.refuse(limit, *whose)


def missed(identity: str) -> None:
    """A guess was wrong."""
    for limit, whose in _counts(identity):
        pace.count(limit, *whose)


def right(identity: str) -> None:
    """The owner is back: what was missed from this address is forgiven."""
    pace.forgive(HERE, *_counts(identity)[0][1])


def _counts(identity: str) -> list[tuple[str, tuple[str, ...]]]:
    account = hashed(username_key(identity.strip()))
    return [
        (HERE, ("guess", account, pace.address())),
        (ACCOUNT, ("guess-account", account)),
        (ADDRESS, ("guess-address", pace.address())),
    ]
