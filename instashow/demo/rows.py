"""Many rows at once, with ids of our own counting."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, func, select, text
from sqlalchemy import insert as plain_insert

from instashow.db import db, on_sqlite

AT_ONCE = 10_000


def put(table: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert the rows; gives their ids, ascending. Nobody else may be inserting into the table meanwhile."""
    last: int = db.session.scalar(select(func.max(table.id))) or 0
    numbered = [{"id": last + place, **row} for place, row in enumerate(rows, start=1)]
    for start in range(0, len(numbered), AT_ONCE):
        db.session.execute(plain_insert(cast(Table, table.__table__)), numbered[start : start + AT_ONCE])
    if numbered and not on_sqlite():
        follow = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        db.session.execute(follow, {"name": table.__tablename__, "last": last + len(numbered)})
    return [row["id"] for row in numbered]
