"""What those who went say afterwards: stars and now and then a sentence, once a person and show or theatre."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from sqlalchemy import update

from instashow.booking.history import PastSale
from instashow.db import db
from instashow.demo import facts, rows
from instashow.demo.sales import Showing
from instashow.demo.shapes import ReviewFacts
from instashow.ratings.models import Rating
from instashow.shows.models import Show
from instashow.theatres.models import Theatre

RATES_SHOW, RATES_THEATRE, WRITES = 0.16, 0.05, 0.4
TONGUES = {"Chennai": "ta", "Mumbai": "hi", "Delhi": "hi", "Pune": "hi"}
"""Some reviews are written in the city's language, where the demo has sentences in it."""


class Opinions:
    """Collects ratings; `write()` writes them with the sums at shows and theatres."""

    def __init__(self, *, now: datetime, seed: int) -> None:
        self._now, self._seed = now, seed
        self._given: set[tuple[str, int, int]] = set()
        self._rows: list[dict[str, Any]] = []
        self._sums: dict[str, dict[int, Counter[str]]] = {
            "show": defaultdict(Counter[str]),
            "theatre": defaultdict(Counter[str]),
        }
        self._likings: dict[tuple[str, int], float] = {}
        self._sentences: dict[tuple[str, int, str], list[ReviewFacts]] = defaultdict(list)
        for one in facts.reviews():
            self._sentences[one.about, one.stars, one.language].append(one)

    def ask(self, sale: PastSale, showing: Showing, show_id: int, rng: Random) -> None:
        """Let the buyer of a sale that is over say something, or not."""
        after = sale.starts_at + timedelta(hours=rng.randrange(4, 40))
        if sale.person_id is None or not sale.seats[0].used_at or sale.cancelled_at or after > self._now:
            return
        if rng.random() < RATES_SHOW:
            self._rate("show", show_id, sale.person_id, showing.city, after, rng)
        if rng.random() < RATES_THEATRE:
            self._rate("theatre", showing.theatre_id, sale.person_id, showing.city, after, rng)

    def write(self) -> int:
        """Write what was said; gives how many ratings."""
        made = len(rows.put(Rating, self._rows))
        for about, table in (("show", Show), ("theatre", Theatre)):
            for one, sums in self._sums[about].items():
                added = {
                    "stars_sum": table.stars_sum + sums["sum"],
                    "stars_count": table.stars_count + sums["count"],
                }
                db.session.execute(update(table).where(table.id == one).values(added))
            self._sums[about].clear()
        self._rows = []
        return made

    def _rate(self, about: str, subject: int, person_id: int, city: str, at: datetime, rng: Random) -> None:
        if (about, subject, person_id) in self._given:
            return
        self._given.add((about, subject, person_id))
        stars = min(5, max(1, round(rng.gauss(self._liking(about, subject), 0.95))))
        self._sums[about][subject].update({"sum": stars, "count": 1})
        self._rows.append(
            {
                "person_id": person_id,
                "show_id": subject if about == "show" else None,
                "theatre_id": subject if about == "theatre" else None,
                "stars": stars,
                "review": self._sentence(about, stars, city, rng) if rng.random() < WRITES else "",
                "rated_at": at,
            }
        )

    def _liking(self, about: str, subject: int) -> float:
        """What people give it on average: a film's as films' averages spread, a theatre's a little above the middle."""
        if (about, subject) not in self._likings:
            rng = Random(f"{self._seed}/liking/{about}/{subject}")
            averages = facts.behaviour().film_averages
            weights = list(accumulate(averages.values()))
            drawn = float(rng.choices(list(averages), cum_weights=weights)[0]) / 2
            self._likings[about, subject] = drawn + 0.3 if about == "show" else rng.gauss(3.9, 0.35)
        return self._likings[about, subject]

    def _sentence(self, about: str, stars: int, city: str, rng: Random) -> str:
        tongue = TONGUES.get(city, "en")
        own: Sequence[ReviewFacts] = self._sentences[about, stars, tongue] if rng.random() < 0.35 else ()
        known = own or self._sentences[about, stars, "en"]
        return rng.choice(known).text if known else ""
