"""Many rows at once, past SQLAlchemy's work on every value: for the demo, and for taking over a past.

Facts arrive as JSON text already (`text_of`), so that what many rows share is written out once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import text

from instashow.db import db, on_sqlite

AT_ONCE = 10_000
LENGTH = len("2026-11-21 18:30:00.000000")


def pour(table: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values in the order of the columns; times are aware, facts are JSON text."""
    mark = "?" if on_sqlite() else "%s"
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608
    connection = db.session.connection()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        connection.exec_driver_sql(statement, _plain(some) if on_sqlite() else [tuple(row) for row in some])


def follow(table: Any, last: int) -> None:
    """Let the database count on from an id that we gave ourselves."""
    if not on_sqlite() and last:
        then = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        db.session.execute(then, {"name": table.__tablename__, "last": last})


def get_to_know() -> None:
    """Let the database count what its tables hold now: plans made for empty tables read full ones from end to end."""
    if on_sqlite():
        db.session.execute(text("PRAGMA analysis_limit = 1000"))
    db.session.execute(text("ANALYZE"))


def text_of(facts: Any) -> str:
    """Facts as the database keeps them."""
    return json.dumps(facts, ensure_ascii=False)


def _plain(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """SQLite has no type for times: the text that SQLAlchemy reads back."""
    known = _PLAIN.get
    return [tuple([said(v) if (said := known(v.__class__)) else v for v in row]) for row in rows]


@lru_cache(maxsize=50_000)
def _moment(value: datetime) -> str:
    """A naive time is UTC already."""
    zone = value.tzinfo
    there = value if zone is UTC or zone is None else value.astimezone(UTC)
    return there.isoformat(" ", "microseconds")[:LENGTH]


_PLAIN: dict[type, Callable[[Any], Any]] = {datetime: _moment, date: date.isoformat, bool: int}
