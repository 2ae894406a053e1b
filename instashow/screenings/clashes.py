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


def overlapping(wanted: Sequence[Wanted[Key]], *, but: Collection[int] = ()) -> list[Key]:
    """The keys, each once, of those that overlap another one or a screening that is there, `but` some (ids)."""
    there = [Wanted[Key | None](one.screen_id, one.taken, one.key) for one in wanted]
    if there:
        there += _timetable(min(one.taken.begins for one in wanted), max(one.taken.ends for one in wanted), but)
    ordered = sorted(there, key=lambda one: (one.screen_id, one.taken.begins, one.taken.ends))
    return list(dict.fromkeys(_clashes(ordered)))


def _timetable(begins: datetime, ends: datetime, but: Collection[int]) -> list[Wanted[Key | None]]:
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
    return [Wanted(screen, Interval(start, end), None) for one, screen, start, end in rows if one not in skipped]


def _clashes(ordered: Sequence[Wanted[Key | None]]) -> Iterator[Key]:
    """Each against the one before it on the same screen that ends last; the later of the two is named, if it can be."""
    last: Wanted[Key | None] | None = None
    for one in ordered:
        same = last is not None and last.screen_id == one.screen_id
        if last is not None and same and last.taken.overlaps(one.taken):
            named = one.key if one.key is not None else last.key
            if named is not None:
                yield named
        if last is None or not same or one.taken.ends > last.taken.ends:
            last = one
