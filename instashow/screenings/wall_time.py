"""A theatre's clock on the wall and UTC; the cinema day, which runs from 06:00 to 05:59.

An hour that the clock change skips or repeats is said, never guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_BEGINS = time(6)
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


class WallTimeError(ValueError):
    """A wall time that is not one moment; `candidates` are the two that may be meant, in UTC, earlier first."""

    code = ""

    def __init__(self, wall: datetime, zone: str, candidates: tuple[datetime, datetime]) -> None:
        super().__init__(f"{self.code} {wall.isoformat(' ', 'minutes')} {zone}")
        self.wall, self.zone, self.candidates = wall, zone, candidates


class SkippedHour(WallTimeError):
    """The clocks jump over this wall time: the candidates are as far before the change and after it."""

    code = "skipped_hour"


class RepeatedHour(WallTimeError):
    """The clocks show this wall time twice."""

    code = "repeated_hour"


def to_utc(wall: datetime, zone: str) -> datetime:
    """The moment in UTC when the clocks of an IANA zone show a (naive) wall time. Raises SkippedHour, RepeatedHour."""
    place = ZoneInfo(zone)
    early, late = sorted(wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:
        return early
    shown = to_wall(early, zone)
    raise (RepeatedHour if shown == wall else SkippedHour)(wall, zone, (early, late))


def to_wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at a moment, naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def start_of(text: str, zone: str) -> datetime:
    """The moment of "2026-11-21 18:30" (or with T, seconds) on the zone's clocks, or with an offset of its own.

    The offset also decides a repeated hour. Raises ValueError, SkippedHour, RepeatedHour.
    """
    shape = r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?"
    if not re.fullmatch(shape, text.strip(), re.ASCII):
        raise ValueError("a time is written like 2026-11-21 18:30")
    moment = datetime.fromisoformat(text.strip())
    day_of(moment.date().isoformat())
    return to_utc(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)


def day_of(text: str) -> date:
    """The day of "2026-11-21". Raises ValueError for anything else, and outside 1970 to 2199."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError("a day is written like 2026-11-21")
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError("a day is between 1970 and 2199")
    return day


def cinema_day(moment: datetime, zone: str) -> date:
    """The cinema day that a moment belongs to in a zone: 05:59 still belongs to the day before."""
    wall = to_wall(moment, zone)
    return wall.date() - timedelta(days=wall.time() < DAY_BEGINS)


def minute_of_day(moment: datetime, zone: str) -> int:
    """Minutes on the wall since midnight of the cinema day: 18:30 is 1110, 01:30 in the night after it 1530."""
    wall = to_wall(moment, zone)
    return 60 * wall.hour + wall.minute + (1440 if wall.time() < DAY_BEGINS else 0)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """A cinema day in UTC, half-open: 06:00 to the next 06:00 on the wall, 23 or 25 hours where the clocks change."""
    return _begins(day, zone), _begins(day + timedelta(days=1), zone)


def _begins(day: date, zone: str) -> datetime:
    wall = datetime.combine(day, DAY_BEGINS)
    try:
        return to_utc(wall, zone)
    except WallTimeError as unclear:  # a boundary must be one moment: when the clocks are surely past it
        return unclear.candidates[1]
