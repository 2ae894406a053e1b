"""A booking as a calendar entry: one UID for its whole life, a sequence that counts its changes (RFC 5545)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from instashow import __version__
from instashow.booking import paper_words as words
from instashow.booking.paper_facts import Sheet


def entry(sheet: Sheet, now: datetime) -> bytes:
    """The iCalendar file: confirmed, or cancelled where nothing of the booking is left."""
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{sheet.reference}@{sheet.host}")
    event.add("sequence", sheet.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", sheet.at)
    event.add("dtend", sheet.ends_at)
    event.add("summary", sheet.title)
    event.add("location", sheet.where)
    event.add("description", _description(sheet))
    event.add("url", sheet.url)
    event.add("status", "CANCELLED" if sheet.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if sheet.cancelled else "OPAQUE")
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//InstaShow//InstaShow {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _description(sheet: Sheet) -> str:
    if sheet.cancelled:
        return str(_("Cancelled. Booking %(reference)s.", reference=sheet.reference))
    lines = [
        f"{sheet.seat_list}, {words.screen(sheet.screen)}",
        _("Booking %(reference)s", reference=sheet.reference),
    ]
    if sheet.due:
        lines.append(_("To pay at the counter: %(amount)s", amount=words.money(sheet.due)))
    return "\n".join([*lines, f"{sheet.url}/ticket"])
