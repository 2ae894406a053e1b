"""A wheelchair place in a hall without numbers, where nobody sees it on a plan."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from instashow.booking import paper_facts
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from tests import cast
from tests.booking.buyers import book, holds_url
from tests.browsers import Browser
from tests.theatres.plans import shipped

ONE_OF_THREE, ITS_TICKET = "3 places (1 for a wheelchair)", "Adult, wheelchair place"


def test_it_is_said_wherever_the_places_are(app: Flask) -> None:
    anna = Browser(app).sign_in(cast.customer())
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=shipped("open-air-150")))
    assert anna.post(holds_url(show), {"quantity": "3", "accessible": "1"}).status_code == 303
    for path in (f"/screenings/{show.id}", f"/checkout?screening={show.id}"):
        assert ONE_OF_THREE in anna.get(path).text, path
    booked = book(anna, show)
    assert booked.status_code == 303
    lines = re.findall(r'class="ln".*?<b>(.*?)</b>', anna.get(booked.location).text, re.DOTALL)
    assert sorted(lines) == ["Adult", ITS_TICKET]
    for page in ("ticket", "cancellation"):
        assert anna.get(f"{booked.location}/{page}").text.count(ITS_TICKET) == 1, page
    sheet = paper_facts.sheet_of(db.session.scalars(select(Booking)).one())
    assert sheet.seat_list == ONE_OF_THREE
    assert sorted(seat.category for seat in sheet.seats) == ["", "", "wheelchair place"]


def test_without_one_nothing_is_said_of_it(app: Flask) -> None:
    anna = Browser(app).sign_in(cast.customer())
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=shipped("open-air-150")))
    assert anna.post(holds_url(show), {"quantity": "3"}).status_code == 303
    booked = book(anna, show)
    for path in (booked.location, f"{booked.location}/ticket", f"{booked.location}/cancellation"):
        assert not re.search(r"for a wheelchair\)|, wheelchair place", anna.get(path).text), path
