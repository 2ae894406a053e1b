"""Choosing is holding: all or none, one hold a visitor and screening, one clock set by its first seat.

The hold's row is the clock: it stands until it is over, whatever is let go, so that taking a seat again renews nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, select, update

from instashow.booking import choosing, claiming, handing_over
from instashow.booking.models import Hold
from instashow.booking.refusals import (
    HoldLapsed,
    Houseful,
    LoneSeat,
    NoBlock,
    SalesClosed,
    ScreeningCancelled,
    SeatsTaken,
    TooManySeats,
    TooOften,
)
from instashow.booking.sale import Sale, kept_sale, refuse_unless_open, sale_of
from instashow.cache import changed
from instashow.config import settings
from instashow.db import db, insert
from instashow.screenings import asking
from instashow.screenings.claims import held_by, taken
from instashow.screenings.models import Claim
from instashow.statements import Statement

KEEP = timedelta(minutes=2)
MOST_EXTENSIONS = 10
TRIES = 3
"""How often other seats are looked for when somebody was quicker."""


H: Any = Hold.__table__.c
HELD = Statement(
    lambda: claiming.MINE.add_columns(H.expires_at, H.extensions).join(
        Hold.__table__, (H.visitor_id == claiming.C.visitor_id) & (H.screening_id == claiming.C.screening_id)
    )
)


@dataclass(frozen=True)
class Held:
    """A visitor's hold: when it lapses, how often it may still be kept, its claims by place id.

    Each claim has place_id, row, number, kind, category, held_at, held_until, type_id and prices.
    """

    expires_at: datetime
    extensions_left: int
    claims: tuple[Any, ...]


def hold(visitor_id: int, screening_id: int, *, seat_ids: Collection[int], now: datetime) -> datetime:
    """Hold these places beside those the visitor has; all or none. Gives when the hold lapses.

    Raises LookupError for a screening or place that is not there, and Refusal: SeatsTaken, PairRequired,
    CompanionOnly, LoneSeat, TooManySeats, Houseful, NotOnSale, SalesClosed, ScreeningCancelled.
    """
    sale = _open_sale(screening_id, now)
    clock = _clock(visitor_id, sale, now)
    others = taken(screening_id, now)
    own = held_by(visitor_id, others)
    wanted = set(seat_ids) - own
    _refuse_too_many(visitor_id, sale, len(own | wanted), now)
    choosing.refuse_unfit(sale, own=own, wanted=wanted, taken=set(others) - own, now=now)
    _take(visitor_id, sale, wanted, until=clock, sold=sum(one.sold for one in others.values()), now=now)
    return clock


def hold_best(visitor_id: int, screening_id: int, *, quantity: int, accessible: int, now: datetime) -> datetime:
    """Hold the best `quantity` free places, `accessible` of them wheelchair places; gives when the hold lapses.

    Raises as hold() does, and NoBlock where there are not so many.
    """
    sale = _open_sale(screening_id, now)
    clock = _clock(visitor_id, sale, now)
    for _ in range(TRIES):
        others = taken(screening_id, now)
        own = held_by(visitor_id, others)
        _refuse_too_many(visitor_id, sale, len(own) + quantity, now)
        best = choosing.best(sale, taken=set(others), quantity=quantity, accessible=accessible, now=now)
        if best is None:
            raise NoBlock() if choosing.free(sale, set(others)) else Houseful()
        try:
            with db.session.begin_nested():
                _take(visitor_id, sale, best, until=clock, sold=sum(one.sold for one in others.values()), now=now)
        except SeatsTaken:
            continue
        return clock
    raise NoBlock


def release(
    visitor_id: int, screening_id: int, *, seat_ids: Iterable[int] | None, now: datetime, seemly: bool = False
) -> set[int]:
    """Let these places go, or all of them; gives the places that are free again. The clock runs on.

    With half a love seat goes the other half, with a wheelchair place its companion that nobody else needs. `seemly`:
    raises LoneSeat with facts `left` where one of them would be left alone beside what is kept.
    """
    claiming.hold_of(visitor_id, screening_id)
    if seat_ids is None:
        return claiming.let_go(visitor_id, screening_id, None)
    own = {claim.place_id for claim in claiming.mine(visitor_id, screening_id, now)}
    sale = sale_of(screening_id)
    if sale is None:
        raise LookupError(screening_id)
    going = choosing.with_partners(sale, going=set(seat_ids) & own, own=own, now=now)
    if seemly and (left := choosing.left_alone(sale, own=own, going=going, taken=set(taken(screening_id, now)) - own)):
        raise LoneSeat(left, left=True)
    return claiming.let_go(visitor_id, screening_id, going)


def extend(visitor_id: int, screening_id: int, *, now: datetime) -> datetime:
    """Keep the seats two minutes longer, ten times at most; gives when the hold lapses now.

    Raises HoldLapsed and TooOften, and SalesClosed or ScreeningCancelled where it is too late for that.
    """
    sale = sale_of(screening_id)
    hold = claiming.hold_of(visitor_id, screening_id)
    if sale is None or hold is None or hold.expires_at <= now:
        raise HoldLapsed
    if sale.state == "cancelled":
        raise ScreeningCancelled
    if now >= sale.closes_at:
        raise SalesClosed
    if hold.extensions >= MOST_EXTENSIONS:
        raise TooOften(most=MOST_EXTENSIONS)
    until = hold.expires_at + KEEP
    db.session.execute(update(Hold).where(Hold.id == hold.id).values(expires_at=until, extensions=hold.extensions + 1))
    if not claiming.keep_until(visitor_id, screening_id, until=until, now=now):
        raise HoldLapsed(let_go=True)
    return until


def held(visitor_id: int | None, screening_id: int, now: datetime) -> Held | None:
    """What the visitor holds of a screening, or None where nothing is held any more."""
    if visitor_id is None:
        return None
    words = {"visitor": visitor_id, "screening": screening_id, "now": now}
    rows = tuple(HELD.rows(words))
    return Held(rows[0].expires_at, MOST_EXTENSIONS - rows[0].extensions, rows) if rows else None


def ran_out(visitor_id: int, screening_id: int, now: datetime) -> bool:
    """Whether the visitor's seats are known to have lapsed: the clock has run out, and a seat is still noted as theirs.

    Not so where they were let go (no seat is), nor where they booked or held others since (another clock, or none).
    """
    theirs = select(Claim.place_id).join(Hold, (Hold.visitor_id == visitor_id) & (Hold.screening_id == screening_id))
    theirs = theirs.where(Claim.visitor_id == visitor_id, Claim.screening_id == screening_id)
    return db.session.scalars(theirs.where(Claim.held_until <= now, Hold.expires_at <= now)).first() is not None


def ends_first(visitor_id: int, now: datetime) -> int | None:
    """The screening of the visitor's hold that ends first."""
    holds = select(Claim.screening_id).where(Claim.visitor_id == visitor_id, Claim.held_until > now)
    return db.session.scalars(holds.order_by(Claim.held_until, Claim.screening_id).limit(1)).first()


