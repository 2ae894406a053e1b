"""Tab through the pages: what has the focus lies under no bar, strip or heading that stays (WCAG 2.2, 2.4.11)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.every_page import Stage, tab

pytestmark = pytest.mark.browser
LOOKS = ((390, 844), (640, 400))
"""Width and height of the window in pixels: a phone, and a desk's page magnified."""
PATHS = (
    *("/", "/theatres", "/screenings/{tonight}", "/screenings/{tonight}?list=1", "/checkout?screening={tonight}"),
    *("/bookings", "/bookings/{due}", "/me"),
)
MOST = 50
"""Tab stops of a page that are looked at."""
COVERED = """() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const one = document.activeElement;
  if (one === document.body) return told(null);
  const {left, right, top, bottom} = one.getBoundingClientRect();
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const over = [left + 2, (left + right) / 2, right - 2].map((x) => document.elementFromPoint(x, y));
  told(over.some((seen) => seen && (one.contains(seen) || seen.contains(one))) ? "" :
    `${one.outerHTML.slice(0, 90)} under ${over[1]?.outerHTML.slice(0, 60)}`);
})))"""


def hidden(page: Page, key: str = "Tab") -> list[str]:
    """What had the focus on the way through the page, covered at half its height from its start to its end."""
    found = []
    for _ in range(MOST):
        page.keyboard.press(key)
        told = page.evaluate(COVERED)
        if told is None:
            break
        found += [told] if told else []
    return found


@pytest.mark.parametrize("size", LOOKS)
def test_what_has_the_focus_is_seen(browser: Browser, address: str, stage: Stage, size: tuple[int, int]) -> None:
    found = {}
    with tab(browser, address, stage.customer) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for path in PATHS:
            page.goto(path.format(**stage.names))
            found[path] = hidden(page)
    assert {path: some for path, some in found.items() if some} == {}


def test_the_band_of_an_hour_hides_no_show_on_the_way_back(browser: Browser, address: str, stage: Stage) -> None:
    with tab(browser, address) as page:
        page.set_viewport_size({"width": LOOKS[0][0], "height": LOOKS[0][1]})
        page.goto("/")
        page.locator("#main").evaluate("""one => { one.innerHTML = '<div><h2 class="hour"><b>7</b></h2>' +
            '<article class="show"><a href="/">Kadal</a></article>'.repeat(40) + "</div>"; }""")
        assert hidden(page, "Shift+Tab") == []


def test_a_bar_over_the_focus_is_found(browser: Browser, address: str, stage: Stage) -> None:
    with tab(browser, address) as page:
        page.goto("/theatres")
        assert hidden(page) == []
        page.locator("#nav").evaluate("one => { one.style.cssText = 'position: fixed; inset: 50% 0 0; z-index: 8'; }")
        page.locator("body").focus()
        assert hidden(page) != []
