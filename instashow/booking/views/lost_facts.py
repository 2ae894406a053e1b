"""What is said to who has seats no more: somebody was quicker (told who sent the plain form, without the plan, but with
what is free close by), their time was up, or they let them go or booked them in another tab."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from instashow.booking import claiming, holds, refusal_words
from instashow.booking.house import House
from instashow.booking.refusal_words import Trouble
from instashow.booking.refusals import HoldLapsed, Houseful, SeatsTaken
from instashow.booking.views import hall_words, wishing
from instashow.booking.views.wishing import Wish
from instashow.people import caller
from instashow.web import DAYS


def facts(house: House, wish: Wish, refusal: SeatsTaken | Houseful) -> dict[str, Any]:
    """All that lost.html needs."""
    asked = wishing.asked_of(request.form)
    ids: dict[str, Any] = {"screening_id": house.sale.screening_id}
    first = house.hall.by_id[min(refusal.seats)]
    return {
        "screening": {"title": house.about.title, "words": hall_words.line(house)},
        "page_day": DAYS[house.about.day.weekday()],
        "trouble": refusal_words.trouble(house, refusal, asked.seats, wish.party or 0),
        "lost": "" if house.hall.unnumbered else f"{first.row}{first.number}",
        "wish": wish.args(),
        "hold_url": url_for(".hold", **ids),
        "map_url": url_for(".choose", **ids, **wish.args(), _anchor=f"seat-{first.id}"),
    }


def gone(house: House) -> Trouble:
    """What became of seats that a page still believed to be the visitor's."""
    who, screening_id = caller.visitor_if_any(), house.sale.screening_id
    ran_out = who is not None and holds.ran_out(who, screening_id, house.now)
    said = refusal_words.trouble(house, HoldLapsed(let_go=not ran_out), (), 0)
    if who is None or ran_out or not claiming.buyer(who, screening_id).bought:
        return said
    return Trouble(said.strong, _("What you booked is under “Tickets”."), code=said.code)
