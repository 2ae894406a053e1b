"""The only clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from instashow.config import settings


def now() -> datetime:
    """The time in UTC, aware, moved by what `INSTASHOW_CLOCK_FILE` says."""
    return datetime.now(UTC) + _offset()


def _offset() -> timedelta:
    path = settings().clock_file
    if path is None or not path.exists():
        return timedelta(0)
    return timedelta(seconds=float(path.read_text().strip() or 0))
