"""Which kinds of messages are pleasant, and which ones a person must have."""

from __future__ import annotations

OPTIONAL = frozenset(
    {"evening", "lapsed", "before", "after", "review", "promotion", "wish", "summary", "export", "export_failed"}
)
"""Reminders, reviews and the like: only to confirmed addresses, never sent again while the first try is uncertain."""


def must_know(kind: str) -> bool:
    """Whether a person must have it: everything about their account and their bookings."""
    return kind not in OPTIONAL
