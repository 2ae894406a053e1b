"""Which price card a new screening's list price is filled from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from instashow.money import share

DAY_BEGINS = time(6)
"""A screening at 00:30 on Saturday belongs to Friday's cinema day."""


@dataclass(frozen=True)
class Card:
    """A list price for a theatre, format, weekday (Monday 0) and time band; None: any.

    Minutes after local midnight, half-open; a band whose end is not after its start runs past midnight.
    """

    id: int
    amount: int
    created_at: datetime
    theatre_id: int | None = None
    format: str | None = None
    weekday: int | None = None
    from_minute: int | None = None
    to_minute: int | None = None


def list_price(cards: Iterable[Card], *, theatre_id: int, format: str, starts: datetime, base: int, factor: int) -> int:
    """What a new screening's list price is filled with: the matching card's, else base × factor (per ten thousand)."""
    card = matching(cards, theatre_id=theatre_id, format=format, starts=starts)
    return card.amount if card else share(base, factor)


def matching(cards: Iterable[Card], *, theatre_id: int, format: str, starts: datetime) -> Card | None:
    """The card with the most conditions, then the newest, or None. `starts`: local wall time."""
    fitting = (card for card in cards if _fits(card, theatre_id, format, starts))
    return max(fitting, key=lambda card: (_conditions(card), card.created_at, card.id), default=None)


def _fits(card: Card, theatre_id: int, format: str, starts: datetime) -> bool:
    weekday = (starts - timedelta(days=starts.time() < DAY_BEGINS)).weekday()
    return (
        card.theatre_id in (None, theatre_id)
        and card.format in (None, format)
        and card.weekday in (None, weekday)
        and _in_band(card, 60 * starts.hour + starts.minute)
    )


def _in_band(card: Card, minute: int) -> bool:
    begins, ends = card.from_minute or 0, 1440 if card.to_minute is None else card.to_minute
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends


def _conditions(card: Card) -> int:
    timed = card.from_minute is not None or card.to_minute is not None
    return timed + sum(condition is not None for condition in (card.theatre_id, card.format, card.weekday))
