"""Idempotency keys: the same request twice gives the same result once.

The key's row is written in the sale's own transaction, so a crash leaves no key running; a twin waits for the
first one's commit (the row's unique key on PostgreSQL, the writers' turnstile on SQLite).
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Model, Moment, db, insert
from instashow.statements import Statement

KEPT = timedelta(hours=24)


class KeyReused(Exception):
    """The same key came with another question."""


class OnceKey(Model):
    """A request that sells or refunds, by who asked and the key they sent."""

    __tablename__ = "once_keys"
    owner_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    result: Mapped[int | None]
    claimed_at: Mapped[datetime] = mapped_column(Moment, index=True)


def claim(owner_id: int, key: str, *, asked: Any, now: datetime) -> int | None:
    """Write the key, or give the result that the same question had. Raises KeyReused."""
    question = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    words = {"owner_id": owner_id, "key": key, "question": question, "claimed_at": now, "forgotten": now - KEPT}
    if CLAIMING.first(words):
        return None
    earlier = db.session.scalars(select(OnceKey).where(OnceKey.owner_id == owner_id, OnceKey.key == key)).one()
    if earlier.question != question:
        raise KeyReused
    return earlier.result


def keep(owner_id: int, key: str, result: int) -> None:
    """Remember what the key's request made."""
    KEEP.run({"whose": owner_id, "which": key, "made": result})


def tidy(now: datetime) -> int:
    """Forget the keys that no longer count; how many."""
    gone = delete(OnceKey).where(OnceKey.claimed_at < now - KEPT)
    return len(db.session.execute(gone.returning(OnceKey.owner_id)).all())


KEYS: Any = OnceKey.__table__
KEEP = Statement(
    lambda: (
        update(KEYS)
        .where(KEYS.c.owner_id == bindparam("whose"), KEYS.c.key == bindparam("which"))
        .values(result=bindparam("made"))
    )
)


def _claiming() -> Any:
    """Insert a key, or take over one that is forgotten by now."""
    row = insert(KEYS)
    afresh = {"question": row.excluded.question, "claimed_at": row.excluded.claimed_at, "result": None}
    forgotten = KEYS.c.claimed_at < bindparam("forgotten", type_=Moment)
    fresh = row.on_conflict_do_update(index_elements=["owner_id", "key"], set_=afresh, where=forgotten)
    return fresh.returning(KEYS.c.key)


CLAIMING = Statement(_claiming, keys=("owner_id", "key", "question", "claimed_at"))
