"""What is said aloud of each change on the seat page and at the till."""

from __future__ import annotations

import re

from flask import Flask

from instashow.screenings.models import Screening
from tests import cast
from tests.booking.buyers import choose, lapse, page, till
from tests.booking.sales import hall_of_rows, type_id
from tests.browsers import Browser
from tests.theatres.plans import shipped


def said(text: str) -> str:
    """What stands in the live region of a page or part."""
    found = re.search(r'aria-live="polite"[^>]*>([^<]*)<', text)
    assert found
    return found[1]


def offered(text: str) -> str:
    return said(text).partition(" No seat is held.")[0]


def test_how_many_says_what_is_offered_and_its_sum(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss", "ssssssss"), Browser(app)
    assert offered(page(ravi, show, "?party=1")).endswith(", ₹250.")
    pair = offered(page(ravi, show, "?party=2"))
    assert re.fullmatch(r"[AB]\d and [AB]\d, side by side, ₹500\.", pair)
    assert offered(page(ravi, show, "?party=2&list=1")) == pair
    assert re.fullmatch(r"[AB]\d–[AB]\d, side by side, ₹1,000\.", offered(page(ravi, show, "?party=4")))
    assert said(page(ravi, show, "?party=2")) == f"{pair} No seat is held."


def test_each_next_pair_is_said(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss", "ssssssss"), Browser(app)
    told = [offered(page(ravi, show, f"?party=2&next={nth}")) for nth in range(3)]
    assert len(set(told)) == 3


def test_beside_what_is_held_the_offer_is_said_too(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss", "ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    assert re.fullmatch(r"A1 and A2 are yours for [^.]+\. Total ₹500\.", said(page(ravi, show)))
    assert said(page(ravi, show, "?party=3")).endswith("Total ₹500. Take A3 too")
    moved = said(page(ravi, show, "?party=2&next=0"))
    assert re.match(r"[AB]\d and [AB]\d, side by side, ₹500\. A1 and A2 are yours for", moved)


def test_places_without_numbers_are_counted(app: Flask) -> None:
    show, ravi = unnumbered(), Browser(app)
    assert offered(page(ravi, show, "?party=3")) == "3 places, ₹750."


def test_where_nothing_is_offered_only_that_nothing_is_held_is_said(app: Flask) -> None:
    show, ravi, meena = hall_of_rows("ss"), Browser(app), Browser(app)
    choose(meena, show, "A1", "A2")
    assert said(ravi.get(f"/screenings/{show.id}").text) == "No seat is held."


def test_the_wheelchairs_choices_are_a_group_of_their_own(app: Flask) -> None:
    show, ravi = hall_of_rows("Wcssssss", "ssssssss"), Browser(app)
    text = page(ravi, show)
    assert 'role="group" aria-labelledby="wheelchairs"><span id="wheelchairs">Of them in a wheelchair</span>' in text
    assert "wheelchairs" not in page(ravi, hall_of_rows("ssssssss"))


def test_how_the_arrows_move_is_there_to_be_said(app: Flask) -> None:
    text = page(Browser(app), hall_of_rows("ssssssss"))
    assert '<p id="plan-keys" hidden>Arrows go from seat to seat, Home and End to the ends of a row.</p>' in text
    assert "plan-keys" not in page(Browser(app), unnumbered())


def unnumbered() -> Screening:
    hall_of_rows("ss")  # the usual prices
    return cast.screening(where=cast.theatre("Open Air", plan=shipped("open-air-150")))


def test_another_ticket_says_what_is_to_pay(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    first, _ = choose(ravi, show, "A1", "A2")
    assert said(ravi.get("/checkout").text) == ""
    fields = {**till(ravi, show), f"type-{first}": str(type_id("child")), "update": "1"}
    answer = ravi.post("/checkout", fields, **{"HX-Request": "true"})
    total = re.search(r'class="tot">.*?>(₹[\d.,]+)</p></div>', answer.text, re.DOTALL)
    assert total
    assert said(answer.text) == f"To pay {total[1]}."
    assert total[1] != "₹500"


def test_seats_kept_at_the_till_are_said_with_their_new_time(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    answer = ravi.post(f"/screenings/{show.id}/holds/extension", {"from": "till"}, **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert re.fullmatch(r"A1 and A2 are yours for (9|10) minutes.*\.", said(answer.text))
    assert 'id="keep-seats" form="keep"' in answer.text


def test_the_title_says_that_the_time_was_up(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    assert "<title>No seats held: " in ravi.get(f"/checkout?screening={show.id}").text
    choose(ravi, show, "A1", "A2")
    lapse()
    assert "<title>Your time was up: " in ravi.get(f"/checkout?screening={show.id}").text
