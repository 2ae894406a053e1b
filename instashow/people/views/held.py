"""What one holds while one signs in: the seats follow, and their clock runs on."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from instashow.booking import holds, seat_words
from instashow.booking.sale import sale_of
from instashow.clock import now
from instashow.people import caller
from instashow.theatres.layouts import hall


def slip() -> dict[str, Any] | None:
    """The seats of the hold that ends first, and its clock; None where nothing is held."""
    visitor, at = caller.visitor_if_any(), now()
    screening_id = holds.ends_first(visitor, at) if visitor else None
    found, sale = (holds.held(visitor, screening_id, at), sale_of(screening_id)) if screening_id else (None, None)
    if found is None or sale is None:
        return None
    said = {
        300: str(_("Five minutes left for your seats.")),
        120: str(_("Two minutes left for your seats.")),
        60: str(_("One minute left for your seats.")),
    }
    seats = seat_words.listed(hall(sale.layout_id), [claim.place_id for claim in found.claims])
    return {"seats": [seats], "held": {"until": found.expires_at, "now": at, "words": said}}
