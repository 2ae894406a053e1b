"""What a file calls a theatre, a screen or a show: its external id, else its name, where one alone has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import select

from instashow.db import db
from instashow.shows.models import Show
from instashow.theatres.cities import key
from instashow.theatres.models import Screen, Theatre

Thing = TypeVar("Thing")


class Nobody(LookupError):
    """Nothing has this name (unknown), or several do (ambiguous)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Names(Generic[Thing]):
    """Things by external id and by name."""

    by_id: dict[str, Thing] = field(default_factory=dict)
    by_name: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))

    def put(self, thing: Thing, external_id: str | None, *names: str) -> None:
        """Let the thing be found."""
        if external_id:
            self.by_id[external_id] = thing
        for name in {key(name) for name in names} - {""}:
            self.by_name[name].append(thing)

    def find(self, text: str) -> Thing:
        """The one thing of this id or name. Raises Nobody."""
        if (thing := self.by_id.get(text)) is not None:
            return thing
        found = self.by_name.get(key(text), [])
        if len(found) != 1:
            raise Nobody("ambiguous" if found else "unknown")
        return found[0]


@dataclass(frozen=True)
class Film:
    """What the timetable needs of a show: minutes and minor units."""

    id: int
    runtime: int
    base_price: int


def theatres() -> Names[int]:
    """The ids of theatres that were not removed."""
    names = Names[int]()
    rows = select(Theatre.id, Theatre.external_id, Theatre.name).where(Theatre.removed_at.is_(None))
    for theatre_id, external_id, name in db.session.execute(rows):
        names.put(theatre_id, external_id, name)
    return names


def screens(theatre_ids: Iterable[int]) -> dict[int, Names[int]]:
    """The ids of these theatres' screens, by theatre."""
    names = defaultdict[int, Names[int]](Names)
    rows = select(Screen.id, Screen.theatre_id, Screen.external_id, Screen.name).where(Screen.removed_at.is_(None))
    wanted = set(theatre_ids)
    for screen_id, theatre_id, external_id, name in db.session.execute(rows):
        if theatre_id in wanted:
            names[theatre_id].put(screen_id, external_id, name, f"screen {name}")
    return names


def shows() -> Names[Film]:
    """Shows that were not removed."""
    names = Names[Film]()
    columns = (Show.id, Show.runtime, Show.base_price, Show.external_id, Show.title, Show.original_title)
    for show_id, runtime, price, external_id, title, original in db.session.execute(
        select(*columns).where(Show.removed_at.is_(None))
    ):
        names.put(Film(show_id, runtime, price), external_id, title, original)
    return names
