"""A process killed between writing a change and saying so leaves no old answer; nor does a cache that was away."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from instashow import cache as rules
from instashow import outage, stamps
from instashow.app import create_app
from instashow.cache import cache, cached, changed
from instashow.config import Settings
from instashow.db import after_commit, db, transaction

FORK = multiprocessing.get_context("fork")


def name() -> Any:
    return db.session.execute(text("SELECT name FROM cities")).scalar()


def rename(word: str) -> None:
    with transaction():
        db.session.execute(text("DELETE FROM cities"))
        row = "INSERT INTO cities (name, native_name, slug, region, country, zone) VALUES (:w, '', '', '', '', '')"
        db.session.execute(text(row), {"w": word})
        changed("programme")


def asked() -> Any:
    db.session.rollback()
    return cached("programme", "name", name)


def killed(made: Settings, when: str, *, announced: bool) -> None:
    """Another process renames the city and is killed: "before" its commit, or "after" it, before it settles."""
    app = create_app(made)
    with app.app_context():
        if not announced:
            stamps._announce = lambda: setattr(stamps.g, "announced", True)
        if when == "after":
            die: Callable[[], None] = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
            stamps._settle = die
        else:
            db.session.commit = die = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
            stamps.before_commit(die)
        rename("new")


def run_and_kill(app: Flask, when: str, *, announced: bool = True) -> None:
    made = dataclasses.replace(app.extensions["instashow"])
    child = FORK.Process(target=killed, args=(made, when), kwargs={"announced": announced})
    child.start()
    child.join(30)
    assert child.exitcode == -signal.SIGKILL


def test_killed_after_the_commit_it_leaves_no_old_answer(kept: Flask) -> None:
    rename("old")
    assert [asked(), asked()] == ["old", "old"]
    run_and_kill(kept, "after")
    assert asked() == "new"


def test_without_the_announcement_the_old_answer_would_stay(kept: Flask) -> None:
    """The control."""
    rename("old")
    assert asked() == "old"
    run_and_kill(kept, "after", announced=False)
    assert asked() == "old"
    assert name() == "new"


def test_killed_before_the_commit_it_changes_nothing(kept: Flask) -> None:
    rename("old")
    assert asked() == "old"
    run_and_kill(kept, "before")
    assert [asked(), asked()] == ["old", "old"]


def test_while_a_change_hangs_answers_are_made_and_not_kept_until_its_time_is_over(kept: Flask) -> None:
    rename("old")
    asked()
    made: list[int] = []

    def ask_thrice() -> int:
        for _ in range(3):
            cached("programme", "one", lambda: made.append(1))
        return len(made)

    cache.cache.announce({"programme"}, "a writer that died", stamps.PENDING)
    assert ask_thrice() == 3
    cache.cache.announce({"programme"}, "a writer that died", 0)
    assert ask_thrice() == 4


def test_of_two_writers_at_once_the_slower_one_is_waited_for(kept: Flask) -> None:
    cache.cache.announce({"programme"}, "quick", 30)
    cache.cache.announce({"programme"}, "slow", 30)
    cache.cache.settle({"programme"}, "quick")
    assert stamps.stamp("programme", 60) is None
    assert stamps.stamp("other", 60)
    cache.cache.settle({"programme"}, "slow")
    assert stamps.stamp("programme", 60)


def test_what_is_given_up_ends_nothing(kept: Flask) -> None:
    rename("old")
    made: list[int] = []
    cached("programme", "one", lambda: made.append(1))
    with pytest.raises(ZeroDivisionError):
        give_up()
    cached("programme", "one", lambda: made.append(1))
    assert len(made) == 1


def give_up() -> None:
    with transaction():
        changed("programme")
        raise ZeroDivisionError


def test_a_change_is_said_before_what_waits_for_the_commit_looks(kept: Flask) -> None:
    rename("old")
    asked()
    seen: list[Any] = []
    with transaction():
        changed("programme")
        db.session.execute(text("UPDATE cities SET name = 'new'"))
        after_commit(lambda: seen.append(asked()))
    assert seen == ["new"]


def test_what_could_not_be_said_is_said_when_the_cache_answers_again(
    kept: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rename("old")
    assert asked() == "old"

    def away(*_: Any) -> None:
        raise ConnectionError("the cache is away")

    with monkeypatch.context() as broken:
        broken.setattr(type(cache.cache), "announce", away)
        broken.setattr(type(cache.cache), "settle", away)
        rename("new")
        rename("newer")
        assert asked() == "newer"
    monkeypatch.setattr(outage, "REST", 0)
    stamps.outage.failed()
    assert asked() == "newer"
    assert rules.cached("programme", "name", name) == "newer"
    assert [one.message for one in caplog.records if "does not answer" in one.message] == [
        "the cache does not answer; said once until it does"
    ]
