"""The tickets of one booking as the ticket part says them (templates/kit/ticket.html)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from markupsafe import escape

from instashow import web
from instashow.booking import paper_codes, paper_facts, seat_words
from instashow.booking import paper_words as words
from instashow.booking.models import Booking, Ticket
from instashow.booking.paper_facts import Sheet


def day_of(day: date) -> str:
    """The name of a day's stock: "sun" … "sat"."""
    return web.DAYS[day.weekday()]


def codes(count: int) -> str:
    """ "2 codes"."""
    return str(ngettext("%(num)s code", "%(num)s codes", count))


def tickets(booking: Booking, sheet: Sheet, now: datetime) -> list[dict[str, Any]]:
    """Every ticket of the booking, those given back last, each with the seat before it and after it."""
    live = [one for one in booking.tickets if one.state == "live"]
    gone = [one for one in booking.tickets if one.state != "live"]
    made = [_ticket(one, n, booking, sheet, now) for n, one in enumerate([*live, *gone], 1)]
    for n, one in enumerate(made):
        one["before"], one["after"] = made[n - 1] if n else None, made[n + 1] if n + 1 < len(made) else None
    return made


def _ticket(ticket: Ticket, n: int, booking: Booking, sheet: Sheet, now: datetime) -> dict[str, Any]:
    name = words.name(ticket, sheet.unnumbered)
    instead = _instead(ticket, booking, sheet, now)
    return {
        "id": f"ticket-{n}",
        "name": _("Ticket %(n)s", n=n) if sheet.unnumbered else name,
        "seat": pgettext("seating", "Free") if sheet.unnumbered else name,
        "seat_words": _("Seat %(name)s", name=name) if not sheet.unnumbered else _free(n, booking),
        "stock": day_of(booking.screening.day),
        "place": sheet.place,
        "admits": _("Admit one") if not instead else "",
        "title": sheet.title,
        "own": sheet.own,
        "lang": sheet.own_language,
        "at": sheet.at,
        "date": [words.weekday(sheet.at), words.date(sheet.at)],
        "print": f"{sheet.theatre} · {words.weekday(sheet.at)} {words.year_date(sheet.at)} · {name}",
        "facts": _facts(ticket, sheet),
        "qr": "" if instead else _code(ticket, name),
        "instead": instead,
        "void": bool(instead),
        "reference": sheet.reference,
        "doors": _("Film about %(time)s", time=words.clock(sheet.film_at)) if sheet.film_at != sheet.at else "",
        "number": f"{ticket.id:06d}",
    }


def _free(n: int, booking: Booking) -> str:
    return str(_("Free seating, ticket %(n)s of %(all)s", n=n, all=len(booking.tickets)))


def _facts(ticket: Ticket, sheet: Sheet) -> list[tuple[str, str, bool]]:
    kind, category = seat_words.ticket(ticket), seat_words.beside_type(ticket, sheet.unnumbered)
    due = bool(sheet.due) and ticket.state == "live"
    return [
        (_("Screen"), sheet.screen, False),
        (_("Ticket"), ", ".join(part for part in (kind, category) if part), False),
        (_("To pay") if due else _("Price"), words.money(ticket.price), due),
    ]


def _instead(ticket: Ticket, booking: Booking, sheet: Sheet, now: datetime) -> str:
    """Why this code opens no door any more; empty where it does."""
    if ticket.state != "live":
        return str(_("Given back. This code is revoked."))
    if ticket.used_at:
        used = ticket.used_at.astimezone(ZoneInfo(booking.screening.theatre.city.zone))
        return str(_("Used at %(time)s.", time=words.clock(used)))
    if booking.screening.state == "cancelled":
        return str(_("Called off by the theatre."))
    return str(_("The show is over.")) if sheet.ends_at <= now else ""


def _code(ticket: Ticket, name: str) -> str:
    """The code as inline SVG, named for who cannot see it; the panel around it is white whatever the theme."""
    label = escape(_("Entry code for %(seat)s", seat=name))
    drawn = paper_codes.svg(paper_facts.code_of(ticket)).decode()
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1).strip()
