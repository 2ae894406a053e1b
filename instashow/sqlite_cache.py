"""Flask-Caching's back end where there is no Redis: one SQLite file that all processes of the machine share."""

from __future__ import annotations

import pickle
import sqlite3
import threading
import time
from typing import Any, cast

from flask import Flask
from flask_caching.backends.base import BaseCache

TABLE = """
    CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, ends REAL NOT NULL) WITHOUT ROWID
"""
UPSERT = """
    INSERT INTO entries VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends
"""
SWEEP_EVERY = 500
"""Writes of one process between two removals of what has expired."""


class SqliteCache(BaseCache):
    """Each write is one atomic statement; losing the file loses nothing but time."""

    def __init__(self, path: str, default_timeout: int = 300) -> None:
        super().__init__(default_timeout)
        self._path = path
        self._own = threading.local()
        self._writes = 0

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> SqliteCache:
        return cls(config["CACHE_FILE"], config["CACHE_DEFAULT_TIMEOUT"])

    def get(self, key: str) -> Any:
        return self.get_many(key)[0]

    def get_many(self, *keys: str) -> list[Any]:
        marks = ",".join("?" * len(keys))
        question = f"SELECT key, value FROM entries WHERE key IN ({marks}) AND ends > ?"  # noqa: S608
        found = dict(self._run(question, *keys, time.time()).fetchall())
        return [pickle.loads(found[key]) if key in found else None for key in keys]  # noqa: S301

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:
        self._run(UPSERT, key, pickle.dumps(value), self._ends(timeout))
        return True

    def add(self, key: str, value: Any, timeout: Any = None) -> bool:
        """Whether the key was free; an expired entry counts as free."""
        only_lapsed = f"{UPSERT} WHERE entries.ends <= ?"
        return self._run(only_lapsed, key, pickle.dumps(value), self._ends(timeout), time.time()).rowcount > 0

    def delete(self, key: str) -> bool:
        return self._run("DELETE FROM entries WHERE key = ?", key).rowcount > 0

    def clear(self) -> bool:
        self._run("DELETE FROM entries")
        return True

    def inc(self, key: str, delta: int = 1) -> int:
        """Add to a number; a missing one starts at 0. Returns the new one."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            number = (self.get(key) or 0) + delta
            connection.execute(UPSERT, (key, pickle.dumps(number), self._ends(None)))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return cast(int, number)

    def _ends(self, timeout: Any) -> float:
        seconds = self._normalize_timeout(timeout)
        return time.time() + seconds if seconds else float("inf")

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if not statement.startswith("SELECT"):
            self._sweep()
        return self._connection().execute(statement, values)

    def _sweep(self) -> None:
        self._writes += 1
        if self._writes % SWEEP_EVERY == 0:
            self._connection().execute("DELETE FROM entries WHERE ends <= ?", (time.time(),))

    def _connection(self) -> sqlite3.Connection:
        """This thread's own connection, kept open: closing the last one would checkpoint the file."""
        if not hasattr(self._own, "connection"):
            made = sqlite3.connect(self._path, isolation_level=None, timeout=10)
            for words in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", TABLE):
                made.execute(words)
            self._own.connection = made
        return cast(sqlite3.Connection, self._own.connection)
