"""What the till reads: the held seats as they would be sold, with every ticket type's locked price and the tax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from instashow.booking import tax_lines
from instashow.booking.buying import Line, held_lines, offered
from instashow.booking.house import House
from instashow.pricing.tariffs import Type


@dataclass(frozen=True)
class Till:
    """The sale as it stands; prices in minor units, `offered` the types that are locked for each place."""

    house: House
    lines: tuple[Line, ...]
    offered: Mapping[int, tuple[Type, ...]]
    total: int
    tax: tuple[dict[str, Any], ...]


def till(house: House, types: Mapping[int, int | None] | None = None) -> Till | None:
    """What the visitor would buy with these ticket types; None where they hold nothing any more."""
    if house.held is None:
        return None
    tariff = house.asking.tariff
    lines = held_lines(house.held.claims, tariff, types)
    choice = {claim.place_id: offered(claim, tariff) for claim in house.held.claims}
    total = sum(line.price for line in lines)
    return Till(house, tuple(lines), choice, total, tuple(tax_lines.of_prices(lines)))


def unknown_types(found: Till, types: Mapping[int, int | None]) -> set[int]:
    """Held places for which a type was named that is not offered for them."""
    choice = {place_id: {one.id for one in some} for place_id, some in found.offered.items()}
    return {id for id, type_id in types.items() if id in choice and type_id not in choice[id]}
