"""Who holds seats: no cookie until the first hold, and signing in keeps what is held."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, session
from sqlalchemy import select

from instashow.booking import holds
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import caller, visitors
from instashow.people.models import Visitor
from instashow.theatres.models import Place
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases


def anonymous_holder(app: Flask, browser: Browser, screening_id: int, places: list[int]) -> int:
    """Hold seats in this browser without an account, as the seat page's door does."""
    with app.app_context(), browser.client.session_transaction() as cookie:
        cookie["visitor"] = "a random key"
        with transaction():
            visitor = visitors.welcome("a random key", address="hashed", now=now())
            holds.hold(visitor, screening_id, seat_ids=places, now=now())
    return visitor


def seats_of(screening: object, number: int) -> list[int]:
    layout_id = screening.layout_id  # type: ignore[attr-defined]
    return list(db.session.scalars(select(Place.id).where(Place.layout_id == layout_id, Place.row == "A")))[:number]


def held_by(person_id: int, screening_id: int) -> set[int]:
    visitor = db.session.scalar(select(Visitor.id).where(Visitor.person_id == person_id))
    found = holds.held(visitor, screening_id, now())
    return {claim.place_id for claim in found.claims} if found else set()


def test_looking_sets_no_cookie_and_holding_does(app: Flask) -> None:
    with app.app_context(), app.test_request_context("/screenings/1"):
        assert caller.visitor_if_any() is None
        assert not session.modified
        first = caller.visitor_id()
        assert session.modified
        assert caller.visitor_id() == caller.visitor_if_any() == first
        kept = db.session.get_one(Visitor, first)
        assert (kept.person_id, kept.key == session["visitor"]) == (None, False)
        assert kept.address not in (None, "127.0.0.1")


@both_databases
def test_a_person_is_one_visitor_in_every_browser(app: Flask) -> None:
    meena = cast.customer()
    for _ in range(2):
        Browser(app).sign_in(meena)
    assert len(db.session.scalars(select(Visitor).where(Visitor.person_id == meena.id)).all()) == 1


@both_databases
def test_signing_in_keeps_the_hold(app: Flask) -> None:
    meena, screening = cast.customer(), cast.screening()
    places, browser = seats_of(screening, 2), Browser(app)
    anonymous_holder(app, browser, screening.id, places)
    page = browser.get("/login").text
    assert "Yours while you sign in" in page
    assert "A1 and A2" in page
    browser.sign_in(meena)
    assert held_by(meena.id, screening.id) == set(places)
    with browser.client.session_transaction() as cookie:
        assert "visitor" not in cookie


@both_databases
def test_signing_up_keeps_the_hold(app: Flask) -> None:
    screening, browser = cast.screening(), Browser(app)
    places = seats_of(screening, 2)
    anonymous_holder(app, browser, screening.id, places)
    assert browser.post("/register", {"email": "new@example.com", "password": cast.PASSWORD}).status_code == 303
    person_id = db.session.scalar(select(Visitor.person_id).where(Visitor.person_id.is_not(None)))
    assert person_id is not None
    assert held_by(person_id, screening.id) == set(places)


def test_what_a_crash_left_is_adopted_later(app: Flask) -> None:
    """Signed in, and the old id still in the cookie: the next door that asks finds the pair."""
    meena, screening = cast.customer(), cast.screening()
    browser = Browser(app).sign_in(meena)
    old = anonymous_holder(app, browser, screening.id, seats_of(screening, 2))
    cookie = browser.client.get_cookie("instashow")
    assert cookie is not None
    with app.app_context(), app.test_request_context("/", headers={"Cookie": f"instashow={cookie.value}"}):
        pair = caller.adoption()
        mine = db.session.scalar(select(Visitor.id).where(Visitor.person_id == meena.id))
        assert pair == (old, mine)
        caller.adopted()
        assert caller.adoption() is None


@both_databases
def test_signing_out_lets_the_seats_go(app: Flask) -> None:
    meena, screening = cast.customer(), cast.screening()
    browser = Browser(app)
    anonymous_holder(app, browser, screening.id, seats_of(screening, 2))
    browser.sign_in(meena)
    assert held_by(meena.id, screening.id)
    browser.post("/logout")
    assert held_by(meena.id, screening.id) == set()


def test_an_address_is_kept_only_hashed_with_the_installations_key() -> None:
    one = visitors.address_hash("192.0.2.1", "a key")
    assert one == visitors.address_hash("192.0.2.1", "a key")
    assert one != visitors.address_hash("192.0.2.1", "another key")
    assert one != visitors.address_hash("192.0.2.2", "a key")
    assert "192" not in one or len(one) == 32
    assert timedelta(0) == timedelta(0)
