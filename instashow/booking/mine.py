"""Reading one's own bookings: the roll of coming, past and cancelled ones, and one booking with all it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from instashow.booking.models import Booking, Payment, Ticket
from instashow.db import db
from instashow.screenings.models import Screening
from instashow.shows.models import Show, ShowLanguage
from instashow.theatres.models import City, Layout, Screen, Theatre

Part = Literal["coming", "past", "cancelled"]
A_PAGE = 20
Lines = Select[*tuple[Any, ...]]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Night:
    """One booking as a line of the roll; amounts in minor units, `seats` as (row, number), those that are left."""

    part: Part
    id: int
    reference: str
    booked_at: datetime
    cancelled_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    sale_closes_at: datetime
    called_off: bool
    """Whether the theatre cancelled the screening."""
    day: date
    zone: str
    show_id: int
    title: str
    own: str
    language: str
    theatre_id: int
    theatre: str
    place: str
    city: str
    screen: str
    unnumbered: bool
    gone: frozenset[str]
    """ "show", "theatre": what was removed meanwhile."""
    seats: tuple[tuple[str, str], ...] = ()
    money: dict[str, int] = field(default_factory=dict)
    """Sums by the payments' state: due, paid, refunded, void."""


@dataclass(frozen=True)
class Roll:
    """Lines of one part of the roll, and the cursor to go on from; None: these were the last."""

    nights: Sequence[Night]
    next: str | None


def roll(person_id: int, part: Part, now: datetime, *, before: str | None = None, at_most: int = A_PAGE) -> Roll:
    """One part of a person's bookings: coming soonest first, the others latest first. Three statements.

    A booking is coming until its screening ends, cancelled when no ticket of it is left. `before` is a `Roll.next`;
    one that is none of ours is no cursor.
    """
    return rolls(person_id, [part], now, before=before, at_most=at_most)[part]


def rolls(
    person_id: int, parts: Sequence[Part], now: datetime, *, before: str | None = None, at_most: int = A_PAGE
) -> dict[Part, Roll]:
    """Several parts at once, in two statements more than there are parts."""
    last = read_cursor(before)
    rows = {part: db.session.execute(_page(_lines(person_id, part, now), part, last, at_most)).all() for part in parts}
    every = [row.id for some in rows.values() for row in some]
    seats, money = _seats(every), _money(every)
    return {
        part: _roll([_night(row, part, seats[row.id], money[row.id]) for row in some], at_most)
        for part, some in rows.items()
    }


def _roll(nights: list[Night], at_most: int) -> Roll:
    shown = nights[:at_most]
    return Roll(shown, _cursor(shown[-1]) if len(nights) > at_most else None)


def booking(person_id: int, reference: str) -> Booking | None:
    """The person's booking with its tickets, payments, screening, show, theatre and hall, in four statements."""
    return whole(Booking.reference == reference, Booking.person_id == person_id)


def whole(*which: ColumnElement[bool]) -> Booking | None:
    """The one booking of which this is true, with all that its pages and papers say, read afresh."""
    where = joinedload(Booking.screening)
    found = (
        select(Booking)
        .where(*which)
        .options(
            where.joinedload(Screening.show).selectinload(Show.languages),
            where.joinedload(Screening.theatre).joinedload(Theatre.city),
            where.joinedload(Screening.screen),
            where.joinedload(Screening.layout),
            selectinload(Booking.tickets),
            selectinload(Booking.payments),
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).unique().one_or_none()


def read_cursor(text: str | None) -> tuple[datetime, int] | None:
    """A `Roll.next` read back: the start of the last line and its booking's id."""
    seconds, _, id = (text or "").partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 15 for part in (seconds, id)):
        return None
    try:
        return EPOCH + timedelta(seconds=int(seconds)), int(id)
    except OverflowError:
        return None


def _lines(person_id: int, part: Part, now: datetime) -> Lines:
    first = select(ShowLanguage.language).where(ShowLanguage.show_id == Show.id).order_by(ShowLanguage.position)
    lines: Lines = (
        select(
            *(Booking.id, Booking.reference, Booking.booked_at, Booking.cancelled_at),
            *(Screening.starts_at, Screening.ends_at, Screening.sale_closes_at, Screening.day, Screening.state),
            *(Show.id.label("show_id"), Show.title, Show.original_title, Show.removed_at.label("show_gone")),
            *(Theatre.id.label("theatre_id"), Theatre.name.label("theatre"), Theatre.place),
            *(Theatre.removed_at.label("theatre_gone"), City.name.label("city"), City.zone),
            *(Screen.name.label("screen"), Layout.unnumbered, first.limit(1).scalar_subquery().label("language")),
        )
        .join(Screening, Screening.id == Booking.screening_id)
        .join(Show, Show.id == Screening.show_id)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(City, City.id == Theatre.city_id)
        .join(Screen, Screen.id == Screening.screen_id)
        .join(Layout, Layout.id == Screening.layout_id)
        .where(Booking.person_id == person_id)
    )
    if part == "cancelled":
        return lines.where(Booking.state == "cancelled")
    return lines.where(
        Booking.state == "live", Screening.ends_at > now if part == "coming" else Screening.ends_at <= now
    )


def _page(lines: Lines, part: Part, last: tuple[datetime, int] | None, at_most: int) -> Lines:
    at, id = Screening.starts_at, Booking.id
    if part == "coming":
        lines = lines.order_by(at, id)
        further = (lambda: or_(at > last[0], and_(at == last[0], id > last[1]))) if last else None
    else:
        lines = lines.order_by(at.desc(), id.desc())
        further = (lambda: or_(at < last[0], and_(at == last[0], id < last[1]))) if last else None
    return (lines.where(further()) if further else lines).limit(at_most + 1)


def _seats(booking_ids: Sequence[int]) -> defaultdict[int, list[tuple[str, str, str]]]:
    found: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = select(Ticket.booking_id, Ticket.row, Ticket.number, Ticket.state).where(Ticket.booking_id.in_(booking_ids))
    for booking_id, row, number, state in db.session.execute(rows.order_by(Ticket.id)) if booking_ids else ():
        found[booking_id].append((row, number, state))
    return found


def _money(booking_ids: Sequence[int]) -> defaultdict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    sums = select(Payment.booking_id, Payment.state, func.sum(Payment.amount)).group_by(
        Payment.booking_id, Payment.state
    )
    for booking_id, state, amount in (
        db.session.execute(sums.where(Payment.booking_id.in_(booking_ids))) if booking_ids else ()
    ):
        found[booking_id][state] = int(amount)
    return found


def _night(row: Row[Any], part: Part, seats: Sequence[tuple[str, str, str]], money: dict[str, int]) -> Night:
    left = [one for one in seats if one[2] == "live"] or seats
    gone = {"show": row.show_gone, "theatre": row.theatre_gone}
    return Night(
        part=part,
        **{name: getattr(row, name) for name in ("id", "reference", "booked_at", "cancelled_at")},
        **{name: getattr(row, name) for name in ("starts_at", "ends_at", "sale_closes_at", "day", "zone")},
        called_off=row.state == "cancelled",
        show_id=row.show_id,
        title=row.title,
        own=row.original_title if row.original_title != row.title else "",
        language=row.language or "",
        **{name: getattr(row, name) for name in ("theatre_id", "theatre", "place", "city", "screen", "unnumbered")},
        gone=frozenset(name for name, since in gone.items() if since),
        seats=tuple((place, number) for place, number, _ in left),
        money=money,
    )


def _cursor(night: Night) -> str:
    return f"{int((night.starts_at - EPOCH).total_seconds())}-{night.id}"
