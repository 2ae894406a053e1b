"""Theatres from a CSV: judged line by line, then written all or not at all, by their external ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow.cache import changed
from instashow.config import settings
from instashow.db import db
from instashow.sheet import Line, Outcome, Refused, Sheet, read
from instashow.theatres import cities, layouts, listing
from instashow.theatres.cities import Where
from instashow.theatres.grids import grid_for
from instashow.theatres.models import Screen, Theatre
from instashow.theatres.plan import MOST_PLACES

COLUMNS = (
    *("id", "name", "address", "city", "region", "country"),
    *("lat", "lon", "timezone", "screens", "seats", "wheelchair_places"),
)
NEEDED = ("id", "name", "city")
ALIASES = {"cinema_id": "id"}
SEATS_A_SCREEN = 150
MOST_SCREENS = 60


@dataclass(frozen=True)
class TheatreLine:
    """A theatre as a line says it; `halls`: places and wheelchair places (None: as usual) of each screen."""

    line: Line
    external_id: str
    name: str
    address: str
    city: str
    where: Where
    halls: tuple[tuple[int, int | None], ...]

    def values(self, city_id: int) -> dict[str, Any]:
        """What a line decides of a theatre that is there already."""
        return {
            "name": self.name,
            "place": self.address[:120] or self.city,
            "address": self.address,
            "city_id": city_id,
            "latitude": self.where.latitude,
            "longitude": self.where.longitude,
        }


def bring(data: bytes, *, now: datetime) -> Outcome:
    """Add the file's theatres, change those that are known by their id. Raises sheet.Unreadable, sheet.Refused."""
    sheet = read(data, columns=COLUMNS, needed=NEEDED, aliases=ALIASES)
    lines = judged(sheet)
    if sheet.errors:
        raise Refused(sheet)
    return _write(lines, sheet, now)


def judged(sheet: Sheet) -> list[TheatreLine]:
    """The theatres that the lines mean; errors and notices are noted in the sheet."""
    times = Counter(line.cells.get("id", "").strip() for line in sheet.lines)
    return [_judge(line, times) for line in sheet.lines]


def _judge(line: Line, times: Counter[str]) -> TheatreLine:
    external_id = line.text("id", longest=60, needed=True)
    if external_id and times[external_id] > 1:
        line.wrong("id", "twice")
    city = line.text("city", longest=120, needed=True)
    address = line.text("address", longest=300)
    if city and not address:
        line.say("address", "place_is_city", city)
    return TheatreLine(
        line=line,
        external_id=external_id,
        name=line.text("name", longest=120, needed=True),
        address=address,
        city=city,
        where=_where(line),
        halls=_halls(line),
    )


def _where(line: Line) -> Where:
    country = line.text("country", longest=2).upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        line.wrong("country", "not_a_country")
    zone = line.text("timezone", longest=60)
    if zone and zone not in cities.zones():
        line.wrong("timezone", "not_a_zone")
        zone = ""
    latitude, longitude = line.number_between("lat", -90, 90), line.number_between("lon", -180, 180)
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if line.empty(one) and not line.empty(other):
            line.wrong(one, "missing")
    return Where(
        region=line.text("region", longest=120),
        country=country,
        zone=zone,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
    )


def _halls(line: Line) -> tuple[tuple[int, int | None], ...]:
    said = line.whole("screens", 1, MOST_SCREENS)
    screens = said or 1
    if said is None and line.empty("screens"):
        line.say("screens", "one_screen")
    seats = line.whole("seats", 1, MOST_SCREENS * MOST_PLACES)
    if seats is None and line.empty("seats"):
        seats = SEATS_A_SCREEN * screens
        line.say("seats", "usual_seats", str(seats))
    wheelchairs = line.whole("wheelchair_places", 0, seats or MOST_SCREENS * MOST_PLACES)
    if seats is None or (said is None and not line.empty("screens")):
        return ()  # by what is wrong itself nothing else is judged
    if not screens <= seats <= MOST_PLACES * screens:
        line.wrong("seats", "out_of_range", f"{screens} to {MOST_PLACES * screens}")
        return ()
    places = _shared(seats, screens)
    given = [None] * screens if wheelchairs is None else _shared(wheelchairs, screens)
    if any(some is not None and some > room for some, room in zip(given, places, strict=True)):
        line.wrong("wheelchair_places", "out_of_range", f"0 to {seats}")
        return ()
    return tuple(zip(places, given, strict=True))


def _shared(things: int, among: int) -> list[int]:
    """As even as can be, the larger parts first."""
    each, rest = divmod(things, among)
    return [each + (one < rest) for one in range(among)]


def _write(lines: list[TheatreLine], sheet: Sheet, now: datetime) -> Outcome:
    known = _known([line.external_id for line in lines])
    places = _Cities()
    added, changes = [], 0
    for line in lines:
        values = line.values(places.id_of(line))
        if theatre := known.get(line.external_id):
            changes += _change(theatre, values, line)
        else:
            added.append(Theatre(external_id=line.external_id, added_at=now, **values))
    db.session.add_all(added)
    db.session.flush()
    _furnish({theatre.external_id or "": theatre.id for theatre in added}, lines, now)
    if added or changes:
        listing.enter([theatre.id for theatre in (*added, *known.values())])
        changed("programme")
        changed("theatre")
    return Outcome(len(added), changes, len(lines) - len(added) - changes, sheet)


def _known(ids: list[str]) -> dict[str, Theatre]:
    found = dict[str, Theatre]()
    for start in range(0, len(ids), 500):
        rows = db.session.scalars(select(Theatre).where(Theatre.external_id.in_(ids[start : start + 500])))
        found |= {theatre.external_id or "": theatre for theatre in rows}
    return found


class _Cities:
    """The cities of one file, each asked for once."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, str, str], int] = {}

    def id_of(self, line: TheatreLine) -> int:
        where = line.where
        wanted = (cities.key(line.city), where.region, where.country, where.zone)
        if wanted not in self._ids:
            city = cities.city_of(line.city, where)
            if not where.zone and cities.find(line.city, where) is None:
                line.line.say("timezone", "usual_zone", settings().timezone)
            elif where.zone and city.zone != where.zone:
                line.line.say("timezone", "zone_of_city", city.zone)
            self._ids[wanted] = city.id
        return self._ids[wanted]


def _change(theatre: Theatre, values: dict[str, Any], line: TheatreLine) -> bool:
    """Screens stay as they are: staff may have refined them."""
    if theatre.removed_at:
        line.line.say("id", "removed_here")
        return False
    other = {field: value for field, value in values.items() if getattr(theatre, field) != value}
    for field, value in other.items():
        setattr(theatre, field, value)
    return bool(other)


def _furnish(theatre_ids: dict[str, int], lines: Iterable[TheatreLine], now: datetime) -> None:
    """Give each new theatre its screens; halls of one size share one layout."""
    layout_ids: dict[tuple[int, int | None], int] = {}
    screens = []
    for line in lines:
        if (theatre_id := theatre_ids.get(line.external_id)) is None:
            continue
        for number, size in enumerate(line.halls, start=1):
            if size not in layout_ids:
                layout_ids[size] = _layout(size, now)
            screens.append(Screen(theatre_id=theatre_id, name=str(number), layout_id=layout_ids[size]))
    db.session.add_all(screens)
    db.session.flush()


def _layout(size: tuple[int, int | None], now: datetime) -> int:
    places, wheelchairs = size
    return layouts.publish(grid_for(places, wheelchair_places=wheelchairs), now=now)
