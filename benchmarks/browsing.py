"""The demo's house with a browser before it: Chromium, and the pages that a newcomer sees first."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from benchmarks import running
from instashow.clock import now
from instashow.config import Settings
from instashow.db import transaction
from instashow.demo import building, people
from instashow.people import security
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.cast import PASSWORD

REGULAR = people.REGULAR[0]
"""The demo's customer who comes often; here the password is PASSWORD."""


@dataclass(frozen=True)
class House:
    """The demo, served at this address."""

    made: Settings
    url: str

    def read(self, path: str) -> str:
        """The text of a page."""
        with urlopen(self.url + path, timeout=30) as answer:
            return bytes(answer.read()).decode()

    def first_pages(self) -> dict[str, str]:
        """What is on, theatres, a show and its seats: name and path."""
        seats, show = (re.search(rf'href="(/{room}/\d[^"]*)"', self.read("/")) for room in ("screenings", "shows"))
        assert seats, "the demo has nothing on"
        assert show, "the demo has no show"
        return {"home": "/", "theatres": "/theatres", "show": show[1], "seats": seats[1]}


@contextmanager
def house(size: str, *, history: int = 0) -> Iterator[House]:
    """The demo of a size with so many days of past, on SQLite, without a worker."""
    with running.database("sqlite") as made:
        app = running.app_of(made)
        with app.app_context(), transaction():
            list(building.build(size, history=history, seed=1, now=now()))
            people.give({REGULAR: security.hashed(PASSWORD)})
        with running.ours(made) as port:
            yield House(made, f"http://localhost:{port}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary(), args=list(FLAGS))
        yield browser
        browser.close()


def binary() -> str:
    """Where it is. Raises SystemExit in words."""
    found = next((path for path in map(shutil.which, (os.environ.get("CHROME_PATH", ""), *CHROMIUM)) if path), None)
    if not found:
        raise SystemExit("no Chromium on this machine: apt-get install chromium")
    return found
