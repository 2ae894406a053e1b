"""Sales of the past written in bulk: bookings, tickets, claims, payments, receipts that agree; no messages, no papers.

For the demo and for taking over another system's past. Each sale was judged before; nothing is checked here but by the
schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, select, text
from sqlalchemy import insert as plain_insert

from instashow.booking import policy
from instashow.booking.models import Booking, Payment, Receipt, Ticket
from instashow.booking.references import ALPHABET, LENGTH
from instashow.db import db, on_sqlite
from instashow.pricing import tax
from instashow.screenings.models import Claim

TABLES: tuple[Any, ...] = (Booking, Ticket, Claim, Payment, Receipt)
"""In the order in which they are written."""
NUMBERED = (Booking, Ticket, Payment, Receipt)
AT_ONCE = 20_000
"""Rows kept in memory before they are written."""
SPREAD = 217_645_177_097
"""Coprime to the number of references: counting in such steps meets each of them once, in no order that shows."""


@dataclass(frozen=True, slots=True)
class SoldSeat:
    """One seat of a sale. Price in minor units; `trace` as pricing.quote gives it."""

    place_id: int
    row: str
    number: str
    kind: str
    category: str
    type_id: int
    type_code: str
    price: int
    trace: Sequence[Any]
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastSale:
    """One booking as it happened. `settled_at` None: it is still due. `bands`: the theatre's tax."""

    person_id: int | None
    screening_id: int
    starts_at: datetime
    booked_at: datetime
    settled_at: datetime | None
    method: str | None
    seats: Sequence[SoldSeat]
    bands: Sequence[tax.Band]
    refunds: list[list[int]]
    cancelled_at: datetime | None = None
    used_where: str | None = None


@dataclass
class Ledger:
    """Where sales are written down; `close()` writes what is still in memory. One at a time."""

    offset: int = 0
    """Moves all references, so that two installations do not share theirs."""
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {one.__tablename__: [] for one in TABLES})
    _last: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not on_sqlite():
            names = ", ".join(one.__tablename__ for one in NUMBERED)
            db.session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
        for one in NUMBERED:
            self._last[one.__tablename__] = db.session.scalar(select(func.max(one.id))) or 0

    def write(self, sale: PastSale) -> int:
        """Write one sale; gives the booking's id."""
        booking_id = self._next("bookings")
        total = sum(seat.price for seat in sale.seats)
        gone = sale.cancelled_at is not None
        self._put(
            "bookings",
            id=booking_id,
            reference=self._reference(booking_id),
            person_id=sale.person_id,
            screening_id=sale.screening_id,
            booked_at=sale.booked_at,
            state="cancelled" if gone else "live",
            total=total,
            refunds=sale.refunds,
            tax=_tax([seat.price for seat in sale.seats], sale.bands),
            lines=[],
            cancelled_at=sale.cancelled_at,
            version=2 if gone else 1,
        )
        back = self._tickets(booking_id, sale)
        self._payments(booking_id, sale, total, back)
        if len(self._rows["tickets"]) >= AT_ONCE:
            self.close()
        return booking_id

    def close(self) -> None:
        """Write what is in memory."""
        for one in TABLES:
            name = one.__tablename__
            if rows := self._rows[name]:
                db.session.execute(plain_insert(cast(Table, one.__table__)), rows)
                self._rows[name] = []
        if not on_sqlite():
            for one in NUMBERED:
                name = one.__tablename__
                db.session.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": name, "last": max(1, self._last[name])},
                )

    def _tickets(self, booking_id: int, sale: PastSale) -> list[int]:
        """The tickets and, while they stand, their claims; gives what came back for each seat."""
        gone = sale.cancelled_at
        share = policy.share_of(sale.refunds, starts_at=sale.starts_at, now=gone) if gone and sale.settled_at else 0
        back = [policy.back(seat.price, share) for seat in sale.seats]
        for seat, refunded in zip(sale.seats, back, strict=True):
            ticket_id = self._next("tickets")
            self._put(
                "tickets",
                id=ticket_id,
                booking_id=booking_id,
                screening_id=sale.screening_id,
                place_id=seat.place_id,
                row=seat.row,
                number=seat.number,
                kind=seat.kind,
                category=seat.category,
                type_id=seat.type_id,
                type_code=seat.type_code,
                type_name=None,
                price=seat.price,
                trace=seat.trace,
                serial=1,
                state="cancelled" if gone else "live",
                used_at=None if gone else seat.used_at,
                used_where=sale.used_where if seat.used_at and not gone else None,
                cancelled_at=gone,
                refunded=refunded,
            )
            if not gone:
                place = {"screening_id": sale.screening_id, "place_id": seat.place_id, "ticket_id": ticket_id}
                self._rows["claims"].append({**place, "type_id": seat.type_id, "prices": {}})
        return back

    def _payments(self, booking_id: int, sale: PastSale, total: int, back: list[int]) -> None:
        due = {"amount": total, "created_at": sale.booked_at, "method": sale.method, "settled_at": sale.settled_at}
        if sale.settled_at is None:
            self._pay(booking_id, state="void" if sale.cancelled_at else "due", **{**due, "method": None})
            return
        paid = self._pay(booking_id, state="paid", **due)
        self._receipt(paid, "R", sale, [seat.price for seat in sale.seats], sale.settled_at)
        if sale.cancelled_at and sum(back):
            then = {"created_at": sale.cancelled_at, "settled_at": sale.cancelled_at, "method": sale.method}
            given = self._pay(booking_id, state="refunded", amount=sum(back), **then)
            self._receipt(given, "C", sale, back, sale.cancelled_at)

    def _pay(self, booking_id: int, **values: Any) -> int:
        payment_id = self._next("payments")
        self._put("payments", id=payment_id, booking_id=booking_id, provider="counter", **values)
        return payment_id

    def _receipt(self, payment_id: int, letter: str, sale: PastSale, amounts: list[int], at: datetime) -> None:
        series = f"{letter}{at.year}"
        if series not in self._numbers:
            last = select(func.max(Receipt.number)).where(Receipt.series == series)
            self._numbers[series] = db.session.scalar(last) or 0
        self._numbers[series] += 1
        lines = [_line(seat, amount) for seat, amount in zip(sale.seats, amounts, strict=True) if amount]
        facts = {"lines": lines, "tax": _tax([a for a in amounts if a], sale.bands), "total": sum(amounts)}
        self._put(
            "receipts",
            id=self._next("receipts"),
            payment_id=payment_id,
            series=series,
            number=self._numbers[series],
            issued_at=at,
            facts=facts,
        )

    def _next(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    def _put(self, table: str, **values: Any) -> None:
        self._rows[table].append(values)

    def _reference(self, booking_id: int) -> str:
        left, signs = (self.offset + booking_id * SPREAD) % len(ALPHABET) ** LENGTH, ""
        for _ in range(LENGTH):
            left, sign = divmod(left, len(ALPHABET))
            signs += ALPHABET[sign]
        return signs


def _tax(prices: Sequence[int], bands: Sequence[tax.Band]) -> list[dict[str, Any]]:
    lines = tax.lines(prices, bands)
    return [{"name": one.name, "rate": one.rate, "gross": one.gross, "amount": one.tax} for one in lines]


def _line(seat: SoldSeat, amount: int) -> dict[str, Any]:
    return {
        "row": seat.row,
        "number": seat.number,
        "type": seat.type_code,
        "type_name": None,
        "category": seat.category,
        "amount": amount,
    }
