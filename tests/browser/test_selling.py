"""A person buys seats: on a phone, by keyboard alone, and without a script."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from tests import cast
from tests.theatres.plans import shipped

pytestmark = pytest.mark.browser

TITLE = "Kadal Oram"


@pytest.fixture(scope="session")
def tonight(house: Flask) -> Iterator[int]:
    """A film in Chennai, two hours from now, in a hall of 210 seats: its screening's id."""
    with house.app_context():
        with transaction():
            usual.lay_down(now())
        theatre = cast.theatre("Sapphire", plan=shipped("stadium-210"), place="Gemini", address="201 Mount Road")
        film = cast.show(TITLE, original_title="கடல் ஓரம்", languages=["ta"], certificate="UA")
        yield cast.screening(film, theatre, hours=2).id
        db.session.remove()


def newcomer() -> str:
    """An address that nobody has yet."""
    return f"{uuid.uuid4().hex[:12]}@example.com"


def seats_page(page: Page, tonight: int) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Chennai")).first.click() if page.get_by_text(TITLE).count() == 0 else None
    page.locator(f'a[href^="/screenings/{tonight}"]').first.click()
    expect(page).to_have_url(re.compile(f"/screenings/{tonight}"))


def test_a_person_on_a_phone_takes_the_best_two_and_books(loud: Page, tonight: int) -> None:
    page = loud
    seats_page(page, tonight)
    page.get_by_role("button", name=re.compile("Take these 2")).click()
    expect(page.locator("#strip .seats span")).to_have_count(2)
    held = page.locator("#strip .seats span").all_inner_texts()
    page.get_by_role("link", name=re.compile("^Pay")).click()
    page.get_by_text("I am new").click()
    page.get_by_label("E-mail").fill(newcomer())
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name=re.compile("^Book")).click()
    page.wait_for_url(re.compile(r"/bookings/[2-9A-Z]{8}"))
    for seat in held:
        expect(page.get_by_text(seat).first).to_be_visible()
