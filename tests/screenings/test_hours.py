"""A screen is taken from setting up to the end of cleaning, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.screenings.hours import Interval, Needs, conflicts, ends, free_start, occupied

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILM = Needs(runtime=120, preshow=10, setup=5, cleaning=15)
DAY = Interval(NOON - timedelta(hours=6), NOON + timedelta(hours=18))


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_a_screening_takes_its_screen_with_setup_and_cleaning() -> None:
    assert occupied(NOON, FILM) == Interval(at(-5), at(145))
    assert ends(NOON, FILM) == at(130)


@pytest.mark.parametrize(("minutes", "clash"), [(149, True), (150, False), (-149, True), (-150, False), (0, True)])
def test_one_may_begin_as_the_other_ends(minutes: int, clash: bool) -> None:
    first, second = occupied(NOON, FILM), occupied(at(minutes), FILM)
    assert first.overlaps(second) is clash
    assert second.overlaps(first) is clash


def test_conflicts_are_told_soonest_first() -> None:
    evening, morning, night = (Interval(at(begins), at(begins + 60)) for begins in (100, -30, 400))
    assert conflicts(occupied(NOON, FILM), [evening, night, morning]) == [morning, evening]


def test_a_free_wish_is_granted_to_the_minute() -> None:
    assert free_start(at(3), FILM, [], within=DAY) == at(3)


def test_a_taken_wish_moves_to_the_nearest_free_start() -> None:
    assert free_start(at(100), FILM, [occupied(NOON, FILM)], within=DAY) == at(150)
    assert free_start(at(-100), FILM, [occupied(NOON, FILM)], within=DAY) == at(-150)


def test_a_full_day_has_no_free_start() -> None:
    assert free_start(NOON, FILM, [Interval(at(-300), at(1000))], within=DAY) is None


intervals = st.lists(
    st.tuples(st.integers(-400, 1100), st.integers(1, 200)).map(lambda one: Interval(at(one[0]), at(one[0] + one[1]))),
    max_size=6,
)


@given(intervals, st.integers(-300, 900))
def test_a_suggested_start_is_free_and_none_is_nearer(taken: list[Interval], wish: int) -> None:
    found = free_start(at(wish), FILM, taken, within=DAY)
    free = [
        at(minute)
        for minute in {wish, *range(-360, 1080, 5)}
        if occupied(at(minute), FILM).within(DAY) and not conflicts(occupied(at(minute), FILM), taken)
    ]
    assert found == min(free, key=lambda start: (abs(start - at(wish)), start), default=None)
