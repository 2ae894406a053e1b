"""What the plan and the list say a seat costs."""

from __future__ import annotations

import re

from flask import Flask

from tests.booking.buyers import page
from tests.booking.sales import hall_of_rows
from tests.browsers import Browser


def headings(text: str) -> list[str]:
    """What stands over the rows of the plan, read as one reads it."""
    found = re.findall(r'<p class="tier">(.*?)</p>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def test_a_heading_is_true_of_every_seat_under_it(app: Flask) -> None:
    show = hall_of_rows("ssssss", "ssppss", "sspp.s", "......", "ssssWc", "LRLR.s", "Wc....")
    text = page(Browser(app), show)
    assert headings(text) == [
        "Standard ₹250",
        "Standard ₹250, Premium ₹300",
        "Standard ₹250",
        "Standard ₹250, Love seats ₹650 for two",
        "Wheelchair places ₹250",
    ]


def test_the_list_says_what_each_seat_of_a_mixed_row_costs(app: Flask) -> None:
    show = hall_of_rows("ssssss", "ssppss")
    text = page(Browser(app), show, "?list=1")
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["Standard ₹250", "Standard ₹250, Premium ₹300"]
    assert re.findall(r'<p class="few"><span>(.*?)</span>', text) == ["Standard ₹250", "Premium ₹300", "Standard ₹250"]
