"""What the plan and the list say a seat costs."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.pricing import usual
from instashow.theatres.plan import Plan
from tests import cast
from tests.booking.buyers import choose, page
from tests.booking.sales import hall_of_rows
from tests.browsers import Browser
from tests.theatres.plans import hall, shipped


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


def test_prices_that_differ_are_counted_and_not_recited(app: Flask) -> None:
    show, ravi = hall_of_rows("ssppppss"), Browser(app)
    choose(ravi, show, "A2", "A3", "A4", "A5")
    assert "₹250 and 3 × ₹300, no fee." in page(ravi, show)
    choose(ravi, show, "A1")
    assert "2 × ₹250 and 3 × ₹300, no fee." in page(ravi, show)


def test_a_drive_in_offers_the_next_free_bay_and_a_hall_the_next_seat(app: Flask) -> None:
    drivein = cast.screening(where=cast.theatre("Drive-in", plan=shipped("drivein-60")))
    text = page(Browser(app), drivein)
    assert ("Next free bay" in text, "Next free seat" in text) == (True, False)
    text = page(Browser(app), hall_of_rows("ssssssss"), "?party=1")
    assert ("Next free bay" in text, "Next free seat" in text) == (False, True)


def test_each_dearer_class_has_a_back_of_its_own_in_plan_headings_and_legend(app: Flask) -> None:
    plan = hall("ssssss", "pppppp", "pppppp", "rrrrrr")
    royal = [replace(one, category="royal") if one.row == "C" else one for one in plan.places]
    where = cast.theatre(plan=replace(plan, places=tuple(royal)))
    with transaction():
        usual.lay_down(now())
    text = page(Browser(app), cast.screening(where=where))
    first = re.findall(r'<button class="chair([a-z0-9 ]*) x-\d+"[^>]*Row (\w), seat 1,', text)
    shapes = {row: shape for shape, row in first}
    assert len(set(shapes.values())) == 4, shapes
    told = [legend(text)[words] for words in ("Premium ₹300", "Royal ₹250", "Recliner ₹350")]
    assert told == [shapes["B"], shapes["C"], shapes["D"]]


def test_a_price_goes_by_one_name_in_heading_strip_and_legend(app: Flask) -> None:
    plan = hall("ssssss", "pppppp", "pppppp", "pppppp")
    text = page(Browser(app), cast.screening(where=cast.theatre(plan=zoned(plan, "Balcony", "BCD"))))
    assert "Balcony ₹300" in headings(text)
    assert "Balcony, side by side. ₹300 each" in text
    assert legend(text)["Balcony ₹300"] == legend(text)["Free"], "the usual chair of this hall"
    mixed = page(Browser(app), cast.screening(where=cast.theatre("Mixed", plan=zoned(plan, "Balcony", "ABCD"))))
    assert "Premium, side by side. ₹300 each" in mixed
    assert "Premium ₹300" in legend(mixed)


def zoned(plan: Plan, zone: str, rows: str) -> Plan:
    return replace(plan, places=tuple(replace(one, zone=zone if one.row in rows else None) for one in plan.places))


def legend(text: str) -> dict[str, str]:
    """The legend's words, each with the shape beside it."""
    key = re.findall(r'<span class="chair([^"]*)"[^>]*></span>(?:<b>)?([^<]+)', text.split('class="key"')[1])
    return {words: shape for shape, words in key}
