"""The till in a browser: what changes is said, the focus stays, and a wrong password is no newcomer's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def till(loud: Page, tonight: int) -> Iterator[Page]:
    """The till with the best two seats; they are let go afterwards."""
    loud.goto(f"/screenings/{tonight}")
    loud.locator("#take").click()
    expect(loud.get_by_role("timer")).to_be_visible()
    loud.goto("/checkout")
    yield loud
    loud.locator("[form=let-go]").click()
    loud.wait_for_url(re.compile(r"/screenings/\d+$"))


def test_another_ticket_says_the_new_sum(till: Page) -> None:
    says = till.locator("[data-speaks]")
    expect(says).to_be_empty()
    till.get_by_label("Child").last.check()
    expect(says).to_have_text(re.compile(r"^To pay ₹\d+\.$"))
    expect(till.locator(".tot .t")).to_have_text(says.inner_text().removeprefix("To pay ").removesuffix("."))


def test_seats_that_are_kept_keep_the_focus_and_say_their_time(till: Page) -> None:
    button = till.get_by_role("button", name=re.compile("^Keep my seats"))
    button.focus()
    for left in range(9, 0, -1):
        till.keyboard.press("Enter")
        told = f"{left} times left" if left > 1 else "one time left"
        expect(button).to_contain_text(told)
        expect(button).to_be_focused()
        expect(till.locator("[data-speaks]")).to_contain_text("are yours for")
    till.keyboard.press("Enter")
    expect(till.locator("#keep-seats")).to_have_text("Your time cannot be made longer again.")
    expect(till.locator("#keep-seats")).to_be_focused()


def test_a_wrong_password_is_not_the_newcomers(till: Page) -> None:
    till.get_by_label("E-mail").fill("nobody@example.com")
    till.get_by_label("Password", exact=True).fill("not the right one")
    with till.expect_navigation():
        till.get_by_role("button", name=re.compile("^Book")).click()
    wrong = till.locator("#sign-in [aria-invalid=true]")
    expect(wrong).not_to_have_count(0)
    till.get_by_label("I am new").check()
    expect(wrong).to_have_count(0)
    expect(till.locator("#f-password-wrong")).to_be_empty()
    expect(till.locator("#till .err")).to_have_count(0)
