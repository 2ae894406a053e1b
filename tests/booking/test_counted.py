"""A hall without numbers: the till asks how many tickets of each type, and sells as many as there are places."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.booking.models import Booking, Ticket
from instashow.booking.views import counted
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.entering import BadForm
from instashow.pricing import usual
from instashow.screenings.models import Screening
from tests import cast
from tests.booking.buyers import bookings, choose, holds_url, till
from tests.booking.sales import hall_of_rows, type_id
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import shipped


def open_air(browser: Browser, places: int) -> Screening:
    """A screening without numbers, of which the browser holds so many places."""
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=shipped("open-air-150")))
    assert browser.post(holds_url(show), {"quantity": str(places)}).status_code == 303
    return show


def form(text: str) -> dict[str, Any]:
    """The fields of the till as a browser would send them."""
    part = text.split('id="till"')[1]
    fields = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', part))
    counted = re.findall(r'name="(count-\d+-\d+)"[^>]* value="([^"]*)"', part)
    return {name: value for name, value in fields.items() if name != "csrf_token"} | dict(counted)


def count_of(fields: dict[str, Any], code: str) -> str:
    """The name of a type's counter."""
    return next(name for name in fields if name.startswith("count-") and name.endswith(f"-{type_id(code)}"))


def numbers(text: str) -> list[str]:
    """What stands in the counters, in their order."""
    return [value for name, value in form(text).items() if name.startswith("count-")]


def test_ten_places_are_one_block_with_a_counter_for_each_type(app: Flask) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 10)
    text = ravi.get(f"/checkout?screening={show.id}").text
    assert numbers(text)[:2] == ["10", "0"]
    assert text.count('class="ln"') == 1
    assert "10 × ₹250.00" in text
    assert "₹2,500.00" in text


def test_a_numbered_hall_keeps_a_type_for_each_seat(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    text = ravi.get("/checkout").text
    assert (text.count('class="ln"'), numbers(text)) == (2, [])


@both_databases
def test_so_many_of_each_are_sold(app: Flask) -> None:
    meena = Browser(app).sign_in(cast.customer())
    show = open_air(meena, 10)
    fields = form(meena.get(f"/checkout?screening={show.id}").text)
    seen = meena.post("/checkout", {**fields, count_of(fields, "child"): "3", "update": "1"})
    assert (seen.status_code, numbers(seen.text)[:2]) == (200, ["7", "3"])
    assert "7 × ₹250.00" in seen.text
    assert "3 × ₹125.00" in seen.text
    assert 'name="total" value="212500"' in seen.text
    assert meena.post("/checkout", form(seen.text)).status_code == 303
    sold = db.session.execute(select(Ticket.type_code, func.count()).group_by(Ticket.type_code)).all()
    assert dict(map(tuple, sold)) == {"adult": 7, "child": 3}
    booking = db.session.scalars(select(Booking)).one()
    assert booking.total == 212500
    said = meena.get(f"/bookings/{booking.reference}").text
    assert said.count('class="ln"') == 2
    assert "7 × ₹250.00" in said
    assert "₹1,750.00" in said
    back = meena.get(f"/bookings/{booking.reference}/cancellation").text
    assert re.findall(r'class="t">Place (\d+)<', back) == [str(n) for n in range(1, 11)]


def test_buttons_count_without_a_script(app: Flask) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 3)
    text = ravi.get(f"/checkout?screening={show.id}").text
    for pressed, said in (("more", ["2", "1"]), ("more", ["1", "2"]), ("fewer", ["2", "1"])):
        button = re.search(rf'name="update" value="([\d-]+{type_id("child")}:{pressed})"', text)
        assert button
        text = ravi.post("/checkout", {**form(text), "update": button[1]}).text
        assert numbers(text)[:2] == said


def test_numbers_that_were_not_reckoned_yet_sell_nothing(app: Flask) -> None:
    meena = Browser(app).sign_in(cast.customer())
    show = open_air(meena, 4)
    fields = form(meena.get(f"/checkout?screening={show.id}").text)
    answer = meena.post("/checkout", {**fields, count_of(fields, "child"): "2"})
    assert answer.status_code == 409
    assert "With these tickets 4 places cost ₹750. Nothing is booked yet: press again." in answer.text
    assert numbers(answer.text)[:2] == ["2", "2"]
    assert bookings() == 0
    assert meena.post("/checkout", form(answer.text)).status_code == 303


