"""What lists say and filter by: free places, sold ones, the price from; reckoned in bulk, kept as a read copy.

Pages reckon the rows that they show; lists filter, sort and count by the copy, which a job remakes.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from instashow.cache import changed
from instashow.db import db, insert
from instashow.pricing import pricelist
from instashow.pricing.bounds import Band, GuardRails, Stored
from instashow.pricing.models import PriceRule
from instashow.pricing.quote import Terms, asking_price, seat_price, sold_share
from instashow.screenings.claims import standing
from instashow.screenings.models import Claim, Figures, PricePoint, Screening
from instashow.theatres.layouts import hall
from instashow.theatres.models import Layout, Place, Theatre
from instashow.theatres.on_sale import on_sale

AT_ONCE = 400
"""Screenings in one statement."""
REMEMBERED = 5000
"""Layouts whose classes a process remembers; more than one statement can ask for."""

Class = tuple[str, bool]
"""A category, and whether its place is for a wheelchair."""


Screened = Row[*tuple[Any, ...]]
"""A screening with what its theatre and layout say of its price: COLUMNS."""


@dataclass(frozen=True)
class Reckoned:
    """One screening's figures: `price_from` is the cheapest place that is free, for the type chosen unasked; where
    none is free, the cheapest that there is. Minor units."""

    price_from: int
    free: int
    accessible_free: int
    sold: int


COLUMNS = (
    Screening.id,
    Screening.theatre_id,
    Screening.layout_id,
    Screening.list_price,
    Screening.capacity,
    Screening.starts_at,
    Layout.fingerprint,
    Theatre.dynamic_prices,
    Theatre.price_floor,
    Theatre.price_ceiling,
    Theatre.price_step,
    Theatre.never_falls_last_day,
    Theatre.most_change_a_day,
)


def remake(screening_ids: Iterable[int], now: datetime) -> int:
    """Write the read copy of these screenings afresh; gives how many."""
    ids, made = iter(sorted(set(screening_ids))), 0
    while some := list(islice(ids, AT_ONCE)):
        rows = [{"screening_id": id, "remade_at": now, **vars(one)} for id, one in reckon(some, now).items()]
        if rows:
            copy = insert(Figures)
            fresh = {name: copy.excluded[name] for name in rows[0] if name != "screening_id"}
            db.session.execute(copy.on_conflict_do_update(index_elements=["screening_id"], set_=fresh), rows)
        made += len(rows)
    if made:
        changed("figures")
    return made


def due(now: datetime, *, since: datetime, at_most: int = AT_ONCE) -> list[int]:
    """Coming screenings whose copy is no longer true: seats were taken, freed or lapsed, one has no copy yet, or a
    price rule's hour has come after `since`."""
    coming = and_(Screening.starts_at > now - timedelta(hours=1), Screening.state == "on_sale")
    taken = (
        select(Claim.screening_id, func.count().label("taken"), func.count(Claim.ticket_id).label("sold"))
        .join(Screening, Screening.id == Claim.screening_id)
        .where(coming, standing(now))
        .group_by(Claim.screening_id)
        .subquery()
    )
    free = Screening.capacity - func.coalesce(taken.c.taken, 0)
    stale = or_(
        Figures.screening_id.is_(None),
        Figures.free != free,
        Figures.sold != func.coalesce(taken.c.sold, 0),
        *_hours_come(now, since),
    )
    rows = (
        select(Screening.id)
        .outerjoin(taken, taken.c.screening_id == Screening.id)
        .outerjoin(Figures, Figures.screening_id == Screening.id)
        .where(coming, stale)
    )
    return list(db.session.scalars(rows.order_by(Screening.starts_at, Screening.id).limit(at_most)))


def reckon(screening_ids: Collection[int], now: datetime) -> dict[int, Reckoned]:
    """The figures of screenings as they stand, in four statements however many they are."""
    rows: Sequence[Screened] = db.session.execute(
        select(*COLUMNS)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(Layout, Layout.id == Screening.layout_id)
        .where(Screening.id.in_(screening_ids))
    ).all()
    return reckon_rows(rows, now)


def reckon_rows(
    rows: Collection[Any], now: datetime, *, terms: dict[int, pricelist.Terms] | None = None
) -> dict[int, Reckoned]:
    """The same for whoever has read the COLUMNS already (as attributes of these names), and the theatres' terms."""
    ids = [row.id for row in rows]
    taken, sold = _taken(ids, now)
    classes = _classes({row.fingerprint: row.layout_id for row in rows})
    terms = pricelist.terms_of({row.theatre_id for row in rows}) if terms is None else terms
    stored = _stored([row for row in rows if _guards(row) != GuardRails()])
    found = {}
    for row in rows:
        asked = _asked(row, terms[row.theatre_id], sold[row.id], stored.get(row.id, ()), now)
        found[row.id] = _reckoned(row, _on_sale(row, classes[row.fingerprint]), taken[row.id], sold[row.id], asked)
    return found


