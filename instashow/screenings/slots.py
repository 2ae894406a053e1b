"""Slots: a screening in one line of a list, read in bulk. What may no longer be bought is not offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from instashow.db import db, on_sqlite
from instashow.screenings.models import Figures, Screening
from instashow.shows.models import Show
from instashow.theatres.models import City, Layout, Screen, Theatre

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Slot:
    """One screening as lists know it. `minute` after midnight of the cinema day, wall time of its theatre."""

    id: int
    show_id: int
    theatre_id: int
    city_id: int
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime | None
    closes_at: datetime
    stopped_at: datetime | None
    day: date
    minute: int
    format: str
    language: str
    subtitles: str
    capacity: int
    list_price: int
    title: str
    screen: str
    layout_id: int
    fingerprint: str
    unnumbered: bool
    theatre: str
    place: str
    zone: str
    price_from: int
    free: int
    accessible_free: int
    sold: int
    dynamic_prices: bool
    price_floor: int
    price_ceiling: int
    price_step: int
    never_falls_last_day: bool
    most_change_a_day: int | None

    def offered(self, now: datetime) -> bool:
        """Whether a seat may be bought now, as far as hours and staff decide."""
        open_ = self.opens_at is None or self.opens_at <= now
        return open_ and now < self.closes_at and self.stopped_at is None

    def runs(self, now: datetime) -> bool:
        """Started, not ended."""
        return self.starts_at <= now < self.ends_at

    def __reduce__(self) -> tuple[type[Slot], tuple[Any, ...]]:
        """Goes into the cache and comes out of it a third faster than a data class does by itself."""
        return Slot, _every_field(self)


_every_field = attrgetter(*(field.name for field in fields(Slot)))

COLUMNS = (
    Screening.id,
    Screening.show_id,
    Screening.theatre_id,
    Screening.city_id,
    Screening.starts_at,
    Screening.ends_at,
    Screening.sale_opens_at,
    Screening.sale_closes_at,
    Screening.stopped_at,
    Screening.day,
    Screening.minute,
    Screening.format,
    Screening.language,
    Screening.subtitles,
    Screening.capacity,
    Screening.list_price,
    Show.title,
    Screen.name,
    Screening.layout_id,
    Layout.fingerprint,
    Layout.unnumbered,
    Theatre.name,
    Theatre.place,
    City.zone,
)
ASKED = (
    Theatre.dynamic_prices,
    Theatre.price_floor,
    Theatre.price_ceiling,
    Theatre.price_step,
    Theatre.never_falls_last_day,
    Theatre.most_change_a_day,
)


def slots(*where: ColumnElement[bool]) -> list[Slot]:
    """Screenings of standing shows at standing theatres, drafts and cancelled ones left out, by start."""
    copy, its_own = _read_copy()
    rows: Sequence[Any] = db.session.execute(
        select(*COLUMNS, *_figures(copy.c), *ASKED)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(City, City.id == Screening.city_id)
        .join(Show, Show.id == Screening.show_id)
        .join(Screen, Screen.id == Screening.screen_id)
        .join(Layout, Layout.id == Screening.layout_id)
        .outerjoin(copy, its_own)
        .where(Screening.state == "on_sale", Show.removed_at.is_(None), Theatre.removed_at.is_(None), *where)
        .order_by(Screening.starts_at, Screening.id)
    ).all()
    return [Slot(*row) for row in rows]


def _read_copy() -> tuple[FromClause, ColumnElement[bool]]:
    """What to join the figures of a screening from, and by what. Left to itself PostgreSQL reads the whole copy for a
    day of one city; so it is made to look each up by its key."""
    copy, its_own = Figures.__table__, Figures.screening_id == Screening.id
    return (copy, its_own) if on_sqlite() else (select(copy).where(its_own).limit(1).lateral("copy"), true())


def _figures(kept: Any) -> tuple[ColumnElement[int], ...]:
    """Of the copy; where none is made yet, as of a screening that nobody bought a seat for."""
    return (
        func.coalesce(kept.price_from, Screening.list_price),
        func.coalesce(kept.free, Screening.capacity),
        func.coalesce(kept.accessible_free, 0),
        func.coalesce(kept.sold, 0),
    )


def day_of_city(city_id: int, day: date) -> list[Slot]:
    """A city's cinema day."""
    return slots(Screening.city_id == city_id, Screening.day == day)


def today_of_city(city_id: int, today: date, now: datetime) -> list[Slot]:
    """A city's cinema day, and what runs on from the day before."""
    runs_on = and_(Screening.day == today - timedelta(days=1), Screening.ends_at > now)
    return slots(Screening.city_id == city_id, or_(Screening.day == today, runs_on))


def near(day: date, today: date) -> bool:
    """Whether people look at this day: the coming fortnight, and the night that is just over."""
    return today - timedelta(days=1) <= day < today + timedelta(days=FORTNIGHT)


def open_days(city_id: int, first: date, now: datetime, *where: ColumnElement[bool]) -> list[date]:
    """Which of the coming fourteen days have something to buy. One statement, one look into the index a day."""
    days = [first + timedelta(days=n) for n in range(FORTNIGHT)]
    found = db.session.execute(select(*(_something(city_id, day, now, *where) for day in days))).one()
    return [day for day, something in zip(days, found, strict=True) if something]


def of_show(show_id: int, city_id: int, today: date, now: datetime) -> list[Slot]:
    """A show's coming screenings in a city, where it has none there in the city with most; and one of every other city
    where it is to come. One statement."""
    other = aliased(Screening)
    coming = (
        other.show_id == show_id,
        other.state == "on_sale",
        other.sale_closes_at > now,
        other.stopped_at.is_(None),
    )
    most = select(other.city_id).where(*coming).group_by(other.city_id)
    most = most.order_by((other.city_id == city_id).desc(), func.count().desc(), other.city_id).limit(1)
    one_each = select(func.min(other.id)).where(*coming).group_by(other.city_id)
    there = or_(Screening.city_id == city_id, Screening.city_id == most.scalar_subquery())
    return slots(Screening.show_id == show_id, Screening.day >= today, or_(there, Screening.id.in_(one_each)))


def next_day(show_ids: Collection[int], now: datetime) -> Any:
    """The cinema day on which a show begins next, anywhere: a column beside `shows`; NULL for others than these."""
    coming = (Screening.starts_at > now, Screening.state == "on_sale", Screening.stopped_at.is_(None))
    # The first of each by its index: a minimum over all of them would read whatever is still to come.
    first = select(Screening.day).where(Screening.show_id == Show.id, *coming).order_by(Screening.starts_at)
    return case((Show.id.in_(sorted(show_ids)), first.limit(1).scalar_subquery()))


def _something(city_id: int, day: date, now: datetime, *where: ColumnElement[bool]) -> Any:
    return (
        exists()
        .where(Screening.city_id == city_id, Screening.day == day, Screening.state == "on_sale")
        .where(Screening.sale_closes_at > now, Screening.stopped_at.is_(None), *where)
    )


def next_change(known: Iterable[Slot], now: datetime) -> datetime | None:
    """When time alone next changes what is offered or runs: a start, an end, a sale's opening or closing."""
    moments = (at for slot in known for at in (slot.starts_at, slot.ends_at, slot.opens_at, slot.closes_at) if at)
    return min((at for at in moments if at > now), default=None)
