"""What is known of a person: downloaded whole, and erased so that nothing tells who it was."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from instashow.booking import holds
from instashow.booking.models import Booking, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import accounts, roles, security, visits
from instashow.people.models import Person, Visitor
from instashow.ratings.models import Rating
from instashow.reports import personal
from tests import cast
from tests.booking.booked import booked
from tests.booking.sales import hold
from tests.conftest import both_databases


def somebody_with_a_past() -> tuple[Person, Booking]:
    """A customer who booked, holds, rated, visited, has a token and a message."""
    booking = booked("A11", "A12")
    person = db.session.get_one(Person, booking.person_id)
    with transaction():
        person.email, person.name, person.username, person.username_key = "Zubeida@x.example", "Zubeida", "zu", "zu"
        visits.visit(person.id, now().date())
        security.issue_token(person.id, name="my script", scopes=["read"], at=now())
        db.session.add(
            Rating(
                person_id=person.id, show_id=booking.screening.show_id, stars=4, review="Zubeida saw it", rated_at=now()
            )
        )
    visitor = db.session.scalars(select(Visitor.id).where(Visitor.person_id == person.id)).one()
    hold(visitor, booking.screening, "B1")
    return person, booking


@both_databases
def test_everything_is_downloaded(app: Flask) -> None:
    person, booking = somebody_with_a_past()
    told = json.loads(json.dumps(personal.download(person.id, now=now())))
    assert told["account"]["email"] == "Zubeida@x.example"
    assert [one["reference"] for one in told["bookings"]] == [booking.reference]
    assert [(one["row"], one["number"]) for one in told["bookings"][0]["tickets"]] == [("A", "11"), ("A", "12")]
    assert len(told["bookings"][0]["payments"]) == 1
    assert told["ratings"][0]["review"] == "Zubeida saw it"
    assert [one["name"] for one in told["tokens"]] == ["my script"]
    assert len(told["visits"]) == 1
    assert "booked" in [one["kind"] for one in told["messages"]]


@both_databases
def test_after_erasing_no_table_tells_who_it_was(app: Flask) -> None:
    person, booking = somebody_with_a_past()
    with transaction():
        personal.erase(person.id, now=now())
    for table in inspect(db.engine).get_table_names():
        rows = db.session.execute(text(f'SELECT * FROM "{table}"')).all()
        assert "zubeida" not in str(rows).lower(), table
    kept = db.session.get_one(Booking, booking.id, populate_existing=True)
    assert (kept.person_id, kept.reference, kept.total) == (None, booking.reference, booking.total)
    assert len(db.session.scalars(select(Ticket).where(Ticket.booking_id == booking.id)).all()) == 2
    assert [one.stars for one in db.session.scalars(select(Rating))] == [4]
    visitor = db.session.scalars(select(Visitor.id).where(Visitor.person_id == person.id)).one()
    assert holds.held(visitor, booking.screening_id, now()) is None


def test_the_last_admin_is_not_erased(app: Flask) -> None:
    boss = cast.admin()
    with pytest.raises(roles.LastAdmin), transaction():
        personal.erase(boss.id, now=now())
    assert accounts.by_email("admin@example.com") is not None
