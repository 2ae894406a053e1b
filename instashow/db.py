"""The database handle, transaction(), SQLite's pragmas, and what the two dialects do differently."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from instashow import connections

log = logging.getLogger(__name__)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: names of constraints that are the same on both databases."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
    """A time in UTC: aware in Python, without a zone on SQLite; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Facts = JSON().with_variant(JSONB(), "postgresql")
"""A column of small facts as JSON."""


def on_sqlite() -> bool:
    """Whether the running app keeps its data in SQLite."""
    return db.engine.dialect.name == "sqlite"


def insert(table: Any) -> Any:
    """An INSERT that can be told what to do on conflict, in the running app's dialect."""
    return sqlite.insert(table) if on_sqlite() else postgresql.insert(table)


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is written together or not at all; the only place where rules may change rows.

    On SQLite writers queue at a turnstile and begin at once as writers, so none fails for having read first.
    What `after_commit` was given inside runs when it is safely written.
    """
    if g.get("writing"):
        raise RuntimeError("transaction() inside transaction()")
    _end_reading()
    with _turnstile(), _writing():
        try:
            g.connection = _as_writer()
            yield
            db.session.flush()
            _run("before_commit")
            db.session.commit()
        except BaseException:
            db.session.rollback()
            g.pop("before_commit", None)
            g.pop("after_commit", None)
            raise
        finally:
            _run("at_end")
    _run("after_commit")


def connection() -> Connection:
    """The connection of the running transaction, or else the session's; found once a request."""
    found: Connection | None = g.get("connection")
    if found is None or found.closed:
        found = g.connection = db.session.connection()
    return found


def before_commit(hook: Callable[[], object]) -> None:
    """Run `hook` right before the running transaction is written, if it comes to that."""
    _note("before_commit", hook)


def after_commit(hook: Callable[[], object]) -> None:
    """Run `hook` once the running transaction is written."""
    _note("after_commit", hook)


def at_end(hook: Callable[[], object]) -> None:
    """Run `hook` once the running transaction is written or given up; on SQLite before anybody else may write."""
    _note("at_end", hook)


def _note(when: str, hook: Callable[[], object]) -> None:
    if when not in g:
        setattr(g, when, [])
    g.get(when).append(hook)


def _run(when: str) -> None:
    """A failing hook is logged, never raised."""
    for hook in g.pop(when, []):
        try:
            hook()
        except Exception:
            log.exception("%s", when)


def _end_reading() -> None:
    """A writer that still held an older snapshot would be refused by SQLite, and read stale rows anywhere."""
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed outside transaction()")
    if session.in_transaction():
        found = session.connection()
        try:
            found.dialect.do_commit(found.connection)  # the session keeps its connection: _as_writer goes on with it
        except BaseException:
            session.rollback()
            raise


def _as_writer() -> Connection:
    """The session's connection in a transaction that has just begun."""
    session = db.session()
    if not session.in_transaction():
        return session.connection(execution_options={"writes": True})
    found = session.connection()
    connections.write(found)
    return found


@contextmanager
def _writing() -> Iterator[None]:
    g.writing = True
    try:
        yield
    finally:
        g.writing = False
        g.pop("connection", None)


@contextmanager
def _turnstile() -> Iterator[None]:
    """One SQLite writer at a time, woken in turn instead of polling; nothing on PostgreSQL."""
    gate = current_app.extensions.get("instashow-turnstile")
    if gate is None:
        yield
        return
    with gate:
        yield


class Turnstile:
    """A lock that threads and processes of one machine queue at; entered twice by one thread is a bug."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._file: Any = None

    def __enter__(self) -> None:
        if not self._threads.acquire(timeout=30):
            raise TimeoutError("the database is busy")
        try:
            if self._file is None:
                self._file = self._path.open("ab")
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()


def prepare(app: Any) -> None:
    """Bind the app to its database; called by create_app after db.init_app."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database:
        app.extensions["instashow-turnstile"] = Turnstile(Path(f"{url.database}-turnstile"))
