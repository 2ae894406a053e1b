"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from instashow.statements import heard


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run meanwhile, without the begins and ends of transactions."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    heard.append(statements.append)
    try:
        yield statements
    finally:
        heard.remove(statements.append)
        event.remove(Engine, "before_cursor_execute", note)
