"""Flask-Caching's back end where there is no Redis: one SQLite file that all processes of the machine share."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Collection
from typing import Any, cast

from flask import Flask
from flask_caching.backends.base import BaseCache

from instashow import kept_bytes
from instashow.side_file import opened

TABLE = """
    CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, ends REAL NOT NULL) WITHOUT ROWID
"""
CHANGING = """
    CREATE TABLE IF NOT EXISTS changing (place TEXT, writer TEXT, ends REAL, PRIMARY KEY (place, writer)) WITHOUT ROWID
"""
ENDING = """
    CREATE TRIGGER IF NOT EXISTS ending AFTER INSERT ON changing BEGIN
        DELETE FROM entries WHERE key = NEW.place;
        DELETE FROM changing WHERE NEW.ends = 0 AND place = NEW.place AND writer = NEW.writer;
    END
"""
"""Whoever says that something is changing, or has changed (which ends at 0), ends its stamp in the same statement."""
CHANGE = "INSERT OR REPLACE INTO changing SELECT value, ?, ? FROM json_each(?)"
UPSERT = """
    INSERT INTO entries VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends
"""
STAMP = """
    INSERT INTO entries SELECT :place, :made, :ends
    WHERE NOT EXISTS (SELECT 1 FROM changing WHERE place = :place AND ends > :now)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends WHERE entries.ends <= :now
"""
SWEEP_EVERY = 500
"""Writes of one process between two removals of what has expired."""


class SqliteCache(BaseCache):
    """What Flask-Caching is asked for here: get, set, delete, clear. Each write is one atomic statement; losing the
    file loses nothing but time."""

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
        return [kept_bytes.read(found[key]) if key in found else None for key in keys]

    def set(self, key: str, value: Any, timeout: Any = None) -> bool:
        self._run(UPSERT, key, kept_bytes.written(value), self._ends(timeout))
        return True

    def delete(self, key: str) -> bool:
        return self._run("DELETE FROM entries WHERE key = ?", key).rowcount > 0

    def clear(self) -> bool:
        for table in ("entries", "changing"):
            self._run(f"DELETE FROM {table}")  # noqa: S608
        return True

    # The stamps of cache.py.

    def stamp(self, place: str, seconds: int) -> str | None:
        """The stamp of this place, made where there is none; None while somebody changes what it stands for."""
        now = time.time()
        made = kept_bytes.written(secrets.token_hex(8))
        self._connection().execute(STAMP, {"place": place, "made": made, "ends": now + seconds, "now": now})
        return cast(str | None, self.get(place))

    def announce(self, places: Collection[str], writer: str, seconds: int) -> None:
        """These stamps end now, and for so many seconds none is made, unless this writer settles before."""
        self._change(places, writer, time.time() + seconds)

    def settle(self, places: Collection[str], writer: str) -> None:
        """What this writer changed is written, or is not to be."""
        self._change(places, writer, 0)

    def _change(self, places: Collection[str], writer: str, ends: float) -> None:
        """One statement for however many places, so all of them or none."""
        self._connection().execute(CHANGE, (writer, ends, json.dumps(list(places))))

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
            for table in ("entries", "changing"):
                self._connection().execute(f"DELETE FROM {table} WHERE ends <= ?", (time.time(),))  # noqa: S608

    def _connection(self) -> sqlite3.Connection:
        """This thread's own."""
        if not hasattr(self._own, "connection"):
            self._own.connection = opened(self._path, TABLE, CHANGING, ENDING)
        return cast(sqlite3.Connection, self._own.connection)
