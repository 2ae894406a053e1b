"""Sales of the past written in bulk: bookings, tickets, claims, payments, receipts that agree; no messages, no papers.

For the demo and for taking over another system's past. Each sale was judged before; nothing is checked here but by the
schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from instashow.booking import policy, tax_lines
from instashow.booking.models import Booking, Payment, Receipt, Ticket
from instashow.booking.references import ALPHABET, LENGTH
from instashow.bulk import follow, pour, text_of
from instashow.db import db, on_sqlite
from instashow.screenings.models import Claim

NUMBERED = (Booking, Ticket, Payment, Receipt)
COLUMNS: dict[Any, tuple[str, ...]] = {
    Booking: (
        *("id", "reference", "person_id", "screening_id", "booked_at", "state", "total"),
        *("refunds", "tax", "lines", "cancelled_at", "version"),
    ),
    Ticket: (
        *("id", "booking_id", "screening_id", "place_id", "row", "number", "kind", "category"),
        *("type_id", "type_code", "price", "tax_name", "tax_rate", "trace", "serial", "state"),
        *("used_at", "used_where", "cancelled_at", "refunded"),
    ),
    Claim: ("screening_id", "place_id", "ticket_id", "type_id", "prices"),
    Payment: ("id", "booking_id", "provider", "method", "amount", "state", "created_at", "settled_at"),
    Receipt: ("id", "payment_id", "series", "number", "issued_at", "facts"),
}
"""The tables in the order in which they are written."""
AT_ONCE = 20_000
"""Tickets kept in memory before everything is written."""
SPREAD = 217_645_177_097
"""Coprime to the number of references: counting in such steps meets each of them once, in no order that shows."""


@dataclass(frozen=True, slots=True)
class SoldSeat:
    """One seat of a sale. Price in minor units; its tax's rate per ten thousand; `trace` as pricing.quote gives it."""

    place_id: int
    row: str
    number: str
    kind: str
    category: str
    type_id: int
    type_code: str
    price: int
    tax_name: str | None
    tax_rate: int | None
    trace: tuple[Any, ...]
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastSale:
    """One booking as it happened. `settled_at` None: it is still due. `zone`: the theatre's."""

    person_id: int | None
    screening_id: int
    starts_at: datetime
    booked_at: datetime
    settled_at: datetime | None
    method: str | None
    seats: Sequence[SoldSeat]
    zone: str
    refunds: Sequence[Sequence[int]]
    cancelled_at: datetime | None = None
    used_where: str | None = None


