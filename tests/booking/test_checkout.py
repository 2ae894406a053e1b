"""The till: what is sold is what the buyer saw, or nothing; nobody loses seats or words on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from instashow.booking.models import Booking, Hold, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim, Screening
from tests import cast
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats, type_id
from tests.browsers import Browser
from tests.conftest import both_databases

NEWCOMER = {"who": "new", "email": "ravi@example.com", "password": "a line from a song"}


def choose(browser: Browser, show: Screening, *names: str) -> tuple[int, ...]:
    """Hold seats as a person does; their ids."""
    ids = seats(show, *names)
    assert browser.post(f"/screenings/{show.id}/holds", {"seat": list(ids)}).status_code == 303
    return ids


def till(browser: Browser, show: Screening) -> dict[str, Any]:
    """The fields of the till's page as a browser would send them."""
    text = browser.get(f"/checkout?screening={show.id}").text
    fields = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text.split('id="till"')[1]))
    for name, value in re.findall(r'type="radio" name="(type-\d+)" value="(\d+)" checked', text):
        fields[name] = value
    for other in ("release", "from", "csrf_token"):
        fields.pop(other, None)
    return fields


def book(browser: Browser, show: Screening, **other: Any) -> TestResponse:
    return browser.post("/checkout", {**till(browser, show), **other})


def bookings() -> int:
    return db.session.scalar(select(func.count()).select_from(Booking)) or 0


@both_databases
def test_a_signed_in_person_books_what_they_hold(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    answer = book(meena, show)
    assert answer.status_code == 303
    booking = db.session.scalars(select(Booking)).one()
    assert answer.location == f"/bookings/{booking.reference}"
    assert booking.total == 50000


@both_databases
def test_signing_up_on_the_way_keeps_the_hold(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    ids = choose(ravi, show, "A1", "A2")
    answer = book(ravi, show, **NEWCOMER)
    assert answer.status_code == 303
    assert "/bookings/" in (answer.location or "")
    assert set(db.session.scalars(select(Ticket.place_id))) == set(ids)
    assert ravi.signed_in


@both_databases
def test_signing_in_on_the_way_keeps_the_hold(app: Flask) -> None:
    show, person, browser = hall_of_rows("ssssssss"), cast.customer(), Browser(app)
    choose(browser, show, "A1", "A2")
    answer = book(browser, show, who="in", email=person.email, password=cast.PASSWORD)
    assert answer.status_code == 303
    assert db.session.scalars(select(Booking.person_id)).one() == person.id


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"who": "in", "email": "meena@example.com", "password": "wrong password"}, "do not go together"),
        ({"who": "in", "email": "", "password": ""}, "Please write something here."),
        ({"who": "new", "email": "nobody", "password": "a line from a song"}, "does not look like an e-mail"),
        ({"who": "new", "email": "x@example.com", "password": "zq7"}, "8 letters or more"),
        ({"who": "new", "email": "meena@example.com", "password": "not her password"}, "has an account: sign in"),
    ],
)
def test_a_wrong_field_is_said_there_and_the_seats_stay(app: Flask, typed: dict[str, str], said: str) -> None:
    show, browser = hall_of_rows("ssssssss"), Browser(app)
    cast.customer()
    ids = choose(browser, show, "A1", "A2")
    answer = book(browser, show, **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["email"]}"' in answer.text
    assert typed["password"] == "" or typed["password"] not in answer.text
    assert set(taken(show.id, now())) == set(ids)
    assert bookings() == 0


