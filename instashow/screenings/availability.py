"""When a sale is open, and how full a house is in words: codes and numbers, derived and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

FILLING, LAST = 7000, 9000
"""Shares of places sold, per ten thousand, from which a house is filling fast, and from which the last are counted."""
CLOSES_AFTER = 10
"""Minutes after the start."""

Word = Literal["available", "filling", "last", "sold_out", "sales_closed", "not_yet", "stopped", "cancelled", "draft"]


@dataclass(frozen=True)
class Availability:
    """A word for a house, and how many places are left (meant to be told with "last")."""

    word: Word
    left: int


def sale_window(
    starts: datetime, *, opens_before: int | None = None, closes_after: int = CLOSES_AFTER
) -> tuple[datetime | None, datetime]:
    """When the sale opens (None: at once) and closes; minutes before and after the start. Half-open."""
    opens = None if opens_before is None else starts - timedelta(minutes=opens_before)
    return opens, starts + timedelta(minutes=closes_after)


def house(capacity: int, *, sold: int, free: int) -> Availability:
    """How full a house is: by places sold; sold out where none is free (what is held may come back)."""
    if free <= 0 or capacity <= 0:
        return Availability("sold_out", 0)
    share = sold * 10_000 // capacity
    return Availability("last" if share >= LAST else "filling" if share >= FILLING else "available", free)


def availability(
    full: Availability, *, state: str, opens: datetime | None, closes: datetime, now: datetime, stopped: bool = False
) -> Availability:
    """What a screening is called now: its stored state first, then its sale's hours, then how full the house is."""
    if state in ("draft", "cancelled"):
        return Availability("draft" if state == "draft" else "cancelled", 0)
    if now >= closes:
        return Availability("sales_closed", 0)
    if full.word == "sold_out":
        return full
    if stopped:
        return Availability("stopped", full.left)
    return Availability("not_yet", full.left) if opens and now < opens else full
