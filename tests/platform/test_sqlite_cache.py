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


def test_four_processes_agree_on_every_stamp_whoever_made_it(tmp_path: Path) -> None:
    with FORK.Pool(4) as pool:
        seen = pool.map(race_for_stamps, [str(tmp_path / "cache.db")] * 4)
    assert len(set(map(tuple, seen))) == 1
    assert len(set(seen[0])) == 50


def race_for_stamps(path: str) -> list[str | None]:
    cache = SqliteCache(path)
    return [cache.stamp(f"place {number}", 60) for number in range(50)]


def test_looking_before_making_would_give_two_stamps(tmp_path: Path) -> None:
    """The control: the same in two steps, with another process between them."""
    mine, theirs = (SqliteCache(str(tmp_path / "cache.db")) for _ in range(2))
    assert mine.get("place") is None
    stood = theirs.stamp("place", 60)
    mine.set("place", "another", timeout=60)
    assert theirs.stamp("place", 60) != stood


def test_an_expired_entry_is_gone(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path / "cache.db"))
    with time_machine.travel(0, tick=False) as clock:
        cache.set("a", "old", timeout=10)
        clock.shift(timedelta(seconds=9))
        assert cache.get("a") == "old"
        clock.shift(timedelta(seconds=1))
        assert cache.get("a") is None


def test_an_expired_stamp_is_made_anew(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path / "cache.db"))
    with time_machine.travel(0, tick=False) as clock:
        stood = cache.stamp("place", 10)
        clock.shift(timedelta(seconds=9))
        assert cache.stamp("place", 10) == stood
        clock.shift(timedelta(seconds=1))
        assert cache.stamp("place", 10) not in (stood, None)


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
