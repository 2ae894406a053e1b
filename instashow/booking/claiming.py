"""Writing the seats' claims: one row per screening and seat, taken by one conditional statement for all seats.

The primary key is the lock: whoever inserts the row, or updates a lapsed one, has the seat; the same on both databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select, update

from instashow.booking.models import Booking, Hold, Ticket
from instashow.db import db, insert, on_sqlite
from instashow.people.models import Visitor
from instashow.screenings.models import Claim


def take(
    visitor_id: int, screening_id: int, prices: Mapping[int, dict[str, Any]], *, until: datetime, now: datetime
) -> set[int]:
    """Try to hold the places that are priced; gives those that are now the visitor's.

    `prices` are what each place locks, by place id.
    """
    rows = [
        {
            "screening_id": screening_id,
            "place_id": place_id,
            "visitor_id": visitor_id,
            "held_at": now,
            "held_until": until,
            "prices": prices[place_id],
        }
        for place_id in sorted(prices)
    ]
    if not rows:
        return set()
    statement = insert(Claim)
    lapsed = and_(Claim.ticket_id.is_(None), Claim.held_until <= now)
    afresh = {name: statement.excluded[name] for name in ("visitor_id", "held_at", "held_until", "prices")}
    taking = statement.on_conflict_do_update(
        index_elements=["screening_id", "place_id"], set_={**afresh, "type_id": None}, where=lapsed
    )
    return set(db.session.execute(taking.returning(Claim.place_id), rows).scalars())


def mine(visitor_id: int, screening_id: int, now: datetime) -> list[Claim]:
    """The visitor's held claims that have not lapsed, by place id, locked for the transaction that asks."""
    held = select(Claim).where(*_theirs(visitor_id, screening_id, now)).order_by(Claim.place_id)
    held = held.execution_options(populate_existing=True)
    return list(db.session.scalars(held if on_sqlite() else held.with_for_update()))


def let_go(visitor_id: int, screening_id: int, places: Iterable[int] | None) -> set[int]:
    """Free the visitor's held places, or all of them; gives those that were freed."""
    gone = delete(Claim).where(
        Claim.visitor_id == visitor_id, Claim.screening_id == screening_id, Claim.ticket_id.is_(None)
    )
    if places is not None:
        gone = gone.where(Claim.place_id.in_(sorted(places)))
    return set(db.session.execute(gone.returning(Claim.place_id)).scalars())


def keep_until(visitor_id: int, screening_id: int, *, until: datetime, now: datetime) -> None:
    """Move the end of the visitor's held claims that have not lapsed."""
    db.session.execute(update(Claim).where(*_theirs(visitor_id, screening_id, now)).values(held_until=until))


def hand_over(old: int, new: int, screening_id: int, now: datetime) -> None:
    """Give a visitor's held claims that have not lapsed to another visitor."""
    db.session.execute(update(Claim).where(*_theirs(old, screening_id, now)).values(visitor_id=new))


def choose_types(visitor_id: int, screening_id: int, types: Mapping[int, int], now: datetime) -> None:
    """Note the ticket type chosen for each held place."""
    for place_id, type_id in types.items():
        db.session.execute(
            update(Claim)
            .where(*_theirs(visitor_id, screening_id, now), Claim.place_id == place_id)
            .values(type_id=type_id)
        )


def sell(booking_id: int, visitor_id: int, screening_id: int, now: datetime) -> int:
    """Turn the visitor's held claims into the tickets of a booking; gives how many were still theirs to sell."""
    sold = (
        update(Claim)
        .where(
            *_theirs(visitor_id, screening_id, now),
            Ticket.booking_id == booking_id,
            Ticket.place_id == Claim.place_id,
        )
        .values(ticket_id=Ticket.id, held_until=None)
        .returning(Claim.place_id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session.execute(sold).all())


def free_tickets(ticket_ids: Iterable[int]) -> None:
    """The seats of cancelled tickets are free again."""
    db.session.execute(delete(Claim).where(Claim.ticket_id.in_(sorted(ticket_ids))))


def bought(person_id: int, screening_id: int) -> int:
    """How many live tickets a person has for a screening."""
    live = select(func.count()).where(
        Booking.person_id == person_id,
        Booking.screening_id == screening_id,
        Ticket.booking_id == Booking.id,
        Ticket.state == "live",
    )
    return db.session.scalars(live).one()


def held_from(address: str, now: datetime) -> int:
    """Seats that anonymous visitors of one address hold; the address is locked until the transaction ends."""
    if not on_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(address, 0))))
    held = select(func.count()).where(
        Claim.visitor_id == Visitor.id,
        Visitor.address == address,
        Visitor.person_id.is_(None),
        Claim.ticket_id.is_(None),
        Claim.held_until > now,
    )
    return db.session.scalars(held).one()


def sweep(now: datetime) -> int:
    """Remove lapsed claims and holds; only tidies, for a lapse counts from its moment on."""
    gone = db.session.execute(
        delete(Claim).where(Claim.ticket_id.is_(None), Claim.held_until <= now).returning(Claim.place_id)
    ).all()
    db.session.execute(delete(Hold).where(Hold.expires_at <= now))
    return len(gone)


def _theirs(visitor_id: int, screening_id: int, now: datetime) -> tuple[Any, ...]:
    return (
        Claim.visitor_id == visitor_id,
        Claim.screening_id == screening_id,
        Claim.ticket_id.is_(None),
        Claim.held_until > now,
    )
