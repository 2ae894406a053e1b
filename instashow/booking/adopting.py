"""An adapter to the browser's session: what an anonymous visitor held becomes the person's, and is told."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import holds, seat_words
from instashow.booking.sale import sale_of
from instashow.clock import now
from instashow.db import transaction
from instashow.people import caller
from instashow.theatres.layouts import hall
from instashow.web import say


def adopt_held() -> None:
    """After signing in or up, and again on the seat page and at the till, so that a crash between loses nothing.

    Opens its own transaction. Seats past the limit were let go: the next page names them.
    """
    pair = caller.adoption()
    if pair is None:
        return
    with transaction():
        over = holds.adopt(*pair, now=now())
    caller.adopted()
    for screening_id, places in over.items():
        if places and (sale := sale_of(screening_id)):
            _tell(seat_words.listed(hall(sale.layout_id), places), len(places), sale.most_seats)


def _tell(seats: str, count: int, most: int) -> None:
    told = ngettext(
        "%(seats)s went back to the hall: with your earlier seats it was more than %(most)s.",
        "%(seats)s went back to the hall: with your earlier seats they were more than %(most)s.",
        count,
        seats=seats,
        most=most,
    )
    say(str(told), kind="bad", link=str(_("My tickets")), url="/bookings")
