"""Many screenings at once: which of them would stand in each other's way, or in that of the timetable."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import select

from instashow.db import db
from instashow.screenings.hours import Interval
from instashow.screenings.models import Screening

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Wanted(Generic[Key]):
    """A screen, when it is to be taken, and by what."""

    screen_id: int
    taken: Interval
    key: Key


@dataclass(frozen=True)
class There:
    """A screening of the timetable."""

    id: int


def overlapping(wanted: Sequence[Wanted[Key]], *, but: Collection[int] = ()) -> dict[Key, Key | There]:
    """The keys of those that overlap, each with what is in its way: another one's key, or a screening that is there,
    `but` some (ids)."""
    there = [Wanted[Key | There](one.screen_id, one.taken, one.key) for one in wanted]
    if there:
        there += _timetable(min(one.taken.begins for one in wanted), max(one.taken.ends for one in wanted), but)
    ordered = sorted(there, key=lambda one: (one.screen_id, one.taken.begins, one.taken.ends))
    found = dict[Key, Key | There]()
    for key, other in _clashes(ordered):
        found.setdefault(key, other)
    return found


def _timetable(begins: datetime, ends: datetime, but: Collection[int]) -> list[Wanted[Key | There]]:
    columns = (Screening.id, Screening.screen_id, Screening.occupied_from, Screening.occupied_until)
    rows = db.session.execute(
        select(*columns).where(
            Screening.state != "cancelled",
            Screening.starts_at > begins - timedelta(days=2),
            Screening.occupied_until > begins,
            Screening.occupied_from < ends,
        )
    )
    skipped = frozenset(but)
    return [Wanted(screen, Interval(start, end), There(one)) for one, screen, start, end in rows if one not in skipped]


def _clashes(ordered: Sequence[Wanted[Key | There]]) -> Iterator[tuple[Key, Key | There]]:
    """Each against the one before it on the same screen that ends last; the later of the two is named, if it can be."""
    last: Wanted[Key | There] | None = None
    for one in ordered:
        same = last is not None and last.screen_id == one.screen_id
        if last is not None and same and last.taken.overlaps(one.taken):
            if not isinstance(one.key, There):
                yield one.key, last.key
            elif not isinstance(last.key, There):
                yield last.key, one.key
        if last is None or not same or one.taken.ends > last.taken.ends:
            last = one
