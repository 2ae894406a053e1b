"""Text twice as large, a narrow screen: nothing of any page stands beyond the edge, and no place's name is cut.

WCAG 2.2, 1.4.4 (text at 200 %) and 1.4.10 (320 px wide without scrolling sideways; the hall's plan may). What scrolls
in a box of its own is no finding; `body` clips, so the page's own width says nothing.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import every_page
from tests.browser.every_page import Stage, tab

pytestmark = pytest.mark.browser
LOOKS = ((320, 640, 100), (390, 844, 200), (1280, 800, 200))
"""Width and height of the window in pixels, per cent of the text."""
BEYOND = """() => {
  const held = (one) => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return true; };
  return [...document.querySelectorAll("body *")]
    .filter((one) => !one.closest(".vh, svg *, [hidden]") && one.checkVisibility())
    .filter((one) => { const {left, right, width, height} = one.getBoundingClientRect();
      return width && height && (right > document.documentElement.clientWidth + 1 || left < -1) && !held(one); })
    .map((one) => `beyond the edge: ${one.outerHTML.slice(0, 120)}`); }"""
CUT = """() => [...document.querySelectorAll("#nav a")].filter((one) => one.checkVisibility()).filter((one) => {
    const word = document.createRange();
    word.selectNodeContents(one.firstChild);
    return one.firstChild.data.trim().split(/\\s+/).length < word.getClientRects().length; })
  .map((one) => `a word is cut: ${one.innerText}`)"""


def wrong(page: Page) -> list[str]:
    """What stands beyond the edge or is cut, in each look."""
    told = []
    for width, height, text in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("text => { document.documentElement.style.fontSize = `${text}%` }", text)
        found = [*page.evaluate(BEYOND), *page.evaluate(CUT)]
        told += [f"{page.url} {width} px, text {text} %: {one}" for one in found]
    return told


@pytest.mark.parametrize("who", every_page.WHO)
def test_nothing_stands_beyond_the_edge(browser: Browser, address: str, stage: Stage, who: str) -> None:
    told = []
    with tab(browser, address, getattr(stage, who, "")) as page:
        for path in stage.paths(every_page.WHO[who]):
            answer = page.goto(path)
            assert answer
            assert answer.status < 500, path
            told += wrong(page)
    assert told == []


def test_neither_does_what_is_held(browser: Browser, address: str, stage: Stage) -> None:
    with tab(browser, address) as page:
        page.goto(f"/screenings/{stage.names['tonight']}?party=5")
        page.locator("#take").click()
        page.wait_for_selector("[role=timer]")
        told = wrong(page)
        page.goto("/checkout")
        told += wrong(page)
        with page.expect_navigation():
            page.locator("form#till").evaluate("form => form.submit()")
        assert told + wrong(page) == []


def test_a_page_too_wide_is_found(browser: Browser, address: str) -> None:
    with tab(browser, address) as page:
        page.goto("/theatres")
        page.locator("h1").evaluate("one => { one.style.width = '200vw'; }")
        page.locator("#nav a").first.evaluate("one => { one.firstChild.data = 'Tonightandeverynight'.repeat(4); }")
        assert {one.split(": ")[1] for one in wrong(page)} >= {"beyond the edge", "a word is cut"}


def test_the_browsers_own_setting_does_the_same(browser: Browser, address: str) -> None:
    """A reader's setting changes what media queries are counted in as well."""
    with tab(browser, address) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto("/theatres")
        beside = page.locator("#list .narrow form").is_visible()
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        assert beside
        assert not page.locator("#list .narrow form").is_visible()
        assert page.evaluate(BEYOND) == []
