"""Booking what is held: what is sold is what the buyer saw, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select

from instashow import once, outbox, work
from instashow.booking import claiming, paying, references, tax_lines
from instashow.booking.models import Booking, Hold, Ticket
from instashow.booking.refusals import HoldLapsed, ScreeningCancelled, UnknownType
from instashow.booking.sale import Sale, kept_sale
from instashow.db import insert
from instashow.people.models import Visitor
from instashow.pricing.tariffs import Tariff, Type
from instashow.statements import Rows, Statement, numbered

HOLDS: Any = Hold.__table__
THEIRS = (HOLDS.c.visitor_id == bindparam("visitor"), HOLDS.c.screening_id == bindparam("screening"))
V: Any = Visitor.__table__
LOCKING = Statement(
    lambda: (
        select(V.c.id)
        .join_from(V, HOLDS, HOLDS.c.visitor_id == V.c.id)
        .where(V.c.person_id == bindparam("person"), HOLDS.c.screening_id == bindparam("screening"))
        .with_for_update(of=HOLDS)
    )
)
"""Who holds: the hold before its claims, as everybody locks them."""
ENDING = Statement(lambda: delete(HOLDS).where(*THEIRS))


@dataclass(frozen=True)
class Seen:
    """What the buyer saw: each place with its ticket type (None: the first), and the total in minor units.

    Without places: whatever is held, at the total if there is one.
    """

    types: Mapping[int, int | None] | None = None
    total: int | None = None


@dataclass(frozen=True)
class Line:
    """One seat as it is about to be sold; prices in minor units, `trace` as pricing.quote gives it."""

    place_id: int
    row: str
    number: str
    kind: str
    category: str
    type_id: int
    type_code: str
    type_name: str | None
    price: int
    tax_name: str | None
    tax_rate: int | None
    trace: Sequence[Any]


class Booked(NamedTuple):
    """A booking that was made, or was made before by the same key."""

    id: int
    reference: str


def book(buyer_id: int, screening_id: int, *, key: str, seen: Seen, now: datetime) -> Booked:
    """Sell the person the seats they hold, at the prices locked when they were held.

    The same key gives the same booking again. Raises HoldLapsed, and sells nothing, when what is still held is
    not what the buyer saw; UnknownType; KeyReused; ScreeningCancelled; LookupError.
    """
    if earlier := once.claim(buyer_id, key, asked=("book", screening_id, vars(seen)), now=now):
        return Booked(earlier, str(REFERENCE.scalar({"booking": earlier})))
    sale = kept_sale(screening_id)
    if sale is None:
        raise LookupError(screening_id)
    if sale.state == "cancelled":
        raise ScreeningCancelled
    visitor_id = LOCKING.scalar({"person": buyer_id, "screening": screening_id})
    if visitor_id is None:
        raise HoldLapsed
    tariff = sale.tariff
    claims = claiming.mine(visitor_id, screening_id, now)
    if unknown := unknown_types(claims, tariff, seen.types or {}):
        raise UnknownType(unknown)
    lines = held_lines(claims, tariff, seen.types)
    if not lines or len(lines) < len(claims) or not _as_seen(lines, seen):
        raise HoldLapsed(seats=[line.place_id for line in lines])
    made = _write(buyer_id, sale, lines, now)
    if claiming.sell(made.id, visitor_id, screening_id, now) != len(lines):
        raise HoldLapsed
    ENDING.run({"visitor": visitor_id, "screening": screening_id})
    once.keep(buyer_id, key, made.id)
    return made


def held_lines(claims: Iterable[Any], tariff: Tariff, types: Mapping[int, int | None] | None) -> list[Line]:
    """What held claims would be sold as: `types` where it names a place's, else the type noted, else the first; a
    claim without a price for any type of today is left out."""
    said = types or {}
    chosen = ((one, _kind(one, said.get(one.place_id) or one.type_id, tariff)) for one in claims)
    return [_line(claim, kind, tariff) for claim, kind in chosen if kind]


def unknown_types(claims: Iterable[Any], tariff: Tariff, types: Mapping[int, int | None]) -> set[int]:
    """Held places for which a type was named that is not offered for them."""
    named = ((one, types[one.place_id]) for one in claims if types.get(one.place_id))
    return {one.place_id for one, type_id in named if type_id not in {kind.id for kind in offered(one, tariff)}}


def offered(claim: Any, tariff: Tariff) -> tuple[Type, ...]:
    """The ticket types of today that a held claim locked a price for; a car's bay has one, whoever sits in the car."""
    locked = tuple(one for one in tariff.types if str(one.id) in claim.prices["types"])
    return locked[:1] if claim.kind == "car" else locked


