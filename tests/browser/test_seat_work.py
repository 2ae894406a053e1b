"""What the seat page costs a slow phone, counted and not timed: a tap styles few elements anew, modules come at once,
ten seats leave the hall its room; and without a script the plan opens at its offer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
FEW = 100
"""Elements; the hall has 210 seats."""
STYLED = "devtools.timeline"
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HOLD = """() => new Promise((done) => {
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => requestAnimationFrame(done)));
  document.querySelector("#take").click(); })"""
SAY = """() => new Promise((done) => {
  document.querySelector(".cap").append(document.createElement("i"));
  requestAnimationFrame(() => requestAnimationFrame(done)); })"""
BAD_RULE = ".cap:has(.never) button { color: red }"


def styled_anew(page: Page, act: str) -> int:
    """The most elements that one pass of styling had to do while the page did this."""
    tell = page.context.browser.new_browser_cdp_session()  # type: ignore[union-attr]
    told: list[dict[str, Any]] = []
    over: list[object] = []
    tell.on("Tracing.dataCollected", lambda some: told.extend(some["value"]))
    tell.on("Tracing.tracingComplete", lambda done: over.append(done))
    tell.send("Tracing.start", {"categories": STYLED, "transferMode": "ReportEvents"})
    page.evaluate(act)
    tell.send("Tracing.end")
    while not over:
        page.evaluate(DRAWN)
    return max(int(one["args"].get("elementCount", 0)) for one in told if one["name"] == "UpdateLayoutTree")


def test_a_held_seat_styles_few_elements_anew(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}")
    expect(page.locator("[data-overview] .pane")).to_be_attached()
    assert 0 < styled_anew(page, HOLD) <= FEW
    page.get_by_role("button", name=re.compile("^Let ")).last.click()


def test_a_rule_that_leads_from_has_to_every_button_is_found(
    browser: Browser, browser_context_args: dict[str, Any], tonight: int
) -> None:
    context = browser.new_context(**{**browser_context_args, "bypass_csp": True})
    page = context.new_page()
    page.goto(f"/screenings/{tonight}")
    expect(page.locator("[data-overview] .pane")).to_be_attached()
    assert styled_anew(page, SAY) <= FEW
    page.add_style_tag(content=BAD_RULE)
    assert styled_anew(page, SAY) > FEW
    context.close()


def test_the_plans_modules_are_asked_for_at_once(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}", wait_until="networkidle")
    came = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    told = page.locator("link[rel=modulepreload]").evaluate_all("all => all.map((one) => one.href)")
    modules = {name for name in came if re.search(r"/js/seat-\w+\.js", name) and "/seat-map.js" not in name}
    assert len(modules) >= 6
    assert set(told) == modules


@pytest.mark.parametrize(("width", "height", "least"), [(390, 844, 380), (375, 667, 220), (360, 740, 260)])
def test_ten_seats_leave_the_hall_its_room(page: Page, tonight: int, width: int, height: int, least: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/screenings/{tonight}?party=10")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    room, names = page.locator(".room").bounding_box(), page.locator("#strip .seats").bounding_box()
    assert room
    assert names
    assert room["height"] >= least
    assert names["height"] <= 60
    assert page.locator("#go-on").is_visible()
    page.get_by_role("button", name=re.compile("^Let ")).last.click()
    expect(page.get_by_role("timer")).to_have_count(0)


def test_without_a_script_the_plan_opens_at_its_offer(
    browser: Browser, browser_context_args: dict[str, Any], tonight: int
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"/screenings/{tonight}")
    box, seat = page.locator("[data-box]").bounding_box(), page.locator(".chair.try").first.bounding_box()
    assert box
    assert seat
    assert box["x"] + 26 <= seat["x"] <= box["x"] + box["width"] - 60
    assert box["y"] <= seat["y"] <= box["y"] + box["height"] - seat["height"]
    context.close()


def test_without_script_and_offer_it_opens_near_its_middle(
    browser: Browser, browser_context_args: dict[str, Any], tonight: int
) -> None:
    def without_offer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'(class="chair[^"]*) try', r"\1", answer.text()))

    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    page.route("**/screenings/*", without_offer)
    page.goto(f"/screenings/{tonight}")
    assert page.locator(".chair.try").count() == 0
    box, plan = page.locator("[data-box]").bounding_box(), page.locator("[data-plan]").bounding_box()
    assert box
    assert plan
    assert plan["width"] > box["width"]
    off = plan["x"] + plan["width"] / 2 - (box["x"] + box["width"] / 2)
    assert abs(off) < box["width"] / 4
    context.close()


def test_a_seat_that_a_finger_let_go_looks_free_at_once(
    browser: Browser, browser_context_args: dict[str, Any], tonight: int
) -> None:
    page = browser.new_context(**{**browser_context_args, "is_mobile": True}).new_page()
    page.goto(f"/screenings/{tonight}")
    seat, other = (
        page.locator('.chair[aria-label^="Row B, seat 3,"]'),
        page.locator('.chair[aria-label^="Row B, seat 5,"]'),
    )
    seat.tap()
    expect(seat).to_have_attribute("aria-pressed", "true")
    seat.tap()
    expect(seat).not_to_have_attribute("aria-pressed", "true")
    ground = "seat => getComputedStyle(seat, '::before').backgroundColor"
    assert seat.evaluate("seat => seat.matches(':hover')"), "the finger's mark"
    assert seat.evaluate(ground) == other.evaluate(ground)


def test_a_phone_held_sideways_has_the_strip_beside_the_hall(page: Page, tonight: int) -> None:
    page.set_viewport_size({"width": 740, "height": 360})
    page.goto(f"/screenings/{tonight}")
    for way_on in ("#take", "#go-on"):
        expect(page.locator(way_on)).to_be_in_viewport(ratio=1)
        room, strip = page.locator(".room").bounding_box() or {}, page.locator("#strip").bounding_box() or {}
        assert room["height"] >= 200
        assert room["x"] + room["width"] <= strip["x"]
        if way_on == "#take":
            page.locator(way_on).click()
    page.get_by_role("button", name="Let them go").click()
    expect(page.locator("#take")).to_be_visible()
