"""What was paid of a booking, what was given back of it, and what the theatre keeps, where seats were given back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from instashow.booking import paper_money, tax_lines
from instashow.booking import paper_words as words
from instashow.booking.models import Booking
from instashow.booking.paper_money import Paper


@dataclass(frozen=True)
class Kept:
    """The sums in words."""

    rows: tuple[tuple[str, str], ...]
    """What was paid, and what comes back of it."""
    figure: str
    """What the theatre keeps."""
    beside: str
    """How much of that is for seats that were given back; empty where nothing is."""
    tax: tuple[tuple[str, str], ...]
    """As the papers together have it."""

    @property
    def said(self) -> str:
        """What the figure is."""
        return str(_("Kept by the theatre"))

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """All of it, line by line."""
        return (*self.rows, (self.said, self.figure), *self.tax)


def of(booking: Booking, papers: Iterable[Paper]) -> Kept | None:
    """The sums of a booking that was paid and of which seats were given back; else None: then its total says it."""
    paid, back = (_sum(booking, state) for state in ("paid", "refunded"))
    gone = [one for one in booking.tickets if one.state != "live"]
    if not paid or not gone:
        return None
    figures = [(_("Paid"), words.money(paid)), (_("Refund"), words.money(back) if back else "")]
    left = sum(one.price - one.refunded for one in gone)
    seats = words.seats(gone, booking.screening.layout.unnumbered)
    return Kept(
        rows=tuple((name, figure) for name, figure in figures if figure),
        figure=words.money(paid - back),
        beside=_("%(amount)s of it for %(seats)s.", amount=words.money(left), seats=seats) if left else "",
        tax=paper_money.tax_words(tax_lines.net((paper.taxed, paper.back) for paper in papers)),
    )


def _sum(booking: Booking, state: str) -> int:
    return sum(one.amount for one in booking.payments if one.state == state)
