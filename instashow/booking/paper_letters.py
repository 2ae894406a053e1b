"""The letters about a booking, and its lines in the inbox: booked, changed, cancelled, refunded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from instashow import files
from instashow.alerts.letters import Addressee, Enclosure, Letter, Note, NotReady
from instashow.alerts.papers import Writer, letter
from instashow.booking import (
    kept_words,
    paper_calendar,
    paper_codes,
    paper_facts,
    paper_money,
    paper_print,
    refund_words,
)
from instashow.booking import paper_words as words
from instashow.booking.models import Booking
from instashow.booking.paper_facts import Sheet
from instashow.clock import now
from instashow.db import db
from instashow.outbox import Message
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from instashow.theatres.models import City, Layout, Theatre
from instashow.work import Work


def booked(_to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """The confirmation, with its tickets and calendar entry; none where all was given back meanwhile."""
    booking = paper_facts.booking_of(facts["booking"])
    if booking is None or booking.state == "cancelled":
        return None
    sheet = paper_facts.sheet_of(booking)
    when = _("%(weekday)s %(time)s", weekday=words.weekday(sheet.at), time=words.clock(sheet.at))
    return _tickets(
        booking,
        sheet,
        subject=_("Booked: %(seats)s, %(title)s, %(when)s", seats=sheet.seat_list, title=sheet.title, when=when),
        headline=_are_yours(sheet),
    )


def changed(_to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """The booking as it stands after a change that the theatre made."""
    booking = paper_facts.booking_of(facts["booking"])
    if booking is None or booking.state == "cancelled":
        return None
    sheet = paper_facts.sheet_of(booking)
    subject = _("Changed: %(title)s, booking %(reference)s", title=sheet.title, reference=sheet.reference)
    return _tickets(booking, sheet, subject=subject, headline=_("Your booking has changed."))


def cancelled(_to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """What was given back and what comes back; with what is left of the booking, if anything is."""
    booking = paper_facts.booking_of(facts["booking"])
    if booking is None:
        return None
    sheet = paper_facts.sheet_of(booking)
    gone = _names(facts.get("seats", ()), sheet)
    back = facts.get("back", 0)
    subject = _("Cancelled: %(seats)s, %(title)s", seats=gone, title=sheet.title)
    headline = _("%(seats)s given back.", seats=gone)
    if facts.get("why") == "unpaid":
        headline = _("Not paid in time: %(seats)s went back on sale.", seats=gone)
    money = _coming_back(booking, back) if back else _("No money comes back.")
    return _tickets(booking, sheet, subject=subject, headline=headline, first=money if back or not sheet.due else "")


def _coming_back(booking: Booking, back: int) -> str:
    way = refund_words.way(booking, refund_words.method_of(booking))
    return " ".join([_("%(amount)s comes back to you.", amount=words.money(back)), way])


def refunded(_to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """The money that comes back, with the credit note."""
    booking = paper_facts.booking_of(facts["booking"])
    if booking is None:
        return None
    sheet = paper_facts.sheet_of(booking)
    amount, method = words.money(facts["amount"]), refund_words.method_of(booking, facts.get("payment"))
    note = Enclosure(f"{sheet.reference}-receipt.pdf", paper_print.receipts(booking), "application/pdf")
    return letter(
        "refunded",
        _("%(amount)s comes back: %(title)s", amount=amount, title=_with_seats(facts, sheet)),
        attachments=[note],
        sheet=sheet,
        words=words,
        headline=refund_words.headline(facts["amount"], method),
        way=refund_words.way(booking, method),
    )


writers: dict[str, Writer] = {"booked": booked, "changed": changed, "cancelled": cancelled, "refunded": refunded}


def _tickets(booking: Booking, sheet: Sheet, *, subject: str, headline: str, first: str = "") -> Letter:
    pdf = _ticket_pdf(booking) if sheet.seats else None
    return letter(
        "booking",
        subject,
        attachments=_enclosed(sheet, pdf),
        sheet=sheet,
        words=words,
        headline=headline,
        first=first,
        pdf=pdf is not None,
        kept=kept_words.of(booking, paper_money.papers_of(booking)),
        coming=[(what, until) for what, until in sheet.back if until > now()],
    )


def _enclosed(sheet: Sheet, pdf: bytes | None) -> Iterable[Enclosure]:
    for seat in sheet.seats:
        yield Enclosure(f"{seat.number}.png", paper_codes.png(seat.code), "image/png", cid=f"code-{seat.number}")
    if pdf:
        yield Enclosure(f"{sheet.reference}.pdf", pdf, "application/pdf")
    entry = paper_calendar.entry(sheet, now())
    yield Enclosure(f"{sheet.reference}.ics", entry, "text/calendar; method=PUBLISH; charset=utf-8")


def _ticket_pdf(booking: Booking) -> bytes | None:
    """The tickets as the job made them; printed here where no job was asked, None where the job gave up."""
    keyed = (Work.kind == "ticket", Work.key == f"{booking.id}-{booking.version}")
    row = db.session.scalars(select(Work).where(*keyed).execution_options(populate_existing=True)).one_or_none()
    if row is not None and row.state in ("waiting", "running"):
        raise NotReady(row.id)
    if row is not None and row.state == "failed":
        return None
    path = files.kept(row.file) if row else None
    return path.read_bytes() if path else paper_print.tickets(booking)


def _are_yours(sheet: Sheet) -> str:
    if len(sheet.seats) == 1:
        return str(_("%(seat)s is yours.", seat=sheet.seat_list))
    return str(_("%(seats)s are yours.", seats=sheet.seat_list))


def _names(seats: Sequence[Sequence[str]], sheet: Sheet) -> str:
    """The seats that a message names, as [row, number] pairs."""
    return words.places([(row, number) for row, number in seats], sheet.unnumbered) or sheet.seat_list


def _with_seats(facts: dict[str, Any], sheet: Sheet) -> str:
    """ "E7, Kadal": several letters about one booking are told apart; older ones know no seats."""
    seats = words.places([(row, number) for row, number in facts.get("seats", ())], sheet.unnumbered)
    return _("%(seats)s, %(title)s", seats=seats, title=sheet.title) if seats else sheet.title


def noted(messages: Sequence[Message]) -> dict[int, Note]:
    """The inbox lines of these messages, in one statement."""
    ids = {one.facts.get("booking") for one in messages}
    told = (
        select(
            Booking.id, Booking.reference, Show.title, Screening.starts_at, Theatre.name, City.zone, Layout.unnumbered
        )
        .join(Screening, Screening.id == Booking.screening_id)
        .join(Show, Show.id == Screening.show_id)
        .join(Layout, Layout.id == Screening.layout_id)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(City, City.id == Theatre.city_id)
        .where(Booking.id.in_(ids))
    )
    known = {row.id: row for row in db.session.execute(told)}
    return {one.id: _note(one, known[one.facts["booking"]]) for one in messages if one.facts.get("booking") in known}


def _note(message: Message, row: Any) -> Note:
    seats = words.places([(one, number) for one, number in message.facts.get("seats", ())], row.unnumbered)
    named = _("%(seats)s, %(title)s", seats=seats, title=row.title) if seats else row.title
    titles = {
        "booked": _("%(title)s is booked", title=row.title),
        "changed": _("%(title)s has changed", title=row.title),
        "cancelled": _("%(title)s: given back", title=named),
        "refunded": _(
            "%(amount)s comes back for %(title)s", amount=words.money(message.facts.get("amount", 0)), title=named
        ),
    }
    at = row.starts_at.astimezone(ZoneInfo(row.zone))
    when = _("%(day)s %(date)s, %(time)s", day=words.weekday(at), date=words.date(at), time=words.clock(at))
    body = _("%(when)s, %(theatre)s. Booking %(reference)s.", when=when, theatre=row.name, reference=row.reference)
    return Note(titles[message.kind], body, f"/bookings/{row.reference}")
