"""The only clock."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from instashow import setting_words
from instashow.config import settings

log = logging.getLogger(__name__)


def now() -> datetime:
    """The time in UTC, aware, moved by what `INSTASHOW_CLOCK_FILE` says."""
    return datetime.now(UTC) + _offset()


def _offset() -> timedelta:
    """What cannot be read, or is no number, moves nothing: a test's slip is not an error on every page."""
    path = settings().clock_file
    if path is None or not path.exists():
        return timedelta(0)
    try:
        return timedelta(seconds=setting_words.seconds(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        _say_once(path, f"{type(error).__name__}: {error}")
        return timedelta(0)


@lru_cache(maxsize=32)
def _say_once(path: Path, wrong: str) -> None:
    log.warning("the clock file moves nothing", extra={"facts": {"file": str(path), "wrong": wrong}})
