"""What the seat page and the till read: one screening's hall as one visitor finds it, in few statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from instashow.booking import choosing, claiming, holds
from instashow.booking.holds import Held
from instashow.booking.refusals import Refusal
from instashow.booking.sale import Sale, refuse_unless_open, sale_of
from instashow.pricing.quote import Price
from instashow.screenings import availability
from instashow.screenings.asking import Asking, asking
from instashow.screenings.availability import Availability
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from instashow.shows.models import Show, ShowLanguage
from instashow.statements import Statement
from instashow.theatres.layouts import Hall, hall
from instashow.theatres.models import City, Screen, Theatre
from instashow.theatres.on_sale import of_hall

S: Any = Screening.__table__
W: Any = Show.__table__
T: Any = Theatre.__table__
R: Any = Screen.__table__
C: Any = City.__table__
O: Any = ShowLanguage.__table__  # noqa: E741


class About(NamedTuple):
    """What is on, where and when; times in UTC, `zone` the theatre's."""

    show_id: int
    title: str
    original_title: str
    certificate: str
    theatre_id: int
    theatre: str
    screen: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    day: date
    format: str
    language: str
    subtitles: str
    own_language: str
    """That of its own title: the first that the show speaks, whatever it is shown in; empty where nobody knows."""


COLUMNS = (
    W.c.id,
    W.c.title,
    W.c.original_title,
    W.c.certificate,
    T.c.id,
    T.c.name,
    R.c.name,
    C.c.zone,
    S.c.starts_at,
    S.c.ends_at,
    S.c.day,
    S.c.format,
    S.c.language,
    S.c.subtitles,
    func.coalesce(select(func.min(O.c.language)).where(O.c.show_id == W.c.id, O.c.position == 0).scalar_subquery(), ""),
)
ABOUT = Statement(
    lambda: (
        select(*COLUMNS)
        .select_from(S.join(W, W.c.id == S.c.show_id).join(T, T.c.id == S.c.theatre_id))
        .join(C, C.c.id == T.c.city_id)
        .join(R, R.c.id == S.c.screen_id)
        .where(S.c.id == bindparam("screening"), W.c.removed_at.is_(None))
    ),
    row=About,
)


@dataclass(frozen=True)
class House:
    """A screening's hall at one moment. Ids are places'; `mine` from the screen to the back."""

    about: About
    sale: Sale
    hall: Hall
    word: Availability
    others: frozenset[int]
    """Sold, or held by somebody else."""
    mine: tuple[int, ...]
    free: frozenset[int]
    """On sale and nobody's."""
    held: Held | None
    asking: Asking
    now: datetime

    @property
    def open(self) -> bool:
        """Whether seats may be held now."""
        return self.word.word in ("available", "filling", "last")

    @property
    def cars(self) -> bool:
        """Whether its places are car bays: one takes everybody in the car."""
        return not self.hall.unnumbered and not choosing.seating_of(self.hall).runs and bool(self.hall.places)

    def price(self, place_id: int) -> int:
        """What a place costs its visitor: as locked where they hold it, else as asked now, first ticket type."""
        locked = self.locked.get(place_id)
        return self.ask(self.hall.by_id[place_id].category).amount if locked is None else locked

    def ask(self, category: str) -> Price:
        """What a place of this category costs now for the first ticket type."""
        return self.asking.price(category, self.asking.tariff.types[0])

    @property
    def locked(self) -> dict[int, int]:
        """The prices of the held places for the type noted, else the first."""
        first = self.asking.tariff.types[0].id
        claims = self.held.claims if self.held else ()
        prices = {one.place_id: (one.prices["types"], str(one.type_id or first)) for one in claims}
        return {id: (types.get(noted) or next(iter(types.values())))["amount"] for id, (types, noted) in prices.items()}


def look(screening_id: int, visitor_id: int | None, now: datetime) -> House | None:
    """The hall of a screening as this visitor finds it; None where there is no such screening to see."""
    sale, about = sale_of(screening_id), about_screening(screening_id)
    if sale is None or about is None:
        return None
    house = hall(sale.layout_id)
    standing = taken(screening_id, now)
    held = holds.held(visitor_id, screening_id, now)
    mine = {claim.place_id for claim in held.claims} if held else set()
    free = of_hall(house, sale.capacity) - standing.keys()
    sold = sum(one.sold for one in standing.values())
    return House(
        about=about,
        sale=sale,
        hall=house,
        word=word_of(sale, sold=sold, free=len(free), now=now),
        others=frozenset(standing.keys() - mine),
        mine=tuple(sorted(mine)),
        free=frozenset(free),
        held=held,
        asking=asking(sale, sale.tariff, sold=sold, now=now),
        now=now,
    )


class Late(NamedTuple):
    """Somebody was quicker: the house as it then was, and what is refused."""

    house: House
    refusal: Refusal


def late(screening_id: int, visitor_id: int, seat_ids: Collection[int], now: datetime) -> Late | None:
    """What hold() would refuse where others have one of these places, told before anybody waits for the writers; else
    None. Raises LookupError for a screening or place that is not there."""
    if not claiming.lost(visitor_id, screening_id, seat_ids, now):
        return None
    found = look(screening_id, visitor_id, now)
    if found is None:
        raise LookupError(screening_id)
    own = set(found.mine)
    try:
        refuse_unless_open(found.sale, now)
        choosing.refuse_unfit(found.sale, own=own, wanted=set(seat_ids) - own, taken=set(found.others), now=now)
    except Refusal as wrong:
        return Late(found, wrong)
    return None  # they came free meanwhile


def about_screening(screening_id: int) -> About | None:
    """What is on, where and when; None where the show was removed."""
    found: About | None = ABOUT.first({"screening": screening_id})
    return found


def word_of(sale: Sale, *, sold: int, free: int, now: datetime) -> Availability:
    """What the screening is called now, and how many places are left."""
    return availability.availability(
        availability.house(sale.capacity, sold=sold, free=free),
        state=sale.state,
        opens=sale.opens_at,
        closes=sale.closes_at,
        now=now,
        stopped=sale.stopped_at is not None,
    )
