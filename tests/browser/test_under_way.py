"""Seats that are held meanwhile, told at the head of other pages; tickets counted where places have no numbers."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

from instashow.clock import now
from instashow.db import db
from instashow.screenings.models import Screening
from tests import cast
from tests.browser import evening
from tests.browser.evening import TITLE
from tests.theatres.plans import shipped


def hold_two(page: Page, screening: int) -> None:
    page.goto(f"/screenings/{screening}")
    page.locator("#take").click()
    expect(page.locator("#go-on")).to_be_visible()


def test_the_bar_leads_on_by_keyboard_and_covers_nothing(loud: Page, tonight: int) -> None:
    page = loud
    hold_two(page, tonight)
    page.goto("/")
    bar, places = page.locator("#under-way"), page.locator("#nav")
    expect(bar).to_contain_text(f"2 seats for {TITLE}")
    top, below = bar.bounding_box() or {}, page.locator("#header").bounding_box() or {}
    assert 0 < top["height"] <= 84
    assert top["y"] + top["height"] <= below["y"] + 8
    for key in ("Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.innerText") == "Go on to checkout"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(bar).to_be_in_viewport()
    expect(places).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/checkout.screening={tonight}"))
    expect(page.locator("#under-way")).to_have_count(0)
    page.get_by_role("button", name="Let them go").click()


def test_letting_go_from_the_bar_asks_first_and_stays_on_the_page(loud: Page, tonight: int) -> None:
    page = loud
    hold_two(page, tonight)
    page.goto("/theatres")
    page.locator("#under-way").get_by_role("button", name="Let them go").click()
    page.get_by_role("dialog").get_by_role("button", name="No, keep it").click()
    expect(page.locator("#under-way")).to_be_visible()
    page.locator("#under-way").get_by_role("button", name="Let them go").click()
    page.get_by_role("dialog").get_by_role("button", name="Let them go").click()
    expect(page.get_by_text("What you held went back to the hall.")).to_be_visible()
    expect(page.locator("#under-way")).to_have_count(0)
    assert page.url.endswith("/theatres")


def test_the_bar_says_that_the_time_was_up(page: Page, house: Flask, tonight: int) -> None:
    page.clock.install()
    hold_two(page, tonight)
    page.goto("/theatres")
    expect(page.locator("#under-way")).to_be_visible()
    evening.lapse(house)
    page.clock.fast_forward(481_000)
    page.clock.run_for(2_000)
    expect(page.get_by_role("alert")).to_contain_text("Your time was up")
    expect(page.get_by_role("link", name="Choose seats again")).to_be_visible()


def open_air(house: Flask) -> int:
    """A screening without numbers."""
    with house.app_context():
        screening: Screening = cast.screening(
            cast.show(f"Under the sky {now().timestamp()}"), cast.theatre("Open Air", plan=shipped("open-air-150"))
        )
        made = screening.id
        db.session.remove()
        db.engine.dispose()
    return made


def test_tickets_are_counted_by_keyboard_and_by_buttons(page: Page, house: Flask) -> None:
    page.goto(f"/screenings/{open_air(house)}?party=10")
    page.locator("#take").click()
    page.locator("#go-on").click()
    adult, child = page.get_by_label("Adult", exact=True), page.get_by_label("Child", exact=True)
    expect(adult).to_have_value("10")
    child.fill("2")
    page.keyboard.press("Tab")
    expect(adult).to_have_value("8")
    page.get_by_role("button", name="One more: Child").press("Enter")
    expect(child).to_have_value("3")
    expect(adult).to_have_value("7")
    expect(page.get_by_role("button", name="One more: Child")).to_be_focused()
    child.fill("12")
    page.keyboard.press("Tab")
    expect(page.get_by_text("These are 19 tickets, and you hold 10 places.").first).to_be_visible()
    expect(child).to_have_value("12")
