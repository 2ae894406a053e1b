"""Connections to the database: how one is set up, how its transactions begin, and when it is asked whether it lives."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError
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
        connection.autocommit = False
    except Exception as error:
        raise InvalidatePoolError from error


@event.listens_for(Engine, "begin")
def _on_begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
