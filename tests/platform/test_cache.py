"""Cached things: kept, ended by a change, ended by the clock, never older than the last change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from instashow import cache as rules
from instashow.cache import cache, cached, changed
from instashow.clock import now
from instashow.db import after_commit, db, transaction

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Counted:
    """Gives 1, 2, 3 … and so tells how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


def test_a_cached_thing_is_made_once(kept: Flask) -> None:
    make = Counted()
    assert [cached("list", "1", make) for _ in range(3)] == [1, 1, 1]
    assert cached("list", "2", make) == 2


def test_nothing_found_is_kept_too(kept: Flask) -> None:
    made: list[str] = []
    for _ in range(2):
        assert cached("list", "1", lambda: made.append("asked")) is None
    assert made == ["asked"]


def test_a_change_ends_its_key_and_no_other(kept: Flask) -> None:
    make = Counted()
    cached("list", "1", make), cached("list", "2", make)
    db.session.execute(text("SELECT 1"))
    with transaction():
        changed("list", "1")
        assert cached("list", "2", lambda: "made inside, not kept") == "made inside, not kept"
    assert cached("list", "1", make) == 3
    assert cached("list", "2", make) == 2


def test_a_change_of_the_name_ends_all_its_keys(kept: Flask) -> None:
    make = Counted()
    for name, key in (("list", "1"), ("list", "2"), ("chart", "1")):
        cached(name, key, make)
    with transaction():
        changed("list")
    assert [cached("list", "1", make), cached("list", "2", make), cached("chart", "1", make)] == [4, 5, 3]


def test_a_change_that_is_rolled_back_ends_nothing(kept: Flask) -> None:
    make = Counted()
    cached("list", "1", make)
    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert cached("list", "1", make) == 1


def change_and_fail() -> None:
    with transaction():
        changed("list", "1")
        raise ZeroDivisionError


def test_it_ends_at_the_moment_when_time_alone_changes_it(kept: Flask) -> None:
    make = Counted()
    with time_machine.travel(NOON, tick=False) as clock:
        opens = now() + timedelta(minutes=10)
        cached("sale", "1", make, until=opens)
        cached("read-off", "1", make, until=lambda made: opens if made == 2 else None)
        clock.move_to(opens - timedelta(seconds=1))
        assert [cached("sale", "1", make), cached("read-off", "1", make)] == [1, 2]
        clock.move_to(opens)
        assert [cached("sale", "1", make), cached("read-off", "1", make)] == [3, 4]


def test_what_is_at_hand_is_kept_anew_after_its_end(kept: Flask) -> None:
    make = Counted()
    with time_machine.travel(NOON, tick=False) as clock:
        for at in (NOON, NOON + timedelta(minutes=1)):
            clock.move_to(at)
            until = at + timedelta(minutes=1)
            assert len({cached("page", "1", make, until=until, shared=True) for _ in range(3)}) == 1
    assert make.asked == 2


def test_nothing_is_kept_longer_than_ten_minutes(kept: Flask) -> None:
    make = Counted()
    with time_machine.travel(NOON, tick=False) as clock:
        cached("list", "1", make, until=NOON + timedelta(days=1))
        clock.shift(timedelta(minutes=9))
        assert cached("list", "1", make) == 1
        clock.shift(timedelta(minutes=1))
        assert cached("list", "1", make) == 2


def test_a_change_while_it_is_being_made_is_not_lost(kept: Flask) -> None:
    assert raced(kept, lambda make: cached("number", "1", make)) == "new"


def test_without_the_stamps_the_old_answer_would_stay(kept: Flask) -> None:
    """The control: the same race against get, make, set."""

    def naive(make: Callable[[], Any]) -> Any:
        found = cache.get("number:1")
        if found is None:
            found = make()
            cache.set("number:1", found)
        return found

    assert raced(kept, naive) == "old"


def raced(app: Flask, ask: Callable[[Callable[[], Any]], Any]) -> Any:
    """A reader reads, a writer commits and says so, the reader stores: what does the next one get?"""
    write(app, "old")

    def slow() -> Any:
        read = number()
        elsewhere(lambda: write(app, "new"))
        return read

    assert ask(slow) == "old"
    db.session.rollback()
    return ask(number)


def test_an_older_snapshot_of_the_same_request_is_left_behind(kept: Flask) -> None:
    assert read_before_a_change(kept) == "new"


def test_with_the_older_snapshot_the_old_answer_would_stay(kept: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_forget_what_was_read", lambda: None)
    assert read_before_a_change(kept) == "old"


def read_before_a_change(app: Flask) -> Any:
    write(app, "old")
    assert number() == "old"
    elsewhere(lambda: write(app, "new"))
    return cached("number", "1", number)


def elsewhere(act: Callable[[], None]) -> None:
    other = threading.Thread(target=act)
    other.start()
    other.join()


def write(app: Flask, word: str) -> None:
    """Another request writes the word and says what changed."""
    with app.app_context(), transaction():
        db.session.execute(text("DELETE FROM cities"))
        row = "INSERT INTO cities (name, native_name, slug, region, country, zone) VALUES (:w, '', '', '', '', '')"
        db.session.execute(text(row), {"w": word})
        changed("number", "1")
        after_commit(lambda: cache.delete("number:1"))


def number() -> Any:
    return db.session.execute(text("SELECT name FROM cities")).scalar()
