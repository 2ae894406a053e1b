"""So many tickets of each type, together as many as there are places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.booking.counts import Miscounted, settled, types_of

ADULT, CHILD, SENIOR = 1, 2, 3
TWO, THREE = {ADULT: 10, CHILD: 0}, {ADULT: 6, CHILD: 3, SENIOR: 1}


@pytest.mark.parametrize(
    ("before", "typed", "said"),
    [
        (TWO, {ADULT: 10, CHILD: 0}, {ADULT: 10, CHILD: 0}),
        (TWO, {ADULT: 10, CHILD: 2}, {ADULT: 8, CHILD: 2}),
        (TWO, {ADULT: 8, CHILD: 0}, {ADULT: 8, CHILD: 2}),
        (TWO, {ADULT: 8, CHILD: 2}, {ADULT: 8, CHILD: 2}),
        (TWO, {ADULT: 10, CHILD: 10}, {ADULT: 0, CHILD: 10}),
        (THREE, {ADULT: 6, CHILD: 1, SENIOR: 1}, {ADULT: 8, CHILD: 1, SENIOR: 1}),
        (THREE, {ADULT: 6, CHILD: 9, SENIOR: 1}, {ADULT: 0, CHILD: 9, SENIOR: 1}),
        (THREE, {ADULT: 8, CHILD: 3, SENIOR: 1}, {ADULT: 8, CHILD: 2, SENIOR: 0}),
    ],
)
def test_what_was_left_as_it_was_evens_out_what_was_typed(
    before: dict[int, int], typed: dict[int, int], said: dict[int, int]
) -> None:
    assert settled(before, typed) == said


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        (TWO, {ADULT: 10, CHILD: 11}),
        (TWO, {ADULT: 7, CHILD: 2}),
        (TWO, {ADULT: 9, CHILD: 2}),
        (THREE, {ADULT: 5, CHILD: 3, SENIOR: 1}),
    ],
)
def test_what_does_not_add_up_is_refused(before: dict[int, int], typed: dict[int, int]) -> None:
    with pytest.raises(Miscounted) as wrong:
        settled(before, typed)
    assert wrong.value.tickets == sum(typed.values())


COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@given(COUNTS, st.data())
def test_there_is_always_one_ticket_a_place_and_what_was_typed_stands(have: list[int], data: st.DataObject) -> None:
    before = dict(enumerate(have))
    typed = {one: data.draw(st.integers(0, 12)) for one in before}
    places = range(100, 100 + sum(have))
    try:
        counts = settled(before, typed)
    except Miscounted:
        assert sum(typed.values()) != sum(have)
        return
    assert list(types_of(places, counts)) == list(places)
    assert all(counts[one] == typed[one] for one in before if typed[one] != before[one])
    assert all(count >= 0 for count in counts.values())