class Ledger:
    """Where sales are written down; `close()` writes what is still in memory. One at a time, in one transaction.

    `offset` moves all references, so that two installations do not share theirs.
    """

    def __init__(self, offset: int = 0) -> None:
        if not on_sqlite():
            names = ", ".join(table.__tablename__ for table in NUMBERED)
            db.session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
        self._offset = offset
        self._rows: dict[Any, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self._last: dict[Any, int] = {table: db.session.scalar(select(func.max(table.id))) or 0 for table in NUMBERED}
        self._numbers: dict[str, int] = {}

    def write(self, sale: PastSale) -> int:
        """Write one sale; gives the booking's id."""
        booking_id, gone = self._next(Booking), sale.cancelled_at
        prices = [seat.price for seat in sale.seats]
        self._rows[Booking].append(
            (
                *(booking_id, self._reference(booking_id), sale.person_id, sale.screening_id, sale.booked_at),
                *("cancelled" if gone else "live", sum(prices), text_of(sale.refunds), _tax(sale, prices)),
                *("[]", gone, 2 if gone else 1),
            )
        )
        back = _back(sale, prices)
        self._tickets(booking_id, sale, back)
        self._payments(booking_id, sale, prices, back)
        if len(self._rows[Ticket]) >= AT_ONCE:
            self.close()
        return booking_id

    def close(self) -> None:
        """Write what is in memory."""
        for table, columns in COLUMNS.items():
            pour(table, columns, self._rows[table])
            self._rows[table] = []
        for table, last in self._last.items():
            follow(table, last)

    def _tickets(self, booking_id: int, sale: PastSale, back: Sequence[int]) -> None:
        """The tickets and, while they stand, their claims."""
        gone, tickets, claims = sale.cancelled_at, self._rows[Ticket], self._rows[Claim]
        for seat, refunded in zip(sale.seats, back, strict=True):
            ticket_id, used = self._next(Ticket), None if gone else seat.used_at
            tickets.append(
                (
                    *(ticket_id, booking_id, sale.screening_id, seat.place_id),
                    *(seat.row, seat.number, seat.kind, seat.category, seat.type_id, seat.type_code),
                    *(seat.price, seat.tax_name, seat.tax_rate, _trace(seat.trace), 1, "cancelled" if gone else "live"),
                    *(used, sale.used_where if used else None, gone, refunded),
                )
            )
            if not gone:
                claims.append((sale.screening_id, seat.place_id, ticket_id, seat.type_id, "{}"))

    def _payments(self, booking_id: int, sale: PastSale, prices: Sequence[int], back: Sequence[int]) -> None:
        total, at, gone = sum(prices), sale.settled_at, sale.cancelled_at
        if at is None:
            self._pay(booking_id, None, total, "void" if gone else "due", sale.booked_at, None)
            return
        paid = self._pay(booking_id, sale.method, total, "paid", sale.booked_at, at)
        self._receipt(paid, "R", sale, prices, at)
        if gone and sum(back):
            given = self._pay(booking_id, sale.method, sum(back), "refunded", gone, gone)
            self._receipt(given, "C", sale, back, gone)

    def _pay(
        self, booking_id: int, method: str | None, amount: int, state: str, created: datetime, settled: datetime | None
    ) -> int:
        payment_id = self._next(Payment)
        self._rows[Payment].append((payment_id, booking_id, "counter", method, amount, state, created, settled))
        return payment_id

    def _receipt(self, payment_id: int, letter: str, sale: PastSale, amounts: Sequence[int], at: datetime) -> None:
        series = f"{letter}{at.astimezone(ZoneInfo(sale.zone)).year}"
        lines = [_line(seat, amount) for seat, amount in zip(sale.seats, amounts, strict=True) if amount]
        facts = f'{{"lines": {text_of(lines)}, "tax": {_tax(sale, amounts)}, "total": {sum(amounts)}}}'
        self._rows[Receipt].append((self._next(Receipt), payment_id, series, self._number(series), at, facts))

    def _number(self, series: str) -> int:
        if series not in self._numbers:
            last = select(func.max(Receipt.number)).where(Receipt.series == series)
            self._numbers[series] = db.session.scalar(last) or 0
        self._numbers[series] += 1
        return self._numbers[series]

    def _next(self, table: Any) -> int:
        self._last[table] += 1
        return self._last[table]

    def _reference(self, booking_id: int) -> str:
        left, signs = (self._offset + booking_id * SPREAD) % len(ALPHABET) ** LENGTH, ""
        for _ in range(LENGTH):
            left, sign = divmod(left, len(ALPHABET))
            signs += ALPHABET[sign]
        return signs


def _back(sale: PastSale, prices: Sequence[int]) -> list[int]:
    """What came back for each seat, by the policy, where it was paid and cancelled."""
    if not sale.cancelled_at or not sale.settled_at:
        return [0] * len(prices)
    share = policy.share_of(sale.refunds, starts_at=sale.starts_at, now=sale.cancelled_at)
    return [policy.back(price, share) for price in prices]


def _tax(sale: PastSale, amounts: Sequence[int]) -> str:
    """The tax contained in these amounts for the sale's seats, at the rate of each seat's whole price."""
    parts = zip(sale.seats, amounts, strict=True)
    return _tax_text(tuple((seat.tax_name, seat.tax_rate, amount) for seat, amount in parts if amount))


@lru_cache(maxsize=10_000)
def _tax_text(parts: tuple[tuple[str | None, int | None, int], ...]) -> str:
    return text_of(tax_lines.written(parts))


@lru_cache(maxsize=10_000)
def _trace(trace: tuple[Any, ...]) -> str:
    return text_of(trace)


def _line(seat: SoldSeat, amount: int) -> dict[str, Any]:
    return {
        "row": seat.row,
        "number": seat.number,
        "type": seat.type_code,
        "type_name": None,
        "category": seat.category,
        "amount": amount,
    }
