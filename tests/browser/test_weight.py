"""What a page brings along: each script's face when its titles come near, and nothing twice."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from instashow.db import db
from tests import cast

pytestmark = pytest.mark.browser
BANGLA = re.compile(r"anek-bangla\.woff2\?v=[0-9a-f]{12}$")


@pytest.fixture(scope="module")
def far_down(house: Flask, tonight: int) -> None:
    """A film in another script, in the last row of the page."""
    with house.app_context():
        for number in range(3):
            cast.show(f"Nodi {number}", original_title="নদী", languages=["bn"])
        db.session.remove()
        db.engine.dispose()


def test_a_title_further_down_takes_its_face_when_it_comes_near(loud: Page, far_down: None) -> None:
    loud.set_viewport_size({"width": 390, "height": 300})
    came: list[str] = []
    loud.on("response", lambda answer: came.append(answer.url))
    loud.goto("/", wait_until="networkidle")
    expect(loud.locator("[data-late]").last).to_be_attached()
    assert [url for url in came if BANGLA.search(url)] == []
    with loud.expect_response(BANGLA) as face:
        loud.locator("[data-late]", has_text="Nodi 1").first.scroll_into_view_if_needed()
    assert face.value.ok


def test_without_script_a_title_has_its_face_too(browser: Browser, base_url: str, far_down: None) -> None:
    page = browser.new_page(base_url=base_url, java_script_enabled=False, viewport={"width": 390, "height": 300})
    page.goto("/")
    with page.expect_response(BANGLA) as face:
        page.locator("[data-late]", has_text="Nodi 1").first.scroll_into_view_if_needed()
    assert face.value.ok
    page.close()


def test_the_first_page_weighs_at_most_150_kilobytes(loud: Page, tonight: int) -> None:
    loud.goto("/", wait_until="networkidle")
    sizes = "performance.getEntries().map((one) => one.transferSize ?? 0)"
    assert 60_000 < sum(loud.evaluate(sizes)) <= 150_000


def test_the_second_page_asks_for_no_file_again(loud: Page, tonight: int) -> None:
    loud.goto("/", wait_until="networkidle")
    assert len(sent_for(loud)) > 4
    loud.goto("/theatres", wait_until="networkidle")
    assert sent_for(loud) == []


def sent_for(page: Page) -> list[str]:
    """The static files of this page that came over the network, if only to hear that nothing has changed."""
    files = (
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('/static/') && one.transferSize)"
    )
    return list(page.evaluate(f"{files}.map((one) => one.name)"))
