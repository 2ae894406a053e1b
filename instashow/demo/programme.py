"""What plays when: one screen's day filled with showings, films by the city's languages and their age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from instashow.demo.bill import Title
from instashow.demo.venues import FEWER, Venue

OPENS, LAST_START = 540, 1365
"""Minutes after midnight of the cinema day."""
DAY_BEGINS, DAY_ENDS = 360, 1800
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

    def day(self, venue: Venue, place: int, day: int) -> list[Slot]:
        """The showings of one screen on one day, `day` days from today."""
        rng = Random(f"{self._seed}/{venue.facts.id}/{place}/{self._today + day}")
        films = self._chosen(venue, place, day, rng)
        if not films:
            return []
        event = self._event(venue, place, day, rng)
        return [
            self._slot(venue, place, day, minute, title, rng)
            for minute, title in _filled(venue, place, films, event, rng)
        ]

    def _chosen(self, venue: Venue, place: int, day: int, rng: Random) -> list[Title]:
        """Two or three films share a screen's day; the turn of the list gives every film its place somewhere."""
        playing = [film for film in self._films if film.opened + day >= 0]
        if not playing:
            return []
        chosen = rng.choices(self._films, cum_weights=self._cumulated(venue.facts.city, day), k=2)
        if venue.main and place % 2 == 1:
            chosen.append(playing[(day * 5 + place) % len(playing)])
        return chosen

    def _cumulated(self, city: str, day: int) -> list[float]:
        if (city, day) not in self._weights:
            self._weights[city, day] = list(accumulate(film.showings(city, day) for film in self._films))
        return self._weights[city, day]

    def _event(self, venue: Venue, place: int, day: int, rng: Random) -> Title | None:
        """On some evenings of the coming fortnight, in main cinemas and in small houses of their own."""
        wanted = [one for one in self._events if venue.facts.city in one.facts.cities or not one.facts.cities]
        special = venue.layout(place) in ("playhouse-210", "open-air-150", "studio-77") or place == 0
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


def _filled(
    venue: Venue, place: int, films: Sequence[Title], event: Title | None, rng: Random
) -> Iterator[tuple[int, Title]]:
    """Starts from the first to the last of the day, on whole five minutes, each where the screen is free."""
    open_always = venue.round_the_clock(place)
    minute = DAY_BEGINS + 70 * place if open_always else OPENS + 5 * rng.randrange(10)
    opened = minute
    while minute <= (DAY_ENDS if open_always else LAST_START):
        title = films[0] if rng.random() < 0.55 else rng.choice(films)
        if event and minute <= EVENING < minute + title.facts.runtime_min + AROUND:
            minute, title, event = EVENING, event, None
        needs = _whole(title.facts.runtime_min + AROUND)
        if open_always and minute + needs > DAY_ENDS + opened - DAY_BEGINS:
            return
        yield minute, title
        minute += needs + (0 if open_always else 5 * rng.randrange(3))


def _whole(minutes: int) -> int:
    return -(-minutes // 5) * 5
