"""The whole hall as a small picture: three paths of squares, free, taken and yours."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from instashow.booking.house import House

STEP, SIZE = 4, 3


def paths(house: House) -> dict[str, Any] | None:
    """The width and height of the picture and its three paths; None where nobody sees the places."""
    if house.hall.unnumbered or not house.hall.lines:
        return None
    mine = set(house.mine)
    gone = house.hall.by_id.keys() - house.free - mine
    return {
        "width": STEP * max(line.width for line in house.hall.lines) + STEP,
        "height": STEP * len(house.hall.lines) + 3 * STEP,
        "free": _path(house, house.free),
        "taken": _path(house, gone),
        "mine": _path(house, mine),
    }


def _path(house: House, ids: Collection[int]) -> str:
    places = (house.hall.by_id[id] for id in ids)
    squares = (f"M{STEP * place.x + 2} {STEP * place.y + 8}h{SIZE}v{SIZE}h-{SIZE}z" for place in places)
    return "".join(squares)
