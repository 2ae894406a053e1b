"""The seat map in a browser: what others take appears by itself, the clock runs out, the focus stays, nothing is heard
twice; and axe finds nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from instashow.booking import holds
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.models import Screening
from tests.booking.sales import a_visitor, seats
from tests.browser import evening
from tests.browser.every_page import Stage, tab

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WITHIN = 5_000
"""Milliseconds in which what others take appears."""


def somebody_takes(house: Flask, screening_id: int, *names: str) -> int:
    """Another visitor holds these seats; their id."""
    with house.app_context():
        visitor = a_visitor()
        show = db.session.get_one(Screening, screening_id)
        ids = seats(show, *names)
        with transaction():
            holds.hold(visitor, screening_id, seat_ids=ids, now=now())
        db.session.remove()
        db.engine.dispose()
    return visitor


def lets_go(house: Flask, screening_id: int, visitor: int) -> None:
    with house.app_context():
        with transaction():
            holds.release(visitor, screening_id, seat_ids=None, now=now())
        db.session.remove()
        db.engine.dispose()


def test_what_others_take_appears_within_five_seconds_and_moves_no_focus(
    loud: Page, house: Flask, tonight: int
) -> None:
    page = loud
    page.goto(f"/screenings/{tonight}")
    mine = page.get_by_role("button", name=re.compile("^Row C, seat 5,"))
    mine.focus()
    other = page.get_by_role("button", name=re.compile("^Row B, seat 3,"))
    expect(other).to_have_attribute("aria-label", re.compile("available$"))
    visitor = somebody_takes(house, tonight, "B3", "B4")
    expect(other).to_have_attribute("aria-label", re.compile("taken$"), timeout=WITHIN)
    expect(other).to_have_attribute("aria-disabled", "true")
    expect(mine).to_be_focused()
    lets_go(house, tonight, visitor)
    expect(other).to_have_attribute("aria-label", re.compile("available$"), timeout=WITHIN)
    expect(mine).to_be_focused()


def test_a_seat_lost_to_somebody_quicker_is_named(loud: Page, house: Flask, tonight: int) -> None:
    page = loud
    page.goto(f"/screenings/{tonight}")
    wanted = page.get_by_role("button", name=re.compile("^Row C, seat 6,"))
    visitor = somebody_takes(house, tonight, "C6", "C7")
    wanted.click()
    expect(page.get_by_role("alert")).to_contain_text("C6 was taken a moment ago.")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was taken, and nothing is to pay.")
    page.get_by_role("alert").get_by_role("button").first.click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Let ")).click()
    lets_go(house, tonight, visitor)


def test_the_clock_speaks_alarms_and_runs_out(page: Page, tonight: int) -> None:
    page.clock.install()
    page.goto(f"/screenings/{tonight}")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.clock.run_for(182_000)
    expect(page.locator("[data-speaks]")).to_have_text("Five minutes left for your seats.")
    page.clock.run_for(245_000)
    expect(page.locator("[data-speaks]")).to_contain_text("One minute left for your seats.")
    expect(page.locator("[data-soon]")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Let them go")).click()
    expect(page.get_by_role("timer")).to_have_count(0)


def test_a_clock_that_ran_out_is_told_by_the_server(page: Page, house: Flask, tonight: int) -> None:
    page.clock.install()
    page.goto(f"/screenings/{tonight}")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    evening.lapse(house)
    page.clock.fast_forward(481_000)
    expect(page.get_by_role("alert")).to_contain_text("Your time was up")


def test_the_plan_opens_at_the_best_block_and_zooms(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}")
    expect(page.locator(".chair.try").first).to_be_in_viewport()
    seat = page.locator(".chair.try").first
    before = seat.bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    after = seat.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] >= 24
    for _ in range(12):
        page.get_by_role("button", name="Zoom out").click()
    least = seat.bounding_box()
    assert least
    assert 24 <= least["width"] < 25


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (1280, 800)])
def test_the_maps_tools_stand_on_no_seat(page: Page, tonight: int, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/screenings/{tonight}")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    hall = page.locator("[data-box]").bounding_box()
    tools = page.locator(".tools").bounding_box()
    strip = page.locator("#strip").bounding_box()
    assert hall
    assert tools
    assert strip
    assert tools["y"] + tools["height"] <= hall["y"] or tools["y"] >= hall["y"] + hall["height"]
    assert strip["y"] >= tools["y"] + tools["height"] or strip["x"] >= hall["x"] + hall["width"]
    assert hall["height"] >= 100
    page.get_by_role("button", name="Let them go").click()


def test_tab_reaches_the_zoom_on_a_desk(page: Page, tonight: int) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/screenings/{tonight}")
    page.locator("#next-block").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom out")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()


def wrong_at(page: Page) -> list[object]:
    """What axe finds on the page as it stands."""
    page.evaluate(AXE)
    tell = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    return list(page.evaluate(tell))


def test_two_fingers_zoom(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}")
    seat = page.locator(".chair.try").first
    before = seat.bounding_box()
    tell = page.context.new_cdp_session(page)
    for step, apart in (("touchStart", 40), ("touchMove", 50), ("touchMove", 60), ("touchEnd", 0)):
        points = [{"x": 180 - apart, "y": 380}, {"x": 180 + apart, "y": 380}] if apart else []
        tell.send("Input.dispatchTouchEvent", {"type": step, "touchPoints": points})
    after = seat.bounding_box()
    assert before
    assert after
    assert 1.4 < after["width"] / before["width"] < 1.6


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_house(browser: Browser, base_url: str, tonight: int, theme: str, width: int) -> None:
    size = {"width": width, "height": 800}
    context = browser.new_context(base_url=base_url, color_scheme=theme, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for address in (f"/screenings/{tonight}", f"/screenings/{tonight}?list=1", f"/screenings/{tonight}?party=10"):
        page.goto(address)
        found[address] = wrong_at(page)
    page.goto(f"/screenings/{tonight}")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    found["held"] = wrong_at(page)
    page.goto("/checkout")
    found["till"] = wrong_at(page)
    with page.expect_navigation():
        page.locator("form#till").evaluate("form => form.submit()")
    expect(page.get_by_role("alert")).to_be_visible()
    found["till with errors"] = wrong_at(page)
    page.locator("[form=let-go]").click()
    page.wait_for_url(re.compile(r"/screenings/\d+$"))
    page.goto("/checkout")
    found["nothing held"] = wrong_at(page)
    context.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_how_many_and_the_next_pair_are_said(loud: Page, tonight: int) -> None:
    page = loud
    page.goto(f"/screenings/{tonight}")
    says = page.locator("[data-speaks]")
    page.locator("#party-3").click()
    expect(says).to_have_text(re.compile(r"^\w+–\w+, side by side, ₹\d+\. No seat is held\.$"))
    first = says.inner_text()
    page.locator("#next-block").click()
    expect(says).not_to_have_text(first)
    expect(says).to_contain_text("side by side")
    expect(page.locator("[data-box]")).to_have_attribute("aria-describedby", "plan-keys")
    expect(page.locator("[data-box]")).to_have_accessible_description(re.compile("^Arrows go from seat to seat"))


def test_sign_out_under_the_hall_is_large_enough(browser: Browser, address: str, stage: Stage) -> None:
    with tab(browser, address, stage.customer) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"/screenings/{stage.names['tonight']}")
        button = page.get_by_role("button", name="Sign out")
        button.focus()
        box = button.bounding_box()
        assert box
        assert box["height"] >= 24
