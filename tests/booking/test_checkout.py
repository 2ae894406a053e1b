"""The till: a person books what they hold, on the way signed in or up, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.booking.models import Booking, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from instashow.screenings.claims import taken
from tests import cast
from tests.booking.buyers import book, bookings, choose, till
from tests.booking.sales import hall_of_rows, type_id
from tests.browsers import Browser
from tests.conftest import both_databases

NEWCOMER = {"who": "new", "email": "ravi@example.com", "password": "a line from a song"}


@both_databases
def test_a_signed_in_person_books_what_they_hold(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    answer = book(meena, show)
    assert answer.status_code == 303
    booking = db.session.scalars(select(Booking)).one()
    assert answer.location == f"/bookings/{booking.reference}"
    assert booking.total == 50000


def test_the_till_says_where_the_tickets_go(app: Flask) -> None:
    show, person, ravi = hall_of_rows("ssssssss"), cast.customer(), Browser(app)
    choose(ravi, show, "A1", "A2")
    assert "Where do the tickets go?" in ravi.get("/checkout").text
    ravi.sign_in(person)
    text = ravi.get("/checkout").text
    assert (f"The tickets go to {person.email}." in text, "Where do the tickets go?" in text) == (True, False)


def test_the_page_after_booking_says_first_that_it_is_booked(app: Flask) -> None:
    show, person = hall_of_rows("ssssssss"), cast.customer()
    meena = Browser(app).sign_in(person)
    choose(meena, show, "A1", "A2")
    url = book(meena, show).location or ""
    said = f'<p class="notice" role="status">Booked. The tickets go to {person.email}.</p>'
    page = meena.get(url).text
    assert said in page
    assert page.index(said) < page.index("<h1")
    with transaction():
        db.session.scalars(select(Booking)).one().booked_at -= timedelta(minutes=3)
    assert "Booked. The tickets go" not in meena.get(url).text


def test_what_was_given_back_at_once_is_not_said_to_be_booked(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    ids = choose(meena, show, "A1", "A2")
    url = book(meena, show).location or ""
    assert meena.post(f"{url}/cancellation", {"seat": ids[0]}).status_code == 303
    assert "Booked. The tickets go" not in meena.get(url).text


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
