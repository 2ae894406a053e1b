"""Which showings the demo remembers: a few halls of the main theatres over all past days, the others' last evenings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from instashow.demo import demand, facts
from instashow.demo.programme import Programme, Slot
from instashow.demo.sizes import Size
from instashow.demo.venues import Venue

MAINS = 0.85
"""Share of the past that is the main theatres'."""
PRIME = 1200
"""Showings near eight in the evening are remembered first."""
A_HALL = 3
"""Showings a day of one hall."""
LAST_DAYS = 5
"""Days that theatres other than the main ones remember, one evening showing each."""
LEAST_HALL = 60
SPECIAL = ("drivein-60", "open-air-150")
EVERY = 4
"""Days between two visits of the customer who comes often."""


class Past:
    """Chooses past showings so that a day has about as many bookings as the size asks for."""

    def __init__(self, venues: Sequence[Venue], programme: Programme, size: Size, today: date) -> None:
        self._mains = [venue for venue in venues if venue.main]
        self._others = [venue for venue in venues if not venue.main]
        self._programme, self._today = programme, today
        self._wanted = size.past_a_day * (MAINS if self._others else 1) * demand.MEAN_PARTY
        self._scales: dict[int, float] = {}
        self._visits: dict[int, Slot] = {}

    def day(self, day: int) -> list[Slot]:
        """The showings of one past day."""
        mains = [slot for venue in self._mains for slot in self._remembered(venue, day)]
        expected = sum(slot.capacity * demand.expected(slot, self._weekday(day)) for slot in mains)
        self._scales[day] = min(2.0, self._wanted / expected) if expected else 1.0
        others = [slot for venue in self._others for slot in self._evening(venue, day)] if day >= -LAST_DAYS else []
        return mains + others

    def scale(self, slot: Slot) -> float:
        """What a showing's demand is to be multiplied by."""
        return self._scales[slot.day] if slot.venue.main else 1.0

    def regular_comes(self, slot: Slot, venue: Venue) -> bool:
        """Every few days to one of the first showings at the main theatre."""
        if slot.venue is not venue or slot.day % EVERY:
            return False
        return slot is self._visits.setdefault(slot.day, slot)

    def _remembered(self, venue: Venue, day: int) -> list[Slot]:
        """From the smallest halls up, until their places would do at the usual share of them."""
        needed = self._wanted / len(self._mains) / facts.behaviour().occupancy_mean
        found, places = list[Slot](), 0
        for place in sorted(_seated(venue), key=lambda place: (venue.stages[place].places, place)):
            slots = self._programme.day(venue, place, day) if places < needed else []
            for slot in sorted(slots, key=lambda slot: abs(slot.minute - PRIME))[:A_HALL]:
                if places < needed:
                    found.append(slot)
                    places += slot.capacity
        return found

    def _evening(self, venue: Venue, day: int) -> list[Slot]:
        halls = [place for place in _seated(venue) if venue.stages[place].places < 300]
        if not halls:
            return []
        slots = self._programme.day(venue, halls[-1], day)
        return sorted(slots, key=lambda slot: abs(slot.minute - PRIME))[:1]

    def _weekday(self, day: int) -> int:
        return (self._today + timedelta(days=day)).weekday()


def _seated(venue: Venue) -> list[int]:
    """Halls with seats, and not too few of them."""
    places = range(len(venue.stages))
    return [one for one in places if venue.layout(one) not in SPECIAL and venue.stages[one].places >= LEAST_HALL]
