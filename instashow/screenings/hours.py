"""When a screen is taken: from setting up to the end of cleaning, half-open, and where another show fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=5)
"""Suggested starts fall on whole five minutes."""


@dataclass(frozen=True)
class Needs:
    """What a screening takes beside its start, in minutes."""

    runtime: int
    preshow: int = 0
    setup: int = 0
    cleaning: int = 0


@dataclass(frozen=True)
class Interval:
    """From a moment up to, not including, another; UTC."""

    begins: datetime
    ends: datetime

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a moment; one may end as the other begins."""
        return self.begins < other.ends and other.begins < self.ends

    def within(self, other: Interval) -> bool:
        """Whether it lies wholly in the other."""
        return other.begins <= self.begins and self.ends <= other.ends


def occupied(starts: datetime, needs: Needs) -> Interval:
    """[start - setup, start + pre-show + runtime + cleaning)."""
    shown = timedelta(minutes=needs.preshow + needs.runtime + needs.cleaning)
    return Interval(starts - timedelta(minutes=needs.setup), starts + shown)


def ends(starts: datetime, needs: Needs) -> datetime:
    """When the show is over for its audience: start, pre-show and runtime."""
    return starts + timedelta(minutes=needs.preshow + needs.runtime)


def conflicts(wanted: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """What is in the way, soonest first."""
    return sorted((one for one in taken if one.overlaps(wanted)), key=lambda one: one.begins)


def free_start(wished: datetime, needs: Needs, taken: Iterable[Interval], *, within: Interval) -> datetime | None:
    """The start nearest to the wished one at which the screen is free, on whole five minutes; None: there is none.

    `within` is what the show must fit into with setting up and cleaning, such as the opening hours. Of two as near the
    earlier is given; the wished start itself, where it is free, may fall on any minute.
    """
    others = [one for one in taken if one.overlaps(within)]
    starts = [start for start in _candidates(wished, needs, others, within) if _fits(start, needs, others, within)]
    return min(starts, key=lambda start: (abs(start - wished), start), default=None)


def _candidates(wished: datetime, needs: Needs, others: list[Interval], within: Interval) -> list[datetime]:
    """The wished start, and the first and last one of every gap: one of these is nearest."""
    setup, rest = timedelta(minutes=needs.setup), occupied(wished, needs).ends - wished
    earliest = (begins + setup for begins in (within.begins, *(one.ends for one in others)))
    latest = (ends_ - rest for ends_ in (within.ends, *(one.begins for one in others)))
    return [
        wished,
        *(_up(start) for start in earliest),
        *(_down(start) for start in latest),
        _up(wished),
        _down(wished),
    ]


def _fits(start: datetime, needs: Needs, others: list[Interval], within: Interval) -> bool:
    wanted = occupied(start, needs)
    return wanted.within(within) and not any(one.overlaps(wanted) for one in others)


def _down(moment: datetime) -> datetime:
    return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % STEP


def _up(moment: datetime) -> datetime:
    return -(-(moment - (low := datetime.min.replace(tzinfo=moment.tzinfo))) // STEP) * STEP + low
