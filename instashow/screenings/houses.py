"""How full houses are and what they ask, for the slots that a page prints: reckoned afresh from the seats' claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from instashow.db import db
from instashow.pricing import pricelist
from instashow.pricing.quote import next_turn
from instashow.screenings.availability import Word, availability, house
from instashow.screenings.claims import standing
from instashow.screenings.figures import reckon_rows
from instashow.screenings.models import Claim
from instashow.screenings.slots import Slot


@dataclass(frozen=True)
class House:
    """A word, how many places are left, per cent sold, and the price from in minor units (None: not asked for)."""

    word: Word
    left: int
    share: int
    price_from: int | None = None


def words(slots: Iterable[Slot], now: datetime) -> dict[int, House]:
    """How full each is, without prices: one statement."""
    slots = list(slots)
    ids = [slot.id for slot in slots]
    rows = db.session.execute(
        select(Claim.screening_id, func.count(), func.count(Claim.ticket_id))
        .where(Claim.screening_id.in_(ids), standing(now))
        .group_by(Claim.screening_id)
    )
    counted = {screening: (taken, sold) for screening, taken, sold in (rows if ids else ())}
    return {slot.id: _house(slot, *counted.get(slot.id, (0, 0)), now) for slot in slots}


def priced(slots: Collection[Slot], now: datetime) -> tuple[dict[int, House], datetime | None]:
    """How full each is and what it asks, and when time alone next turns a price; three statements for any number."""
    if not slots:
        return {}, None
    terms = pricelist.terms_of({slot.theatre_id for slot in slots})
    reckoned = reckon_rows(slots, now, terms=terms)
    houses = {
        slot.id: _house(slot, slot.capacity - one.free, one.sold, now, price_from=one.price_from)
        for slot in slots
        for one in (reckoned[slot.id],)
    }
    turns = (next_turn(terms[slot.theatre_id].rules, slot.starts_at - now) for slot in slots)
    left = min((turn for turn in turns if turn is not None), default=None)
    # The moment itself still belongs to the old price.
    return houses, None if left is None else now + left + timedelta(seconds=1)


def next_lapse(slots: Iterable[Slot], houses: dict[int, House], now: datetime) -> datetime | None:
    """When the first of the seats that are held, not sold, lapses; asked only where some are."""
    held = [slot.id for slot in slots if slot.id in houses and _holds(slot, houses[slot.id])]
    if not held:
        return None
    # What is sold has no such moment; asking for "no ticket" too would lead SQLite through every held seat there is.
    lapses = select(func.min(Claim.held_until)).where(Claim.screening_id.in_(held), Claim.held_until > now)
    first: datetime | None = db.session.scalars(lapses).first()
    return first


def _holds(slot: Slot, one: House) -> bool:
    return one.left < slot.capacity


def _house(slot: Slot, taken: int, sold: int, now: datetime, *, price_from: int | None = None) -> House:
    full = house(slot.capacity, sold=sold, free=slot.capacity - taken)
    now_called = availability(
        full,
        state="on_sale",
        opens=slot.opens_at,
        closes=slot.closes_at,
        now=now,
        stopped=slot.stopped_at is not None,
    )
    share = min(100, 100 * sold // slot.capacity) if slot.capacity else 100
    return House(now_called.word, now_called.left, share, price_from)
