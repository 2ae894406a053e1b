"""What the page says to who came late by the plain form: no plan, but what is free close by, and the way back."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from instashow.booking import refusal_words
from instashow.booking.house import House
from instashow.booking.refusals import SeatsTaken
from instashow.booking.views import hall_words, wishing
from instashow.booking.views.wishing import Wish
from instashow.web import DAYS


def facts(house: House, wish: Wish, refusal: SeatsTaken) -> dict[str, Any]:
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
