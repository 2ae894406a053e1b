"""Long lists in parts: so many at once, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Batch(Generic[Thing]):
    """One part of a list; `before`: how many things stand in earlier parts."""

    things: Sequence[Thing]
    number: int
    before: int
    total: int

    @property
    def next(self) -> int | None:
        """The number of the part that follows."""
        return self.number + 1 if self.before + len(self.things) < self.total else None


def cut(every: Sequence[Thing], at_once: int, number: int) -> Batch[Thing]:
    """Part `number` of a list, counted from 1; past its end the last one."""
    last = max(1, -(-len(every) // at_once))
    before = (min(number, last) - 1) * at_once
    return Batch(every[before : before + at_once], min(number, last), before, len(every))


def cut_between(groups: Sequence[Sequence[Thing]], at_once: int, number: int) -> Batch[Thing]:
    """The same for a list of groups, none of which is torn: a part may be shorter, or, of one long group, longer."""
    parts: list[list[Thing]] = [[]]
    for group in groups:
        if parts[-1] and len(parts[-1]) + len(group) > at_once:
            parts.append([])
        parts[-1].extend(group)
    number = min(number, len(parts))
    before = sum(map(len, parts[: number - 1]))
    return Batch(parts[number - 1], number, before, sum(map(len, parts)))
