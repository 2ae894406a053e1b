"""The queue: Huey on Redis, on SQLite when there is no Redis; @job and @timed run inside the app's context."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask
from huey import MemoryHuey, crontab
from huey.api import Huey
from huey.storage import PriorityRedisExpireStorage, SqliteStorage

huey: Huey = MemoryHuey("instashow", results=False)
_app: Flask | None = None


def init_app(app: Flask) -> None:
    """Give the queue its storage and its app; called by create_app."""
    global _app
    _app = app
    made = app.extensions["instashow"]
    if app.extensions.get("instashow-immediate"):
        return
    if made.redis_url:
        huey.storage = PriorityRedisExpireStorage("instashow", url=made.redis_url)
    else:
        huey.storage = SqliteStorage("instashow", filename=str(made.home / "queue.db"))


def job(**how: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task that the queue runs inside the app's context; `how` as huey.task."""

    def wrap(function: Callable[..., Any]) -> Any:
        return huey.task(**how)(_in_app(function))

    return wrap


def timed(when: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task that runs by the clock; it asks the database what is due, never the minute."""

    def wrap(function: Callable[..., Any]) -> Any:
        return huey.periodic_task(when)(_in_app(function))

    return wrap


every_minute = crontab(minute="*")


def _in_app(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*words: Any, **named: Any) -> Any:
        if _app is None:
            raise RuntimeError("the queue has no app yet")
        with _app.app_context():
            return function(*words, **named)

    return run
