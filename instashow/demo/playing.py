"""The demo's programme written as screenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from instashow.demo import rows
from instashow.demo.programme import Slot
from instashow.demo.sales import Showing
from instashow.pricing import cards, pricelist
from instashow.screenings import stages
from instashow.screenings.models import Screening
from instashow.screenings.wall_time import to_utc

AHEAD = timedelta(days=21)
"""How long before it begins a showing stands in the programme: nobody books earlier."""


@dataclass(frozen=True)
class Played:
    """A slot with the screening that it became."""

    slot: Slot
    showing: Showing


class Writer:
    """Writes slots as screenings, priced by cards and factors as the timetable would."""

    def __init__(self, theatre_ids: Sequence[int], *, today: date, now: datetime) -> None:
        self._today, self._now = today, now
        self._cards: dict[int, list[cards.Card]] = defaultdict(list)
        for card in pricelist.cards_of(theatre_ids):
            self._cards[card.theatre_id or 0].append(card)

    def starts_at(self, slot: Slot) -> datetime:
        """When the slot begins, in UTC."""
        return to_utc(self._wall(slot), slot.venue.zone)

    def write(self, slots: Sequence[Slot]) -> list[Played]:
        """The screenings of these slots."""
        made = [self._values(slot) for slot in slots]
        ids = rows.put(Screening, made)
        return [Played(slot, _showing(slot, id, values)) for slot, id, values in zip(slots, ids, made, strict=True)]

    def _wall(self, slot: Slot) -> datetime:
        midnight = datetime.combine(self._today + timedelta(days=slot.day), datetime.min.time())
        return midnight + timedelta(minutes=slot.minute)

    def _values(self, slot: Slot) -> dict[str, Any]:
        stage, title = slot.venue.stages[slot.place], slot.title
        needs = stage.needs(title.facts.runtime_min)
        starts_at = self.starts_at(slot)
        return stages.values(stage, title.show_id, starts_at, needs, self._now) | {
            "list_price": self._list_price(slot),
            "format": slot.format,
            "language": slot.language,
            "subtitles": slot.subtitles,
            "capacity": slot.capacity,
            "state": "on_sale",
            "added_at": starts_at - AHEAD,
        }

    def _list_price(self, slot: Slot) -> int:
        stage = slot.venue.stages[slot.place]
        return cards.list_price(
            [] if slot.title.event else [*self._cards[stage.theatre_id], *self._cards[0]],
            theatre_id=stage.theatre_id,
            format=slot.format,
            starts=self._wall(slot),
            base=slot.title.facts.base_price,
            factor=stage.factor,
        )


def _showing(slot: Slot, screening_id: int, values: dict[str, Any]) -> Showing:
    stage = slot.venue.stages[slot.place]
    return Showing(
        screening_id=screening_id,
        theatre_id=stage.theatre_id,
        layout_id=stage.layout_id,
        starts_at=values["starts_at"],
        opens_at=values["sale_opens_at"],
        list_price=values["list_price"],
        capacity=slot.capacity,
        tags=slot.title.facts.tags,
        city=slot.venue.facts.city,
        zone=slot.venue.zone,
    )
