"""A person's inbox: their messages as they were told, newest first, each read or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from instashow.db import db
from instashow.outbox import Message
from instashow.statements import Statement


def unread(person_id: int, kinds: Collection[str]) -> int:
    """How many messages of these kinds the person has not opened."""
    return int(_unread(tuple(sorted(kinds))).scalar({"person": person_id}))


M: Any = Message.__table__


@cache
def _unread(kinds: tuple[str, ...]) -> Statement:
    """Every page of a signed-in person asks it."""
    some = or_(*(M.c.kind == kind for kind in kinds))
    return Statement(
        lambda: select(func.count()).where(M.c.person_id == bindparam("person"), M.c.read_at.is_(None), some)
    )


def page(
    person_id: int, kinds: Collection[str], *, before: int | None = None, limit: int = 20
) -> tuple[list[Message], int | None]:
    """At most `limit` of the person's messages, told before the one with the id `before`, and where to go on."""
    rows = select(Message).where(*_theirs(person_id, kinds)).order_by(Message.id.desc()).limit(limit + 1)
    found = list(db.session.scalars(rows if before is None else rows.where(Message.id < before)))
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def opened(person_id: int, message_id: int, kinds: Collection[str], now: datetime) -> Message | None:
    """The person's message, read from now on; None where it is not theirs."""
    one = select(Message).where(*_theirs(person_id, kinds), Message.id == message_id)
    message = db.session.scalars(one).one_or_none()
    if message and message.read_at is None:
        message.read_at = now
        db.session.flush()
    return message


def read_all(person_id: int, now: datetime) -> None:
    """Everything told so far is read."""
    waiting = update(Message).where(Message.person_id == person_id, Message.read_at.is_(None))
    db.session.execute(waiting.values(read_at=now))


def _theirs(person_id: int, kinds: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Message.person_id == person_id, Message.kind.in_(kinds)
