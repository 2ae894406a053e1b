"""Halls as outlines, to be drawn side by side to one scale: runs of neighbouring places, row by row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from instashow.db import db
from instashow.theatres.models import Layout, Place


@dataclass(frozen=True)
class Outline:
    """A hall in steps of one place. `runs`: column and row of the first place, and how many stand side by side."""

    capacity: int
    accessible: int
    unnumbered: bool
    width: int
    height: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def path(self) -> str:
        """The runs as an SVG path, to be stroked with dashes."""
        return "".join(f"M{x} {y}h{count - 0.25:g}" for x, y, count in self.runs)


def outlines(layout_ids: Collection[int]) -> dict[int, Outline]:
    """The outlines of published layouts by id; one statement, however many they are."""
    rows = db.session.execute(
        select(Layout.id, Layout.capacity, Layout.accessible, Layout.unnumbered, Place.x, Place.y)
        .join(Place, (Place.layout_id == Layout.id) & Layout.unnumbered.is_(False), isouter=True)
        .where(Layout.id.in_(layout_ids))
        .order_by(Layout.id, Place.y, Place.x)
    )
    found = {}
    for layout_id, places in groupby(rows, key=lambda row: row.id):
        every = list(places)
        spots = [(place.x, place.y) for place in every if place.x is not None]
        found[layout_id] = _outline(every[0].capacity, every[0].accessible, bool(every[0].unnumbered), spots)
    return found


def _outline(capacity: int, accessible: int, unnumbered: bool, spots: list[tuple[int, int]]) -> Outline:
    left, top = min((x for x, _ in spots), default=0), min((y for _, y in spots), default=0)
    moved = [(x - left, y - top) for x, y in spots]
    width, height = max((x for x, _ in moved), default=-1) + 1, max((y for _, y in moved), default=-1) + 1
    return Outline(capacity, accessible, unnumbered, width, height, tuple(_runs(moved)))


def _runs(spots: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for x, y in spots:
        if found and found[-1][1] == y and found[-1][0] + found[-1][2] == x:
            found[-1] = (found[-1][0], y, found[-1][2] + 1)
        else:
            found.append((x, y, 1))
    return found
