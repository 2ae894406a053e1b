"""A SQLite file beside the database (the cache, the counts of limits): shared by all processes, and no loss if lost."""

from __future__ import annotations

import fcntl
import sqlite3


def opened(path: str, *tables: str) -> sqlite3.Connection:
    """A connection for one thread to keep: closing the last one would checkpoint the file.

    One process at a time lays the file out: two that turn a new one to WAL at once do not wait for each other.
    """
    with open(f"{path}-opening", "ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        made = sqlite3.connect(path, isolation_level=None, timeout=10)
        for words in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", *tables):
            made.execute(words)
    return made
