"""axe on every page, in every language, on a phone and a desk, light and dark.

    python -m benchmarks.axe [LANGUAGE …]

The pages of somebody new, and of the demo's customer who comes often, with seats held, booked and given back. Printed:
what axe finds, by rule, with the pages and one place of it; nothing is the aim, and the exit code says so.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks import browsing
from instashow.config import LANGUAGES
from tests.cast import PASSWORD

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 800})
THEMES = ("light", "dark")
STRANGER = (
    *("/", "/?from=06:00&language=hi", "/?day=2001-01-01", "/?q=intersteller", "/?q=zzzzqqqq", "/theatres"),
    *(
        "/theatres?q=zzzz",
        "/login",
        "/register",
        "/reset",
        "/reset/sent",
        "/reset/nothing",
        "/confirm",
        "/confirm/sent",
    ),
    *("/checkout", "/offline", "/nowhere", "/bookings", "/admin/login"),
)
KNOWN = ("/", "/me", "/me/sessions", "/messages", "/bookings", "/checkout", "/admin")
TELL = """axe.run({resultTypes: ["violations"]}).then((told) => told.violations.map((one) =>
    [one.id, one.nodes.map((node) => node.target.join(" ") + "  " + node.html.slice(0, 120))]))"""

Found = dict[str, dict[str, str]]
"""Rule → page → one place of it."""


def main(languages: list[str]) -> int:
    """0 where axe finds nothing."""
    wrong: Found = defaultdict(dict)
    looked = 0
    with browsing.house("small", history=60) as house, browsing.chromium() as browser:
        evenings = iter(on_sale(house))  # a person may have ten seats of each
        for language in languages or LANGUAGES:
            for size, theme in product(SIZES, THEMES):
                for page in walk(browser, house, language, size, theme, next(evenings)):
                    looked += 1
                    assert page.locator("html").get_attribute("lang") == language, page.url
                    for rule, places in seen(page):
                        where = f"{language} {size['width']} {theme} {page.url.removeprefix(house.url)}"
                        wrong[rule][where] = f"{len(places)}× {places[0]}"
            print(f"{language}: {looked} pages looked at, {sum(map(len, wrong.values()))} findings", flush=True)
    for rule, places in wrong.items():
        print(f"{rule}: {len(places)} pages")
        print(*(f"  {where}\n    {place}" for where, place in list(places.items())[:8]), sep="\n")
    return 1 if wrong else 0


def on_sale(house: browsing.House) -> list[str]:
    """Addresses of screenings of tomorrow."""
    day = (datetime.now(UTC) + timedelta(days=1)).date()
    return sorted(set(re.findall(r'href="(/screenings/\d[^"]*)"', house.read(f"/?day={day}"))))


def walk(
    browser: Browser, house: browsing.House, language: str, size: dict[str, int], theme: str, evening: str
) -> Iterator[Page]:
    """Every page, one after another, as it stands when its scripts have run."""
    context = browser.new_context(
        base_url=house.url,
        viewport=size,  # type: ignore[arg-type]
        color_scheme=theme,  # type: ignore[arg-type]
        locale=f"{language}-IN",
        reduced_motion="reduce",
    )
    shown = house.first_pages()
    theatre = re.search(r'href="(/theatres/\d[^"]*)"', house.read("/theatres"))
    assert theatre, "the demo has no theatre"
    stranger = [*STRANGER, shown["show"], f"{shown['show']}/ratings", theatre[1], f"{theatre[1]}/ratings"]
    seats = [f"{evening}{how}" for how in ("", "?list=1", "?party=10")]
    yield from pages(context, [*stranger, *seats])
    yield from buying(context, evening)
    context.close()


def pages(context: BrowserContext, paths: list[str]) -> Iterator[Page]:
    """Each of these addresses, opened."""
    page = context.new_page()
    for path in paths:
        yield opened(page, path)
    page.close()


def opened(page: Page, path: str) -> Page:
    """The page at this address; a broken one is not looked at for another."""
    answer = page.goto(path, wait_until="load")
    assert answer, path
    assert answer.status < 500, path
    return page


def buying(context: BrowserContext, seats: str) -> Iterator[Page]:
    """Seats held, the till with errors, signed in, booked, and what is one's own then."""
    page = context.new_page()
    page.goto(seats)
    page.locator("#take").click()
    page.wait_for_selector("[role=timer]")
    yield page
    page.goto("/checkout")
    yield page
    with page.expect_navigation():
        page.locator("form#till").evaluate("form => form.submit()")
    yield page
    sign_in(page)
    page.goto("/checkout")
    yield page
    with page.expect_navigation():
        page.locator("form#till").evaluate("form => form.requestSubmit()")
    booking = page.url
    yield page
    for path in (*(f"{booking}{part}" for part in ("", "/ticket", "/cancellation")), *KNOWN, *past(page)):
        yield opened(page, path)
    page.close()


def past(page: Page) -> list[str]:
    """A show and a theatre that this person may rate."""
    page.goto("/bookings")
    links = page.locator("a[href*='/rating']").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    return sorted(set(links))[:2]


def sign_in(page: Page) -> None:
    """As the demo's customer."""
    page.goto("/login")
    page.locator("input[name=email]").fill(browsing.REGULAR)
    page.locator("main input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form[action^='/login']").evaluate("form => form.requestSubmit()")


def seen(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it stands: rule and places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [(rule, places) for rule, places in page.evaluate(TELL)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
