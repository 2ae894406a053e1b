"""A SQLite file beside the database (the cache, the counts of limits): shared by all processes, and no loss if lost."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterable
from pathlib import Path


def opened(path: str, *tables: str) -> sqlite3.Connection:
    """A connection for one thread to keep: closing the last one would checkpoint the file.

    A torn file is made anew. One process at a time lays it out: two that turn a new one to WAL at once do not wait
    for each other.
    """
    with open(f"{path}-opening", "ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            return _laid_out(path, tables)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # torn, by a power cut say: what it held is no loss
            for end in ("", "-wal", "-shm"):
                Path(f"{path}{end}").unlink(missing_ok=True)
            return _laid_out(path, tables)


def _laid_out(path: str, tables: Iterable[str]) -> sqlite3.Connection:
    made = sqlite3.connect(path, isolation_level=None, timeout=10)
    for words in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", *tables):
        made.execute(words)
    return made
