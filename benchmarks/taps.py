"""A finger on the slow phone: from a tap to the next picture (INP), a processor four times slower.

    python -m benchmarks.taps [PATH …]

What people tap most, on home, a show and the seats of an evening (or of the screenings at PATH); the slowest of each
page is told, as browsers reckon INP where there are few taps. Medians of RUNS visits; they tell in steps of 8 ms.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page

from benchmarks import browsing
from benchmarks.weight import PHONE

AIM, RUNS, SLOWER = 200, 3, 4
LISTENS = """
window.taps = [];
const what = one => one ? one.id || one.className : "";
new PerformanceObserver(list => list.getEntries().filter(entry => entry.interactionId).forEach(entry => {
  window.taps.push([entry.duration, entry.name, what(entry.target)]);
})).observe({ type: "event", durationThreshold: 16, buffered: true });
"""

FREE, MINE = "[data-plan] .chair:not(.x):not(.m):not(.w):not(.c):not(.l)", "[data-plan] .chair.m"

Slow = tuple[float, str]
"""Milliseconds from a tap to the picture, and what was tapped."""


def main(paths: list[str]) -> None:
    """Print the slowest tap a page."""
    with browsing.house("city") as house, browsing.chromium() as browser:
        first = house.first_pages()
        pages: list[tuple[str, str, Callable[[Page], None]]] = [(path, path, on_seats) for path in paths] or [
            ("home", first["home"], on_home),
            ("show", first["show"], on_show),
            ("seats", first["seats"], on_seats),
        ]
        for name, path, act in pages:
            visits = [visit(browser, house.url + path, act) for _ in range(RUNS)]
            slowest, what = max(visits)
            told = statistics.median(one for one, _what in visits)
            print(f"{name:10} {told:4.0f} ms (aim {AIM}); of all visits {slowest:.0f} ms: {what}", flush=True)


def visit(browser: Browser, url: str, act: Callable[[Page], None]) -> Slow:
    """The slowest tap of one visit."""
    with phone(browser) as page:
        page.goto(url, wait_until="networkidle")
        act(page)
        page.wait_for_timeout(500)
        taps: list[tuple[float, str, str]] = page.evaluate("window.taps")
        return max(((float(took), f"{kind} {what}") for took, kind, what in taps), default=(0.0, "under 16 ms"))


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a slow phone that listens to its taps."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-IN")
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(LISTENS)
    yield page
    context.close()


def on_home(page: Page) -> None:
    """Narrow by language, open the filters, type a search."""
    tap(page.locator("#n-summary"))
    page.locator("#q").tap()
    page.keyboard.type("bah", delay=120)
    page.wait_for_timeout(600)


def on_show(page: Page) -> None:
    """Another day, and the search."""
    page.locator("#q").tap()
    page.keyboard.type("96", delay=120)
    page.wait_for_timeout(600)


def on_seats(page: Page) -> None:
    """Another block, nearer and farther, take it, one seat more, let one go."""
    tap(page.locator("#next-block"))
    tap(page.locator("#take"))
    tap(page.locator(FREE).nth(3))
    tap(page.locator(MINE).first)


def tap(one: Locator) -> None:
    """Tap it where it stands, and let the page come to rest."""
    one.scroll_into_view_if_needed()
    one.tap()
    one.page.wait_for_load_state("networkidle")
    one.page.wait_for_timeout(400)


if __name__ == "__main__":
    main(sys.argv[1:])
