"""The printed papers of a booking as PDF: its tickets, its receipts."""

from __future__ import annotations

from typing import Any

from instashow.alerts.papers import painted
from instashow.alerts.printing import data_uri, printed
from instashow.booking import paper_codes, paper_facts, paper_money
from instashow.booking import paper_words as words
from instashow.booking.models import Booking
from instashow.booking.paper_facts import Sheet
from instashow.config import settings
from instashow.shows.poster_widths import measure

HEAD = (67.0, 23.0)
"""Width and height of a ticket's title and own title, in mm."""


def tickets(booking: Booking) -> bytes:
    """All live tickets of the booking as PDF, three to an A4 sheet."""
    return printed(ticket_page(booking))


def ticket_page(booking: Booking) -> str:
    """The tickets' sheet as HTML."""
    sheet = paper_facts.sheet_of(booking)
    return painted(
        "print/ticket.html",
        sheet=sheet,
        words=words,
        house=settings(),
        stock=data_uri(painted("print/stock.svg", stock=sheet.stock).encode(), "image/svg+xml"),
        codes=[data_uri(paper_codes.svg(seat.code), "image/svg+xml") for seat in sheet.seats],
        fitted=_fitted(sheet),
    )


def receipts(booking: Booking) -> bytes:
    """The booking's receipts and credit notes as PDF, one a page; before that what is due, without a number."""
    return printed(receipt_page(booking))


def receipt_page(booking: Booking) -> str:
    """The money papers as HTML."""
    return painted(
        "print/receipt.html",
        sheet=paper_facts.sheet_of(booking),
        papers=paper_money.papers_of(booking),
        words=words,
        house=settings(),
    )


def _fitted(sheet: Sheet) -> dict[str, Any]:
    """The largest sizes, in mm, at which title and own title fit their box; a seat's name fills its own."""
    title, own = 0.0, 0.0
    for tenths in range(106, 36, -3):
        title, own = tenths / 10, max(3.6, round(tenths * 0.074, 2))
        tall = _lines(sheet.title, title) * title * 0.98 + _lines(sheet.own, own) * own * 1.18
        if tall <= HEAD[1]:
            break
    seats = [round(min(47, 60 / (measure(seat.name).advances[0] * 1.04)), 2) for seat in sheet.seats]
    return {"title": title, "own": own, "seats": seats}


def _lines(text: str, size: float) -> int:
    """How many lines the words take at this size in the box of the head."""
    lines, at = 0, HEAD[0]
    for word in text.split():
        width = measure(word).advances[0] * 1.06 * size
        if at + width > HEAD[0]:
            lines, at = lines + 1, 0.0
        at += width + size * 0.2
    return lines
