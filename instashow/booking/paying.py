"""Money of a booking as rows: due, paid, refunded, void; receipts and credit notes, numbered without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from instashow import outbox
from instashow.booking import tax_lines
from instashow.booking.models import Booking, Payment, Receipt, Ticket
from instashow.booking.refusals import Refusal
from instashow.db import db, insert, on_sqlite
from instashow.screenings.models import Screening
from instashow.statements import Statement
from instashow.theatres.models import City, Theatre


class NothingDue(Refusal):
    """There is no payment of this booking that waits."""

    code = "nothing_due"


@dataclass(frozen=True)
class Balance:
    """A booking's money in minor units."""

    due: int
    paid: int
    refunded: int

    @property
    def kept(self) -> int:
        """What the cinema has."""
        return self.paid - self.refunded


def owe(booking_id: int, amount: int, *, now: datetime) -> None:
    """Write what a booking costs: due at the counter; what costs nothing is paid."""
    settled = {"state": "paid", "method": "free", "settled_at": now} if amount == 0 else DUE
    OWING.run({"booking_id": booking_id, "amount": amount, "created_at": now, "provider": "counter", **settled})


DUE = {"state": "due", "method": None, "settled_at": None}
OWED = ("booking_id", "provider", "method", "amount", "state", "created_at", "settled_at")
OWING = Statement(lambda: insert(Payment.__table__), keys=OWED)


def balance(booking_id: int) -> Balance:
    """What is due, paid and refunded of a booking."""
    rows = db.session.execute(
        select(Payment.state, func.sum(Payment.amount)).where(Payment.booking_id == booking_id).group_by(Payment.state)
    )
    sums = {state: int(amount) for state, amount in rows}
    return Balance(due=sums.get("due", 0), paid=sums.get("paid", 0), refunded=sums.get("refunded", 0))


def method_of(booking_id: int) -> str | None:
    """How the booking was paid: "cash", "card" or "other"; None where nothing is paid."""
    paid = select(Payment.method).where(Payment.booking_id == booking_id, Payment.state == "paid")
    return db.session.scalars(paid.order_by(Payment.settled_at.desc(), Payment.id.desc()).limit(1)).first()


def pay(booking_id: int, *, method: str, taken_by: int | None, now: datetime) -> int:
    """Take what is due: the payment is paid and has a numbered receipt; gives the payment's id. Raises NothingDue."""
    _lock(booking_id)
    paid = db.session.execute(
        update(Payment)
        .where(Payment.booking_id == booking_id, Payment.state == "due")
        .values(state="paid", method=method, taken_by=taken_by, settled_at=now)
        .returning(Payment.id, Payment.amount)
    ).one_or_none()
    if paid is None:
        raise NothingDue
    live = select(Ticket).where(Ticket.booking_id == booking_id, Ticket.state == "live").order_by(Ticket.id)
    tickets = list(db.session.scalars(live))
    lines = [_line(ticket, ticket.price) for ticket in tickets]
    issue(paid.id, "R", lines=lines, tax=tax_lines.of_prices(tickets), now=now)
    return int(paid.id)


def refund(
    booking_id: int, returned: Sequence[tuple[Ticket, int]], *, method: str | None, taken_by: int | None, now: datetime
) -> int | None:
    """Give money back for tickets, each with its amount in minor units: a payment row and a credit note; its id.

    `taken_by` is who hands it out; None: the buyer still has to get it from the counter, and the credit note says so.
    Nothing is written, and None given, where nothing comes back.
    """
    amount = sum(back for _, back in returned)
    if amount == 0:
        return None
    given = db.session.execute(
        insert(Payment)
        .values(
            booking_id=booking_id,
            provider="counter",
            method=method,
            amount=amount,
            state="refunded",
            created_at=now,
            settled_at=now,
            taken_by=taken_by,
        )
        .returning(Payment.id)
    ).scalar_one()
    lines = [_line(ticket, back) for ticket, back in returned if back]
    issue(given, "C", lines=lines, tax=tax_lines.of_parts(returned), now=now, waits=taken_by is None)
    buyer = db.session.scalars(select(Booking.person_id).where(Booking.id == booking_id)).one()
    if buyer is not None:
        seats = [[ticket.row, ticket.number] for ticket, back in returned if back]
        outbox.tell(buyer, "refunded", booking=booking_id, payment=given, amount=amount, seats=seats)
    return int(given)


def take_off_due(booking_id: int, amount: int) -> None:
    """Take cancelled seats off what is due; nothing left is void."""
    due = (Payment.booking_id == booking_id, Payment.state == "due")
    db.session.execute(update(Payment).where(*due, Payment.amount <= amount).values(state="void"))
    db.session.execute(update(Payment).where(*due).values(amount=Payment.amount - amount))


def issue(
    payment_id: int,
    letter: str,
    *,
    lines: Sequence[dict[str, Any]],
    tax: Sequence[Any],
    now: datetime,
    waits: bool = False,
) -> None:
    """Number a receipt ("R") or credit note ("C") within the theatre's year, without a gap, and keep what it says.

    `waits`: the credit note's money waits at the counter.
    """
    series = f"{letter}{_year(payment_id, now)}"
    if not on_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"receipts {series}", 0))))
    last = db.session.scalars(select(func.max(Receipt.number)).where(Receipt.series == series)).one()
    facts = {"lines": list(lines), "tax": list(tax), "total": sum(line["amount"] for line in lines)}
    if waits:
        facts["waits"] = True
    db.session.execute(
        insert(Receipt).values(payment_id=payment_id, series=series, number=(last or 0) + 1, issued_at=now, facts=facts)
    )


def _year(payment_id: int, now: datetime) -> int:
    """The year that the theatre's clock shows: its books are closed by it."""
    zone = (
        select(City.zone).join(Theatre).join(Screening, Screening.theatre_id == Theatre.id).join(Booking).join(Payment)
    )
    return now.astimezone(ZoneInfo(db.session.scalars(zone.where(Payment.id == payment_id)).one())).year


def _line(ticket: Ticket, amount: int) -> dict[str, Any]:
    return {
        "row": ticket.row,
        "number": ticket.number,
        "type": ticket.type_code,
        "type_name": ticket.type_name,
        "category": ticket.category,
        "amount": amount,
    }


def _lock(booking_id: int) -> None:
    """Payments of one booking change one after another."""
    db.session.execute(update(Booking).where(Booking.id == booking_id).values(version=Booking.version + 1))
