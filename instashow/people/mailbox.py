"""How many letters one mailbox gets that anybody may ask for."""

from __future__ import annotations

from instashow import pace
from instashow.config import settings
from instashow.people.sessions import hashed

LETTERS = "5 per hour"
"""To one mailbox, of one kind; more are not written, and the page says the same."""


def full(kind: str, email: str) -> bool:
    """Count a letter that is asked for; whether it is one too many."""
    over = pace.over(LETTERS, kind, hashed(email.lower()))
    return over and settings().limits == "on"
