"""Which coming showings sell well: enough for every word on every page, and no more than one loads in passing."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from instashow.demo import wanted
from instashow.demo.playing import Played
from instashow.demo.programme import Slot
from instashow.demo.sales import Showing
from instashow.screenings.availability import house
from tests.demo.houses import fortnight

SATURDAY = date(2026, 11, 21)
CITIES = ("Chennai", "Bengaluru", "Hyderabad", "Mumbai", "Delhi", "Kolkata", "Pune", "Kochi")


@cache
def coming() -> dict[int, Played]:
    return {id: Played(slot, _showing(id, slot)) for id, slot in enumerate(fortnight(SATURDAY.toordinal()), 1)}


@cache
def chosen() -> dict[int, float]:
    return wanted.shares(coming().values(), SATURDAY, seed=1)


def _showing(id: int, slot: Slot) -> Showing:
    starts = datetime(2026, 11, 20, 18, 30, tzinfo=UTC) + timedelta(days=slot.day, minutes=slot.minute)
    return Showing(
        screening_id=id,
        theatre_id=slot.venue.theatre_id,
        layout_id=1,
        starts_at=starts,
        list_price=25_000,
        capacity=slot.capacity,
        tags=slot.title.facts.tags,
        city=slot.venue.facts.city,
        zone=slot.venue.zone,
    )


def words(city: str, day: int) -> set[str]:
    found = set()
    for id, share in chosen().items():
        slot = coming()[id].slot
        if (slot.venue.facts.city, slot.day) == (city, day):
            sold = round(share * slot.capacity)
            found.add(house(slot.capacity, sold=sold, free=slot.capacity - sold).word)
    return found


@pytest.mark.parametrize("city", CITIES)
def test_tonight_every_word_is_to_be_seen_in_every_city(city: str) -> None:
    assert words(city, 0) == {"available", "filling", "last", "sold_out"}
    assert "sold_out" in words(city, 1)


@pytest.mark.parametrize("city", CITIES)
def test_the_weekend_sells_better_than_the_days_before_it(city: str) -> None:
    days = defaultdict[int, int](int)
    for id in chosen():
        days[coming()[id].slot.day] += coming()[id].slot.venue.facts.city == city
    assert min(days[6], days[7], days[8]) >= 5 > max(days[2], days[12])


def test_most_showings_are_thin_and_the_seats_of_the_others_can_be_counted_on_a_few_thousand_rows() -> None:
    assert 200 < len(chosen()) < 0.03 * len(coming())
    assert sum(share >= 0.4 for share in chosen().values()) > 150
    assert sum(share * coming()[id].slot.capacity for id, share in chosen().items()) < 45_000


def test_the_films_that_play_most_are_among_those_that_sell_well() -> None:
    tonight = [one.slot for one in coming().values() if one.slot.day == 0 and one.slot.venue.facts.city == "Mumbai"]
    played = defaultdict[int, int](int)
    for slot in tonight:
        played[slot.title.show_id] += 1
    well = [played[coming()[id].slot.title.show_id] for id in chosen() if coming()[id].slot in tonight]
    assert sum(well) / len(well) > sum(played.values()) / len(played)


def test_matinees_and_the_largest_halls_are_left_alone() -> None:
    slots = [coming()[id].slot for id in chosen()]
    assert all(slot.minute >= 1000 and slot.capacity <= 400 for slot in slots)
    assert all(coming()[id].slot.capacity <= 160 for id, share in chosen().items() if share == 1)


def test_when_only_midnight_is_left_of_tonight_the_next_evening_is_full_as_well() -> None:
    late = [one for one in coming().values() if one.slot.day or one.slot.minute > 1430]
    found = wanted.shares(late, SATURDAY, seed=1)
    full = [coming()[id].slot for id, share in found.items() if share == 1]
    assert {slot.venue.facts.city for slot in full if slot.day == 1} == set(CITIES)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("clock", [1140, 1260, 1350, 1400, 1430])
def test_however_late_it_is_tonight_can_still_be_booked(city: str, clock: int) -> None:
    here = [one for one in coming().values() if one.slot.venue.facts.city == city]
    left = [one for one in here if one.slot.day or one.slot.minute >= clock]
    found = wanted.shares(left, SATURDAY, seed=1)
    tonight = [one.showing.screening_id for one in left if one.slot.day == 0]
    assert any(found.get(id, 0) < 0.9 for id in tonight)
