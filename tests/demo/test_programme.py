"""What plays when: each kind of house keeps its hours, no screen is taken twice, every city has a show tonight."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instashow.demo.dusk import dusk
from instashow.demo.hours import kind_of
from instashow.demo.programme import Slot
from tests.demo.houses import DAYS, all_venues, fortnight, programme

SATURDAY = date(2026, 11, 21).toordinal()
AROUND = 25
CITIES = ("Chennai", "Bengaluru", "Hyderabad", "Mumbai", "Delhi", "Kolkata", "Pune", "Kochi")


@cache
def coming() -> list[Slot]:
    return fortnight(SATURDAY)


def of_kind(kind: str, slots: list[Slot]) -> list[Slot]:
    return [slot for slot in slots if kind_of(slot.venue, slot.place) == kind and not slot.title.event]


def weekday(slot: Slot) -> int:
    return date.fromordinal(SATURDAY + slot.day).weekday()


def ends(slot: Slot) -> int:
    """When it is over for its audience."""
    return slot.minute + 10 + slot.title.facts.runtime_min


@pytest.mark.parametrize(
    ("kind", "first", "last", "fewest", "most"),
    [
        ("multiplex", (540, 625), 1410, 3, 7),
        ("single", (645, 675), 1335, 4, 4),
        ("playhouse", (690, 870), 1290, 2, 5),
        ("lounge", (630, 695), 1395, 3, 6),
        ("sky", (1110, 1200), 1350, 1, 2),
    ],
)
def test_each_kind_of_house_keeps_its_hours(
    kind: str, first: tuple[int, int], last: int, fewest: int, most: int
) -> None:
    days = defaultdict[tuple[int, int, int], list[int]](list)
    for slot in of_kind(kind, coming()):
        days[slot.venue.theatre_id, slot.place, slot.day].append(slot.minute)
    evented = {(one.venue.theatre_id, one.place, one.day) for one in coming() if one.title.event}
    plain = {day: minutes for day, minutes in days.items() if day not in evented}
    assert all(first[0] <= min(minutes) <= first[1] for minutes in plain.values())
    assert max(minute for minutes in plain.values() for minute in minutes if minute < 1440) <= last
    assert {len([one for one in minutes if one < 1440]) for minutes in plain.values()} <= set(range(fewest, most + 1))


def test_nobody_begins_between_the_small_hours_and_nine() -> None:
    assert all(540 <= slot.minute <= 1440 + 60 for slot in coming())
    assert all(slot.minute % 5 == 0 for slot in coming())


def test_midnight_shows_are_few_and_on_fridays_and_saturdays_but_for_tonight() -> None:
    late = [slot for slot in coming() if slot.minute >= 1440]
    assert {weekday(slot) for slot in late if slot.day} == {4, 5}
    assert 5 < len(late) < 0.005 * len(coming())


def test_under_the_sky_nothing_is_shown_before_it_is_dark() -> None:
    for today in (date(2026, 6, 21), date(2026, 11, 21), date(2027, 3, 1)):
        for venue in all_venues():
            for place in (one for one in range(len(venue.stages)) if kind_of(venue, one) == "sky"):
                for day in DAYS:
                    when = date.fromordinal(today.toordinal() + day)
                    dark = dusk(venue.facts.lat, venue.facts.lon, when, venue.zone)
                    shown = programme(today.toordinal()).day(venue, place, day)
                    assert shown
                    assert all(slot.minute >= max(dark, 1110) and slot.format != "3D" for slot in shown)


@settings(max_examples=12)
@given(st.integers(SATURDAY - 400, SATURDAY + 4000), st.integers(0, 99), st.integers(0, 84))
def test_no_screen_is_taken_twice_and_its_floor_is_swept_in_between(today: int, seed: int, number: int) -> None:
    drawn, venue = programme(today, seed=seed), all_venues()[number]
    for place in range(len(venue.stages)):
        slots = [slot for day in DAYS for slot in drawn.day(venue, place, day)]
        taken = [(slot.day * 1440 + slot.minute, slot.title.facts.runtime_min + AROUND) for slot in slots]
        assert taken == sorted(taken)
        assert all(start + needed <= then for (start, needed), (then, _) in pairwise(taken))


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("clock", [(9, 0), (12, 0), (18, 30), (22, 0), (23, 10), (23, 50), (24, 30), (27, 0)])
def test_every_city_has_a_show_to_come_whenever_the_demo_is_loaded(city: str, clock: tuple[int, int]) -> None:
    now = 60 * clock[0] + clock[1]
    here = [slot for slot in coming() if slot.venue.facts.city == city]
    tonight = [slot for slot in here if slot.day == 0 and slot.minute >= now + 15]
    evening = [slot for slot in here if slot.day == 1 and 1080 <= slot.minute <= 1380]
    assert tonight if now < 1440 else evening


@pytest.mark.parametrize("city", CITIES)
def test_something_is_running_in_every_city_from_the_morning_until_after_midnight(city: str) -> None:
    spans = [(slot.day, slot.minute, ends(slot)) for slot in coming() if slot.venue.facts.city == city]
    for day in DAYS:
        today = [(begins, over) for on, begins, over in spans if on == day]
        assert all(any(begins <= minute < over for begins, over in today) for minute in range(600, 1450, 5))


def test_every_film_and_every_event_has_its_showings() -> None:
    shown = Counter(slot.title.facts.id for slot in coming())
    assert set(shown) == {title.facts.id for title in programme(SATURDAY)._films + programme(SATURDAY)._events}


def test_events_begin_when_their_audience_has_time() -> None:
    starts = defaultdict[str, set[tuple[int, int]]](set)
    for slot in (one for one in coming() if one.title.event):
        starts[slot.title.facts.id].add((weekday(slot), slot.minute))
        assert slot.day > 0
    assert {day for day, _ in starts["little-projectionists"]} <= {5, 6}
    assert all(minute <= 11 * 60 for _, minute in starts["little-projectionists"])
    assert all(minute >= 18 * 60 for name in starts if name != "little-projectionists" for _, minute in starts[name])


def test_children_are_not_asked_to_come_at_midnight_nor_grown_ups_in_the_morning() -> None:
    late = [slot for slot in coming() if slot.minute >= 1290]
    early = [slot for slot in coming() if slot.minute < 720]
    assert sum("Family" in slot.title.facts.tags for slot in late) < 0.02 * len(late)
    assert sum(slot.title.facts.certificate == "A" for slot in early) < 0.02 * len(early)


def test_the_same_seed_draws_the_same_days_in_whichever_order_they_are_asked_for() -> None:
    venue = all_venues()[0]
    forth, back = programme(SATURDAY), programme(SATURDAY)
    days = [forth.day(venue, 0, day) for day in DAYS]
    assert days == [back.day(venue, 0, day) for day in reversed(DAYS)][::-1]
    assert days != [programme(SATURDAY, seed=2).day(venue, 0, day) for day in DAYS]


def test_the_small_demo_plays_tonight_too() -> None:
    slots = fortnight(SATURDAY, size="small")
    assert any(slot.day == 0 and slot.minute >= 1440 for slot in slots)
    assert {kind_of(slot.venue, slot.place) for slot in slots} == {"multiplex", "lounge", "sky"}
