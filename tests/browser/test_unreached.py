"""A press that reaches nobody says so in a slip; the clock of a hold speaks in one."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, Route, expect

UNREACHED = "No connection. Nothing was changed; what you hold stays held. Try again."


def test_a_press_without_a_network_says_so_and_works_afterwards(
    page: Page, context: BrowserContext, tonight: int
) -> None:
    page.goto(f"/screenings/{tonight}")
    context.set_offline(True)
    page.locator("#take").click()
    slip = page.get_by_role("alert")
    expect(slip).to_contain_text(UNREACHED)
    page.locator("#take").click()
    expect(slip).to_have_count(1)
    context.set_offline(False)
    page.locator("#take").click()
    expect(page.locator("#go-on")).to_be_visible()
    expect(slip).to_have_count(0)
    page.get_by_role("button", name="Let them go").click()
    expect(page.locator("#take")).to_be_visible()


def test_a_gateway_that_fails_does_not_take_the_place_of_the_hall(page: Page, tonight: int) -> None:
    def fails(route: Route) -> None:
        route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")

    page.goto(f"/screenings/{tonight}")
    page.route(re.compile("/holds"), fails)
    page.locator("#take").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work on our side.")
    expect(page.locator("#seat-map .plan")).to_be_visible()
    expect(page.get_by_text("Bad gateway")).to_have_count(0)


def test_the_till_says_how_long_is_left_in_a_slip(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}")
    page.locator("#take").click()
    expect(page.locator("#go-on")).to_be_visible()
    page.clock.install()
    page.goto(f"/checkout?screening={tonight}")
    expect(page.locator("[data-until]")).to_be_visible()
    left = int(re.sub(r"\D", "", page.locator("[data-until]").get_attribute("datetime") or ""))
    page.clock.run_for((left - 300 + 5) * 1000)
    slip = page.locator("#toasts > .toast")
    expect(slip).to_contain_text("Five minutes left")
    slip.get_by_role("button", name="Close").click()
    expect(slip).to_have_count(0)
    page.get_by_role("button", name="Let them go").click()
