"""My bookings as the roll's lines say them (templates/kit/ticket.html)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import paper_words as words
from instashow.booking.mine import Night
from instashow.booking.views import ticket_facts

Rates = Mapping[int, int | None]
"""By show: the stars that the person gave, None where they may give some."""


def line(night: Night, rates: Rates) -> dict[str, Any]:
    """One booking as a line."""
    at = _local(night)
    return {
        "state": {"coming": "coming", "past": "old", "cancelled": "off"}[night.part],
        "stock": ticket_facts.day_of(night.day),
        "at": at,
        "date": format_date(at, "EEE d MMM", locale=words.locale()),
        "title": night.title,
        "own": night.own,
        "lang": night.language,
        "where": _where(night),
        "seats": short(night.seats, night.unnumbered),
        "url": _url(night),
        "acts": _acts(night),
        "rate": _rate(night, rates),
    }


def next_up(night: Night, now: datetime) -> dict[str, Any]:
    """The next one, large."""
    at, here = _local(night), now.astimezone(ZoneInfo(night.zone))
    return {
        "stock": ticket_facts.day_of(night.day),
        "at": at,
        "place": ", ".join(part for part in (night.theatre, words.screen(night.screen)) if part),
        "soon": soon(night.starts_at, now),
        "title": night.title,
        "own": night.own,
        "lang": night.language,
        "seats": large(night.seats, night.unnumbered),
        "days": [_day(at, here), words.date(at)],
        "url": url_for("booking.ticket", reference=night.reference),
        "codes": ticket_facts.codes(len(night.seats)),
        "about": _about(night),
        "acts": [(_("Booking %(reference)s", reference=night.reference), _url(night)), *_acts(night)[1:]],
    }


def soon(starts_at: datetime, now: datetime) -> str:
    """ "In 24 minutes", "In 5 hours", "In 3 days", "On for 12 minutes"."""
    left = int((starts_at - now).total_seconds()) // 60
    if left < 0:
        return str(ngettext("On for %(num)s minute", "On for %(num)s minutes", -left))
    if left < 90:
        return str(ngettext("In %(num)s minute", "In %(num)s minutes", left))
    if left < 36 * 60:
        return str(ngettext("In %(num)s hour", "In %(num)s hours", (left + 30) // 60))
    return str(ngettext("In %(num)s day", "In %(num)s days", (left + 720) // 1440))


def short(seats: tuple[tuple[str, str], ...], unnumbered: bool) -> str:
    """ "D4 D5", "K3–K12", "×4" where nobody has a seat of their own."""
    if unnumbered:
        return f"×{len(seats)}"
    return " ".join(large(seats, False)) if len(seats) <= 3 else words.places(seats, False)


def large(seats: tuple[tuple[str, str], ...], unnumbered: bool) -> list[str]:
    """The seats one by one, as they stand on the next ticket; of many, their runs."""
    if unnumbered:
        return [f"×{len(seats)}"]
    return (
        [f"{row}{number}" for row, number in sorted(seats, key=words.counted)]
        if len(seats) <= 6
        else [words.places(seats, False)]
    )


def _local(night: Night) -> datetime:
    return night.starts_at.astimezone(ZoneInfo(night.zone))


def _about(night: Night) -> str:
    if night.called_off:
        return str(_("Called off by the theatre."))
    due = night.money.get("due")
    return str(_("%(amount)s to pay at the counter.", amount=words.money(due))) if due else ""


def _url(night: Night) -> str:
    return url_for("booking.booking", reference=night.reference)


def _day(at: datetime, here: datetime) -> str:
    if at.date() != here.date():
        return words.weekday(at)
    if at.hour >= 17:
        return str(_("Tonight, %(weekday)s", weekday=words.weekday(at)))
    return str(_("Today, %(weekday)s", weekday=words.weekday(at)))


def _where(night: Night) -> str:
    place = ", ".join(dict.fromkeys(part for part in (night.theatre, night.place or words.city(night.city)) if part))
    if night.part == "cancelled":
        return _given_back(night, place)
    if night.called_off:
        return str(_("%(place)s. Called off by the theatre.", place=place))
    if night.part == "coming" and night.money.get("due"):
        return str(_("%(place)s. %(amount)s to pay.", place=place, amount=words.money(night.money["due"])))
    return place


def _given_back(night: Night, place: str) -> str:
    back = night.money.get("refunded", 0)
    if back:
        return str(_("%(place)s. Given back, refund %(amount)s.", place=place, amount=words.money(back)))
    return str(_("%(place)s. Given back.", place=place))


def _acts(night: Night) -> list[tuple[str, str]]:
    if night.part == "past":
        return []
    if night.part == "cancelled":
        words_ = _("See the refund") if night.money.get("refunded") else _("Open")
        return [(str(words_), _url(night))]
    back = url_for("booking.cancellation", reference=night.reference)
    return [(str(_("Open")), _url(night)), (str(_("Give back")), back)]


def _rate(night: Night, rates: Rates) -> dict[str, Any] | None:
    if night.part != "past" or "show" in night.gone or night.show_id not in rates:
        return None
    action = url_for("ratings.rate_show", id=night.show_id)
    return {"action": action, "value": rates[night.show_id], "id": night.id}
