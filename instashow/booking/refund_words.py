"""How the money of a refund gets back to the buyer: by what it was paid with, at the counter of the theatre."""

from __future__ import annotations

from flask_babel import gettext as _

from instashow.booking import paper_words as words
from instashow.booking.models import Booking, Payment


def way(booking: Booking, method: str | None) -> str:
    """Where the buyer gets money that waits at the counter."""
    theatre, reference = booking.screening.theatre.name, booking.reference
    told = {
        "cash": _(
            "Fetch it in cash at the counter of %(theatre)s, with booking %(reference)s.",
            theatre=theatre,
            reference=reference,
        ),
        "card": _("The counter of %(theatre)s gives it back to your card.", theatre=theatre),
    }
    return str(
        told.get(method or "") or _("The counter of %(theatre)s gives it back the way it was paid.", theatre=theatre)
    )


def given(booking: Booking, method: str | None, *, waits: bool) -> str:
    """The same on a credit note, also where the money was handed out (`waits` is false)."""
    if waits:
        return way(booking, method)
    told = {"cash": _("Given back in cash."), "card": _("Given back to the card.")}
    return str(told.get(method or "") or _("Given back the way it was paid."))


def headline(amount: int, method: str | None) -> str:
    """What waits, in one line."""
    told = {
        "cash": _("%(amount)s waits at the counter.", amount=words.money(amount)),
        "card": _("%(amount)s goes back to your card.", amount=words.money(amount)),
    }
    return str(told.get(method or "") or _("%(amount)s comes back to you.", amount=words.money(amount)))


def method_of(booking: Booking, payment_id: int | None = None) -> str | None:
    """What this refund, or else the booking, was paid with; the same for both."""
    paid: list[Payment] = [one for one in booking.payments if one.state == "paid"]
    refund = next((one for one in booking.payments if one.id == payment_id), None)
    return refund.method if refund and refund.method else paid[-1].method if paid else None
