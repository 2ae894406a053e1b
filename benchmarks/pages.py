"""Pages: the warm page of what is on beside a route that returns its bytes; a seat map of 500; the best of 500 seats.

Usage: `python -m benchmarks.pages`. Requests per second over HTTP, eight connections, in rounds that alternate; the
seat map and the choice of seats in this process, as medians of many.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.request import urlopen

from flask import Flask

from benchmarks import running
from benchmarks.servers import fast
from instashow.booking import best_seats, choosing
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db, transaction
from instashow.demo import building
from instashow.people.models import Visitor
from instashow.screenings.models import Claim
from instashow.theatres.cells import DrawnRow, plan_of
from instashow.theatres.layouts import Hall, hall
from tests import cast

ROUNDS, SECONDS = 4, 3.0
ROWS, SEATS = 20, 25
TIMES = 60


def main() -> None:
    """Print the three figures."""
    with running.database("sqlite") as made:
        app = running.app_of(made)
        with app.app_context():
            with transaction():
                list(building.build("city", history=0, seed=1, now=now()))
            large = cast.screening(where=cast.theatre("Regal", plan=_plan()))
            _half_taken(large.id, hall(large.layout_id))
            screening_id, house = large.id, hall(large.layout_id)
        _print_home(*asyncio.run(_home(made)))
        _print_seats(app, f"/screenings/{screening_id}")
        _print_best(house)


async def _home(made: Settings) -> tuple[list[float], list[float], int]:
    """Requests per second of ours and of the limit, round by round, and the page's length."""
    ours, limits = [], []
    with running.ours(made) as port, tempfile.NamedTemporaryFile() as file:
        page = await asyncio.to_thread(_page, port)
        Path(file.name).write_bytes(page)
        with running.limit(file.name) as beside:
            await fast(port, "/", 1.0)
            await fast(beside, "/", 1.0)
            for _ in range(ROUNDS):
                ours.append((await fast(port, "/", SECONDS))[0])
                limits.append((await fast(beside, "/", SECONDS))[0])
    return ours, limits, len(page)


def _page(port: int) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        return bytes(answer.read())


def _print_home(ours: list[float], limits: list[float], size: int) -> None:
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, limits, strict=True))
    print(f"home, warm, {size / 1000:.0f} kB     ours {_each(ours)}, the same bytes {_each(limits)} requests/s")
    print(f"  ratio {ratio:.0%} (target 50 %)")


def _each(rates: list[float]) -> str:
    return f"{statistics.median(rates):.0f} ({' '.join(f'{rate:.0f}' for rate in rates)})"


def _plan() -> object:
    return plan_of([DrawnRow(chr(ord("A") + row), "s" * SEATS) for row in range(ROWS)])


def _half_taken(screening_id: int, house: Hall) -> None:
    """Every second seat, by dice, is somebody's."""
    dice = random.Random(1)
    gone = dice.sample(sorted(house.by_id), len(house.by_id) // 2)
    with transaction():
        visitor = Visitor(key="benchmark", created_at=now())
        db.session.add(visitor)
        db.session.flush()
        until = now().replace(year=now().year + 1)
        held = {"screening_id": screening_id, "visitor_id": visitor.id, "held_at": now(), "held_until": until}
        db.session.execute(Claim.__table__.insert(), [{**held, "place_id": id, "prices": {}} for id in gone])


def _print_seats(app: Flask, path: str) -> None:
    browser = app.test_client()
    assert browser.get(path).status_code == 200
    took = _milliseconds(lambda: browser.get(path))
    part = _milliseconds(lambda: browser.get(path, headers={"HX-Request": "true"}))
    print(f"seat map, {ROWS * SEATS} seats    whole page {_told(took)}; its part {_told(part)}; target 15 ms")


def _print_best(house: Hall) -> None:
    seating, dice = choosing.seating_of(house), random.Random(2)
    print(f"best available, {ROWS * SEATS} seats, target 2 ms")
    for share in (0, 50, 90):
        free = {id for id in house.by_id if dice.randrange(100) >= share}
        for party in (1, 2, 4, 10):
            took = _milliseconds(lambda free=free, party=party: best_seats.best(seating, free, party))  # type: ignore[misc]
            print(f"  {share:2} % taken, party of {party:2}: {_told(took)}")


def _milliseconds(act: Callable[[], object]) -> list[float]:
    return [one * 1000 for one in _seconds(act)]


def _seconds(act: Callable[[], object]) -> Iterable[float]:
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        yield time.perf_counter() - begun


def _told(took: list[float]) -> str:
    return f"median {statistics.median(took):5.2f} ms, fastest {min(took):5.2f}"


if __name__ == "__main__":
    main()
