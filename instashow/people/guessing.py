"""The throttle on guessing passwords: by account and address, by account, by address; always on.

Only misses count in the end, so a theatre full of people behind one address may sign in. A guess is counted before the
password is looked at, so that many at once gain nothing, and taken back where it was right. Counted is the account, by
whatever name it was asked for; where there is none, the name, so that no answer tells which it was.

A browser that signed in to the account before has a count of its own: strangers' guesses never lock the owner out.
"""

from __future__ import annotations

from collections.abc import Sequence

from instashow import pace
from instashow.people import naming
from instashow.people.sessions import hashed

HERE = "10 per 15 minutes"
"""Misses of one account from one address, or from one browser that it knows."""
ACCOUNT = "100 per hour"
"""Misses of one account from anywhere."""
ADDRESS = "100 per 15 minutes"
"""Misses from one address."""

Count = tuple[str, tuple[str, ...]]
"""A limit, and whose it is."""


def guess(identity: str, account_id: int | None, browser: str | None) -> Sequence[Count]:
    """Count one guess; gives what right() takes back. Raises TooManyRequests.

    `browser`: the mark of a browser that signed in to this account before.
    """
    counts = _counts(_whose(identity, account_id), browser)
    for limit, whose in counts:
        pace.spend(limit, *whose)
    return counts


def right(counts: Sequence[Count]) -> None:
    """The owner is back: this was no miss, and what was missed from here is forgiven."""
    (limit, whose), *wider = counts
    pace.forgive(limit, *whose)
    for limit, whose in wider:
        pace.give_back(limit, *whose)


def _counts(account: str, browser: str | None) -> list[Count]:
    if browser:
        return [(HERE, ("guess-known", account, hashed(browser)))]
    return [
        (HERE, ("guess", account, pace.address())),
        (ACCOUNT, ("guess-account", account)),
        (ADDRESS, ("guess-address", pace.address())),
    ]


def _whose(identity: str, account_id: int | None) -> str:
    if account_id is not None:
        return f"account {account_id}"
    try:
        return hashed(naming.email(identity).lower())
    except naming.BadWord:
        return hashed(naming.username_key(identity.strip()))
