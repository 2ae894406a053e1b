"""The queue: Huey on Redis; on SQLite when there is no Redis. @job and @timed run inside the app's context.

The queue never holds the only copy of anything: a job is given the id of a row, claims it, acts and settles it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from typing import Any

from flask import Flask, has_app_context
from huey import MemoryHuey, crontab
from huey.api import Huey
from huey.serializer import SignedSerializer
from huey.storage import BaseStorage, PriorityRedisExpireStorage, SqliteStorage
from redis import ConnectionPool

huey: Huey = MemoryHuey("instashow", results=False)
_app: Flask | None = None

every_minute = crontab(minute="*")
every_hour = crontab(minute="7")


def init_app(app: Flask) -> None:
    """Give the queue its storage, its seal and its app; called by create_app."""
    global _app
    _app = app
    huey.storage = _storage(app)
    huey.serializer = SignedSerializer(secret=app.config["SECRET_KEY"], salt="instashow queue")
    import_module("jobs.schedule")


def _storage(app: Flask) -> BaseStorage:
    made = app.extensions["instashow"]
    if made.redis_url:
        pool = ConnectionPool.from_url(made.redis_url, socket_connect_timeout=2, socket_timeout=10)
        return PriorityRedisExpireStorage("instashow", connection_pool=pool)
    return FileQueue("instashow", filename=str(made.home / "queue.db"))


class FileQueue(SqliteStorage):  # type: ignore[misc]
    """SQLite that does not wait for the disk: a power cut may lose messages, never rows, and the sweep finds those."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


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


def _in_app(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*words: Any, **named: Any) -> Any:
        if _app is None:
            raise RuntimeError("the queue has no app yet")
        with nullcontext() if has_app_context() else _app.app_context():
            return function(*words, **named)

    return run


def run_due(app: Flask, *, rounds: int = 20) -> int:
    """Do everything that is due now, here and at once, as a worker would; gives how many pieces that were.

    A caller that sits in the app's context reads afresh afterwards.
    """
    from instashow.db import db
    from jobs import figures, upkeep

    with app.app_context():
        done = 0
        while rounds and (step := upkeep.do_due()):
            done, rounds = done + step, rounds - 1
        figures.refresh()
    if has_app_context():
        db.session.rollback()
    return done
