"""What giving back would do, in words: seat by seat, in all, and why it cannot be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import cancelling, paper_facts, refund_words, seat_words
from instashow.booking import paper_words as words
from instashow.booking.cancelling import Returning
from instashow.booking.models import Booking, Ticket
from instashow.booking.refusals import Refusal
from instashow.booking.views import booking_facts, ticket_facts


def facts(booking: Booking, named: Collection[int] | None, now: datetime) -> dict[str, Any]:
    """The page before anything is changed: `named` are the chosen tickets' ids, None all that are left."""
    sheet = paper_facts.sheet_of(booking)
    live, _gone = booking_facts.split(booking)
    # What another tab gave back meanwhile is no longer chosen here.
    named = None if named is None else {one.id for one in live if one.id in named}
    chosen = [one for one in live if named is None or one.id in named]
    returning, trouble = _returning(booking, named, chosen, now)
    return {
        "booking": booking,
        "sheet": sheet,
        "stock": ticket_facts.day_of(booking.screening.day),
        "seats": [_seat(one, one in chosen, returning, n if sheet.unnumbered else 0) for n, one in enumerate(live, 1)],
        "chosen": [one.place_id for one in chosen],
        "trouble": trouble,
        "sum": _sum(returning) if returning else "",
        "seen": returning.total if returning else 0,
        "told": _told(returning, booking) if returning else "",
        "button": _button(chosen, live, sheet.unnumbered) if returning else "",
        "over": _over(returning, words.clock(now.astimezone(sheet.at.tzinfo))) if returning else "",
        "steps": booking_facts.steps(booking, sheet, now),
    }


def done(booking: Booking, returning: Returning) -> str:
    """What was just done; `booking` as it stands now."""
    gone = [one for one in booking.tickets if one.id in returning.ticket_ids]
    told = _("Given back: %(seats)s.", seats=words.seats(gone, booking.screening.layout.unnumbered))
    if returning.off_due and (left := booking_facts.due(booking)):
        owed = _("Nothing was paid, so nothing comes back; %(left)s is to pay.", left=words.money(left))
        return f"{told} {owed}"
    if returning.off_due:
        return " ".join([told, _("Nothing was paid, so nothing comes back.")])
    return f"{told} {_back(returning, booking)}"


def unknown_seat() -> str:
    """For a seat that another booking, or none, has."""
    return str(_("This seat is not on your booking. Nothing was changed."))


def refused(refusal: Exception, booking: Booking) -> str:
    """Why nothing was given back, and that nothing was changed."""
    code = getattr(refusal, "code", "")
    seats = _names(booking, refusal.seats) if isinstance(refusal, Refusal) else ""
    told = {
        "already_cancelled": _again(booking),
        "ticket_used": _("%(seats)s was shown at the door, so it cannot be given back any more.", seats=seats),
        "too_late": _("The sale has closed: nothing can be given back any more."),
        "pair_required": _("A love seat is given back as a pair: %(seats)s belongs to a pair.", seats=seats),
    }
    if code == "less_comes_back" and isinstance(refusal, Refusal):
        back = int(str(refusal.facts.get("back", 0)))
        return str(
            _("The time moved on: %(amount)s comes back by now. Nothing was changed yet.", amount=words.money(back))
        )
    return str(told.get(code) or _("This page was sent before for something else. Nothing more was changed."))


def _again(booking: Booking) -> str:
    """Another tab was quicker, with all of it or with a part."""
    live, gone = booking_facts.split(booking)
    if not live:
        return str(_("That was given back before. Nothing more was changed."))
    seats = words.seats(gone, booking.screening.layout.unnumbered)
    return str(
        ngettext(
            "%(seats)s was given back before. Nothing more was changed; what is left of your booking stands here.",
            "%(seats)s were given back before. Nothing more was changed; what is left of your booking stands here.",
            len(gone),
            seats=seats,
        )
    )


def _returning(
    booking: Booking, named: Collection[int] | None, chosen: list[Ticket], now: datetime
) -> tuple[Returning | None, str]:
    """What would come back, or why nothing can be given back. Nothing chosen yet is neither."""
    if named is not None and not named:
        return None, ""
    try:
        return cancelling.what_comes_back(booking, named, now=now), ""
    except Refusal as refusal:
        return None, refused(refusal, booking)


def _seat(ticket: Ticket, chosen: bool, returning: Returning | None, nth: int) -> dict[str, Any]:
    """One line to tick; a place without a name is the `nth`, so that each is called by its own."""
    back = returning.back.get(ticket.id) if returning and chosen else None
    return {
        "id": ticket.place_id,
        "name": _("Place %(n)s", n=nth) if nth else words.name(ticket, False),
        "type": seat_words.ticket(ticket, free=bool(nth)),
        "price": words.money(ticket.price),
        "chosen": chosen,
        "used": ticket.used_at is not None,
        "back": words.money(back) if back is not None else "",
    }


def _sum(returning: Returning) -> str:
    return words.money(returning.off_due if returning.off_due else returning.total)


def _over(returning: Returning, time: str) -> str:
    """What the giant figure is."""
    if returning.off_due:
        return str(_("No longer to pay, as of %(time)s", time=time))
    return str(_("Comes back, as of %(time)s", time=time))


def _told(returning: Returning, booking: Booking) -> str:
    if returning.off_due:
        left = max(0, booking_facts.due(booking) - returning.off_due)
        off = words.money(returning.off_due)
        if not left:
            return str(_("Nothing was paid, so nothing comes back. Nothing is to pay any more."))
        return str(
            _(
                "Nothing was paid, so nothing comes back. %(off)s is off what is due: %(left)s is to pay.",
                off=off,
                left=words.money(left),
            )
        )
    return _back(returning, booking)


def _back(returning: Returning, booking: Booking) -> str:
    if not returning.total:
        return str(_("No money comes back."))
    share = words.rate(returning.share)
    told = _("%(amount)s comes back, %(share)s of the price.", amount=words.money(returning.total), share=share)
    return f"{told} {refund_words.way(booking, refund_words.method_of(booking))}"


def _button(chosen: list[Ticket], live: list[Ticket], unnumbered: bool) -> str:
    if len(chosen) == len(live) > 1:
        return str(_("Give all back"))
    return str(_("Give %(seats)s back", seats=words.seats(chosen, unnumbered)))


def _names(booking: Booking, places: Collection[int]) -> str:
    return words.seats([one for one in booking.tickets if one.place_id in places], booking.screening.layout.unnumbered)
