"""Many rows at once, with ids of our own counting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from instashow.bulk import follow, pour
from instashow.db import db


def put(table: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert the rows, which all name the same columns; gives their ids, ascending.

    Nobody else may be inserting into the table meanwhile.
    """
    if not rows:
        return []
    last: int = db.session.scalar(select(func.max(table.id))) or 0
    ids = list(range(last + 1, last + 1 + len(rows)))
    columns = list(rows[0])
    pour(table, ["id", *columns], [(id, *row.values()) for id, row in zip(ids, rows, strict=True)])
    follow(table, ids[-1])
    return ids
