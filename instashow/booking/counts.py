"""Places that nobody sees are sold by the number: so many tickets of each type, together as many as the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Miscounted(Exception):
    """Other than as many tickets as places; `tickets` is how many were said."""

    def __init__(self, tickets: int) -> None:
        super().__init__(tickets)
        self.tickets = tickets


def settled(before: Mapping[int, int], typed: Mapping[int, int]) -> dict[int, int]:
    """How many of each type, in the types' order: what was typed, evened out by the types that were left as they were.

    `before` and `typed` name every type, the usual one first. What is too much comes off the usual type, then off the
    last; what is missing is added to the usual type, or to the only other one. Raises Miscounted where that does not
    do.
    """
    counts, size = dict(typed), sum(before.values())
    left = [one for one in before if typed[one] == before[one]]
    usual = next(iter(before))
    for one in sorted(left, key=lambda one: (one != usual, -list(before).index(one))):
        counts[one] -= min(counts[one], max(0, sum(counts.values()) - size))
    if left and (usual in left or len(before) == 2):
        counts[usual if usual in left else left[0]] += max(0, size - sum(counts.values()))
    if sum(counts.values()) != size:
        raise Miscounted(sum(typed.values()))
    return counts


def types_of(places: Sequence[int], counts: Mapping[int, int]) -> dict[int, int]:
    """A ticket type for each place, so many of each; `counts` add up to the places."""
    return dict(zip(places, each(counts), strict=True))


def each(counts: Mapping[int, int]) -> Iterable[int]:
    """The types one by one, each as often as it is counted."""
    return (type_id for type_id, count in counts.items() for _ in range(count))
