"""The ticket on a phone: held out at the door, its whole code is on the first screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_selling import sign_up_and_book

pytestmark = pytest.mark.browser

SCANNED = 200
"""Pixels a side that any reader at the door reads."""


def in_sight(page: Page, at: int) -> tuple[float, float, float]:
    """Top, bottom and width of the code with this number, against the bar of places at the foot."""
    bar = page.locator("#nav").bounding_box()
    code = page.locator(".qr svg").nth(at).bounding_box()
    assert bar
    assert code
    return code["y"], bar["y"] - code["y"] - code["height"], code["width"]


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (320, 640)])
def test_the_whole_code_is_on_the_first_screen(page: Page, tonight: int, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/screenings/{tonight}?party=3")
    page.locator("#take").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.goto("/checkout")
    reference = sign_up_and_book(page)
    page.goto(f"/bookings/{reference}/ticket")
    top, over_the_bar, width = in_sight(page, 0)
    assert top > 0
    assert over_the_bar > 0
    assert width >= SCANNED
    page.get_by_role("link", name=re.compile("^Next")).first.click()
    top, over_the_bar, width = in_sight(page, 1)
    assert top > 0
    assert over_the_bar > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
