"""Growth: home, search and seat map with 1,000 and with 100,000 screenings, 10 thousand and 1 million bookings.

Usage: `python -m benchmarks.growth`. The pages are made afresh (the cache is emptied before each), in this process,
in turn from the small and the large catalogue, so that both feel the same machine. Then the plans of their statements.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
import statistics
import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, func, select

from benchmarks import catalogues
from instashow import cache
from instashow.app import create_app
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db
from instashow.screenings.models import Screening

TIMES = 120
WORDS = ("bahubali", "ra", "sap", "mumbai", "drama", "vikrm", "love", "அ", "regal chennai", "imax")
GREAT = ("screenings", "claims", "bookings", "tickets", "figures", "payments", "messages")
"""Tables that grow: none of them may be read whole."""


def main() -> None:
    """Print the 95th percentiles, their ratios and the plans."""
    apps = {name: _app(home) for name, home in (("small", catalogues.small()), ("large", catalogues.large()))}
    for name, app in apps.items():
        print(f"{name}: {_counts(app)}")
    pages = _pages(apps["small"])
    asked: set[tuple[str, Any]] = set()
    with _noted(asked):
        for page, paths in pages.items():
            _print_page(page, paths, apps)
    _print_plans(catalogues.large() / "instashow.db", asked)


def _app(home: Path) -> Flask:
    return create_app(Settings(home=home, secret_key="for the benchmarks only", limits="off"))


def _counts(app: Flask) -> str:
    with app.app_context():
        screenings, bookings = (
            db.session.scalar(select(func.count()).select_from(table)) for table in (Screening, Booking)
        )
    return f"{screenings} screenings, {bookings} bookings"


def _pages(app: Flask) -> dict[str, list[str]]:
    with app.app_context():
        soon = select(Screening.id).where(Screening.starts_at > now()).order_by(Screening.starts_at).limit(40)
        seats = [f"/screenings/{id}" for id in db.session.scalars(soon)]
    return {"home": ["/"], "search": [f"/?q={word}" for word in WORDS], "seat map": seats}


def _print_page(page: str, paths: list[str], apps: dict[str, Flask]) -> None:
    took: dict[str, list[float]] = {name: [] for name in apps}
    for path in itertools.islice(itertools.cycle(paths), TIMES):
        for name, app in apps.items():
            with app.app_context():
                cache.cache.clear()
            begun = time.perf_counter()
            assert app.test_client().get(path).status_code == 200, path
            took[name].append((time.perf_counter() - begun) * 1000)
    slow = {name: statistics.quantiles(each, n=20)[18] for name, each in took.items()}
    middle = {name: statistics.median(each) for name, each in took.items()}
    told = ", ".join(f"{name} p50 {middle[name]:.1f} p95 {slow[name]:.1f} ms" for name in apps)
    print(f"{page:9} {told}; p95 grows {slow['large'] / slow['small']:.2f}× (target 1.5×)")


class _noted:
    """The statements that run meanwhile, each once with the words of its first run."""

    def __init__(self, asked: set[tuple[str, Any]]) -> None:
        self.asked, self.seen = asked, set[str]()

    def __enter__(self) -> None:
        event.listen(Engine, "before_cursor_execute", self.note)

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self.note)

    def note(self, _connection: Any, _cursor: Any, statement: str, words: Any, *_: Any) -> None:
        kind = re.sub(r"\?(, \?)+", "?", statement)
        if statement.startswith("SELECT") and kind not in self.seen:
            self.seen.add(kind)
            self.asked.add((statement, tuple(words)))


def _print_plans(path: Path, asked: set[tuple[str, Any]]) -> None:
    whole = []
    with sqlite3.connect(path) as database:
        for statement, words in sorted(asked):
            plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", words)]
            aliases = dict(re.findall(r"\b(\w+) AS (\w+_\d)\b", statement))
            scans = [step for step in plan if _reads_whole(step, aliases)]
            whole += [f"{step}  <-  {' '.join(statement.split())[:160]}" for step in scans]
            _print_plan(statement, [step for step in plan if any(table in step for table in GREAT)])
    print("read whole:", *(whole or ["none of the tables that grow"]), sep="\n  ")


def _print_plan(statement: str, steps: list[str]) -> None:
    if steps:
        print(f"  {' '.join(statement.split())[:100]}…")
        print(*(f"      {step}" for step in dict.fromkeys(steps)), sep="\n")


def _reads_whole(step: str, aliases: dict[str, str]) -> bool:
    """Whether a step scans one of the tables that grow, by its name or by what the statement calls it."""
    scanned = re.match(r"SCAN (\w+)", step)
    called = {alias: table for table, alias in aliases.items()}
    return scanned is not None and called.get(scanned[1], scanned[1]) in GREAT


if __name__ == "__main__":
    main()
