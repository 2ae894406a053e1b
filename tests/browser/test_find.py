"""Finding in a browser: suggestions by keyboard and by finger, without a script too."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.evening import TITLE
from tests.ratings.test_reviews_heard import reviewed

pytestmark = pytest.mark.browser


def test_suggestions_are_walked_by_keyboard_and_heard(loud: Page, tonight: int) -> None:
    page = loud
    page.goto("/theatres")
    field = page.get_by_role("combobox", name="Film, theatre or city")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("kad")
    offered = page.get_by_role("listbox", name="Suggestions")
    expect(offered).to_be_visible()
    expect(page.locator("#suggested")).to_have_text("1 suggestion")
    first = offered.get_by_role("option").first
    expect(first).to_contain_text(TITLE)
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggested-1")
    page.keyboard.press("Escape")
    expect(offered).to_be_hidden()
    expect(field).to_have_value("kad")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shows/*kadal-oram")


def test_that_nothing_is_suggested_is_heard(loud: Page, tonight: int) -> None:
    page = loud
    page.goto("/theatres")
    page.locator("#q").press_sequentially("qqqqzzzz")
    expect(page.locator("#suggested")).to_have_text("No suggestions")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_tap_on_a_suggestion_leads_there(loud: Page, tonight: int) -> None:
    page = loud
    page.goto("/")
    page.locator("#q").press_sequentially("சென்")
    page.locator("#suggestions").get_by_role("option", name="Chennai City").tap()
    page.wait_for_url("**/?city=chennai")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chennai")


@pytest.mark.parametrize("language", ["en", "hi", "ta"])
def test_no_quick_filter_has_the_focus_behind_the_button_beside_them(
    loud: Page, base_url: str, tonight: int, language: str
) -> None:
    page = loud
    page.context.add_cookies([{"name": "language", "value": language, "url": base_url}])
    page.goto("/?from=17:00")
    words, narrow = page.locator(".sieve > .sift"), page.locator("#n-summary")
    assert words.evaluate("row => row.scrollWidth > row.clientWidth")
    assert sum(words.evaluate("row => [row.getBoundingClientRect().right]")) <= (narrow.bounding_box() or {})["x"]


def test_the_field_is_a_form_without_a_script(browser: Browser, base_url: str, tonight: int) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox", name="Film, theatre or city").fill("kadal")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text(TITLE)
    context.close()


def test_older_reviews_are_heard_and_gone_to(loud: Page, tonight: int, house: Flask) -> None:
    with house.app_context():
        show = reviewed(*(f"words {n}." for n in range(12))).id
    page = loud
    page.goto(f"/shows/{show}")
    page.get_by_role("link", name="Older ones").press("Enter")
    expect(page.locator("#reviews-told")).to_have_text("2 more reviews")
    expect(page.get_by_role("article").filter(has_text="words 1.")).to_be_focused()
