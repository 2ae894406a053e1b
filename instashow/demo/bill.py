"""The demo's shows, written as rows, and how they draw: when each opened, where it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from instashow import money
from instashow.config import settings
from instashow.demo import facts, sizes
from instashow.demo.shapes import ShowFacts
from instashow.demo.sizes import Size
from instashow.ratings.average import hundredths
from instashow.shows import shows

OLDEST = 70
"""Days since the film that has been on longest opened."""
RUN = 84
"""Days from one run of a film to the next, further back than that."""
NEWEST = -8
"""Days until the last film of the fortnight opens."""
ANNOUNCED = 5
"""Days since the last of the coming films was added: no news any more."""
EVENTS_SINCE = 10
"""Days since the events opened, so that each may play on any evening."""
SHOWN_AGAIN = 0.67
"""Share of its showings that a film keeps from week to week; with KEEPS_SEATS it halves its audience."""
KEEPS_SEATS = 0.75
OTHER_LANGUAGES = 4
"""Per cent of showings where a city's list does not name a language."""


@dataclass(frozen=True)
class Title:
    """A show on the bill. `opened`: days ago that it opened (negative: days until then); `draw`: 1 is usual."""

    show_id: int
    facts: ShowFacts
    opened: int
    draw: float

    @property
    def event(self) -> bool:
        """Whether it plays once or twice, in the evening."""
        return self.facts.kind != "film"

    def weeks(self, day: int) -> int | None:
        """Weeks since it opened, `day` days from today; None: not yet. Long ago it had earlier runs."""
        age = self.opened + day if day >= -OLDEST else (self.opened + day) % RUN
        return age // 7 if age >= 0 else None

    def showings(self, city: str, day: int) -> float:
        """How often it plays in a city, beside the others."""
        weeks = self.weeks(day)
        if weeks is None:
            return 0.0
        wanted = facts.behaviour().languages.get(city, {})
        spoken = [wanted[one] / max(3, _speaking(one)) for one in self.facts.languages if one in wanted]
        share = max(spoken, default=OTHER_LANGUAGES / 40)
        return share * self.draw * max(0.05, SHOWN_AGAIN**weeks)

    def audience(self, day: int) -> float:
        """How full its houses are against the usual."""
        weeks = self.weeks(day) or 0
        return self.draw * max(0.3, 1.25 * KEEPS_SEATS**weeks)

    def spoken(self, city: str, rng: Random) -> str:
        """The language of one showing: of those it speaks, as the city wants them."""
        wanted = facts.behaviour().languages.get(city, {})
        known = [one for one in self.facts.languages if wanted.get(one)]
        return rng.choices(known, [wanted[one] for one in known])[0] if known else self.facts.languages[0]


def write(size: Size, *, today: date, now: datetime, rng: Random) -> tuple[list[Title], list[ShowFacts]]:
    """The shows that play, and those that are coming soon."""
    films = sizes.films(size.films)
    played = {cinema.city for cinema in size.cinemas}
    events = [event for event in facts.events() if not event.cities or played & set(event.cities)]
    playing = [film for film in films if film.coming_in_days is None]
    opened = _openings(len(playing), rng)
    playing += events
    opened += [EVENTS_SINCE] * len(events)
    draws, told = list[float](), list[dict[str, Any]]()
    for show, days in zip(playing, opened, strict=True):
        told.append(_told(show, now - timedelta(days=max(0, days) + 9, minutes=rng.randrange(1440)), show.release_date))
        draws.append(min(2.2, max(0.35, rng.lognormvariate(0, 0.45))))
    coming = [film for film in films if film.coming_in_days is not None]
    for film in coming:
        days = film.coming_in_days or 0
        told.append(_told(film, now - timedelta(days=ANNOUNCED, hours=days), today + timedelta(days=days)))
    ids = [show.id for show in shows.add_all(told, now=now)]
    return [Title(*known) for known in zip(ids, playing, opened, draws, strict=False)], coming


def _openings(count: int, rng: Random) -> list[int]:
    """Evenly over ten weeks and a bit of the coming fortnight."""
    days = [NEWEST + (OLDEST - NEWEST) * place // max(1, count - 1) for place in range(count)]
    rng.shuffle(days)
    return days


def _told(show: ShowFacts, added_at: datetime, release_date: date | None) -> dict[str, Any]:
    rating = show.outside_rating
    return {
        "external_id": show.id,
        "kind": show.kind,
        "title": show.title,
        "original_title": show.original_title,
        "caption": show.caption,
        "synopsis": show.synopsis,
        "runtime": show.runtime_min,
        "certificate": show.certificate or "",
        "release_date": release_date,
        "base_price": show.base_price // 100 * 10 ** money.exponent(settings().currency),
        "outside_stars": hundredths(rating.average_of_10, of=10) if rating else None,
        "outside_votes": rating.votes if rating else None,
        "outside_source": rating.source if rating else None,
        "languages": show.languages,
        "tags": show.tags,
        "added_at": added_at,
    }


@cache
def _speaking(language: str) -> int:
    """Films of the list that speak a language: its showings are shared among them."""
    return sum(language in film.languages for film in facts.films())
