"""The cache file: atomic between processes, expiring, swept."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import timedelta
from pathlib import Path

import time_machine

from instashow import sqlite_cache
from instashow.sqlite_cache import SqliteCache

FORK = multiprocessing.get_context("fork")


def test_of_four_processes_one_wins_each_lock_and_no_count_is_lost(tmp_path: Path) -> None:
    path = str(tmp_path / "cache.db")
    with FORK.Pool(4) as pool:
        wins = pool.map(race_for_locks, [path] * 4)
    assert sum(wins) == 50
    assert SqliteCache(path).get("count") == 200


def race_for_locks(path: str) -> int:
    cache = SqliteCache(path)
    won = 0
    for number in range(50):
        won += cache.add(f"lock {number}", "mine")
        cache.inc("count")
    return won


def test_an_expired_entry_is_gone_and_its_key_free(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path / "cache.db"))
    with time_machine.travel(0, tick=False) as clock:
        cache.set("a", "old", timeout=10)
        assert not cache.add("a", "new", timeout=10)
        clock.shift(timedelta(seconds=10))
        assert cache.get("a") is None
        assert cache.add("a", "new", timeout=10)
        assert cache.get("a") == "new"


def test_what_never_expires_outlives_the_clock(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path / "cache.db"))
    cache.set("a", "kept", timeout=0)
    with time_machine.travel(2_000_000_000_000, tick=False):
        assert cache.get("a") == "kept"


def test_many_are_given_in_the_order_asked(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path / "cache.db"))
    cache.set("a", 1)
    cache.set("b", 2)
    assert cache.get_many("b", "missing", "a") == [2, None, 1]
    assert cache.delete("a")
    assert not cache.delete("a")
    cache.clear()
    assert cache.get("b") is None


def test_expired_rows_are_swept_from_the_file(tmp_path: Path) -> None:
    path = str(tmp_path / "cache.db")
    cache = SqliteCache(path)
    with time_machine.travel(0, tick=False) as clock:
        for number in range(20):
            cache.set(f"old {number}", number, timeout=1)
        clock.shift(timedelta(seconds=2))
        for _ in range(sqlite_cache.SWEEP_EVERY):
            cache.set("fresh", 1)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM entries").fetchone() == (1,)
