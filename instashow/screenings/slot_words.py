"""Slots as pages print them: a screening's mark, and a day's times in columns of hours, in the page's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from instashow import screen_words, wording
from instashow.screenings.houses import House
from instashow.screenings.slots import Slot
from instashow.screenings.wall_time import to_wall

COLUMNS = 6
"""Columns of a timetable at most; an hour each, or two or three."""
STATES = {"available": "open", "filling": "filling", "last": "few", "sold_out": "out"}


def hours_across(shown: Sequence[Slot]) -> tuple[list[str], list[range]]:
    """The heads of a day's columns, and the minutes that each spans: an hour, on a long day two or three."""
    if not shown:
        return [], []
    first, last = min(slot.minute for slot in shown) // 60, max(slot.minute for slot in shown) // 60
    wide = -(-(last - first + 1) // COLUMNS)
    starts = range(first, last + 1, wide)
    return [wording.hour(hour) for hour in starts], [range(hour * 60, (hour + wide) * 60) for hour in starts]


def mark(slot: Slot, house: House, now: datetime, *, of: str = "", beside: str = "") -> dict[str, Any]:
    """One screening in a timetable. `of`: what only the ear needs; `beside`: what stands before its price."""
    price = wording.from_price(house.price_from) if house.word in STATES else ""
    details = (
        _("has begun") if slot.starts_at <= now < slot.closes_at else "",
        beside,
        slot.format if slot.format != "2D" else "",
        wording.language(slot.language) if slot.language else "",
        _("%(language)s subtitles", language=wording.language(slot.subtitles)) if slot.subtitles else "",
        price,
    )
    return {
        "url": seats_url(slot.id) if house.word in STATES else None,
        "at": local(slot),
        "of": of,
        "state": "past" if slot.closes_at <= now else STATES.get(house.word, "shut"),
        "share": house.share // 10 * 10,
        "words": _opens(slot) if house.word == "not_yet" else wording.house(house.word, house.left),
        "facts": ", ".join(one for one in details if one),
    }


def screen(slot: Slot) -> str:
    """ "screen 4", or what the theatre calls it."""
    return screen_words.screen(slot.screen)


def spoken(*words: str) -> str:
    """What an ear needs beside a bare time: "Kadal, Roxy"."""
    return ", ".join(word for word in words if word)


def local(slot: Slot) -> datetime:
    """The start on its theatre's clock, naive."""
    return to_wall(slot.starts_at, slot.zone)


def seats_url(screening_id: int) -> str:
    """Where seats of a screening are chosen."""
    return f"/screenings/{screening_id}"


def _opens(slot: Slot) -> str:
    at = to_wall(slot.opens_at or slot.starts_at, slot.zone)
    return str(_("On sale %(day)s, %(time)s", day=wording.day_words(at.date()), time=wording.clock(at)))
