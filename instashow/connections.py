"""Connections to the database: how one is set up, how it reads and writes, and when it is asked whether it lives.

Whoever reads on PostgreSQL does so statement by statement: at its isolation level, READ COMMITTED, each sees what is
committed by then anyway, and a BEGIN and an end around them are two ways there and back for nothing. Who writes says
so (`writes=True`) and has a transaction.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import Pool

RESTED = 2.0
"""Seconds after which a connection to PostgreSQL may have lost its server unnoticed."""


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Pool, "checkin")
def _on_checkin(_connection: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that rested is asked whether its server still lives; one in steady use is not, for each question
    costs a way there and back."""
    rests_since = record.info.get("rests_since", time.monotonic())
    if type(connection).__module__.startswith("sqlite3") or time.monotonic() - rests_since < RESTED:
        return
    try:
        connection.autocommit = True
        connection.execute("")
    except Exception as error:
        raise InvalidatePoolError from error


@event.listens_for(Engine, "begin")
def _on_begin(connection: Connection) -> None:
    writes = bool(connection.get_execution_options().get("writes"))
    if connection.dialect.name == "sqlite":
        _begin(connection, "BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
    else:
        _together(connection, writes)


def write(connection: Connection) -> None:
    """A connection that has only read goes on as a writer; its session need not take another."""
    if connection.dialect.name == "sqlite":
        _begin(connection, "BEGIN IMMEDIATE")
    else:
        _together(connection, True)


def _begin(connection: Connection, words: str) -> None:
    driver = _driver(connection)
    try:
        driver.execute(words)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_sqlalchemy(error, words, connection, driver) from error


def as_sqlalchemy(error: Exception, sql: str, here: Connection, cursor: Any) -> BaseException:
    """What SQLAlchemy would have raised for the driver's error; a connection that lost its server is given up, as
    there."""
    dialect = here.dialect
    lost = dialect.is_disconnect(error, here.connection.dbapi_connection, cursor)  # type: ignore[arg-type]
    if lost:
        here.invalidate(error)
        here.engine.dispose(close=False)  # its fellows in the pool have lost it too
    return DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )


def _driver(connection: Connection) -> Any:
    """The driver's own connection: what SQLAlchemy does around one word takes ten times as long as the word."""
    return connection.connection.dbapi_connection


def _together(connection: Connection, writes: bool) -> None:
    """Whether what follows is one transaction; the driver begins it with the first statement."""
    driver = _driver(connection)
    if driver.autocommit is writes:
        driver.autocommit = not writes


@event.listens_for(Engine, "rollback")
def _on_rollback(connection: Connection) -> None:
    """The driver would forget its prepared statements with every refusal, for fear of tables that are made anew."""
    if connection.dialect.name == "sqlite" or connection.invalidated:
        return
    from psycopg.pq import TransactionStatus as Now  # installed only where PostgreSQL is used

    server = _driver(connection).pgconn
    if server.transaction_status in (Now.INTRANS, Now.INERROR):
        server.exec_(b"ROLLBACK")  # and the driver finds that it is done
