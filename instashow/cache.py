"""Everything cached has a name, an expiry and an exact invalidation: cached() for doors, changed() for rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_caching import Cache

from instashow.clock import now
from instashow.config import settings
from instashow.db import after_commit

cache = Cache()
LONGEST = timedelta(hours=1)


def init_app(app: Flask) -> None:
    """Keep cached things on Redis where one is set, else in a SQLite file that all processes share."""
    made = app.extensions["instashow"]
    if made.redis_url:
        cache.init_app(app, {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": made.redis_url})
    else:
        cache.init_app(app, {"CACHE_TYPE": "SimpleCache"})


def cached(name: str, key: str, make: Callable[[], Any], *, until: datetime | None = None) -> Any:
    """What `make` gives, kept under name and key until `until` (at most an hour) or until changed(name, key)."""
    place = f"{settings().name}:{name}:{key}"
    found = cache.get(place)
    if found is None:
        found = make()
        cache.set(place, found, timeout=_seconds(until))
    return found


def changed(name: str, key: str) -> None:
    """What is cached under name and key is no longer true, once the running transaction is written."""
    after_commit(lambda: cache.delete(f"{settings().name}:{name}:{key}"))


def _seconds(until: datetime | None) -> int:
    left = LONGEST if until is None else min(LONGEST, until - now())
    return max(1, int(left.total_seconds()))
