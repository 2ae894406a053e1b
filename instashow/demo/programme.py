"""What plays when: one screen's day filled with showings, films by the city's languages and their age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from instashow.demo.bill import Title
from instashow.demo.filling import Start, filled
from instashow.demo.hours import Hours, event_starts, has_events, hours_of, kind_of
from instashow.demo.venues import FEWER, Venue
from instashow.screenings.stages import Stage

EVENTS = 0.3
"""Share of the evenings on which a screen that has events has one."""


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
        rng, when = Random(f"{self._seed}/{venue.facts.id}/{place}/{self._today + day}"), self._date(day)
        films = self._chosen(venue, place, day, rng)
        if not films:
            return []
        open_ = hours_of(venue, place, when, rng, tonight=day == 0)
        events = [*self._events_on(venue, place, day, open_, rng)]
        if open_.midnight:
            events.append((open_.midnight, films[0]))
        starts = filled(films, open_, events, around=_around(venue.stages[place]), rng=rng)
        return [self._slot(venue, place, day, minute, title, rng) for minute, title in starts]

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

    def _events_on(self, venue: Venue, place: int, day: int, open_: Hours, rng: Random) -> Iterator[Start]:
        """On some days of the coming fortnight, in main cinemas and in small houses of their own."""
        if day < 1 or not has_events(venue, place) or rng.random() >= EVENTS:
            return
        here = [one for one in self._events if not one.facts.cities or venue.facts.city in one.facts.cities]
        starts = [(event_starts(one, venue, place, open_, self._date(day)), one) for one in here]
        possible = [(minute, one) for minute, one in starts if minute is not None]
        if possible:
            yield rng.choice(possible)

    def _date(self, day: int) -> date:
        return date.fromordinal(self._today + day)

    def _slot(self, venue: Venue, place: int, day: int, minute: int, title: Title, rng: Random) -> Slot:
        stage, layout = venue.stages[place], venue.layout(place)
        language = title.spoken(venue.facts.city, rng)
        foreign = language != title.spoken(venue.facts.city, Random(0))
        subtitled = language != "en" and rng.random() < (0.6 if foreign else 0.2)
        flat = stage.format == "2D" and kind_of(venue, place) != "sky"
        three_d = flat and "Spectacle" in title.facts.tags and rng.random() < 0.25
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


def _around(stage: Stage) -> int:
    """Minutes that a showing takes beside its running time."""
    needs = stage.needs(0)
    return needs.setup + needs.preshow + needs.cleaning