def give_up(visitor_id: int) -> None:
    """Free everything that a visitor holds: at sign-out. The clocks run on, or signing in again would renew them."""
    theirs = select(Hold.id).where(Hold.visitor_id == visitor_id).order_by(Hold.screening_id)
    db.session.execute(theirs.with_for_update()).all()  # what another tab is taking is waited for, and freed too
    changed("seats")
    db.session.execute(delete(Claim).where(Claim.visitor_id == visitor_id, Claim.held_until.is_not(None)))


def adopt(old: int, new: int, *, now: datetime) -> dict[int, set[int]]:
    """Give what an anonymous visitor holds to the person who signed in; safe to repeat.

    Where both hold seats of a screening the earlier clock stands, and seats past the limit are let go, newest
    first: gives those places by screening.
    """
    given_up = {}
    if old == new:
        return {}
    for hold in db.session.scalars(select(Hold).where(Hold.visitor_id == old).order_by(Hold.screening_id)).all():
        if over := handing_over.screening(hold.screening_id, old, new, now):
            given_up[hold.screening_id] = over
    return given_up


def tidy(now: datetime) -> int:
    """Remove what has lapsed; gives how many places. Nobody waits for it: lapses count from their moment."""
    return claiming.sweep(now)


def _open_sale(screening_id: int, now: datetime) -> Sale:
    sale = kept_sale(screening_id)
    if sale is None:
        raise LookupError(screening_id)
    refuse_unless_open(sale, now)
    return sale


def _clock(visitor_id: int, sale: Sale, now: datetime) -> datetime:
    """When the visitor's hold of this screening lapses: the running clock, or a new one. Locks the hold's row."""
    until = now + timedelta(minutes=sale.hold_minutes)
    words = {"visitor_id": visitor_id, "screening_id": sale.screening_id, "began_at": now}
    words |= {"expires_at": until, "extensions": 0}
    expires_at: datetime = STARTING.scalar(words)
    return expires_at


def _starting() -> Any:
    """Insert a hold; one that stands keeps its clock, one that lapsed begins afresh."""
    row, stands = insert(Hold.__table__), Hold.__table__.c
    lapsed = stands.expires_at <= row.excluded.began_at
    kept = {
        "began_at": case((lapsed, row.excluded.began_at), else_=stands.began_at),
        "expires_at": case((lapsed, row.excluded.expires_at), else_=stands.expires_at),
        "extensions": case((lapsed, 0), else_=stands.extensions),
    }
    standing = row.on_conflict_do_update(index_elements=["visitor_id", "screening_id"], set_=kept)
    return standing.returning(stands.expires_at)


STARTING = Statement(_starting, keys=("visitor_id", "screening_id", "began_at", "expires_at", "extensions"))


def _take(visitor_id: int, sale: Sale, wanted: Collection[int], *, until: datetime, sold: int, now: datetime) -> None:
    if not wanted:
        return
    prices = asking.lock(sale, sale.tariff, sale.layout_id, wanted, sold=sold, now=now)
    lost = set(wanted) - claiming.take(visitor_id, sale.screening_id, prices, until=until, now=now)
    if lost and lost - {claim.place_id for claim in claiming.mine(visitor_id, sale.screening_id, now)}:
        raise SeatsTaken(lost)


def _refuse_too_many(visitor_id: int, sale: Sale, held_then: int, now: datetime) -> None:
    buyer = claiming.buyer(visitor_id, sale.screening_id)
    if held_then + buyer.bought > sale.most_seats:
        raise TooManySeats(most=sale.most_seats, have=buyer.bought)
    if buyer.person_id is None and buyer.address and settings().limits == "on":
        most, already = settings().anonymous_seats, claiming.held_from(buyer.address, now)
        if already - len(claiming.mine(visitor_id, sale.screening_id, now)) + held_then > most:
            raise TooManySeats(most=most, have=already)
