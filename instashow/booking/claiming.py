"""Writing the seats' claims: one row per screening and seat, taken by one conditional statement for all seats.

The primary key is the lock: whoever inserts the row, or updates a lapsed one, has the seat; the same on both databases.
Statements on the sale's path are built once. Whatever changes how many seats are free ends the cached pages that say
so ("seats").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, tuple_, update

from instashow.booking.models import Booking, Hold, Ticket
from instashow.cache import changed
from instashow.db import Moment, db, insert, on_sqlite
from instashow.people.models import Visitor
from instashow.screenings.models import Claim
from instashow.statements import Rows, Statement, numbered
from instashow.theatres.models import Place

CLAIMS: Any = Claim.__table__
C: Any = CLAIMS.c
NOW = bindparam("now", type_=Moment)
SWEPT = 2000
"""Rows that one sweep removes at most."""
THEIRS = (
    C.visitor_id == bindparam("visitor"),
    C.screening_id == bindparam("screening"),
    C.ticket_id.is_(None),
    C.held_until > NOW,
)
MINE = (
    select(
        C.place_id,
        C.held_at,
        C.held_until,
        C.type_id,
        C.prices,
        Place.__table__.c.row,
        Place.__table__.c.number,
        Place.__table__.c.kind,
        Place.__table__.c.category,
    )
    .join_from(CLAIMS, Place.__table__, Place.__table__.c.id == C.place_id)
    .where(*THEIRS)
    .order_by(C.place_id)
)
MINE_HERE = Statement(lambda: MINE if on_sqlite() else MINE.with_for_update(of=CLAIMS))
SELL = Statement(
    lambda: (
        update(CLAIMS)
        .where(
            *THEIRS, Ticket.__table__.c.booking_id == bindparam("booking"), Ticket.__table__.c.place_id == C.place_id
        )
        .values(ticket_id=Ticket.__table__.c.id, held_until=None)
        .returning(C.place_id)
    )
)
BUYER = Statement(
    lambda: select(
        Visitor.__table__.c.person_id,
        Visitor.__table__.c.address,
        select(func.count())
        .select_from(Booking.__table__.join(Ticket.__table__))
        .where(
            Booking.__table__.c.person_id == Visitor.__table__.c.person_id,
            Booking.__table__.c.screening_id == bindparam("screening"),
            Ticket.__table__.c.state == "live",
        )
        .scalar_subquery()
        .label("bought"),
    ).where(Visitor.__table__.c.id == bindparam("visitor"))
)


def _taking(count: int) -> Any:
    """Insert claims, or take over those that have lapsed."""
    row = insert(CLAIMS).values(numbered(CLAIMS, count, "place_id", "prices", *BESIDE))
    afresh = {name: row.excluded[name] for name in ("visitor_id", "held_at", "held_until", "prices")}
    taking = row.on_conflict_do_update(
        index_elements=["screening_id", "place_id"],
        set_={**afresh, "type_id": None},
        where=C.ticket_id.is_(None) & (C.held_until <= row.excluded.held_at),
    )
    return taking.returning(C.place_id)


BESIDE = ("screening_id", "visitor_id", "held_at", "held_until")
TAKING = Rows(_taking)


def _lost(count: int) -> Any:
    wanted = or_(*(C.place_id == row["place_id"] for row in numbered(CLAIMS, count, "place_id")))
    theirs = or_(C.ticket_id.is_not(None), (C.held_until > NOW) & (C.visitor_id != bindparam("visitor")))
    return select(C.place_id).where(C.screening_id == bindparam("screening_id"), wanted, theirs)


LOST = Rows(_lost)


def take(
    visitor_id: int, screening_id: int, prices: Mapping[int, dict[str, Any]], *, until: datetime, now: datetime
) -> set[int]:
    """Try to hold the places that are priced; gives those that are now the visitor's.

    `prices` are what each place locks, by place id.
    """
    beside = {"screening_id": screening_id, "visitor_id": visitor_id, "held_at": now, "held_until": until}
    rows = [{"place_id": place_id, "prices": prices[place_id], **beside} for place_id in sorted(prices)]
    changed("seats")
    return {row[0] for row in TAKING.rows(rows)} if rows else set()


def lost(visitor_id: int, screening_id: int, places: Collection[int], now: datetime) -> set[int]:
    """Those of these places that others have."""
    words = {"screening_id": screening_id, "visitor": visitor_id, "now": now}
    return {row[0] for row in LOST.rows([{"place_id": place_id} for place_id in places], words)} if places else set()


def mine(visitor_id: int, screening_id: int, now: datetime) -> Sequence[Any]:
    """The visitor's held claims that have not lapsed with their places, by place id, locked for this transaction."""
    words = {"visitor": visitor_id, "screening": screening_id, "now": now}
    return MINE_HERE.rows(words)