@pytest.mark.parametrize("update", [{}, {"update": "1"}])
@pytest.mark.parametrize(
    ("child", "said"),
    [
        ("5", "These are 9 tickets, and you hold 4 places."),
        ("two", "How many of each? Write whole numbers from 0."),
        ("-1", "How many of each? Write whole numbers from 0."),
        ("", "How many of each? Write whole numbers from 0."),
        ("९", "How many of each? Write whole numbers from 0."),
        ("9" * 30, "How many of each? Write whole numbers from 0."),
        ("<script>", "How many of each? Write whole numbers from 0."),
    ],
)
def test_what_does_not_add_up_is_said_at_the_counters_and_stays_as_typed(
    app: Flask, child: str, said: str, update: dict[str, str]
) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 4)
    fields = form(ravi.get(f"/checkout?screening={show.id}").text)
    newcomer = {"who": "new", "email": "ravi@example.com", "password": "a line from a song"}
    answer = ravi.post("/checkout", {**fields, **newcomer, count_of(fields, "child"): child, **update})
    assert answer.status_code == 422
    assert f'-wrong">{said}</p>' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="ravi@example.com"' in answer.text
    assert numbers(answer.text)[:2] == ["4", child.replace("<", "&lt;").replace(">", "&gt;")]
    assert (bookings(), ravi.signed_in) == (0, False)


@pytest.mark.parametrize(
    "change",
    [
        {"places-1": "x y"},
        {"places-1": "1 2 3", "count-1-999": "3"},
        {"places-1": "1 " * 500, "count-1-1": "1"},
        {"places-x": "1", "count-1-x": "1"},
        {"places-1": "1", "count-1-": "1"},
    ],
)
def test_what_no_page_of_ours_sends_sells_nothing(app: Flask, change: dict[str, str]) -> None:
    meena = Browser(app).sign_in(cast.customer())
    show = hall_of_rows("ssssssss")
    choose(meena, show, "A1", "A2")
    fields = {**till(meena, show), "total": "1", **change}
    assert meena.post("/checkout", fields).status_code in (409, 422)
    assert bookings() == 0


def test_places_that_cost_more_are_counted_by_themselves(app: Flask) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 2)
    with transaction():
        show.list_price = 30000
    ravi.post(holds_url(show), {"quantity": "3"})
    text = ravi.get(f"/checkout?screening={show.id}").text
    assert [value for value in numbers(text) if value != "0"] == ["2", "3"]
    assert "2 × ₹250.00" in text
    assert "3 × ₹300.00" in text


def test_the_types_of_places_may_still_be_named_one_by_one(app: Flask) -> None:
    meena = Browser(app).sign_in(cast.customer())
    show = open_air(meena, 2)
    fields = {
        name: value
        for name, value in form(meena.get(f"/checkout?screening={show.id}").text).items()
        if not name.startswith(("count-", "places-"))
    }
    first = min(name for name in fields if name.startswith("type-"))
    answer = meena.post("/checkout", {**fields, first: str(type_id("child")), "total": "37500"})
    assert answer.status_code == 303
    assert db.session.scalars(select(Booking.total)).one() == 37500


def test_a_bay_has_one_ticket_whoever_sits_in_the_car(app: Flask) -> None:
    meena = Browser(app).sign_in(cast.customer())
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=shipped("drivein-60")))
    assert meena.post(holds_url(show), {"quantity": "1"}).status_code == 303
    text = meena.get(f"/checkout?screening={show.id}").text
    assert "<p>Car bay</p>" in text
    assert "Child" not in text
    assert "Let it go" in text
    fields = form(text)
    bay = next(name for name in fields if name.startswith("type-"))
    assert meena.post("/checkout", {**fields, bay: str(type_id("child"))}).status_code == 422
    assert bookings() == 0
    assert meena.post("/checkout", fields).status_code == 303


@both_databases
@pytest.mark.parametrize(
    ("odd", "status"),
    [({"places-1": str(2**40), "count-1-7": "1"}, 422), ({f"places-{2**31}": "1", "count-1-7": "1"}, 200)],
)
def test_numbers_that_no_row_can_have_are_nobodys_places(app: Flask, odd: dict[str, str], status: int) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 2)
    answer = ravi.post("/checkout", {"screening": str(show.id), "update": "1", **odd})
    assert (answer.status_code, numbers(answer.text)[:2]) == (status, ["2", "0"])


def test_no_more_groups_are_read_than_anybody_has_places(app: Flask) -> None:
    wrong = {"count-60-7": "two", "places-60": "60"}
    with app.test_request_context(), pytest.raises(BadForm):
        counted.types(wrong)
    many = {word: str(n) for n in range(1, 60) for word in (f"places-{n}", f"count-{n}-7")}
    with app.test_request_context():
        assert counted.types({**dict.fromkeys(many, "1"), **wrong}) == {1: 7}  # fifty times the same place


def test_what_is_not_held_is_not_noted(app: Flask, queries: list[str]) -> None:
    ravi = Browser(app)
    show = open_air(ravi, 1)
    queries.clear()
    others = {f"type-{place}": str(type_id("adult")) for place in range(100000, 100400)}
    assert ravi.post("/checkout", {"screening": str(show.id), "update": "1", **others}).status_code == 200
    assert not [one for one in queries if one.startswith("UPDATE claims")]
