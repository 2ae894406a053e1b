"""What is asked while people choose reads their own rows, not every held seat or stranger of the installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from instashow.booking import claiming, holds
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Visitor
from instashow.screenings import houses, slots
from instashow.screenings.models import Screening
from tests.booking.sales import a_visitor, hall_of_rows, hold
from tests.queries import counted

EVERYTHING = ("ix_claims_ticket_id", "uq_visitors_person_id", "sqlite_autoindex_visitors", "SCAN")
"""Ways that lead through all held seats, all strangers, or a whole table."""


def next_lapse(show: Screening) -> Any:
    found = slots.slots(Screening.id == show.id)
    return houses.next_lapse(found, houses.words(found, now()), now())


QUESTIONS: dict[str, tuple[Callable[[Screening], Any], str]] = {
    "the next lapse of a list": (next_lapse, "min(claims.held_until)"),
    "what ends first": (lambda show: holds.ends_first(2, now()), "claims.visitor_id"),
    "what an address holds": (lambda show: claiming.held_from("here", now()), "visitors.address"),
}


@pytest.mark.parametrize("counted_before", [False, True])
@pytest.mark.parametrize("question", QUESTIONS)
def test_only_their_own_rows_are_read(app: Flask, question: str, counted_before: bool) -> None:
    shows = [hall_of_rows("ssssssss") for _ in range(3)]
    for show in shows:
        hold(a_visitor(address="here"), show, "A1", "A2")
    with transaction():
        strangers = [{"created_at": now(), "address": f"house {n}", "key": f"guest {n}"} for n in range(500)]
        db.session.execute(insert(Visitor), strangers)
    if counted_before:
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    ask, its = QUESTIONS[question]
    with counted() as statements:
        answer = ask(shows[1])
    ways = plan(next(one for one in statements if its in one))
    assert not [way for way in ways if any(word in way for word in EVERYTHING)], ways
    assert answer


def test_the_wrong_way_would_be_seen(app: Flask) -> None:
    """The control."""
    ways = plan(
        "SELECT min(held_until) FROM claims WHERE screening_id IN (?, ?) AND ticket_id IS NULL AND held_until > ?"
    )
    assert any("ix_claims_ticket_id" in way for way in ways)


def plan(statement: str) -> list[str]:
    words = (None,) * statement.count("?")
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", words)
    return [str(row[3]) for row in rows]


def test_the_next_lapse_is_the_first_of_the_seats_that_are_held(app: Flask) -> None:
    show, other = hall_of_rows("ssssssss"), hall_of_rows("ssssssss")
    assert next_lapse(show) is None
    hold(a_visitor(), other, "A1", "A2", at=now() - timedelta(minutes=5))
    first = hold(a_visitor(), show, "A1", "A2")
    hold(a_visitor(), show, "A5", "A6", at=now() + timedelta(minutes=1))
    assert next_lapse(show) == first
    assert db.session.scalars(select(Screening.id)).all() == [show.id, other.id]