def buyer(visitor_id: int, screening_id: int) -> Any:
    """Who a visitor is: person_id, address, and how many live tickets that person has `bought` for the screening."""
    return BUYER.first({"visitor": visitor_id, "screening": screening_id})


def sell(booking_id: int, visitor_id: int, screening_id: int, now: datetime) -> int:
    """Turn the visitor's held claims into the tickets of a booking; gives how many were still theirs to sell."""
    changed("seats")
    words = {"booking": booking_id, "visitor": visitor_id, "screening": screening_id, "now": now}
    return len(SELL.rows(words))


def let_go(visitor_id: int, screening_id: int, places: Iterable[int] | None) -> set[int]:
    """Free the visitor's held places, or all of them; gives those that were freed."""
    changed("seats")
    gone = delete(Claim).where(C.visitor_id == visitor_id, C.screening_id == screening_id, C.ticket_id.is_(None))
    if places is not None:
        gone = gone.where(C.place_id.in_(sorted(places)))
    return set(db.session.execute(gone.returning(C.place_id)).scalars())


def keep_until(visitor_id: int, screening_id: int, *, until: datetime, now: datetime) -> int:
    """Move the end of the visitor's held claims that have not lapsed; gives how many there are."""
    return _change(visitor_id, screening_id, now, held_until=until)


def hand_over(old: int, new: int, screening_id: int, now: datetime) -> None:
    """Give a visitor's held claims that have not lapsed to another visitor."""
    _change(old, screening_id, now, visitor_id=new)


def choose_types(visitor_id: int, screening_id: int, types: Mapping[int, int], now: datetime) -> None:
    """Note the ticket type chosen for each held place."""
    for place_id, type_id in sorted(types.items()):
        _change(visitor_id, screening_id, now, C.place_id == place_id, type_id=type_id)


def free_tickets(ticket_ids: Iterable[int]) -> None:
    """The seats of cancelled tickets are free again."""
    changed("seats")
    db.session.execute(delete(Claim).where(C.ticket_id.in_(sorted(ticket_ids))))


def held_from(address: str, now: datetime) -> int:
    """Seats that anonymous visitors of one address hold; the address is locked until the transaction ends."""
    if not on_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(address, 0))))
    # By the address and nothing else: all strangers have no person, and all held seats no ticket.
    stranger = func.coalesce(Visitor.person_id, 0) == 0
    held = select(func.count()).where(C.visitor_id == Visitor.id, Visitor.address == address, stranger)
    return db.session.scalars(held.where(C.held_until > now)).one()


def sweep(now: datetime) -> int:
    """Remove some lapsed holds and claims; only tidies, for a lapse counts from its moment on. It waits for nobody."""
    held = select(Hold.id).where(Hold.expires_at <= now).limit(SWEPT).with_for_update(skip_locked=True)
    db.session.execute(delete(Hold).where(Hold.id.in_(held)).execution_options(synchronize_session=False))
    lapsed = select(C.screening_id, C.place_id).where(C.ticket_id.is_(None), C.held_until <= now)
    some = lapsed.limit(SWEPT).with_for_update(skip_locked=True)
    gone = delete(CLAIMS).where(tuple_(C.screening_id, C.place_id).in_(some)).returning(C.place_id)
    return len(db.session.execute(gone).all())


def hold_of(visitor_id: int, screening_id: int) -> Hold | None:
    """The visitor's hold of a screening, its row locked until the transaction ends."""
    row = select(Hold).where(Hold.visitor_id == visitor_id, Hold.screening_id == screening_id)
    row = row.execution_options(populate_existing=True)
    return db.session.scalars(row if on_sqlite() else row.with_for_update()).one_or_none()


def _change(whose: int, screening_id: int, now: datetime, *which: Any, **values: Any) -> int:
    words = {"visitor": whose, "screening": screening_id, "now": now}
    made: Any = db.session.execute(update(CLAIMS).where(*THEIRS, *which).values(**values), words)
    return int(made.rowcount)
