"""Filters in a browser: what they swap keeps the focus, and says in heading, title and aloud what is left."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from instashow.db import db
from instashow.screenings.models import Screening
from tests import cast

pytestmark = pytest.mark.browser


def test_a_filter_keeps_the_focus_and_says_what_is_left(loud: Page, tonight: int) -> None:
    page = loud
    page.goto("/")
    page.locator("#n-summary").click()
    order = page.locator("#n-sort")
    order.focus()
    expect(page.locator("#counted")).to_be_empty()
    order.select_option("title")
    page.wait_for_url("**sort=title**")
    expect(page.locator("#counted")).to_have_text("1 show")
    expect(page.locator("#n-sort")).to_be_focused()
    expect(page.locator("#n-sort")).to_have_value("title")
    expect(page.locator("#counted")).to_have_attribute("role", "status")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 show in 1 theatre")
    assert "Chennai" in page.title()


def test_a_city_brings_its_own_shelves_along(loud: Page, house: Flask, tonight: int) -> None:
    with house.app_context():
        cast.theatre("Liberty", town="Mumbai")
        db.session.remove()
        db.engine.dispose()
    page = loud
    page.goto("/?city=chennai")
    elsewhere = page.locator("#elsewhere")
    expect(elsewhere).to_contain_text("Mumbai")
    page.locator("#n-summary").click()
    page.locator("#n-city").select_option("mumbai")
    page.wait_for_url("**city=mumbai**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mumbai")
    expect(elsewhere).to_contain_text("Chennai")
    expect(elsewhere).not_to_contain_text("Mumbai")


def test_other_words_bring_their_own_tabs_along(loud: Page, tonight: int) -> None:
    page = loud
    page.goto("/?q=chennai")
    expect(page.locator("#asked")).to_contain_text("Cities")
    page.locator("#ask").fill("zzzz")
    expect(page.locator("#asked")).not_to_contain_text("Cities")
    expect(page.locator("#found")).to_contain_text("Nothing is called that")


SMALL = """() => [...document.querySelectorAll("main :is(h2, h3, th) a")]
  .map((link) => [link, link.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height < 24).map(([link, box]) => `${link.textContent} ${box.height}`)"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_title_is_high_enough_for_a_finger(loud: Page, house: Flask, tonight: int, width: int) -> None:
    with house.app_context():
        showing = db.session.get_one(Screening, tonight)
        pages = "/", f"/shows/{showing.show_id}", f"/theatres/{showing.theatre_id}", "/?q=kadal"
        db.session.remove()
        db.engine.dispose()
    loud.set_viewport_size({"width": width, "height": 800})
    for address in pages:
        loud.goto(address)
        expect(loud.locator("main :is(h2, h3, th) a").first).to_be_attached()
        assert loud.evaluate(SMALL) == [], address
