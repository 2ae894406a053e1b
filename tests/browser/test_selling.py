"""A person buys seats for tonight: on a phone, by keyboard alone, and without a script."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.browser.evening import TITLE

pytestmark = pytest.mark.browser

BOOKING = re.compile(r"/bookings/([2-9A-Z]{8})$")


def newcomer() -> str:
    """An address that nobody has yet."""
    return f"{uuid.uuid4().hex[:12]}@example.com"


def find_tonight(page: Page, tonight: int) -> None:
    """From the programme to the seats of tonight's show."""
    page.goto("/")
    expect(page.get_by_text(TITLE).first).to_be_visible()
    page.locator(f'a[href^="/screenings/{tonight}"]').first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def sign_up_and_book(page: Page) -> str:
    """At the till, as somebody new; the booking's reference."""
    page.get_by_label("I am new").check()
    expect(page.get_by_role("textbox", name="E-mail", exact=True)).to_be_visible()
    page.get_by_label("E-mail").fill(newcomer())
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name=re.compile("^Book")).click()
    page.wait_for_url(BOOKING)
    found = BOOKING.search(page.url)
    assert found
    return found[1]


def held(page: Page) -> list[str]:
    """The seats on the strip, once its clock runs."""
    expect(page.get_by_role("timer")).to_be_visible()
    return [seat.strip() for seat in page.locator("#strip .seats span").all_inner_texts()]


def download(page: Page, address: str) -> bytes:
    """A made file, once the worker has made it."""
    for _ in range(10):
        answer = page.request.get(address)
        if answer.status == 200:
            return answer.body()
    raise AssertionError(f"{address} was not made: {answer.status}")


def give_back_one(page: Page, reference: str, seat: str) -> None:
    """Cancel the other seats' ticket of two: `seat` is kept."""
    page.goto(f"/bookings/{reference}/cancellation")
    page.locator("label", has_text=seat).get_by_role("checkbox").uncheck()
    by_hand = page.get_by_role("button", name="Show what comes back")  # shown where no script does it
    if by_hand.count():
        by_hand.click()
    expect(page.locator("#cancellation input[type=hidden][name=seat]")).to_have_count(1)
    page.locator("#cancellation form.tear .go").click()
    page.wait_for_url(BOOKING)
    expect(page.get_by_text("given back").first).to_be_visible()


def test_a_person_on_a_phone_takes_the_best_two_and_books(loud: Page, tonight: int) -> None:
    page = loud
    find_tonight(page, tonight)
    page.get_by_role("button", name=re.compile("Take these 2")).tap()
    seats = held(page)
    assert len(seats) == 2
    page.get_by_role("link", name=re.compile("^Go on")).tap()
    reference = sign_up_and_book(page)
    page.goto(f"/bookings/{reference}/ticket")
    expect(page.locator(".qr svg").first).to_be_visible()
    for seat in seats:
        expect(page.get_by_text(seat, exact=True).first).to_be_visible()
    assert download(page, f"/bookings/{reference}/ticket.pdf").startswith(b"%PDF")
    assert b"BEGIN:VEVENT" in download(page, f"/bookings/{reference}/ticket.ics")
    give_back_one(page, reference, seats[0])


def press_until(page: Page, wanted: str, key: str = "Tab", most: int = 60) -> None:
    """Tab on until the focus is on it."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} was not reached")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"))


def sign_up_by_keyboard(page: Page) -> None:
    press_until(page, 'input[name="who"]')
    page.keyboard.press("ArrowRight")
    press_until(page, 'input[name="email"]')
    page.keyboard.type(newcomer())
    press_until(page, 'input[name="password"]')
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(BOOKING)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_same_by_keyboard_alone(loud: Page, tonight: int, width: int) -> None:
    page = loud
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    press_until(page, f'a[href^="/screenings/{tonight}"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the page"
    page.keyboard.press("Tab")
    assert focused(page) == "Choose from a list"
    press_until(page, ".chair")
    first = focused(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert focused(page) != first
    page.keyboard.press("Home")
    assert re.match(r"Row \w+, seat 1\b", focused(page))
    press_until(page, ".chair:not([aria-disabled])", "ArrowRight")
    seat = focused(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("timer")).to_be_visible()
    assert focused(page) == seat.replace("available", "yours")
    assert "is yours for" in page.locator("[data-speaks]").inner_text()
    page.keyboard.press("Space")
    expect(page.get_by_role("timer")).to_have_count(0)
    assert focused(page) == seat
    page.keyboard.press("Enter")
    expect(page.get_by_role("timer")).to_be_visible()
    press_until(page, "#go-on")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/checkout"))
    sign_up_by_keyboard(page)


def test_tab_reaches_the_plan_once(page: Page, tonight: int) -> None:
    page.goto(f"/screenings/{tonight}")
    expect(page.locator(".chair[tabindex='0']")).to_have_count(1)
    assert page.locator(".chair[tabindex='-1']").count() > 150


@pytest.mark.parametrize("width", [390, 1280])
def test_the_same_without_a_script(
    browser: Browser, browser_context_args: dict[str, object], tonight: int, width: int
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    find_tonight(page, tonight)
    page.get_by_role("button", name=re.compile("Take these 2")).click()
    seats = held(page)
    page.get_by_role("button", name=re.compile("Let them go")).click()
    expect(page.get_by_role("timer")).to_have_count(0)
    page.get_by_role("link", name="Choose from a list").click()
    page.get_by_role("button", name=re.compile(f"Row {seats[0][0]}, seat {seats[0][1:]},")).click()
    page.get_by_role("button", name=re.compile(f"Row {seats[1][0]}, seat {seats[1][1:]},")).click()
    assert held(page) == seats
    page.get_by_role("link", name=re.compile("^Go on")).click()
    page.get_by_label("Child").last.check()
    page.get_by_role("button", name="Reckon with these tickets").click()
    expect(page.get_by_text(f"{seats[1]} is for a child.")).to_be_visible()
    reference = sign_up_and_book(page)
    page.goto(f"/bookings/{reference}/ticket")
    expect(page.locator(".qr svg").first).to_be_visible()
    give_back_one(page, reference, seats[0])
    context.close()
