"""Messages, each a row written with the change that causes it; delivering them is alerts/."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from instashow.clock import now
from instashow.db import Facts, Model, Moment, after_commit, insert
from instashow.statements import Statement

hurry: list[Callable[[int], object]] = []
"""Called with a delivery's id once it is written; `jobs` sets it. What is missed is found by the sweep."""


PATIENCE = timedelta(seconds=20)
"""How long a letter waits for its paper before somebody looks again, should nothing have woken it."""


class Message(Model):
    """Something to tell a person, or an address: its kind and its facts; words are made at the edge."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (address IS NULL)", name="addressee"),
        Index("ix_messages_person", "person_id", "told_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    address: Mapped[str | None]
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(Facts)
    period: Mapped[str | None] = mapped_column(unique=True)
    """Person, kind and period in one word, where the same must not be told twice."""
    message_key: Mapped[str] = mapped_column(unique=True)
    """The left half of the Message-ID, the same on every try."""
    told_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class Delivery(Model):
    """A message's way through one channel: waiting, sending, sent, failed, uncertain, skipped."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain', 'skipped')", name="state"),
        Index("uq_deliveries_channel", "message_id", "channel", unique=True),
        Index("ix_deliveries_state", "state", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    """How often a try ended without anybody knowing whether it arrived."""
    due_at: Mapped[datetime] = mapped_column(Moment)
    """Not before this moment; while sending, when it counts as lost."""
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None]


def tell(to: int | str, kind: str, *, period: str | None = None, after: int | None = None, **facts: Any) -> int | None:
    """Write one message, to a person's id or an address, and the deliveries it wants; they wait to be woken by the
    piece of work `after`, whose paper goes along.

    Its id, or None where the same `period` was told before. In-app the message is its own delivery.
    """
    at = now()
    who = {"person_id": to, "address": None} if isinstance(to, int) else {"person_id": None, "address": to}
    row = {**who, "kind": kind, "facts": facts, "period": period, "message_key": secrets.token_hex(16)}
    message_id: int | None = TELLING.scalar({**row, "told_at": at, "due_at": at})
    if message_id is not None:
        _send_by("email", message_id, at, after)
    return message_id


def waits_for(work_id: int) -> str:
    """How a delivery says that it waits for a piece of work."""
    return f"waits for work {work_id}"


def _send_by(channel: str, message_id: int, at: datetime, after: int | None) -> None:
    waits = {"due_at": at, "error": None} if after is None else {"due_at": at + PATIENCE, "error": waits_for(after)}
    delivery_id = SENDING.scalar({"message_id": message_id, "channel": channel, **waits})
    for hook in hurry if after is None else ():
        after_commit(partial(hook, delivery_id))


D: Any = Delivery.__table__
SENDING = Statement(lambda: insert(D).returning(D.c.id), keys=("message_id", "channel", "due_at", "error"))


def _telling() -> Any:
    row = insert(Message.__table__)
    return row.on_conflict_do_nothing(index_elements=["period"]).returning(Message.__table__.c.id)


TOLD = ("person_id", "address", "kind", "facts", "period", "message_key", "told_at", "due_at")
TELLING = Statement(_telling, keys=TOLD)
