"""One booking as its page says it: where it stands, what it cost, what comes back, what to know before one goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import (
    kept_words,
    paper_facts,
    paper_money,
    policy,
    price_words,
    refund_words,
    seat_words,
    tax_lines,
    unpaid,
)
from instashow.booking import paper_words as words
from instashow.booking.kept_words import Kept
from instashow.booking.models import Booking, Ticket
from instashow.booking.paper_facts import Sheet
from instashow.booking.paper_money import Paper
from instashow.booking.views import roll_facts, ticket_facts

JUST = timedelta(minutes=2)
"""How long after it the page says that something was booked: told by the clock, so that booking writes nothing."""


def state_of(booking: Booking, now: datetime) -> str:
    """ "coming", "past", "cancelled" (nothing is left of it), "off" (the theatre called it off)."""
    if booking.state == "cancelled":
        return "cancelled"
    if booking.screening.state == "cancelled":
        return "off"
    return "past" if booking.screening.ends_at <= now else "coming"


def facts(booking: Booking, papers: list[Paper], now: datetime) -> dict[str, Any]:
    """All that the page shows beside the rating."""
    sheet = paper_facts.sheet_of(booking)
    state = state_of(booking, now)
    live, gone = split(booking)
    seats, kept = tuple((one.row, one.number) for one in live or gone), kept_words.of(booking, papers)
    return {
        "booking": booking,
        "sheet": sheet,
        "state": state,
        "screen": words.screen(sheet.screen),
        "stock": ticket_facts.day_of(booking.screening.day),
        "soon": roll_facts.soon(sheet.at, now) if state == "coming" else "",
        "seats": roll_facts.large(seats, sheet.unnumbered),
        "codes": ticket_facts.codes(len(live)),
        "day": [words.weekday(sheet.at), words.date(sheet.at)],
        "standing": _standing(booking, sheet, state, now),
        "given_back": _given_back(booking, gone, papers),
        "lines": [_line(some, sheet) for some in _alike([*live, *gone], sheet)],
        "extra": sheet.extra,
        "total": _total(booking, sheet, kept),
        "settled": kept.rows if kept else (),
        "numbered": [paper for paper in papers if paper.number],
        "steps": steps(booking, sheet, now) if state == "coming" else [],
        "now_back": _now_back(booking, live, now) if state == "coming" else "",
        "closed": now >= booking.screening.sale_closes_at,
        "before": _before(booking, sheet),
        "map_url": f"https://www.openstreetmap.org/search?query={quote(sheet.where)}",
        "share": share(booking, sheet),
    }


def just_booked(booking: Booking, email: str | None, now: datetime) -> str:
    """What the page says first right after the booking, while all of it stands; else nothing."""
    whole = state_of(booking, now) == "coming" and all(one.state == "live" for one in booking.tickets)
    if not email or not whole or now - booking.booked_at > JUST:
        return ""
    return str(_("Booked. The tickets go to %(email)s.", email=email))


def split(booking: Booking) -> tuple[list[Ticket], list[Ticket]]:
    """The live tickets, and those given back."""
    return [one for one in booking.tickets if one.state == "live"], [
        one for one in booking.tickets if one.state != "live"
    ]


def due(booking: Booking) -> int:
    """What is to pay at the counter, in minor units."""
    return sum(one.amount for one in booking.payments if one.state == "due")


def share(booking: Booking, sheet: Sheet) -> dict[str, str] | None:
    """What one tells a friend: the show and when, with the link of the show's page, never a code."""
    if booking.screening.show.removed_at:
        return None
    at = _(
        "%(weekday)s %(date)s, %(time)s",
        weekday=words.weekday(sheet.at),
        date=words.date(sheet.at),
        time=words.clock(sheet.at),
    )
    text = _("%(title)s, %(when)s, %(place)s: %(seats)s", title=sheet.title, when=at, place=sheet.theatre,
             seats=sheet.seat_list)  # fmt: skip
    return {"url": url_for("shows.show", id=booking.screening.show_id), "text": text}


def steps(booking: Booking, sheet: Sheet, now: datetime) -> list[dict[str, Any]]:
    """The policy of the purchase, step by step: until when, what comes back, which one holds now."""
    coming = [until for _what, until in sheet.back if until >= now]
    holds = min(coming, default=None)
    said = [
        {"until": _until_when(until, sheet), "what": what, "over": until < now, "now": until == holds}
        for what, until in sorted(sheet.back, key=lambda step: step[1])
    ]
    return [*said, {"until": _("later"), "what": _("nothing"), "over": False, "now": holds is None}]


def _until_when(until: datetime, sheet: Sheet) -> str:
    """ "Saturday, 5:15 pm" on the day of the show, with its date on another."""
    if until.date() != sheet.at.date():
        return words.until(until, sheet.at)
    return str(_("%(weekday)s, %(time)s", weekday=words.weekday(until), time=words.clock(until)))


