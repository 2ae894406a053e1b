"""What plays when: one screen's day filled with showings, films by the city's languages and their age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from instashow.demo.bill import Title
from instashow.demo.sizes import DAYS
from instashow.demo.venues import FEWER, ROUND_THE_CLOCK, Venue

OPENS, LAST_START = 540, 1365
"""Minutes after midnight of the cinema day."""
DAY_BEGINS, DAY = 360, 1440
A_SHIFT = 60
EVENING = 1140
AROUND = 25
"""Pre-show and cleaning, in minutes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One showing: day from today, minute of the cinema day, the place of its screen in the venue's list."""

    venue: Venue
    place: int
    day: int
    minute: int
    title: Title
    language: str
    subtitles: str
    format: str
    capacity: int


class Programme:
    """Draws the days of all screens; the same seed draws the same days, whichever are asked for."""

    def __init__(self, titles: Sequence[Title], *, seed: int, today: int) -> None:
        self._films = [title for title in titles if not title.event]
        self._events = [title for title in titles if title.event]
        self._seed, self._today = seed, today
        self._weights: dict[tuple[str, int], list[float]] = {}
        self._open_always: dict[tuple[int, int], list[Slot]] = {}

    def day(self, venue: Venue, place: int, day: int) -> list[Slot]:
        """The showings of one screen on one day, `day` days from today."""
        if venue.round_the_clock(place) and day >= -1:
            return [slot for slot in self._always(venue, place) if slot.day == day]
        rng = Random(f"{self._seed}/{venue.facts.id}/{place}/{self._today + day}")
        films = self._chosen(venue, place, day, rng)
        event = self._event(venue, place, day, rng)
        starts = _filled(films, event, rng) if films else ()
        return [self._slot(venue, place, day, minute, title, rng) for minute, title in starts]

    def _always(self, venue: Venue, place: int) -> list[Slot]:
        """Day and night from yesterday on; each such screen of a house an hour after the other with the same films, so
        that one of them is running while the next one's floor is swept."""
        if (venue.theatre_id, place) not in self._open_always:
            spoken = Random(f"{self._seed}/{venue.facts.id}/always/{place}/{self._today}")
            self._open_always[venue.theatre_id, place] = [
                self._slot(venue, place, minute // DAY, minute % DAY + DAY_BEGINS, title, spoken)
                for minute, title in self._around(venue, A_SHIFT * place)
            ]
        return self._open_always[venue.theatre_id, place]

    def _around(self, venue: Venue, shift: int) -> Iterator[tuple[int, Title]]:
        """Starts from yesterday on, as minutes since today's cinema day began; the films do not depend on the shift."""
        rng = Random(f"{self._seed}/{venue.facts.id}/always/{self._today}")
        minute = -DAY
        while minute < DAY * DAYS - shift:
            title = rng.choice(self._chosen(venue, 0, minute // DAY, rng))
            yield minute + shift, title
            minute += _whole(title.facts.runtime_min + AROUND)

    def _chosen(self, venue: Venue, place: int, day: int, rng: Random) -> list[Title]:
        """Two films share a screen's day; in main theatres a third one by turns, so that every film plays somewhere."""
        playing = [film for film in self._films if film.weeks(day) is not None]
        if not playing:
            return []
        chosen = rng.choices(self._films, cum_weights=self._cumulated(venue.facts.city, day), k=2)
        if venue.main:
            chosen.append(playing[(day * len(venue.stages) + place) % len(playing)])
        return chosen

    def _cumulated(self, city: str, day: int) -> list[float]:
        if (city, day) not in self._weights:
            self._weights[city, day] = list(accumulate(film.showings(city, day) for film in self._films))
        return self._weights[city, day]

    def _event(self, venue: Venue, place: int, day: int, rng: Random) -> Title | None:
        """On some evenings of the coming fortnight, in main cinemas and in small houses of their own."""
        wanted = [one for one in self._events if venue.facts.city in one.facts.cities or not one.facts.cities]
        special = venue.layout(place) in ("playhouse-210", "open-air-150", "studio-77") or place == ROUND_THE_CLOCK
        if not wanted or day < 1 or not special or not (venue.main or venue.layout(place) == "playhouse-210"):
            return None
        return rng.choice(wanted) if rng.random() < 0.3 else None

    def _slot(self, venue: Venue, place: int, day: int, minute: int, title: Title, rng: Random) -> Slot:
        stage, layout = venue.stages[place], venue.layout(place)
        language = title.spoken(venue.facts.city, rng)
        foreign = language != title.spoken(venue.facts.city, Random(0))
        subtitled = language != "en" and rng.random() < (0.6 if foreign else 0.2)
        three_d = stage.format == "2D" and "Spectacle" in title.facts.tags and rng.random() < 0.25
        return Slot(
            venue=venue,
            place=place,
            day=day,
            minute=minute,
            title=title,
            language=language,
            subtitles="en" if subtitled else "",
            format="3D" if three_d else stage.format,
            capacity=FEWER[layout] if layout in FEWER and minute < 780 else stage.places,
        )


def _filled(films: Sequence[Title], event: Title | None, rng: Random) -> Iterator[tuple[int, Title]]:
    """Starts from the first to the last of the day, on whole five minutes, each where the screen is free."""
    minute, shown = OPENS + 5 * rng.randrange(10), 0
    while minute <= LAST_START:
        title = films[-1] if shown == 1 else films[0] if rng.random() < 0.55 else rng.choice(films)
        if event and minute <= EVENING < minute + title.facts.runtime_min + AROUND:
            minute, title, event = EVENING, event, None
        yield minute, title
        minute, shown = minute + _whole(title.facts.runtime_min + AROUND) + 5 * rng.randrange(3), shown + 1


def _whole(minutes: int) -> int:
    return -(-minutes // 5) * 5
