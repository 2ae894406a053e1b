"""How often is too often: request limits, counted for all processes at once (Redis, else a SQLite file)."""

from __future__ import annotations

import functools
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from instashow.config import settings

EVERYBODY = "900 per minute"
"""Unsafe requests from one address."""
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")

Door = TypeVar("Door", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Count in one place; `INSTASHOW_LIMITS=off` lifts every limit but the guessing throttle."""
    made = app.extensions["instashow"]
    place = _redis(made.redis_url) if made.redis_url else f"instashow-file://{made.home.absolute()}/limits.db"
    app.extensions["instashow-pace"] = FixedWindowRateLimiter(cast(Storage, storage_from_string(place)))
    app.config.update(RATELIMIT_ENABLED=made.limits == "on", RATELIMIT_SWALLOW_ERRORS=True)
    Limiter(
        app=app,
        key_func=address,
        storage_uri=place,
        application_limits=[EVERYBODY],
        application_limits_exempt_when=lambda: request.method not in UNSAFE,
    )


def address() -> str:
    """The network address that asks, as the trusted proxies tell it."""
    return request.remote_addr or "nowhere"


def paced(limit: str) -> Callable[[Door], Door]:
    """A door that one address may use so often: `"20 per hour"`; only unsafe requests count."""

    def wrap(door: Door) -> Door:
        @functools.wraps(door)
        def asked(*words: Any, **named: Any) -> Any:
            if request.method in UNSAFE and settings().limits == "on":
                spend(limit, request.endpoint or "", address())
            return door(*words, **named)

        return cast(Door, asked)

    return wrap


def spend(limit: str, *whose: str) -> None:
    """Count one. Raises TooManyRequests, with the seconds to wait, where that is one too many."""
    if not _counter().hit(parse(limit), *whose):
        refuse(limit, *whose)


def spent(limit: str, *whose: str) -> bool:
    """Whether nothing is left, without counting."""
    return not _counter().test(parse(limit), *whose)


def count(limit: str, *whose: str) -> None:
    """Count one, whether or not something is left."""
    _counter().hit(parse(limit), *whose)


def forgive(limit: str, *whose: str) -> None:
    """Begin to count anew."""
    _counter().clear(parse(limit), *whose)


def refuse(limit: str, *whose: str) -> None:
    """Raises TooManyRequests, with the seconds to wait."""
    until = _counter().get_window_stats(parse(limit), *whose).reset_time
    raise TooManyRequests(retry_after=max(1, int(until - time.time()) + 1))


def forget() -> None:
    """Everything that was counted."""
    _counter().storage.reset()


def _counter() -> FixedWindowRateLimiter:
    return cast(FixedWindowRateLimiter, current_app.extensions["instashow-pace"])


def _redis(url: str) -> str:
    return f"redis+{url}" if url.startswith("unix:") else url


class FileStorage(Storage):
    """Counts in a SQLite file that all processes of the machine share; losing it forgives everybody."""

    STORAGE_SCHEME = ["instashow-file"]
    TABLE = "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, number INTEGER, ends REAL) WITHOUT ROWID"
    COUNT = """
        INSERT INTO counts VALUES (:key, :amount, :ends) ON CONFLICT (key) DO UPDATE SET
            number = CASE WHEN ends <= :now THEN :amount ELSE number + :amount END,
            ends = CASE WHEN ends <= :now THEN :ends ELSE ends END
        RETURNING number
    """

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._path = uri.partition("://")[2]
        self._own = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        if int(now * 1000) % 200 == 0:
            self._run("DELETE FROM counts WHERE ends <= ?", (now,))
        words = {"key": key, "amount": amount, "ends": now + expiry, "now": now}
        return int(self._run(self.COUNT, words).fetchone()[0])

    def get(self, key: str) -> int:
        return int(self._one("number", key) or 0)

    def get_expiry(self, key: str) -> float:
        return float(self._one("ends", key) or time.time())

    def check(self) -> bool:
        return self._run("SELECT 1", ()).fetchone() is not None

    def reset(self) -> int | None:
        return self._run("DELETE FROM counts", ()).rowcount

    def clear(self, key: str) -> None:
        self._run("DELETE FROM counts WHERE key = ?", (key,))

    def _one(self, column: str, key: str) -> Any:
        asked = f"SELECT {column} FROM counts WHERE key = ? AND ends > ?"  # noqa: S608
        row = self._run(asked, (key, time.time())).fetchone()
        return row[0] if row else None

    def _run(self, statement: str, words: Any) -> sqlite3.Cursor:
        if not hasattr(self._own, "connection"):
            made = sqlite3.connect(self._path, isolation_level=None, timeout=10)
            for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", self.TABLE):
                made.execute(pragma)
            self._own.connection = made
        return cast(sqlite3.Connection, self._own.connection).execute(statement, words)
