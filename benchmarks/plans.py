"""The plans of statements: which of them read from end to end a table that grows."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Pool, event

from instashow.db import db, on_sqlite

GREAT = ("screenings", "claims", "bookings", "tickets", "figures", "payments", "messages")
"""Tables that grow: none of them may be read whole."""
VALUES = r"%\(\w+\)s|'[^']*'|\b\d+\b"

Note = Callable[[str, Any], None]
Asked = dict[str, tuple[str, Any]]
"""By its form, each question's words and values as the driver was first given them."""


@contextmanager
def noted() -> Iterator[Asked]:
    """What the databases are asked meanwhile, by whatever way; heard at the driver."""
    asked: Asked = {}

    def note(statement: str, values: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            asked.setdefault(re.sub(rf"({VALUES})(::\w+)?(, ({VALUES})(::\w+)?)*", "?", statement), (statement, values))

    def listen(connection: Any, *_: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(lambda statement: note(statement, None))
        else:
            connection.cursor_factory = _heard_by(note)

    def leave(connection: Any, *_: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(None)
        elif connection is not None:
            connection.cursor_factory = psycopg.Cursor

    event.listen(Pool, "checkout", listen)
    event.listen(Pool, "checkin", leave)
    try:
        yield asked
    finally:
        event.remove(Pool, "checkout", listen)
        event.remove(Pool, "checkin", leave)


def _heard_by(note: Note) -> type[psycopg.Cursor[Any]]:
    class Heard(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            note(str(query), params)
            return super().execute(query, params, **how)

    return Heard


def tell(asked: Asked) -> list[str]:
    """Print each plan's steps on tables that grow, in the running app's database; what reads one whole comes back."""
    whole = []
    for statement, values in (asked[form] for form in sorted(asked)):
        steps, plain = plan(statement, values), " ".join(statement.split())
        whole += [f"{step}  <-  {plain[:160]}" for step in steps if reads_whole(step, statement)]
        if told := [step for step in steps if any(table in step for table in GREAT)]:
            print(f"  {plain[:100]}…", *(f"    {step}" for step in dict.fromkeys(told)), sep="\n  ")
    print(f"{len(asked)} questions; read whole:", *(whole or ["none of the tables that grow"]), sep="\n  ")
    return whole


def plan(statement: str, values: Any = None) -> list[str]:
    """The steps of a statement as the running app's database would take them."""
    explain = "EXPLAIN QUERY PLAN" if on_sqlite() else "EXPLAIN (COSTS OFF)"
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {statement}", values).fetchall()
    return [row[-1].strip() for row in rows]


def reads_whole(step: str, statement: str) -> bool:
    """Whether a step reads from end to end a table that grows, by its name or by what the statement calls it."""
    found = re.match(r"SCAN (\w+)", step) or re.search(r"\bSeq Scan on (\w+)", step)
    called = {alias: table for table, alias in re.findall(r"\b(\w+) AS (\w+_\d)\b", statement)}
    return found is not None and called.get(found[1], found[1]) in GREAT