def _kind(claim: Any, wanted: int | None, tariff: Tariff) -> Type | None:
    """The type wanted, else the first, of those that the claim locked a price for; None where the theatre has taken
    all of them back since."""
    locked = offered(claim, tariff)
    return next((one for one in locked if one.id == wanted), next(iter(locked), None))


def _line(claim: Any, kind: Type, tariff: Tariff) -> Line:
    price = claim.prices["types"][str(kind.id)]
    tax_name, tax_rate = tariff.tax_of(price["amount"])
    return Line(
        place_id=claim.place_id,
        row=claim.row,
        number=claim.number,
        kind=claim.kind,
        category=claim.category,
        type_id=kind.id,
        type_code=kind.code,
        type_name=kind.name,
        price=price["amount"],
        tax_name=tax_name,
        tax_rate=tax_rate,
        trace=price["trace"],
    )


def _as_seen(lines: Sequence[Line], seen: Seen) -> bool:
    same_places = seen.types is None or set(seen.types) == {line.place_id for line in lines}
    return same_places and seen.total in (None, sum(line.price for line in lines))


def _write(buyer_id: int, sale: Sale, lines: Sequence[Line], now: datetime) -> Booked:
    total = sum(line.price for line in lines)
    made = _new_booking(
        person_id=buyer_id,
        screening_id=sale.screening_id,
        booked_at=now,
        total=total,
        refunds=sale.refunds,
        tax=tax_lines.of_prices(lines),
    )
    TICKETS.rows([_ticket(made.id, sale.screening_id, line) for line in lines])
    paying.owe(made.id, total, now=now)
    paper = work.want("ticket", f"{made.id}-1", facts={"booking": made.id}, now=now)
    outbox.tell(buyer_id, "booked", after=paper, booking=made.id)
    return made


def _new_booking(**values: Any) -> Booked:
    """Insert with a reference that nobody has: a clash is drawn again."""
    while True:
        reference = references.draw()
        new = {"reference": reference, "state": "live", "lines": [], "version": 1}
        booking_id = BOOKING.scalar(new | values)
        if booking_id is not None:
            return Booked(int(booking_id), reference)


REFERENCE = Statement(
    lambda: select(Booking.__table__.c.reference).where(Booking.__table__.c.id == bindparam("booking"))
)


def _booking() -> Any:
    row = insert(Booking.__table__)
    return row.on_conflict_do_nothing(index_elements=["reference"]).returning(Booking.__table__.c.id)


SOLD = ("reference", "person_id", "screening_id", "booked_at", "state", "total", "refunds", "tax", "lines", "version")
BOOKING = Statement(_booking, keys=SOLD)


def _ticket(booking_id: int, screening_id: int, line: Line) -> dict[str, Any]:
    return {
        "booking_id": booking_id,
        "screening_id": screening_id,
        "serial": 1,
        "state": "live",
        "refunded": 0,
        **vars(line),
    }


PRINTED = ("booking_id", "screening_id", "serial", "state", "refunded", *(one.name for one in fields(Line)))
TICKETS = Rows(
    lambda count: (
        insert(Ticket.__table__).values(numbered(Ticket.__table__, count, *PRINTED)).returning(Ticket.__table__.c.id)
    )
)
