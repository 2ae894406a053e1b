"""One screen's day filled with showings, each where the screen is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from instashow.demo.bill import Title
from instashow.demo.hours import Hours, suits

Start = tuple[int, Title]
"""Minute of the cinema day, and what begins then."""
A_BIT = 30
"""Minutes by which a house begins later than it is known for rather than not at all."""


def filled(
    films: Sequence[Title], hours: Hours, events: Iterable[Start], *, around: int, rng: Random
) -> Iterator[Start]:
    """Starts on whole five minutes, in their order; `around`: minutes that a showing takes beside its running time.

    Events keep their minute; a film that would run into one is left out.
    """
    free, shown, fixed = hours.first, 0, sorted(events, key=lambda one: one[0])
    while True:
        minute = _wished(hours, free)
        title = _next_film(films, shown, minute, rng)
        late = minute > hours.last
        if fixed and (late or minute + _taken(title, around) > fixed[0][0]):
            begins, title = fixed.pop(0)
            minute = max(begins, free)
        elif late:
            return
        yield minute, title
        free, shown = minute + _taken(title, around) + 5 * rng.randrange(3), shown + 1


def _wished(hours: Hours, free: int) -> int:
    """The next start that the house is known for, or whenever the screen is free."""
    if not hours.wished:
        return free
    return max(free, next((wish for wish in hours.wished if wish + A_BIT >= free), hours.last + 1))


def _next_film(films: Sequence[Title], shown: int, minute: int, rng: Random) -> Title:
    """Mostly the first film; the last one has the day's second showing."""
    if shown == 1:
        return films[-1]
    fit = [film for film in films if suits(film, minute)] or films
    return fit[0] if rng.random() < 0.55 else rng.choice(fit)


def _taken(title: Title, around: int) -> int:
    return -(-(title.facts.runtime_min + around) // 5) * 5
