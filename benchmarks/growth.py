"""Growth: home, search and seat map with 1,000 and with 100,000 screenings, 10 thousand and 1 million bookings.

Usage: `python -m benchmarks.growth [sqlite] [postgres]`; both unless told. The pages are made afresh (the cache is
emptied before each), in this process, in turn from the small and the large catalogue, so that both feel the same
machine. Then the plans of their statements in the large one; a table that grows and is read whole ends it with 1.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from benchmarks import carrying, catalogues, plans, running
from instashow import cache
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db
from instashow.screenings.models import Screening

TIMES = 120
WORDS = ("bahubali", "ra", "sap", "mumbai", "drama", "vikrm", "love", "அ", "regal chennai", "imax")

Apps = dict[str, Flask]
"""The small one and the large one."""


def main(words: Sequence[str]) -> int:
    """Print the 95th percentiles, their ratios and the plans; 1 where a plan is wrong."""
    kinds = [kind for kind in ("sqlite", "postgres") if kind in words] or ["sqlite", "postgres"]
    return max(_grown(kind) for kind in kinds)


def _grown(kind: str) -> int:
    with _apps(kind) as apps:
        for name, app in apps.items():
            print(f"{kind}, {name}: {_counts(app)}", flush=True)
        pages = _pages(apps["small"])
        for page, paths in pages.items():
            _print_page(page, paths, apps)
        with plans.noted() as asked:
            for path in itertools.chain(*pages.values()):
                _asked(apps["large"], path)
        with apps["large"].app_context():
            return 1 if plans.tell(asked) else 0


@contextmanager
def _apps(kind: str) -> Iterator[Apps]:
    """On SQLite as they were loaded; on PostgreSQL the same catalogues, carried over."""
    homes = {"small": catalogues.small(), "large": catalogues.large()}
    with ExitStack() as until:
        if kind == "sqlite":
            yield {name: _app(Settings(home=home)) for name, home in homes.items()}
        else:
            yield {name: _carried(until, home) for name, home in homes.items()}


def _carried(until: ExitStack, home: Path) -> Flask:
    begun, made = time.perf_counter(), until.enter_context(running.database("postgres"))
    carrying.carry(home / "instashow.db", running.raw_url(made))
    print(f"postgres: {home.name} carried over in {time.perf_counter() - begun:.0f} s", flush=True)
    return _app(made)


def _app(made: Settings) -> Flask:
    return running.app_of(replace(made, secret_key=running.KEY, limits="off"))


def _counts(app: Flask) -> str:
    with app.app_context():
        counted = (db.session.scalar(select(func.count()).select_from(table)) for table in (Screening, Booking))
        return "{} screenings, {} bookings".format(*counted)


def _pages(app: Flask) -> dict[str, list[str]]:
    with app.app_context():
        soon = select(Screening.id).where(Screening.starts_at > now()).order_by(Screening.starts_at).limit(40)
        seats = [f"/screenings/{id}" for id in db.session.scalars(soon)]
    return {"home": ["/"], "search": [f"/?q={word}" for word in WORDS], "seat map": seats}


def _print_page(page: str, paths: list[str], apps: Apps) -> None:
    took: dict[str, list[float]] = {name: [] for name in apps}
    for path in itertools.islice(itertools.cycle(paths), TIMES):
        for name, app in apps.items():
            took[name].append(_asked(app, path))
    slow = {name: statistics.quantiles(each, n=20)[18] for name, each in took.items()}
    middle = {name: statistics.median(each) for name, each in took.items()}
    told = ", ".join(f"{name} p50 {middle[name]:.1f} p95 {slow[name]:.1f} ms" for name in apps)
    print(f"{page:9} {told}; p95 grows {slow['large'] / slow['small']:.2f}× (target 1.5×)", flush=True)


def _asked(app: Flask, path: str) -> float:
    """Milliseconds of a page made afresh."""
    with app.app_context():
        cache.cache.clear()
    begun = time.perf_counter()
    assert app.test_client().get(path).status_code == 200, path
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
