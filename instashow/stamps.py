"""What ends cached things exactly: stamps, one a name and one a key, random words made by whoever finds none.

An entry counts only while the stamps that stood before it was made all stand. Before a transaction that said changed()
is written its stamps are taken away, and none is made anew until it is written or given up; should its process die in
between, not for PENDING seconds. So no answer outlives the rows that it was made of, by a crash neither.
"""

from __future__ import annotations

import secrets
import zlib
from typing import Any, cast

from flask import Flask, g
from flask_caching import Cache

from instashow.db import at_end, before_commit
from instashow.outage import PATIENCE, Outage

cache = Cache()
PENDING = 30
"""Seconds: far more than a commit takes."""
MOST = 65_536
"""Stamps of the keys of one name."""
outage = Outage("the cache")
_owed: set[str] = set()
"""What this process could not take away while the cache did not answer."""


def init_app(app: Flask) -> None:
    """Keep cached things on Redis where one is set, else in a SQLite file that all processes share."""
    made = app.extensions["instashow"]
    on_redis = {
        "CACHE_TYPE": "instashow.redis_cache.StampingRedisCache",
        "CACHE_REDIS_URL": made.redis_url,
        "CACHE_KEY_PREFIX": "instashow:",
        "CACHE_OPTIONS": dict(PATIENCE),
    }
    in_file = {"CACHE_TYPE": "instashow.sqlite_cache.SqliteCache", "CACHE_FILE": str(made.home / "cache.db")}
    cache.init_app(app, on_redis if made.redis_url else in_file)


def changed(name: str, key: str | None = None) -> None:
    """What is cached under name and key, or under the whole name, ends as the running transaction is written."""
    if "changes" not in g:
        g.changes, g.writer = set(), secrets.token_hex(8)
        before_commit(_announce)
        at_end(_settle)
    g.changes.add(named(name if key is None else f"{name}:{key}"))


def end_all() -> None:
    """Nothing that was kept counts any more: the database is another one."""
    cache.clear()


def stamp(place: str, seconds: int) -> str | None:
    """The stamp that stands, made where there is none; None while what it stands for is being changed."""
    return cast(str | None, _backend().stamp(place, seconds))


def named(said: str) -> str:
    """The stamp of "name", or of "name:key": several keys share one, which ends a little too much now and then."""
    name, _, key = said.partition(":")
    return f"{name}:{zlib.crc32(key.encode()) % MOST}" if key else name


def pay() -> None:
    """What could not be said while the cache did not answer is said before it is asked again."""
    if _owed:
        owed = set(_owed)
        _backend().settle(owed, "")
        _owed.difference_update(owed)


def pay_soon() -> None:
    """The same by the clock of a process that asks for nothing, if the cache answers."""
    if not _owed or outage.resting:
        return
    try:
        pay()
    except Exception:
        outage.failed()


def _announce() -> None:
    """From here on nothing that hangs on these stamps counts."""
    g.announced = True
    if outage.resting:
        return
    try:
        pay()
        _backend().announce(g.changes, g.writer, PENDING)
    except Exception:
        outage.failed()


def _settle() -> None:
    """Written, or given up: stamps may be made again. What was given up before it was announced changed nothing."""
    changes, writer = g.pop("changes"), g.pop("writer")
    if not g.pop("announced", False):
        return
    if outage.resting:
        _owed.update(changes)
        return
    try:
        _backend().settle(changes, writer)
    except Exception:
        outage.failed()
        _owed.update(changes)


def _backend() -> Any:
    return cache.cache
