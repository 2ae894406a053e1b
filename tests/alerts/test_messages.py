"""The inbox: one's own messages, newest first, unread until opened."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from instashow import outbox
from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.people.models import Person
from tests import cast
from tests.booking.booked import booked
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


def tell(person: Person, times: int = 1) -> list[int]:
    booking = booked()
    with transaction():
        return [outbox.tell(person.id, "booked", booking=booking.id) or 0 for _ in range(times)]


def ids_on(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'href="/messages/(\d+)"', page)]


def unread_on(page: str) -> int:
    found = re.search(r"<sup[^>]*>(\d+)</sup><span class=\"vh\">, \1 unread", page)
    return int(found[1]) if found else 0


@both_databases
def test_messages_are_listed_newest_first_and_counted_in_the_head(app: Flask) -> None:
    meena = cast.customer()
    told = tell(meena, 3)
    page = Browser(app).sign_in(meena).get("/messages")
    assert page.status_code == 200
    assert ids_on(page.text) == sorted(told, reverse=True)
    assert unread_on(page.text) == 3
    assert "Vikram Vedha is booked" in page.text


def test_opening_a_message_reads_it_and_leads_to_its_booking(app: Flask) -> None:
    meena = cast.customer()
    first, second = tell(meena, 2)
    browser = Browser(app).sign_in(meena)
    answer = browser.get(f"/messages/{first}")
    assert answer.status_code == 303
    assert re.fullmatch(r"/bookings/\w{8}", answer.location)
    assert unread_on(browser.get("/messages").text) == 1
    assert db.session.get_one(Message, first).read_at
    assert db.session.get_one(Message, second).read_at is None


def test_all_are_read_at_once(app: Flask) -> None:
    meena = cast.customer()
    tell(meena, 3)
    browser = Browser(app).sign_in(meena)
    assert browser.post("/messages/read").status_code == 303
    page = browser.get("/messages").text
    assert unread_on(page) == 0
    assert "Mark all as read" not in page


@both_databases
def test_anothers_message_is_not_there_and_stays_unread(app: Flask) -> None:
    meena, ravi = cast.customer(), cast.customer("ravi@example.com")
    (theirs,) = tell(meena)
    browser = Browser(app).sign_in(ravi)
    assert browser.get(f"/messages/{theirs}").status_code == 404
    assert browser.post("/messages/read").status_code == 303
    assert ids_on(browser.get("/messages").text) == []
    assert db.session.get_one(Message, theirs).read_at is None


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    assert Browser(app).get("/messages").status_code == 303
    assert Browser(app).post("/messages/read").status_code == 303


def test_older_messages_are_a_page_away(app: Flask) -> None:
    meena = cast.customer()
    told = sorted(tell(meena, 5), reverse=True)
    browser = Browser(app).sign_in(meena)
    first = browser.get("/messages?limit=3").text
    older = re.search(r'href="(/messages\?before=[^"]+)"', first)
    assert older
    second = browser.get(older[1].replace("&amp;", "&")).text
    assert ids_on(first) + ids_on(second) == told
    assert "Older" not in second


def test_a_page_of_junk_is_the_first_page(app: Flask) -> None:
    meena = cast.customer()
    (told,) = tell(meena)
    browser = Browser(app).sign_in(meena)
    for query in ("before=x&limit=-1", "before=99999999999999999999", "limit=1e9", "before=%00"):
        answer = browser.get(f"/messages?{query}")
        assert answer.status_code in (200, 400)
    assert ids_on(browser.get("/messages?before=x").text) == [told]


def test_letters_with_keys_are_not_in_the_inbox(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        outbox.tell(meena.id, "reset")
    page = Browser(app).sign_in(meena).get("/messages").text
    assert "No messages yet." in page
    assert unread_on(page) == 0


def test_a_long_inbox_takes_few_queries(app: Flask) -> None:
    meena = cast.customer()
    tell(meena, 60)
    browser = Browser(app).sign_in(meena)
    browser.get("/messages")
    with counted() as statements:
        assert len(ids_on(browser.get("/messages?limit=50").text)) == 50
    assert len(statements) <= 10, statements
    assert len(db.session.scalars(select(Message)).all()) == 61