def _standing(booking: Booking, sheet: Sheet, state: str, now: datetime) -> tuple[str, str]:
    """Where the booking stands, in one strong sentence and one that says what that means."""
    if state == "cancelled":
        return _("Nothing is left of this booking."), _("Its codes are revoked, and its seats are free again.")
    if state == "off":
        return _("The theatre called this screening off."), _("Nothing is to do: we write to you about the money.")
    owed = due(booking)
    if state == "past":
        return _("It is over."), _("The ticket has done its work.")
    if owed:
        return _("%(amount)s to pay at the counter.", amount=words.money(owed)), _until(booking, sheet)
    return _("Paid."), _("Show the code at the door, on this screen or on paper.")


def _until(booking: Booking, sheet: Sheet) -> str:
    theatre = booking.screening.theatre
    at = unpaid.lapses_at(booking.booked_at, booking.screening.starts_at, theatre.unpaid_lapse_minutes)
    if at is None:
        return str(_("The seats are yours, and the code is valid: the door sends you past the counter."))
    until = words.until(at.astimezone(sheet.at.tzinfo), sheet.at)
    return str(_("The seats are yours until %(when)s; what is not paid by then goes back on sale.", when=until))


def _given_back(booking: Booking, gone: list[Ticket], papers: list[Paper]) -> str:
    if not gone:
        return ""
    seats = words.seats(gone, booking.screening.layout.unnumbered)
    back = sum(one.refunded for one in gone)
    told = ngettext("%(seats)s was given back.", "%(seats)s were given back.", len(gone), seats=seats)
    if back and any(paper.waits for paper in papers):
        way = refund_words.way(booking, refund_words.method_of(booking))
        return " ".join([told, _("%(amount)s comes back to you.", amount=words.money(back)), way])
    if back:
        return " ".join([told, _("%(amount)s came back.", amount=words.money(back))])
    if any(one.state == "void" for one in booking.payments) or due(booking):
        return " ".join([told, _("Nothing was paid.")])
    return " ".join([told, _("No money came back.")])


def _alike(tickets: list[Ticket], sheet: Sheet) -> list[list[Ticket]]:
    """Each ticket by itself; where nobody sees the places those that differ in nothing together."""
    groups: dict[Any, list[Ticket]] = {}
    for one in tickets:
        same = (one.type_id, one.kind, one.price, repr(one.trace), one.state, one.refunded)
        groups.setdefault(same if sheet.unnumbered else one.id, []).append(one)
    return list(groups.values())


def _line(tickets: list[Ticket], sheet: Sheet) -> dict[str, Any]:
    """One seat, or so many places alike: the lines of one's price, then all together."""
    ticket, count = tickets[0], len(tickets)
    back = sum(one.refunded for one in tickets)
    return {
        "seat": str(count) if sheet.unnumbered else words.name(ticket, False),
        "type": seat_words.ticket(ticket, free=sheet.unnumbered),
        "rows": price_words.rows(ticket),
        "times": f"{count} × {price_words.figure(ticket.price)}" if count > 1 else "",
        "sum": price_words.figure(sum(one.price for one in tickets)),
        "gone": ticket.state != "live",
        "back": price_words.figure(back) if back else "",
    }


def _total(booking: Booking, sheet: Sheet, kept: Kept | None) -> dict[str, str]:
    """What the live seats cost, or what the theatre keeps; who has the money, and the tax contained in it."""
    figure = words.money(sheet.total)
    if kept:
        small = filter(None, [kept.beside, *_contained(kept.tax)])
        return {"words": kept.said, "figure": kept.figure, "small": " ".join(small)}
    if booking.state == "cancelled":
        return {"words": _("It was"), "figure": words.money(booking.total), "small": ""}
    said = _("To pay") if sheet.due else _("Paid")
    contained = _contained(paper_money.tax_words(tax_lines.of_prices(split(booking)[0])))
    return {"words": said, "figure": figure, "small": " ".join([_("No fee."), *contained])}


def _contained(tax: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name}: {amount}." for name, amount in tax]


def _now_back(booking: Booking, live: list[Ticket], now: datetime) -> str:
    if now >= booking.screening.sale_closes_at:
        return str(_("The sale has closed: nothing can be given back any more."))
    if due(booking):
        return str(_("Nothing was paid, so nothing comes back; a seat that you give back is off what is due."))
    part = policy.share_of(booking.refunds, starts_at=booking.screening.starts_at, now=now)
    back = sum(policy.back(one.price, part) for one in live)
    if not back:
        return str(_("Given back now, no money comes back."))
    return str(_("Given back now, %(amount)s comes back.", amount=words.money(back)))


def _before(booking: Booking, sheet: Sheet) -> list[tuple[str, str]]:
    screening, show = booking.screening, booking.screening.show
    said = [
        (_("Where"), sheet.where),
        (_("Screen"), sheet.screen),
        (_("Seats"), sheet.seat_list),
        (_("Starts"), words.clock(sheet.at)),
        (_("Film about"), words.clock(sheet.film_at) if sheet.film_at != sheet.at else ""),
        (_("Out about"), words.clock(sheet.ends_at)),
        (_("Shown in"), " · ".join(part for part in (screening.format, _language(screening.language)) if part)),
        (_("Certificate"), show.certificate if show.certificate not in ("", "U") else ""),
        (_("Bring"), _("This code, on paper or on a screen. Wheelchair and companion seats: any steward helps.")),
    ]
    return [(name, text) for name, text in said if text]


def _language(code: str) -> str:
    return str(words.locale().languages.get(code, code))
