"""Everything cached has a name, an expiry and an exact invalidation: cached() for doors, changed() for rules.

Beside each entry lie two stamps, one of its name and one of its key: random words made by whoever finds none.
An entry carries the stamps that stood before it was made and counts only while both still stand; changed()
removes a stamp. So an old answer that a slow reader stores after a change is never shown.
docs/caching.md lists all names.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_caching import Cache
from prometheus_client import Counter

from instashow.clock import now
from instashow.db import after_commit, db

log = logging.getLogger(__name__)
cache = Cache()
LONGEST = timedelta(hours=1)
Until = datetime | Callable[[Any], datetime | None] | None
AT_HAND = 128
"""Entries that a process remembers beside the shared cache."""
_at_hand: dict[str, Any] = {}
LOOKED = Counter("instashow_cache", "Looked up in the cache", ["name", "found"])


def init_app(app: Flask) -> None:
    """Keep cached things on Redis where one is set, else in a SQLite file that all processes share."""
    made = app.extensions["instashow"]
    on_redis = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": made.redis_url, "CACHE_KEY_PREFIX": "instashow:"}
    in_file = {"CACHE_TYPE": "instashow.sqlite_cache.SqliteCache", "CACHE_FILE": str(made.home / "cache.db")}
    cache.init_app(app, on_redis if made.redis_url else in_file)


def cached(
    name: str,
    key: str,
    make: Callable[[], Any],
    *,
    until: Until = None,
    also: tuple[str, ...] = (),
    shared: bool = False,
) -> Any:
    """What `make` gives, kept under name and key until `until` (at most an hour) or until changed(name, key).

    `also`: other names whose changed() ends it. `shared`: nobody who gets it ever changes it, so a process may hand out
    the same object again and again.
    Give `until` where time alone changes the answer (a sale opens, a hold lapses): a moment, or a function that
    reads it off what was made. Inside transaction() nothing is kept.
    """
    if _writing():
        return make()
    try:
        entry, stamps = (_look_near if shared else _look)(f"{name}={key}", (name, f"{name}:{key}", *also))
    except Exception:
        log.exception("the cache does not answer")
        return make()
    if entry and None not in stamps and entry[:-2] == stamps and now() < entry[-2]:
        LOOKED.labels(name, "yes").inc()
        return entry[-1]
    LOOKED.labels(name, "no").inc()
    return _make(name, key, make, until, also)


def at_hand(name: str, key: str, also: tuple[str, ...] = ()) -> Any:
    """What this process remembers under name and key, if all its stamps still stand and its time is not over."""
    place = f"{name}={key}"
    known = _at_hand.get(place)
    if known is None or now() >= known[-2]:
        return None
    stamps = tuple(cache.get_many(name, f"{name}:{key}", *also))
    if None in stamps or known[:-2] != stamps:
        _at_hand.pop(place, None)
        return None
    LOOKED.labels(name, "yes").inc()
    return known[-1]


def changed(name: str, key: str | None = None) -> None:
    """What is cached under name and key, or under the whole name, ends once the running transaction is written."""
    stamp = name if key is None else f"{name}:{key}"
    after_commit(lambda: cache.delete(stamp))


def _look(place: str, beside: tuple[str, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The entry and the stamps that stand now."""
    entry, *stamps = cache.get_many(place, *beside)
    return entry, tuple(stamps)


def _look_near(place: str, beside: tuple[str, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The same; what this process read itself is not read again, so that a large page costs as much as a small one."""
    if known := _at_hand.get(place):
        stamps = tuple(cache.get_many(*beside))
        if known[:-2] == stamps and now() < known[-2]:
            return known, stamps
    entry, stamps = _look(place, beside)
    if entry:
        _at_hand[place] = entry
        for oldest in list(_at_hand)[:-AT_HAND]:
            _at_hand.pop(oldest, None)
    return entry, stamps


def _make(name: str, key: str, make: Callable[[], Any], until: Until, also: tuple[str, ...]) -> Any:
    """The stamps are read first and the database's snapshot taken after them, so a change between is noticed."""
    try:
        stamps = tuple(_stamp(place) for place in (name, f"{name}:{key}", *also))
    except Exception:
        log.exception("the cache does not answer")
        return make()
    _forget_what_was_read()
    longest = now() + LONGEST
    value = make()
    ends = min((until(value) if callable(until) else until) or longest, longest)
    left = int((ends - now()).total_seconds())
    if left > 0:
        _keep(f"{name}={key}", (*stamps, ends, value), left + 1)
    return value


def _keep(place: str, entry: tuple[Any, ...], seconds: int) -> None:
    try:
        cache.set(place, entry, timeout=seconds)
    except Exception:
        log.exception("the cache keeps nothing")


def _stamp(place: str) -> str:
    made = secrets.token_hex(8)
    while not cache.add(place, made, timeout=int(2 * LONGEST.total_seconds())):
        if found := cache.get(place):
            return str(found)
    return made


def _writing() -> bool:
    session = db.session()
    if session.new or session.dirty or session.deleted:
        return True
    return session.in_transaction() and "sqlite_begin" in session.connection().get_execution_options()


def _forget_what_was_read() -> None:
    db.session.commit()
    db.session.expire_all()
