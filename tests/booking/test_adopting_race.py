"""Somebody signs in while their other device holds seats of the same screening: one hold, one clock, all seats."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from instashow.booking import claiming, handing_over, holds
from instashow.booking.models import Hold
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats
from tests.conftest import both_databases
from tests.meeting import Meet, after, meeting

pytestmark = pytest.mark.races


def sign_in(meet: Meet, stranger: int, person: int, locked: bool) -> str:
    """The browser that held without an account."""
    if locked:
        claiming.hold_of = after(meet, claiming.hold_of)
    else:
        handing_over._standing = partial(look_first, meet)
    with transaction():
        holds.adopt(stranger, person, now=now())
    return "adopted"


def look_first(meet: Meet, visitor_id: int, theirs: Hold) -> Hold | None:
    """The negative control: where none is seen, one is written."""
    if own := claiming.hold_of(visitor_id, theirs.screening_id):
        return own
    meet()
    clock = {"began_at": theirs.began_at, "expires_at": theirs.expires_at, "extensions": theirs.extensions}
    db.session.execute(insert(Hold).values(visitor_id=visitor_id, screening_id=theirs.screening_id, **clock))
    return None


def hold_elsewhere(meet: Meet, person: int, screening: int, seat_ids: list[int]) -> str:
    """The telephone on which they are signed in."""
    holds._clock = after(meet, holds._clock)
    with transaction():
        holds.hold(person, screening, seat_ids=seat_ids, now=now())
    return "held"


def race(app: Flask, *, locked: bool) -> tuple[list[Any], int, datetime]:
    """What became of both; the screening; when the stranger's hold would have lapsed."""
    show, stranger, meena = hall_of_rows("ssssssssss"), a_visitor(), a_visitor(person=True)
    until = hold(stranger, show, "A1", "A2", at=now() - timedelta(minutes=3))
    elsewhere = {"person": meena, "screening": show.id, "seat_ids": list(seats(show, "A5", "A6"))}
    here = "tests.booking.test_adopting_race:"
    browser = {"stranger": stranger, "person": meena, "locked": locked}
    told = meeting(app, (here + "sign_in", browser), (here + "hold_elsewhere", elsewhere), locked=locked)
    return told, show.id, until


@both_databases
def test_a_hold_begun_elsewhere_and_the_strangers_become_one(app: Flask) -> None:
    told, show, until = race(app, locked=True)
    assert told == ["adopted", "held"]
    assert len(taken(show, now())) == 4
    assert db.session.scalars(select(Hold.expires_at)).all() == [until]
    assert set(db.session.scalars(select(Claim.held_until))) == {until}
    assert len(set(db.session.scalars(select(Claim.visitor_id)))) == 1


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_looking_first_would_fail(app: Flask) -> None:
    told, _, _ = race(app, locked=False)
    assert "IntegrityError" in str(told)
