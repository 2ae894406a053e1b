"""What the money papers of a booking say: receipts, credit notes, and what is due before there is a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from instashow.booking import paper_words as words
from instashow.booking import refund_words, seat_words, tax_lines
from instashow.booking.models import Booking, Payment, Receipt, Ticket
from instashow.db import db


@dataclass(frozen=True)
class Paper:
    """One money paper in words."""

    name: str
    number: str
    """"R2026-000003"; empty for a statement."""
    amount: str
    sum: str
    """What the amount is: paid, to pay, given back."""
    lines: tuple[tuple[str, str], ...]
    tax: tuple[tuple[str, str], ...]
    sentence: str
    at: datetime | None
    waits: bool = False
    """A credit note whose money waits at the counter."""
    back: bool = False
    """A credit note."""
    taxed: tuple[Mapping[str, Any], ...] = ()
    """The tax lines of what was issued, as they are kept."""


def papers_of(booking: Booking) -> list[Paper]:
    """The receipts and credit notes in the order they were issued; a statement where none is, or something is due."""
    zone = ZoneInfo(booking.screening.theatre.city.zone)
    issued = db.session.execute(
        select(Receipt, Payment)
        .join(Payment, Payment.id == Receipt.payment_id)
        .where(Payment.booking_id == booking.id)
        .order_by(Receipt.id)
    ).all()
    papers = [_issued(receipt, payment, booking, zone) for receipt, payment in issued]
    due = sum(one.amount for one in booking.payments if one.state == "due")
    return papers if papers and not due else [*papers, _statement(booking, due)]


def tax_words(lines: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Tax lines with what they are contained in."""
    return tuple(
        (
            _(
                "%(name)s %(rate)s, contained in %(gross)s",
                name=line["name"],
                rate=words.rate(line["rate"]),
                gross=words.money(line["gross"]),
            ),
            words.money(line["amount"]),
        )
        for line in lines
    )


def _issued(receipt: Receipt, payment: Payment, booking: Booking, zone: ZoneInfo) -> Paper:
    back, waits = payment.state == "refunded", bool(receipt.facts.get("waits"))
    return Paper(
        name=_("Credit note") if back else _("Receipt"),
        number=f"{receipt.series}-{receipt.number:06d}",
        amount=words.money(receipt.facts["total"]),
        sum=_("Given back") if back else _("Paid"),
        lines=tuple(_line(line, booking) for line in receipt.facts["lines"]),
        tax=tax_words(receipt.facts["tax"]),
        sentence=refund_words.given(booking, payment.method, waits=waits) if back else _taken(payment),
        at=receipt.issued_at.astimezone(zone),
        waits=waits,
        back=back,
        taxed=tuple(receipt.facts["tax"]),
    )


def _statement(booking: Booking, due: int) -> Paper:
    live = [one for one in booking.tickets if one.state == "live"]
    return Paper(
        name=_("To pay") if due else _("Nothing to pay"),
        number="",
        amount=words.money(due),
        sum=_("To pay"),
        lines=tuple(_seat(one, booking) for one in live),
        tax=tax_words(tax_lines.of_prices(live)) if due == sum(one.price for one in live) else (),
        sentence=_("This is not a receipt. You get a numbered one when you have paid at the counter.") if due else "",
        at=None,
    )


def _line(line: Mapping[str, Any], booking: Booking) -> tuple[str, str]:
    kind, amount = words.type_name(line["type"], line.get("type_name")), words.money(line["amount"])
    if booking.screening.layout.unnumbered:
        return f"{_('Free seating')}, {kind}", amount
    return ", ".join((f"{line['row']}{line['number']}", kind, seat_words.category(line["category"]))), amount


def _seat(ticket: Ticket, booking: Booking) -> tuple[str, str]:
    said = {"row": ticket.row, "number": ticket.number, "type": ticket.type_code, "type_name": ticket.type_name}
    return _line({**said, "category": ticket.category, "amount": ticket.price}, booking)


def _taken(payment: Payment) -> str:
    by = {"cash": _("Paid in cash."), "card": _("Paid by card."), "free": _("Nothing to pay.")}
    return str(by.get(payment.method or "") or _("Paid."))
