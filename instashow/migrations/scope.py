"""Which tables the steps look after, and that one process at a time takes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text


def ours(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """All but the queue's tables and the search index."""
    return not (kind == "table" and str(name).startswith(("huey_", "search_")))


def wait_for_others(connection: Connection) -> None:
    """Until no other process upgrades this database; for this transaction. On SQLite it began as the only writer."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('instashow upgrade', 0))"))
