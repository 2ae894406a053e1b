"""The timetable: a screening is added where its screen is free, priced and measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from instashow import money
from instashow.cache import changed
from instashow.db import db, on_sqlite
from instashow.pricing import cards, pricelist
from instashow.screenings import figures, hours, stages
from instashow.screenings.hours import Interval, Needs
from instashow.screenings.models import Screening
from instashow.screenings.stages import Stage
from instashow.screenings.wall_time import cinema_day, day_bounds, to_wall
from instashow.shows.models import Allocation, Show
from instashow.theatres.models import Screen
from instashow.theatres.on_sale import on_sale

STATES = ("draft", "on_sale", "cancelled")


class BadScreening(ValueError):
    """What was typed cannot be a screening; `errors` by field, as codes: unknown, past, out_of_range, too_long."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field} {code}" for field, code in errors.items()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Offer:
    """Where and when the screening would fit: a screen's id, a start in UTC; None: nowhere that day."""

    screen_id: int | None
    starts_at: datetime | None


class Conflict(Exception):
    """The screen is taken: by which screenings (ids, soonest first); `offer` is another screen at the wished time, and
    another time on the wished screen."""

    code = "screening_conflict"

    def __init__(self, others: Sequence[int], offer: Offer) -> None:
        super().__init__(self.code)
        self.others = tuple(others)
        self.offer = offer


def add(*, show_id: int, screen_id: int, starts_at: datetime, now: datetime, **beside: Any) -> Screening:
    """A screening, its list price filled from the cards or the base price, all its layout's places on sale.

    `beside`: runtime (minutes), format, language, subtitles, list_price (minor units), capacity (fewer places than the
    hall has), state, external_id. Raises BadScreening, Conflict.
    """
    _lock(screen_id)
    stage, show = stages.stage_of([screen_id]).get(screen_id), _show(show_id)
    if stage is None or show is None:
        raise BadScreening({"screen": "unknown"} if stage is None else {"show": "unknown"})
    refuse_nonsense(stage, starts_at, beside, now)
    needs = stage.needs(beside.get("runtime") or show.runtime)
    if others := overlapping(screen_id, hours.occupied(starts_at, needs)):
        raise Conflict([one.id for one in others], _offer(stage, starts_at, needs, now))
    if "list_price" not in beside:
        beside["list_price"] = list_price(stage, show, starts_at, beside.get("format") or stage.format)
    screening = Screening(**stages.values(stage, show.id, starts_at, needs, now) | beside)
    db.session.add(screening)
    db.session.flush()
    figures.remake([screening.id], now)
    changed("programme")
    return screening


def list_price(stage: Stage, show: Row[int, int, int], starts_at: datetime, format: str) -> int:
    """The matching price card's amount, else the show's price at this theatre, in minor units."""
    base, factor = show.base_price, stage.factor
    own = select(Allocation.base_price).where(
        Allocation.show_id == show.id, Allocation.theatre_id == stage.theatre_id, Allocation.removed_at.is_(None)
    )
    if (allocated := db.session.scalars(own).first()) is not None:
        base, factor = allocated, 10_000
    return cards.list_price(
        pricelist.cards_of([stage.theatre_id]),
        theatre_id=stage.theatre_id,
        format=format,
        starts=to_wall(starts_at, stage.zone),
        base=base,
        factor=factor,
    )


def refuse_nonsense(stage: Stage, starts_at: datetime, beside: Mapping[str, Any], now: datetime) -> None:
    """Raises BadScreening for a past start, a capacity the hall has not, a bad price, runtime or state."""
    errors = {}
    if starts_at <= now:
        errors["start"] = "past"
    capacity = beside.get("capacity", stage.places)
    if not 1 <= capacity <= stage.places:
        errors["capacity"] = "out_of_range"
    elif capacity < stage.places and len(on_sale(stage.layout_id, capacity)) < capacity:
        errors["capacity"] = "pairs"  # nothing but love seats is left, and those are sold two by two
    if not 0 <= beside.get("list_price", 0) <= money.MOST:
        errors["list_price"] = "out_of_range"
    if not 1 <= (beside.get("runtime") or 1) <= 1440:
        errors["runtime"] = "out_of_range"
    if beside.get("state", "on_sale") not in STATES:
        errors["state"] = "unknown"
    errors |= {name: "too_long" for name in ("format", "language", "subtitles") if len(beside.get(name, "")) > 40}
    if errors:
        raise BadScreening(errors)


def overlapping(screen_id: int, wanted: Interval, *, but: int | None = None) -> Sequence[Row[int, datetime, datetime]]:
    """Screenings (id, occupied_from, occupied_until) that take the screen meanwhile; cancelled ones do not."""
    others = select(Screening.id, Screening.occupied_from, Screening.occupied_until).where(
        Screening.screen_id == screen_id,
        Screening.state != "cancelled",
        Screening.occupied_from < wanted.ends,
        # A day is the longest show, and some hours around it: the index need not be read from its beginning.
        Screening.occupied_from > wanted.begins - timedelta(days=2),
        Screening.occupied_until > wanted.begins,
        Screening.id != (but or 0),
    )
    return db.session.execute(others.order_by(Screening.occupied_from)).all()


def _show(show_id: int) -> Row[int, int, int] | None:
    wanted = select(Show.id, Show.runtime, Show.base_price).where(Show.id == show_id, Show.removed_at.is_(None))
    return db.session.execute(wanted).one_or_none()


def _lock(screen_id: int) -> None:
    """Whoever changes a screen's timetable queues at its row; on SQLite writers queue anyway."""
    if not on_sqlite():
        db.session.execute(select(Screen.id).where(Screen.id == screen_id).with_for_update(key_share=True))


def _offer(stage: Stage, wished: datetime, needs: Needs, now: datetime) -> Offer:
    day = cinema_day(wished, stage.zone)
    begins, ends = day_bounds(day, stage.zone)
    within = Interval(max(begins, now), ends)
    taken = [Interval(one.occupied_from, one.occupied_until) for one in overlapping(stage.screen_id, within)]
    starts_at = hours.free_start(wished, needs, taken, within=within) if within.begins < within.ends else None
    return Offer(_free_screen(stage, wished, needs), starts_at)


def _free_screen(stage: Stage, wished: datetime, needs: Needs) -> int | None:
    """Another screen of the theatre that is free at the wished time: the one whose size is nearest."""
    ids = select(Screen.id).where(Screen.theatre_id == stage.theatre_id, Screen.id != stage.screen_id)
    others = sorted(
        stages.stage_of(list(db.session.scalars(ids))).values(),
        key=lambda one: (abs(one.places - stage.places), one.screen_id),
    )
    return next(
        (
            one.screen_id
            for one in others
            if not overlapping(one.screen_id, hours.occupied(wished, one.needs(needs.runtime)))
        ),
        None,
    )
