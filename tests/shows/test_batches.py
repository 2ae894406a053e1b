"""Long lists in parts: nothing is left out, nothing comes twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from instashow.batches import Batch, cut, cut_between


def followed(first: Batch[int], part: object) -> list[Batch[int]]:
    parts = [first]
    while parts[-1].next:
        parts.append(part(parts[-1].next))  # type: ignore[operator]
    return parts


@given(some.lists(some.integers(), max_size=40), some.integers(1, 9))
def test_the_parts_together_are_the_list(every: list[int], at_once: int) -> None:
    parts = followed(cut(every, at_once, 1), lambda number: cut(every, at_once, number))
    assert [thing for one in parts for thing in one.things] == every
    assert all(len(one.things) <= at_once and one.total == len(every) for one in parts)
    assert [one.before for one in parts] == [sum(len(other.things) for other in parts[:n]) for n in range(len(parts))]


@given(some.lists(some.lists(some.integers(), min_size=1, max_size=6), max_size=20), some.integers(1, 9))
def test_no_group_is_torn(groups: list[list[int]], at_once: int) -> None:
    parts = followed(cut_between(groups, at_once, 1), lambda number: cut_between(groups, at_once, number))
    assert [thing for one in parts for thing in one.things] == [thing for group in groups for thing in group]
    borders = {sum(map(len, groups[:n])) for n in range(len(groups) + 1)}
    assert {one.before for one in parts} <= borders
    assert all(len(one.things) <= max(at_once, *map(len, groups)) for one in parts if groups)


def test_past_the_end_stands_the_last_part() -> None:
    assert cut([1, 2, 3], 2, 99).things == [3]
    assert cut([], 2, 99).things == []
    assert cut_between([[1, 2], [3]], 2, 99).things == [3]
