""" "Tell me": who wants to hear when a coming show opens its sale in their city."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from instashow.db import db, insert
from instashow.shows.models import Wish


def wish(person_id: int, show_id: int, now: datetime) -> None:
    """The person wants to be told; asking twice is asking once."""
    row = insert(Wish).values(person_id=person_id, show_id=show_id, wished_at=now)
    db.session.execute(row.on_conflict_do_nothing())


def let_be(person_id: int, show_id: int) -> None:
    """The person no longer wants to be told."""
    db.session.execute(delete(Wish).where(Wish.person_id == person_id, Wish.show_id == show_id))


def wished(person_id: int, show_id: int) -> bool:
    """Whether the person wants to be told."""
    asked = select(Wish.show_id).where(Wish.person_id == person_id, Wish.show_id == show_id)
    return db.session.scalars(asked).first() is not None