@both_databases
def test_pressed_twice_makes_one_booking(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    form = till(meena, show)
    first, again = meena.post("/checkout", form), meena.post("/checkout", form)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert bookings() == 1


def test_pressed_twice_by_a_newcomer_makes_one_account_and_one_booking(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    form = {**till(ravi, show), **NEWCOMER}
    first = ravi.post("/checkout", form)
    ravi.post("/logout")
    again = ravi.post("/checkout", form)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert bookings() == 1
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_child_pays_half_and_the_certificate_is_said_again(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    with transaction():
        show.show.certificate = "UA"
    meena = Browser(app).sign_in(cast.customer())
    _, a2 = choose(meena, show, "A1", "A2")
    update = {**till(meena, show), f"type-{a2}": type_id("child"), "update": "1"}
    page = meena.post("/checkout", update)
    assert page.status_code == 200
    assert "A2 is for a child." in page.text
    assert "Child, half of the list price" in page.text
    assert 'name="total" value="37500"' in page.text
    assert book(meena, show).status_code == 303
    assert sorted(db.session.scalars(select(Ticket.price))) == [12500, 25000]


def test_types_that_were_not_reckoned_yet_sell_nothing(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    _, a2 = choose(meena, show, "A1", "A2")
    answer = book(meena, show, **{f"type-{a2}": type_id("child")})
    assert answer.status_code == 409
    assert "What you saw has changed, so nothing was booked. Yours now: A1 and A2 for ₹375." in answer.text
    assert 'name="total" value="37500"' in answer.text
    assert bookings() == 0


@both_databases
def test_a_lapsed_hold_books_nothing_and_says_so(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    form = till(meena, show)
    with transaction():
        db.session.execute(Claim.__table__.update().values(held_until=now() - timedelta(seconds=1)))
        db.session.execute(Hold.__table__.update().values(expires_at=now() - timedelta(seconds=1)))
    answer = meena.post("/checkout", form)
    assert answer.status_code == 409
    assert "Your time was up" in answer.text
    assert "Choose seats again" in answer.text
    assert bookings() == 0


def test_somebody_elses_hold_is_not_sold(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    hold(a_visitor(), show, "A1", "A2")
    a1 = seats(show, "A1")[0]
    form = {"screening": show.id, "key": "k" * 20, "total": 25000, f"type-{a1}": type_id("adult")}
    assert meena.post("/checkout", form).status_code == 409
    choose(meena, show, "A3", "A4")
    assert meena.post("/checkout", {**form, "key": "m" * 20}).status_code == 409
    assert bookings() == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"key": ""}, 422),
        ({"key": "k" * 300}, 422),
        ({"key": "ключ-длинный"}, 422),
        ({"total": ""}, 422),
        ({"total": "-1"}, 422),
        ({"total": "2.5e4"}, 422),
        ({"total": "1"}, 409),
        ({"total": str(2**63)}, 422),
        ({"screening": ""}, 404),
        ({"screening": "0"}, 404),
        ({"screening": "999"}, 404),
        ({"screening": str(2**63)}, 404),
        ({"type-1": "999"}, 422),
        ({"type-1": "abc"}, 422),
        ({"type-1": str(2**63)}, 422),
        ({"type-x": "1"}, 422),
        ({"type-999999": "1"}, 409),
        ({"key": "a\0b" * 5}, 400),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(app: Flask, change: dict[str, str], status: int) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    assert seats(show, "A1") == (1,)
    choose(meena, show, "A1", "A2")
    assert book(meena, show, **change).status_code == status
    assert bookings() == 0


def test_without_a_token_nothing_is_booked(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    assert meena.client.post("/checkout", data=till(meena, show)).status_code == 400
    assert bookings() == 0


def test_a_used_key_with_another_question_is_told(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss", "ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    form = till(meena, show)
    assert meena.post("/checkout", form).status_code == 303
    choose(meena, show, "B1", "B2")
    answer = book(meena, show, key=form["key"])
    assert answer.status_code == 422
    assert "This page was used once already." in answer.text
    assert bookings() == 1


def test_without_a_hold_the_till_says_so(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    assert "You hold no seats" in ravi.get("/checkout").text
    assert "Choose seats again" in ravi.get(f"/checkout?screening={show.id}").text
    for wrong in ("abc", str(2**63), "999", "-1"):
        assert ravi.get(f"/checkout?screening={wrong}").status_code == 404


def test_the_till_opens_for_the_hold_that_ends_first(app: Flask) -> None:
    first, second, ravi = hall_of_rows("ssssssss"), hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, first, "A1", "A2")
    choose(ravi, second, "A3", "A4")
    assert f'name="screening" value="{first.id}"' in ravi.get("/checkout").text


def test_giving_up_at_the_till_frees_the_seats_at_once(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    assert 'id="let-go"' in ravi.get("/checkout").text
    assert ravi.post(f"/screenings/{show.id}/holds", {"release": "all"}).status_code == 303
    assert not taken(show.id, now())


def test_signing_out_frees_the_seats_at_once(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    meena.post("/logout")
    assert not taken(show.id, now())


def test_keeping_the_seats_at_the_till_comes_back_to_it(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    keep = f"/screenings/{show.id}/holds/extension"
    assert ravi.post(keep, {"from": "till"}).location == f"/checkout?screening={show.id}"
    part = ravi.post(keep, {"from": "till"}, **{"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div class="hold" id="till-clock">')


def test_seats_past_the_limit_are_told_by_name(app: Flask) -> None:
    show, person, browser = hall_of_rows(*["ssssssssss"] * 3), cast.customer(), Browser(app)
    meena = Browser(app).sign_in(person)
    choose(meena, show, *[f"A{n}" for n in range(1, 9)])
    choose(browser, show, "B1", "B2", "B3", "B4")
    answer = browser.post("/login", {"email": person.email, "password": cast.PASSWORD})
    assert answer.status_code == 303
    assert "went back to the hall" in browser.get(f"/screenings/{show.id}").text
    assert len(taken(show.id, now())) == 10


def test_a_type_that_came_later_is_not_offered_for_held_seats(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    with transaction():
        db.session.execute(
            Claim.__table__.update().values(prices={"types": {"999": {"amount": 1, "trace": [["list", [1]]]}}})
        )
    assert meena.get(f"/checkout?screening={show.id}").status_code == 200
    assert meena.get(f"/screenings/{show.id}").status_code == 200
    form = {"screening": show.id, "key": "k" * 20, "total": 50000}
    assert meena.post("/checkout", form).status_code == 409
    assert bookings() == 0


@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_the_till_asks_little_of_the_database(app: Flask, queries: list[str], who: str) -> None:
    show, browser = hall_of_rows(*["ssssssss"] * 3), Browser(app)
    if who == "somebody":
        browser.sign_in(cast.customer())
    choose(browser, show, "A1", "A2", "A3", "A4")
    browser.get("/checkout")
    queries.clear()
    assert browser.get("/checkout").status_code == 200
    assert len(queries) <= 10, queries
