"""Seats are kept for longer by a press that says beforehand what it gives."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from instashow.booking.models import Hold
from instashow.db import db
from tests.booking.buyers import holds_url, page
from tests.booking.sales import hall_of_rows
from tests.browsers import Browser
from tests.conftest import both_databases


@both_databases
def test_the_seats_are_kept_two_minutes_longer_ten_times(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    ravi.post(holds_url(show), {"quantity": "2"})
    first = db.session.scalars(select(Hold.expires_at)).one()
    for left in range(10, 0, -1):
        said = f"2 min more, {left} times left" if left > 1 else "2 min more, one time left"
        assert said in page(ravi, show)
        assert said in ravi.get("/checkout").text
        assert ravi.post(f"{holds_url(show)}/extension").status_code == 303
    assert "Your time cannot be made longer again." in page(ravi, show)
    db.session.expire_all()
    assert db.session.scalars(select(Hold.expires_at)).one() == first + timedelta(minutes=20)
    refused = ravi.post(f"{holds_url(show)}/extension")
    assert refused.status_code == 409
    assert "as often as they may be" in refused.text
