"""Which places a choice may take: what fits together, what is best, what goes along when something is let go."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import cast

from instashow.booking import best_seats, lone_seats
from instashow.booking.refusals import CompanionOnly, Houseful, LoneSeat, NotOnSale, PairRequired, SeatsTaken
from instashow.booking.sale import Sale
from instashow.booking.seating import Seating, prepare
from instashow.theatres.layouts import Hall, hall
from instashow.theatres.on_sale import Same, on_sale


def refuse_unfit(sale: Sale, *, own: set[int], wanted: set[int], taken: set[int], now: datetime) -> None:
    """Nothing where the wanted places may be held beside the visitor's own; `taken` is what others have.

    Raises LookupError for a place of another hall, Houseful, SeatsTaken, NotOnSale, PairRequired, CompanionOnly and
    LoneSeat, each naming the places that it is about.
    """
    house = hall(sale.layout_id)
    if unknown := wanted - house.by_id.keys():
        raise LookupError(min(unknown))
    sold_here = on_sale(sale.layout_id, sale.capacity)
    if lost := wanted & taken:
        raise Houseful(lost) if sold_here <= taken else SeatsTaken(lost)
    if unsold := wanted - sold_here or (wanted if house.unnumbered else set()):
        raise NotOnSale(unsold)
    if wanted and not house.unnumbered:
        _refuse_unseemly(sale, house, own=own, wanted=wanted, taken=taken, now=now)


def best(sale: Sale, *, taken: set[int], quantity: int, accessible: int, now: datetime) -> tuple[int, ...] | None:
    """The best `quantity` free places, `accessible` of them for wheelchairs; None where there are not so many."""
    house = hall(sale.layout_id)
    open_places = free(sale, taken)
    if house.unnumbered:
        return _any(house, open_places, quantity, accessible)
    return best_seats.best(seating_of(house), open_places, quantity, accessible=accessible)


def free(sale: Sale, taken: set[int]) -> set[int]:
    """Ids of the places on sale that nobody has."""
    return set(on_sale(sale.layout_id, sale.capacity)) - taken


def with_partners(sale: Sale, *, going: set[int], own: set[int], now: datetime) -> set[int]:
    """What is let go with these places: other halves of love seats, companions left without a wheelchair."""
    house = hall(sale.layout_id)
    if house.unnumbered:
        return going
    seating = seating_of(house)
    going = going | {seating.partners[seat] for seat in going if seat in seating.partners}
    return going | set(lone_seats.companions_refused(seating, own - going, released=released(sale, now)))


def left_alone(sale: Sale, *, own: set[int], going: set[int], taken: set[int]) -> tuple[int, ...]:
    """Which places that are let go would be left alone beside what the visitor keeps; `taken` is what others have."""
    house = hall(sale.layout_id)
    if house.unnumbered:
        return ()
    return tuple(seat for seat in _stranded(sale, house, taken, own - going) if seat in going)


def released(sale: Sale, now: datetime) -> bool:
    """Whether companion seats are sold to anybody: some minutes before the start."""
    return now >= sale.starts_at - timedelta(minutes=sale.companion_minutes)


def seating_of(house: Hall) -> Seating:
    """A hall's seating, prepared once a process."""
    return _prepared(Same(house))


@lru_cache(maxsize=64)
def _prepared(key: Same) -> Seating:
    return prepare(key.house.places)


def _refuse_unseemly(
    sale: Sale, house: Hall, *, own: set[int], wanted: set[int], taken: set[int], now: datetime
) -> None:
    seating, chosen = seating_of(house), own | wanted
    if halves := lone_seats.pair_required(seating, chosen):
        raise PairRequired(halves)
    if kept := lone_seats.companions_refused(seating, chosen, released=released(sale, now)):
        raise CompanionOnly(kept)
    if lone := _stranded(sale, house, taken, chosen):
        raise LoneSeat(lone)


def _stranded(sale: Sale, house: Hall, taken: set[int], chosen: set[int]) -> tuple[int, ...]:
    """The seats that the choice would leave alone, by the theatre's rule; what is not on sale counts as taken."""
    gone = taken | (house.by_id.keys() - on_sale(sale.layout_id, sale.capacity))
    return lone_seats.stranded(seating_of(house), gone, chosen, cast(lone_seats.Mode, sale.lone_seats))


def _any(house: Hall, open_places: Collection[int], quantity: int, accessible: int) -> tuple[int, ...] | None:
    """Places that nobody sees: drawn at random, so that buyers at the same moment seldom want the same ones."""
    wheel = [id for id in open_places if house.by_id[id].kind == "wheelchair"]
    others = [id for id in open_places if house.by_id[id].kind != "wheelchair"]
    if len(wheel) < accessible or len(others) < quantity - accessible:
        return None
    return (*random.sample(wheel, accessible), *random.sample(others, quantity - accessible))
