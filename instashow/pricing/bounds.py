"""How far a dynamic price may go: guard rails, floor and ceiling, and the step it is rounded to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from instashow.money import half_up, share

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """An amount not to be passed, downwards or upwards, and the code of the reason."""

    code: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Band:
    """Floor and ceiling per ten thousand of the list price, and the step in minor units."""

    floor: int = 7000
    ceiling: int = 15000
    step: int = 1

    def limits(self, list_price: int) -> list[Limit]:
        """Floor and ceiling as amounts; where they cross, the ceiling is kept."""
        return [
            Limit("floor", low=max(0, share(list_price, self.floor))),
            Limit("ceiling", high=max(0, share(list_price, self.ceiling))),
        ]


@dataclass(frozen=True)
class GuardRails:
    """A theatre's brakes: never falling in the last 24 h, and at most so much (per ten thousand) away within a day."""

    never_falls_last_day: bool = False
    most_change_a_day: int | None = None


@dataclass(frozen=True)
class Stored:
    """A price that the screening asked, and how long before the start it began to."""

    left: timedelta
    amount: int


def guarded(list_price: int, guards: GuardRails, stored: Sequence[Stored], left: timedelta) -> list[Limit]:
    """The limits that guard rails set, from earlier prices alone.

    A day's change is measured from what was asked 24 h ago; before the first price that is the list price. "Never
    falls" means under the latest price asked, and is the stronger of the two.
    """
    earlier = sorted((price for price in stored if price.left >= left), key=lambda price: price.left, reverse=True)
    limits = []
    if guards.most_change_a_day is not None:
        before = [price.amount for price in earlier if price.left >= left + DAY] or [list_price]
        away = share(before[-1], guards.most_change_a_day)
        limits += [Limit("most_change", before[-1] - away, before[-1] + away)]
    if guards.never_falls_last_day and left < DAY and earlier:
        limits += [Limit("never_falls", low=earlier[-1].amount)]
    return limits


def bounded(amount: int, limits: Sequence[Limit]) -> tuple[int, list[tuple[str, tuple[int, ...]]]]:
    """An amount brought within limits, one after another, and a reason for each that moved it."""
    why: list[tuple[str, tuple[int, ...]]] = []
    for limit in limits:
        raised = amount if limit.low is None else max(amount, limit.low)
        kept = raised if limit.high is None else min(raised, limit.high)
        if kept != amount:
            why.append((limit.code, (kept,)))
        amount = kept
    return amount, why


def stepped(amount: int, band: Band, list_price: int) -> int:
    """The nearest whole step, half up, that is still within floor and ceiling; the amount itself where none is."""
    if band.step <= 1:
        return amount
    nearest = half_up(amount, band.step) * band.step
    for candidate in (nearest, nearest - band.step, nearest + band.step):
        if bounded(candidate, band.limits(list_price))[0] == candidate:
            return candidate
    return amount
