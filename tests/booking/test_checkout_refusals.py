"""The till sells what the buyer saw, or nothing; nobody loses seats or words on the way."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim
from tests import cast
from tests.booking.buyers import book, bookings, choose, lapse, till
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats, type_id
from tests.browsers import Browser
from tests.conftest import both_databases


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


def field(text: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', text.split('id="sign-in"')[1])
    assert found
    return found[0]


def test_what_a_newcomer_wrote_is_kept_and_a_browser_knows_what_to_fill_in(app: Flask) -> None:
    show, browser = hall_of_rows("ssssssss"), Browser(app)
    a1, _ = choose(browser, show, "A1", "A2")
    known = browser.get(f"/checkout?screening={show.id}").text
    assert 'autocomplete="username"' in field(known, "email")
    assert 'autocomplete="current-password"' in field(known, "password")
    typed = {"who": "new", "email": "ravi@example.com", "password": "zq7", f"type-{a1}": type_id("child")}
    text = book(browser, show, **typed).text
    assert 'value="ravi@example.com"' in field(text, "email")
    assert 'type="email"' in field(text, "email")
    assert 'autocomplete="email"' in field(text, "email")
    assert 'autocomplete="new-password"' in field(text, "password")
    assert 'value="new" checked' in text
    assert f'name="type-{a1}" value="{type_id("child")}" checked' in text
    assert "checked" not in field(text, "evening")


def test_types_that_were_not_reckoned_yet_sell_nothing(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    _, a2 = choose(meena, show, "A1", "A2")
    answer = book(meena, show, **{f"type-{a2}": type_id("child")})
    assert answer.status_code == 409
    assert "With these tickets A1 and A2 cost ₹375. Nothing is booked yet: press again." in answer.text
    assert 'name="total" value="37500"' in answer.text
    assert bookings() == 0


@both_databases
def test_a_lapsed_hold_books_nothing_and_says_so(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    form = till(meena, show)
    lapse()
    answer = meena.post("/checkout", form)
    assert answer.status_code == 409
    assert "Your time was up" in answer.text
    assert "Choose seats again" in answer.text
    assert bookings() == 0


def test_whoever_booked_others_since_is_not_told_that_their_time_was_up(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1")
    lapse()
    assert "Your time was up" in meena.get(f"/checkout?screening={show.id}").text
    choose(meena, show, "A3", "A4")
    assert book(meena, show).status_code == 303
    till_again, plan = meena.get(f"/checkout?screening={show.id}"), meena.get(f"/screenings/{show.id}?over=1")
    assert "Your time was up" not in till_again.text + plan.text
    assert "What you booked is under “Tickets”." in plan.text


def test_seats_let_go_in_another_tab_are_not_said_to_have_lapsed(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    form = till(meena, show)
    meena.post(f"/screenings/{show.id}/holds", {"release": "all"})
    for answer in (meena.post("/checkout", form), meena.post(f"/screenings/{show.id}/holds/extension")):
        assert answer.status_code == 409
        assert "You hold no seats here any more." in answer.text
        assert "Your time was up" not in answer.text
    assert bookings() == 0


@both_databases
def test_a_newcomer_whose_sum_changed_is_told_of_the_account_and_books_at_the_next_press(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    newcomer = {"who": "new", "email": "ravi@example.com", "password": "a line from a song"}
    answer = book(ravi, show, total="100", **newcomer)
    assert (answer.status_code, ravi.signed_in, bookings()) == (409, True, 0)
    assert "Yours now: A1 and A2 for ₹500. Your account is made, and you are signed in." in answer.text
    assert ('id="sign-in"' in answer.text, 'name="total" value="50000"' in answer.text) == (False, True)
    assert (book(ravi, show).status_code, bookings()) == (303, 1)


def test_whoever_signed_in_at_a_changed_sum_is_told_so(app: Flask) -> None:
    show, person, browser = hall_of_rows("ssssssss"), cast.customer(), Browser(app)
    choose(browser, show, "A1", "A2")
    answer = book(browser, show, total="100", who="in", email=person.email, password=cast.PASSWORD)
    assert (answer.status_code, browser.signed_in) == (409, True)
    assert "for ₹500. You are signed in." in answer.text


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
        ({"update": "1", f"type-{2**31}": "1"}, 422),
        ({"type-x": "1"}, 422),
        ({"type-999999": "1"}, 409),
        ({"key": "a\0b" * 5}, 422),
        ({"type-1": "1\0"}, 422),
        ({"type-1\0": "1"}, 422),
        ({"total": "<b>50000</b>"}, 422),
        ({"total": "\u202e00005"}, 422),
        ({"screening": "1 🎟"}, 404),
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
