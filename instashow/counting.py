"""Where limits are counted: for all processes at once on Redis or in a SQLite file; while that is down, in this one."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from instashow.outage import Outage
from instashow.side_file import opened

Answer = TypeVar("Answer")


class Counts:
    """The counts of `place` (a storage's address), and this process's own for the time in which it does not answer."""

    def __init__(self, place: str, options: dict[str, Any]) -> None:
        self._shared = FixedWindowRateLimiter(cast(Storage, storage_from_string(place, **options)))
        self._own: FixedWindowRateLimiter | None = None
        self._outage = Outage("the counter of limits")

    def ask(self, question: Callable[[FixedWindowRateLimiter], Answer]) -> Answer:
        """What the counts say; never an error, since a limit is no reason to stop selling."""
        if not self._outage.resting:
            try:
                answer = question(self._shared)
            except Exception:
                self._outage.failed()
            else:
                self._outage.answered()
                return answer
        if self._own is None:
            self._own = FixedWindowRateLimiter(MemoryStorage())
        return question(self._own)


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
            self._own.connection = opened(self._path, self.TABLE)
        return cast(sqlite3.Connection, self._own.connection).execute(statement, words)
