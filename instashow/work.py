"""Records of background work and their progress: the durable row behind every paper, import and export.

A job claims a row, works, settles it, and renews its lease meanwhile where it takes long; a row whose worker died is
claimed again after its lease. Only the last claim may settle: a worker that was thought dead and comes back late
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Facts, Model, Moment, after_commit, db, insert
from instashow.statements import Statement

hurry: list[Callable[[int], object]] = []
"""Called with a piece of work's id once it is written; `jobs` sets it. What is missed is found by the sweep."""

LEASE = timedelta(minutes=2)
TRIES = 5
MISSED = timedelta(minutes=1)


class Work(Model):
    """One piece of work: what, for whom, how far, and the file it made."""

    __tablename__ = "works"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'stopped')", name="state"),
        Index("uq_works_key", "kind", "key", unique=True),
        Index("ix_works_state", "state", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    """What makes two requests the same work, such as a booking's reference and version."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Facts, default=dict)
    state: Mapped[str] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    file: Mapped[str | None]
    error: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    """Not before this moment; while running, when its lease ends."""
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True)
class Claim:
    """The right to do a piece of work, until its lease ends and another takes it."""

    id: int
    kind: str
    key: str
    facts: dict[str, Any]
    tries: int
    until: datetime


class Heartbeat(Model):
    """When a process of some name was last seen alive, or something that one does for all was last done."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def want(kind: str, key: str, *, facts: dict[str, Any], now: datetime, owner_id: int | None = None) -> int:
    """The id of the work row for this key, written where there is none."""
    row = {"kind": kind, "key": key, "facts": facts, "owner_id": owner_id, "created_at": now, "due_at": now}
    work_id: int | None = WANTING.scalar(row)
    if work_id is None:
        return db.session.scalars(select(Work.id).where(Work.kind == kind, Work.key == key)).one()
    _hurry(work_id)
    return work_id


def _wanting() -> Any:
    row = insert(Work.__table__)
    return row.on_conflict_do_nothing(index_elements=["kind", "key"]).returning(Work.__table__.c.id)


WANTING = Statement(_wanting, keys=("kind", "key", "facts", "owner_id", "created_at", "due_at"))


def again(work_id: int, now: datetime) -> None:
    """Do it once more: what it made is gone, or it was given up."""
    settled = update(Work).where(Work.id == work_id, Work.state.in_(("done", "failed", "stopped")))
    if db.session.execute(settled.values(state="waiting", due_at=now, tries=0, file=None).returning(Work.id)).first():
        _hurry(work_id)


def _hurry(work_id: int) -> None:
    for hook in hurry:
        after_commit(partial(hook, work_id))


def due(now: datetime, *, at_most: int = 50) -> list[int]:
    """Ids of work that waits, or whose worker died."""
    waiting = select(Work.id).where(Work.state.in_(("waiting", "running")), Work.due_at <= now)
    return list(db.session.scalars(waiting.order_by(Work.due_at, Work.id).limit(at_most)))


def claim(work_id: int, now: datetime) -> Claim | None:
    """Take a due row, or None where another worker has it, or where its worker died each time."""
    columns = (Work.id, Work.kind, Work.key, Work.facts, Work.tries, Work.due_at)
    taken = (
        update(Work)
        .where(Work.id == work_id, Work.due_at <= now, Work.state.in_(("waiting", "running")))
        .values(state="running", due_at=now + LEASE, tries=Work.tries + 1)
        .returning(*columns)
    )
    row = db.session.execute(taken).one_or_none()
    mine = None if row is None else Claim(*row)
    if mine is None or mine.tries <= TRIES:
        return mine
    _settle(mine, state="failed", error="its worker died each time", settled_at=now)
    return None


def renew(mine: Claim, now: datetime) -> Claim | None:
    """The same claim for another lease; None where it is somebody else's by now, or settled."""
    until = now + LEASE
    return replace(mine, until=until) if _settle(mine, due_at=until) else None


def finish(mine: Claim, *, file: str | None, now: datetime) -> bool:
    """The work is done; `file` is what it made, within the files' folder. False where it is somebody else's by now."""
    return _settle(mine, state="done", file=file, error=None, settled_at=now)


def fail(mine: Claim, *, error: str, now: datetime) -> str:
    """A try failed: "waiting" for another after a back-off, "failed" for good after the last, "lost" where the work is
    somebody else's by now."""
    later = now + timedelta(seconds=5 * 4 ** (mine.tries - 1))
    state, when = ("failed", {"settled_at": now}) if mine.tries >= TRIES else ("waiting", {"due_at": later})
    return state if _settle(mine, state=state, error=error[:500], **when) else "lost"


def _settle(mine: Claim, **values: Any) -> bool:
    """Whether it was this claim's still: every claim ends its lease at a moment of its own."""
    still = (Work.id == mine.id, Work.state == "running", Work.tries == mine.tries, Work.due_at == mine.until)
    return db.session.execute(update(Work).where(*still).values(**values).returning(Work.id)).first() is not None


def beat(name: str, now: datetime) -> None:
    """A process of this name is alive."""
    row = insert(Heartbeat).values(name=name, at=now)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": now}))


def last_seen(name: str = "worker") -> datetime | None:
    """When a process of this name was last alive; None: never."""
    return db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))


def worker_missing(now: datetime) -> bool:
    """Whether no worker has been seen for a minute."""
    seen = last_seen()
    return seen is None or now - seen > MISSED


def turn(name: str, every: timedelta, now: datetime) -> datetime | None:
    """Whose turn it is to do what one worker does for all: the caller's, where a moment comes back.

    The moment is when it was last somebody's turn; None: another did it less than `every` ago.
    """
    last = last_seen(name)
    if last is None:
        row = insert(Heartbeat).values(name=name, at=now)
        first = db.session.execute(row.on_conflict_do_nothing().returning(Heartbeat.name)).first()
        return now - every if first else None
    if last <= now < last + every:
        return None
    mine = update(Heartbeat).where(Heartbeat.name == name, Heartbeat.at == last).values(at=now)
    return min(last, now) if db.session.execute(mine.returning(Heartbeat.name)).first() else None


def tidy(kinds: tuple[str, ...], *, before: datetime, at_most: int = 200) -> list[str]:
    """Forget finished work of these kinds that was settled before a moment; the names of the files it made."""
    old = (
        select(Work.id)
        .where(Work.kind.in_(kinds), Work.state.in_(("done", "failed", "stopped")), Work.settled_at < before)
        .limit(at_most)
    )
    gone = db.session.execute(delete(Work).where(Work.id.in_(old.scalar_subquery())).returning(Work.file))
    return [file or "" for file in gone.scalars()]
