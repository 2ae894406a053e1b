"""When it is dark enough for a picture under the sky."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from math import acos, cos, pi, radians, sin, tan
from zoneinfo import ZoneInfo

CIVIL = 96.0
"""Degrees of the sun from the zenith at the end of civil twilight."""
NOON = 720


@lru_cache(maxsize=4096)
def dusk(latitude: float, longitude: float, day: date, zone: str) -> int:
    """The end of civil twilight in minutes after midnight on the zone's clocks, good to a few minutes.

    NOAA, General Solar Position Calculations. Where the sun sinks no deeper that night, midnight; where it does not
    rise, noon.
    """
    turn = 2 * pi / 365 * (day.timetuple().tm_yday - 0.5)
    late = 229.18 * (
        0.000075 + 0.001868 * cos(turn) - 0.032077 * sin(turn) - 0.014615 * cos(2 * turn) - 0.040849 * sin(2 * turn)
    )
    after_noon = 4 * _hour_angle(radians(latitude), _declination(turn))
    offset = ZoneInfo(zone).utcoffset(datetime.combine(day, time(18)))
    east = offset.total_seconds() / 60 if offset else 0.0
    return round(NOON - 4 * longitude - late + after_noon + east)


def _declination(turn: float) -> float:
    """How far north of the equator the sun stands, in radians."""
    return (
        0.006918
        - 0.399912 * cos(turn)
        + 0.070257 * sin(turn)
        - 0.006758 * cos(2 * turn)
        + 0.000907 * sin(2 * turn)
        - 0.002697 * cos(3 * turn)
        + 0.00148 * sin(3 * turn)
    )


def _hour_angle(latitude: float, declination: float) -> float:
    """How far the earth has turned since noon when twilight ends, in degrees."""
    depth = cos(radians(CIVIL)) / (cos(latitude) * cos(declination)) - tan(latitude) * tan(declination)
    return acos(min(1.0, max(-1.0, depth))) * 180 / pi
