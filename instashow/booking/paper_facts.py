"""What the papers of one booking say: read once, in words, in the language that is set around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from instashow.booking import mine, seat_words
from instashow.booking import paper_words as words
from instashow.booking.codes import Code, written
from instashow.booking.models import Booking, Ticket
from instashow.config import secret_key, settings
from instashow.theatres.models import Theatre


@dataclass(frozen=True)
class Seat:
    """One live ticket in words."""

    id: int
    name: str
    """"K11", or "Free seating"."""
    type: str
    category: str
    price: str
    code: str
    """What its QR code says."""
    number: str
    due: bool


@dataclass(frozen=True)
class Sheet:
    """A booking in words; times are the theatre's."""

    id: int
    reference: str
    version: int
    cancelled: bool
    title: str
    own: str
    own_language: str
    theatre: str
    place: str
    """Theatre, place and city."""
    address: str
    where: str
    """Where to go: "Sapphire, 201 Mount Road, Gemini, Chennai", each part once."""
    screen: str
    at: datetime
    film_at: datetime
    ends_at: datetime
    stock: str
    """The colour of the day's paper."""
    unnumbered: bool
    seats: tuple[Seat, ...]
    seat_list: str
    total: int
    due: int
    """Minor units."""
    extra: tuple[tuple[str, str], ...]
    """Lines beside the seats', such as a promo code's."""
    back: tuple[tuple[str, datetime], ...]
    """What comes back, and until when."""
    url: str
    host: str


def booking_of(booking_id: int) -> Booking | None:
    """The booking with all that its papers say, in three statements."""
    return mine.whole(Booking.id == booking_id)


def sheet_of(booking: Booking) -> Sheet:
    """The booking in words."""
    screening, show, theatre = booking.screening, booking.screening.show, booking.screening.theatre
    zone = ZoneInfo(theatre.city.zone)
    live = [one for one in booking.tickets if one.state == "live"]
    due = sum(one.amount for one in booking.payments if one.state == "due")
    at = screening.starts_at.astimezone(zone)
    return Sheet(
        id=booking.id,
        reference=booking.reference,
        version=booking.version,
        cancelled=booking.state == "cancelled",
        title=show.title,
        own=show.original_title if show.original_title != show.title else "",
        own_language=show.languages[0].language if show.languages else "",
        theatre=theatre.name,
        place=place_of(theatre),
        address=theatre.address,
        where=where(theatre),
        screen=screening.screen.name,
        at=at,
        film_at=at + timedelta(minutes=screening.screen.preshow_minutes),
        ends_at=screening.ends_at.astimezone(zone),
        stock=stock_of(theatre, screening.day),
        unnumbered=screening.layout.unnumbered,
        seats=tuple(_seat(one, booking, due > 0) for one in live),
        seat_list=words.seats(live or booking.tickets, screening.layout.unnumbered),
        total=sum(one.price for one in live) + sum(line["amount"] for line in booking.lines),
        due=due,
        extra=tuple((str(line.get("text", "")), words.money(line["amount"])) for line in booking.lines),
        back=tuple((words.share(part), at - timedelta(minutes=early)) for early, part in booking.refunds),
        url=f"{settings().public_url}/bookings/{booking.reference}",
        host=urlsplit(settings().public_url).hostname or "localhost",
    )


def place_of(theatre: Theatre) -> str:
    """ "Sapphire, Gemini, Chennai", each word once, the city as pages call it."""
    return ", ".join(dict.fromkeys(part for part in (theatre.name, theatre.place, _city(theatre)) if part))


def where(theatre: Theatre) -> str:
    """ "Sapphire, 201 Mount Road, Gemini, Chennai", each part once: many an address names its place and city too."""
    parts = (theatre.name, *theatre.address.split(","), theatre.place, theatre.city.name)
    city = {theatre.city.name: _city(theatre)}
    return ", ".join(dict.fromkeys(city.get(part, part) for part in map(str.strip, parts) if part))


def _city(theatre: Theatre) -> str:
    return words.city(theatre.city.name, theatre.city.native_name)


def stock_of(theatre: Theatre, day: date) -> str:
    """The colour of the day's paper, unless the house has one of its own."""
    return theatre.accent or settings().accent or words.STOCK[day.weekday()]


def code_of(ticket: Ticket) -> str:
    """What the ticket's QR code says."""
    code = Code(ticket=ticket.id, screening=ticket.screening_id, seat=ticket.place_id, serial=ticket.serial)
    return written(code, secret_key(settings()).encode())


def _seat(ticket: Ticket, booking: Booking, due: bool) -> Seat:
    return Seat(
        id=ticket.id,
        name=words.name(ticket, booking.screening.layout.unnumbered),
        type=seat_words.ticket_type(ticket),
        category=seat_words.beside_type(ticket, booking.screening.layout.unnumbered),
        price=words.money(ticket.price),
        code=code_of(ticket),
        number=f"{ticket.id:06d}",
        due=due,
    )
