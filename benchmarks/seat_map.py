"""The seat map of 500 seats: reading the house, finding the best pair, drawing the part; and the best block alone.

    python -m benchmarks.seat_map

Half of the seats are sold. Printed: milliseconds, least and median of 60 rounds; the aim is 15 for all of it, 2 for
the best block.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, render_template

from instashow.app import create_app
from instashow.booking import house, ways_on
from instashow.booking.house import House
from instashow.booking.views import seat_facts
from instashow.booking.views.wishing import Wish
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db, transaction
from instashow.people.models import Visitor
from instashow.pricing import usual
from instashow.screenings.models import Claim, Screening
from instashow.theatres.models import Place
from instashow.upgrade import upgrade
from tests import cast
from tests.theatres.plans import hall

ROUNDS, SEATS_AIM, BEST_AIM = 60, 15.0, 2.0
ROW = "sssssss.sssssssssss.sssssss"
"""25 seats and two aisles; twenty rows of it."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(home=Path(folder), secret_key="measured", limits="off"))
        with app.app_context():
            upgrade()
            screening_id = half_sold().id
            figures = measured(app, screening_id)
            db.engine.dispose()
    for name, times in figures.items():
        print(f"{name:24} {1000 * min(times):6.1f} {1000 * statistics.median(times):6.1f} ms")
    whole = [sum(parts) for parts in zip(figures["read"], figures["facts"], figures["drawn"], strict=True)]
    print(f"{'all of it':24} {1000 * min(whole):6.1f} {1000 * statistics.median(whole):6.1f} ms, aim {SEATS_AIM:g}")
    print(f"the best block's aim is {BEST_AIM:g} ms")


def half_sold() -> Screening:
    """A screening in a hall of 500 seats, every second one taken, by chance that is the same every time."""
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=hall(*[ROW] * 20)))
    dice = random.Random(7)
    with transaction():
        visitor = Visitor(created_at=now(), key="somebody")
        db.session.add(visitor)
        db.session.flush()
        ids = [place.id for place in db.session.query(Place).filter_by(layout_id=show.layout_id)]
        gone = {"screening_id": show.id, "visitor_id": visitor.id, "held_at": now(), "prices": {"types": {}}}
        until = now() + timedelta(hours=1)
        db.session.add_all(Claim(place_id=id, held_until=until, **gone) for id in dice.sample(ids, len(ids) // 2))
    return show


def measured(app: Flask, screening_id: int) -> dict[str, list[float]]:
    """Seconds by step, round after round."""
    figures: dict[str, list[float]] = {name: [] for name in ("read", "facts", "drawn", "best block of two")}
    with app.test_request_context(f"/screenings/{screening_id}"):
        for _ in range(ROUNDS):
            found: House = _timed(figures["read"], house.look, screening_id, None, now())
            facts: dict[str, Any] = _timed(figures["facts"], seat_facts.facts, found, Wish(), None)
            _timed(figures["drawn"], partial(render_template, "booking/_seat_map.html", **facts))
            _timed(figures["best block of two"], ways_on.best, found, 2)
            db.session.rollback()
    return figures


def _timed(times: list[float], act: Callable[..., Any], *words: Any) -> Any:
    began = time.perf_counter()
    made = act(*words)
    times.append(time.perf_counter() - began)
    return made


if __name__ == "__main__":
    main()
