"""Filters in a browser: what they swap keeps the focus, and says in heading, title and aloud what is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

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