def _on_sale(row: Screened, every: Counter[Class]) -> Counter[Class]:
    """The classes of what it sells, where that is fewer places than its hall has."""
    if row.capacity >= every.total():
        return every
    places = hall(row.layout_id).by_id
    sold_here = (places[id] for id in on_sale(row.layout_id, row.capacity))
    return Counter((place.category, place.kind == "wheelchair") for place in sold_here)


@dataclass(frozen=True)
class Asked:
    """What one screening asks for each category, in minor units."""

    prices: dict[str, int]
    usual: int

    def of(self, category: str) -> int:
        """The price of a place of this category."""
        return self.prices.get(category, self.usual)


def _reckoned(row: Screened, classes: Counter[Class], taken: Counter[Class], sold: int, asked: Asked) -> Reckoned:
    left = {one: count - taken[one] for one, count in classes.items()}
    free = max(0, row.capacity - taken.total())
    # A wheelchair place is not what "from" promises to everybody, unless there is nothing else.
    wanted = [one for one, count in left.items() if count > 0 and not one[1]] if free else []
    prices = [asked.of(category) for category, _ in wanted or [one for one in classes if not one[1]] or classes]
    accessible = sum(count for (_, wheelchair), count in left.items() if wheelchair)
    return Reckoned(min(prices, default=asked.usual), free, min(free, max(0, accessible)), sold)


def _asked(row: Screened, terms: pricelist.Terms, sold: int, stored: Sequence[Stored], now: datetime) -> Asked:
    how = Terms(
        rules=terms.rules,
        band=Band(row.price_floor, row.price_ceiling, row.price_step),
        guards=_guards(row),
        dynamic=row.dynamic_prices,
    )
    share = sold_share(sold, row.capacity)
    asked = asking_price(row.list_price, sold=share, left=row.starts_at - now, terms=how, stored=stored)

    def price(difference: int) -> int:
        return seat_price(asked, row.list_price, difference=difference, ticket=terms.first_type).amount

    return Asked({category: price(more) for category, more in terms.categories.items()}, price(0))


def _guards(row: Screened) -> GuardRails:
    return GuardRails(row.never_falls_last_day, row.most_change_a_day)


def _taken(screening_ids: Collection[int], now: datetime) -> tuple[dict[int, Counter[Class]], Counter[int]]:
    """Places that are not free by screening and class, and places sold by screening."""
    wheelchair = Place.kind == "wheelchair"
    rows = db.session.execute(
        select(Claim.screening_id, Place.category, wheelchair, func.count(), func.count(Claim.ticket_id))
        .join(Place, Place.id == Claim.place_id)
        .where(Claim.screening_id.in_(screening_ids), standing(now))
        .group_by(Claim.screening_id, Place.category, wheelchair)
    )
    taken, sold = defaultdict[int, Counter[Class]](Counter), Counter[int]()
    for screening_id, category, accessible, count, tickets in rows:
        taken[screening_id][category, bool(accessible)] += count
        sold[screening_id] += tickets
    return taken, sold


_known: OrderedDict[str, Counter[Class]] = OrderedDict()
"""The classes of layouts by fingerprint: the same fingerprint is the same places, for ever."""


def _classes(layouts: dict[str, int]) -> dict[str, Counter[Class]]:
    unknown = {layout_id: name for name, layout_id in layouts.items() if name not in _known}
    counted = {name: Counter[Class]() for name in unknown.values()}
    for layout_id, one, count in _count_classes(list(unknown)) if unknown else ():
        counted[unknown[layout_id]][one] = count
    _known.update(counted)
    while len(_known) > REMEMBERED:
        _known.popitem(last=False)
    return {name: counted.get(name) or _known[name] for name in layouts}


def _count_classes(layout_ids: list[int]) -> Iterator[tuple[int, Class, int]]:
    wheelchair = Place.kind == "wheelchair"
    rows = db.session.execute(
        select(Place.layout_id, Place.category, wheelchair, func.count())
        .where(Place.layout_id.in_(layout_ids), Place.blocked.is_(False))
        .group_by(Place.layout_id, Place.category, wheelchair)
    )
    for layout_id, category, accessible, count in rows:
        yield layout_id, (category, bool(accessible)), count


def _stored(rows: Sequence[Screened]) -> dict[int, list[Stored]]:
    if not rows:
        return {}
    starts = {row.id: row.starts_at for row in rows}
    points = db.session.scalars(select(PricePoint).where(PricePoint.screening_id.in_(starts)))
    found = defaultdict[int, list[Stored]](list)
    for point in points:
        found[point.screening_id].append(Stored(starts[point.screening_id] - point.at, point.amount))
    return found


def _hours_come(now: datetime, since: datetime) -> list[Any]:
    hours = db.session.scalars(select(PriceRule.hours_left_under).where(PriceRule.hours_left_under.is_not(None)))
    return [
        and_(Screening.starts_at > since + timedelta(hours=hour), Screening.starts_at <= now + timedelta(hours=hour))
        for hour in set(hours)
        if hour is not None
    ]
