"""The hours that each kind of house keeps: when its first show begins, when the last may, and when an event does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from instashow.demo.bill import Title
from instashow.demo.dusk import dusk
from instashow.demo.venues import Venue

Kind = Literal["sky", "lounge", "playhouse", "single", "multiplex"]

UNDER_THE_SKY = ("drivein-60", "open-air-150")
DARK_AFTER = 10
"""Minutes from dusk to the first show under the sky."""
EVENING = 1110
"""No show under the sky begins before half past six, however early it is dark."""
FIXED = (660, 870, 1095, 1305)
"""A house of one screen plays four times a day: morning, matinée, first and second show."""
LATER = {4: 30, 5: 30}
"""Minutes by which the last start is later on Friday and Saturday."""
MIDNIGHT = 1450
MIDNIGHTS = 0.04
"""Share of a multiplex's screens that play at midnight on such a night."""
CHILDREN, TALK, STAGE, SPORT = 630, 1110, 1140, 1170


@dataclass(frozen=True)
class Hours:
    """One screen's day, in minutes after midnight of the cinema day.

    `wished`: the starts that the house is known for; `midnight`: a show after the last one; None: there is none.
    """

    first: int
    last: int
    wished: tuple[int, ...] = ()
    midnight: int | None = None


def kind_of(venue: Venue, place: int) -> Kind:
    """What kind of house a screen is."""
    layout = venue.layout(place)
    if layout in UNDER_THE_SKY:
        return "sky"
    if layout == "playhouse-210" or "Arthouse" in venue.facts.experiences:
        return "playhouse"
    if layout == "lounge-28":
        return "lounge"
    return "single" if len(venue.stages) == 1 else "multiplex"


def hours_of(venue: Venue, place: int, day: date, rng: Random, *, tonight: bool = False) -> Hours:
    """The hours of a screen on a day; `tonight`: main theatres have a midnight show then, whatever the weekday."""
    weekend, later = day.weekday() >= 5, LATER.get(day.weekday(), 0)
    match kind_of(venue, place):
        case "sky":
            dark = dusk(venue.facts.lat, venue.facts.lon, day, venue.zone) + DARK_AFTER
            return Hours(max(EVENING, _five(dark)) + 5 * rng.randrange(3), 1320 + later)
        case "playhouse":
            return Hours((690 if weekend else 840) + 5 * rng.randrange(7), 1260 + later)
        case "lounge":
            return Hours(630 + 20 * (place % 3) + 5 * rng.randrange(4), 1365 + later)
        case "single":
            own = 15 * (venue.theatre_id % 3 - 1)
            return Hours(FIXED[0] + own, FIXED[-1] + 60, tuple(start + own for start in FIXED))
        case _:
            first = 540 + 5 * ((4 * place + venue.theatre_id) % 15) + 5 * rng.randrange(2)
            special = tonight and venue.main and place == next(_multiplex(venue), None)
            rare = bool(later) and rng.random() < MIDNIGHTS
            return Hours(first, 1410, midnight=MIDNIGHT + 5 * rng.randrange(4) if rare or special else None)


def has_events(venue: Venue, place: int) -> bool:
    """A playhouse, and in a main theatre a small hall, the third one and the screen under the sky."""
    layout = venue.layout(place)
    return layout == "playhouse-210" or (venue.main and (layout in ("open-air-150", "studio-77") or place == 2))


def event_starts(event: Title, venue: Venue, place: int, hours: Hours, day: date) -> int | None:
    """When an event begins there: children in the morning of a free day, a match later than a play.

    None: not on that day, or not there; music is played under the sky where there is one.
    """
    outside = kind_of(venue, place) == "sky"
    music = "Music" in event.facts.tags and any(kind_of(venue, one) == "sky" for one in range(len(venue.stages)))
    if outside != music:
        return None
    if "Family" in event.facts.tags:
        return max(CHILDREN, hours.first) if day.weekday() >= 5 else None
    return max({"sport": SPORT, "talk": TALK}.get(event.facts.kind, STAGE), hours.first)


def suits(film: Title, minute: int) -> bool:
    """Whether a film belongs to this hour: none for adults in the morning, none for children late at night."""
    if film.facts.certificate == "A" and minute < 720:
        return False
    return minute < 1290 or "Family" not in film.facts.tags


def _multiplex(venue: Venue) -> Iterator[int]:
    return (place for place in range(len(venue.stages)) if kind_of(venue, place) == "multiplex")


def _five(minutes: int) -> int:
    return -(-minutes // 5) * 5
