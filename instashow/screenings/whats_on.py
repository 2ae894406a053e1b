"""What is on: a day's screenings narrowed, counted and grouped by show.

Narrowing and counting are arithmetic over the slots of one day, so every count of a filter form comes from the one
statement that read them. What lists filter by is the read copy; what they print is reckoned afresh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from instashow.screenings.filters import Wanted
from instashow.screenings.slots import Slot
from instashow.shows.cards import Card

HOURS = ("from", "to")
Rated = Callable[[Card], int | None]
"""A show's average in hundredths of a star, as the ratings reckon it."""


@dataclass(frozen=True)
class Counts:
    """How many shows each choice of a filter would leave, the other filters standing."""

    tags: Counter[str]
    languages: Counter[str]
    formats: Counter[str]
    theatres: Counter[int]
    hours: Counter[int]
    """By full hour: shows that still begin at it or later."""
    accessible: int
    total: int
    without: dict[str, int]
    """By parameter of a filter that is set: how many would be left without it, the hours ("from") taken together."""


@dataclass(frozen=True)
class Listing:
    """What is left, by start, and what each other choice would leave."""

    slots: list[Slot]
    counts: Counts


def narrow(
    offered: Iterable[Slot],
    cards: Mapping[int, Card],
    wanted: Wanted,
    *,
    rated: Rated,
    shows: set[int] | None = None,
    theatres: set[int] | None = None,
) -> Listing:
    """What of the offered screenings is wanted.

    `shows` and `theatres` are what the words found: either will do, and where both are None, everything.
    """
    known = [slot for slot in offered if slot.show_id in cards and _found(slot, shows, theatres)]
    tests = _tests(wanted, cards, rated)
    left = [slot for slot in known if all(test(slot) for test in tests.values())]
    return Listing(left, _counts(known, cards, tests, left))


def by_show(left: Iterable[Slot]) -> dict[int, list[Slot]]:
    """The screenings of each show, in order."""
    found: dict[int, list[Slot]] = {}
    for slot in left:
        found.setdefault(slot.show_id, []).append(slot)
    return found


def ahead(found: Mapping[int, list[Slot]], now: datetime) -> dict[int, list[Slot]]:
    """The same without what has begun, unless it is all that a show has left that day."""
    return {show: [slot for slot in slots if slot.starts_at > now] or slots for show, slots in found.items()}


def ordered(found: Mapping[int, list[Slot]], cards: Mapping[int, Card], sort: str, *, rated: Rated) -> list[int]:
    """Show ids in the order asked for; ties go by next start."""
    starts = {show: (one[0].starts_at, one[0].id) for show, one in found.items()}
    by: dict[str, Callable[[int], Any]] = {
        "time": lambda show: starts[show],
        "title": lambda show: (cards[show].title.casefold(), starts[show]),
        "rating": lambda show: (-(rated(cards[show]) or 0), starts[show]),
        "price": lambda show: (min(slot.price_from for slot in found[show]), starts[show]),
        "latest": lambda show: (-cards[show].added_at.timestamp(), -show),
    }
    return sorted(found, key=by[sort])


def _found(slot: Slot, shows: set[int] | None, theatres: set[int] | None) -> bool:
    if shows is None and theatres is None:
        return True
    return slot.show_id in (shows or ()) or slot.theatre_id in (theatres or ())


def _tests(wanted: Wanted, cards: Mapping[int, Card], rated: Rated) -> dict[str, Callable[[Slot], bool]]:
    """One test a filter that is set."""
    tags, language, format = frozenset(wanted.tags), wanted.language, wanted.format.casefold()
    every: dict[str, tuple[bool, Callable[[Slot], bool]]] = {
        "from": (wanted.from_minute is not None, lambda slot: slot.minute >= (wanted.from_minute or 0)),
        "to": (wanted.to_minute is not None, lambda slot: slot.minute <= (wanted.to_minute or 0)),
        "tag": (bool(tags), lambda slot: tags <= cards[slot.show_id].tag_keys),
        "min_rating": (
            wanted.min_rating is not None,
            lambda slot: (rated(cards[slot.show_id]) or 0) >= (wanted.min_rating or 0),
        ),
        "language": (bool(language), lambda slot: language in spoken(slot, cards)),
        "format": (bool(format), lambda slot: slot.format.casefold() == format),
        "theatre": (wanted.theatre is not None, lambda slot: slot.theatre_id == wanted.theatre),
        "max_price": (wanted.max_price is not None, lambda slot: slot.price_from <= (wanted.max_price or 0)),
        "accessible": (wanted.accessible, lambda slot: slot.accessible_free > 0),
    }
    return {name: test for name, (asked, test) in every.items() if asked}


def spoken(slot: Slot, cards: Mapping[int, Card]) -> tuple[str, ...]:
    """The language that a screening is shown in; where it says none, the first of its show's."""
    return (slot.language,) if slot.language else cards[slot.show_id].languages[:1]


def _counts(
    known: list[Slot], cards: Mapping[int, Card], tests: Mapping[str, Callable[[Slot], bool]], left: list[Slot]
) -> Counts:
    def but(*names: str) -> list[Slot]:
        others = [test for name, test in tests.items() if name not in names]
        return [slot for slot in known if all(test(slot) for test in others)]

    return Counts(
        tags=_shows((key, slot) for slot in left for key in cards[slot.show_id].tag_keys),
        languages=_shows((code, slot) for slot in but("language") for code in spoken(slot, cards)),
        formats=_shows((slot.format, slot) for slot in but("format")),
        theatres=_shows((slot.theatre_id, slot) for slot in but("theatre")),
        hours=_shows((hour, slot) for slot in but(*HOURS) for hour in range(6, slot.minute // 60 + 1)),
        accessible=len({slot.show_id for slot in but("accessible") if slot.accessible_free > 0}),
        total=len({slot.show_id for slot in left}),
        without={
            name: len({slot.show_id for slot in but(*(HOURS if name == "from" else (name,)))})
            for name in dict.fromkeys("from" if name in HOURS else name for name in tests)
        },
    )


def _shows(pairs: Iterable[tuple[Any, Slot]]) -> Counter[Any]:
    return Counter(key for key, _ in {(key, slot.show_id) for key, slot in pairs})
