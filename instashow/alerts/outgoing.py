"""A message's way out: waiting → sending → sent, failed, uncertain or skipped.

Between the final dot and the answer nobody knows whether a letter arrived. Found `sending` after a crash it is
uncertain: what a person must know is sent once more under the same Message-ID, anything else stays uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update

from instashow.alerts.kinds import must_know
from instashow.alerts.letters import Addressee
from instashow.config import settings
from instashow.db import db
from instashow.outbox import Delivery, Message, waits_for
from instashow.people.models import Person

LEASE = timedelta(minutes=5)
"""Longer than any conversation with a post office."""
PAUSE = timedelta(seconds=2)
TRIES = 6
KEPT = timedelta(days=30)
"""How long it is kept how a letter travelled: so long anybody may ask why none came."""


@dataclass(frozen=True)
class Waiting:
    """A delivery that is due: what to say, to whom, through which channel."""

    delivery_id: int
    channel: str
    kind: str
    facts: dict[str, Any]
    key: str
    told_at: datetime
    to: Addressee
    unwelcome: str
    """Why this person is not to be told; empty: they are."""


@dataclass(frozen=True)
class Claim:
    """The right to send a delivery, until its lease ends."""

    delivery_id: int
    tries: int
    doubts: int
    kind: str


@dataclass(frozen=True)
class Outcome:
    """What became of a try: sent, failed (try again), refused (never again) or uncertain."""

    state: str
    error: str | None = None


def due(now: datetime, *, at_most: int = 50) -> list[int]:
    """Ids of the deliveries that wait, the longest due first."""
    rows = select(Delivery.id).where(Delivery.state == "waiting", Delivery.due_at <= now)
    return list(db.session.scalars(rows.order_by(Delivery.due_at, Delivery.id).limit(at_most)))


def waiting(delivery_id: int, now: datetime) -> Waiting | None:
    """The delivery, if it waits and is due."""
    row = db.session.execute(
        select(Delivery, Message, Person)
        .join(Message, Message.id == Delivery.message_id)
        .outerjoin(Person, Person.id == Message.person_id)
        .where(Delivery.id == delivery_id, Delivery.state == "waiting", Delivery.due_at <= now)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    delivery, message, person = row
    return Waiting(
        delivery_id=delivery.id,
        channel=delivery.channel,
        kind=message.kind,
        facts=message.facts,
        key=message.message_key,
        told_at=message.told_at,
        to=_addressee(message, person),
        unwelcome=_unwelcome(message.kind, person),
    )


def _addressee(message: Message, person: Person | None) -> Addressee:
    if person is None:
        language = message.facts.get("language") or settings().language
        return Addressee(person_id=None, email=message.address or "", name="", language=language)
    language = person.language or settings().language
    return Addressee(person_id=person.id, email=person.email, name=person.name, language=language)


def _unwelcome(kind: str, person: Person | None) -> str:
    if person is None:
        return ""
    if person.erased_at:
        return "the account is gone"
    if person.confirmed_at is None and not must_know(kind):
        return "the address is not confirmed"
    return ""


def claim(delivery_id: int, now: datetime) -> Claim | None:
    """Take the delivery to send it, or None where another worker has it."""
    taken = db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state == "waiting", Delivery.due_at <= now)
        .values(state="sending", tries=Delivery.tries + 1, due_at=now + LEASE, error=None)
        .returning(Delivery.tries, Delivery.doubts, Delivery.message_id)
    ).one_or_none()
    if taken is None:
        return None
    kind = db.session.scalars(select(Message.kind).where(Message.id == taken.message_id)).one()
    return Claim(delivery_id=delivery_id, tries=taken.tries, doubts=taken.doubts, kind=kind)


def settle(claim: Claim, outcome: Outcome, now: datetime) -> str:
    """Write what became of a claim, and give its state: sent, waiting (again later), failed or uncertain."""
    values = _after(claim, outcome, now)
    mine = (Delivery.id == claim.delivery_id, Delivery.state == "sending", Delivery.tries == claim.tries)
    db.session.execute(update(Delivery).where(*mine).values(error=outcome.error, **values))
    return str(values["state"])


def _after(claim: Claim, outcome: Outcome, now: datetime) -> dict[str, Any]:
    if outcome.state == "sent":
        return {"state": "sent", "settled_at": now}
    if outcome.state == "uncertain":
        return _doubted(claim, now)
    if outcome.state == "refused" or claim.tries >= TRIES:
        return {"state": "failed", "settled_at": now}
    return {"state": "waiting", "due_at": now + back_off(claim.tries)}


def _doubted(claim: Claim, now: datetime) -> dict[str, Any]:
    if must_know(claim.kind) and claim.doubts == 0:
        return {"state": "waiting", "due_at": now, "doubts": 1}
    return {"state": "uncertain", "settled_at": now}


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 4, 16, 64 and 256 minutes."""
    return timedelta(minutes=4 ** (tries - 1))


def find_lost(now: datetime) -> list[tuple[int, str]]:
    """Settle as uncertain what was being sent when its worker died; ids and what they are now."""
    rows = db.session.execute(
        select(Delivery.id, Delivery.tries, Delivery.doubts, Message.kind)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.state == "sending", Delivery.due_at <= now)
        .limit(500)
    ).all()
    lost = [Claim(delivery_id=row.id, tries=row.tries, doubts=row.doubts, kind=row.kind) for row in rows]
    outcome = Outcome("uncertain", "its worker died while sending")
    return [(one.delivery_id, settle(one, outcome, now)) for one in lost]


def tidy(now: datetime, *, at_most: int = 1000) -> int:
    """Forget how letters of a month ago travelled, and what was told to a bare address; how many ways. What people were
    told stays in their inbox."""
    over = Delivery.state.not_in(("waiting", "sending"))
    old = select(Delivery.id).where(over, Delivery.due_at < now - KEPT).order_by(Delivery.due_at).limit(at_most)
    gone = delete(Delivery).where(Delivery.id.in_(old.scalar_subquery()))
    messages = db.session.scalars(gone.returning(Delivery.message_id)).all()
    nobodys = (Message.id.in_(messages), Message.person_id.is_(None))
    db.session.execute(delete(Message).where(*nobodys, ~exists().where(Delivery.message_id == Message.id)))
    return len(messages)


def postpone(delivery_id: int, work_id: int, now: datetime) -> None:
    """Look again in a moment, or when the work that it waits for is done; this is no try."""
    _waiting_still(delivery_id, due_at=now + PAUSE, error=waits_for(work_id))


def wake(work_id: int, now: datetime) -> list[int]:
    """The deliveries that waited for this work are due now; their ids."""
    waiting = update(Delivery).where(Delivery.state == "waiting", Delivery.error == waits_for(work_id))
    return list(db.session.scalars(waiting.values(due_at=now, error=None).returning(Delivery.id)))


def skip(delivery_id: int, why: str, now: datetime) -> None:
    """Nothing is sent, for a reason that is kept."""
    _waiting_still(delivery_id, state="skipped", error=why, settled_at=now)


def unwritten(delivery_id: int, error: str, now: datetime) -> None:
    """The letter could not be written: again later, given up after the last try."""
    tries = db.session.scalars(select(Delivery.tries).where(Delivery.id == delivery_id)).one() + 1
    given_up = {"state": "failed", "settled_at": now} if tries >= TRIES else {"due_at": now + back_off(tries)}
    _waiting_still(delivery_id, tries=tries, error=error[:500], **given_up)


def _waiting_still(delivery_id: int, **values: Any) -> None:
    db.session.execute(update(Delivery).where(Delivery.id == delivery_id, Delivery.state == "waiting").values(**values))
