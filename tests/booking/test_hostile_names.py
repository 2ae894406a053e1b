"""Names that came by a file (HTML, quotes, right to left, emoji) are words on every page and paper, nothing else."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking import papers
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from instashow.screenings import importing as screenings_file
from instashow.screenings import moving
from instashow.screenings.models import Screening
from instashow.shows import importing as shows_file
from tests import cast
from tests.booking.buyers import book
from tests.browsers import Browser

NAMES = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "سينما النيل \u202eabc",
    "🎬👨‍👩‍👧 {{ 7*7 }} {% raw %}",
    "=cmd|' /C calc'!A0",
]


def on_the_bill(name: str) -> Screening:
    """A show, a theatre and its screening of this name, as files bring them."""
    cell = '"' + name.replace('"', '""') + '"'
    start = (now() + timedelta(hours=30)).strftime("%Y-%m-%d %H:%M+00:00")
    files = (
        (moving, f"id,name,address,city\nT,{cell},{cell},Chennai\n"),
        (shows_file, f"id,title,original_title,tags,languages\nS,{cell},{cell},Drama,ta\n"),
        (screenings_file, f"id,theatre,show,start\nX,T,S,{start}\n"),
    )
    for room, text in files:
        with transaction():
            usual.lay_down(now())
            room.bring(text.encode(), now=now())
    return db.session.scalars(select(Screening)).one()


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_words_on_every_page(app: Flask, name: str) -> None:
    show, meena = on_the_bill(name), Browser(app).sign_in(cast.customer())
    assert meena.post(f"/screenings/{show.id}/holds", {"quantity": "2"}).status_code == 303
    pages = [
        f"/screenings/{show.id}",
        "/checkout",
        "/",
        f"/shows/{show.show_id}",
        "/theatres",
        f"/theatres/{show.theatre_id}",
    ]
    texts = [meena.get(path) for path in pages]
    assert book(meena, show).status_code == 303
    booking = db.session.scalars(select(Booking)).one()
    texts += [meena.get(f"/bookings{path}") for path in ("", f"/{booking.reference}", f"/{booking.reference}/ticket")]
    texts += [meena.get(f"/bookings/{booking.reference}/cancellation"), meena.get(f"/shows/{show.show_id}/rating")]
    for answer in texts:
        assert answer.status_code in (200, 403), answer.request.path
        for wrong in ("<script>alert", "<img src=x", "onerror='alert", " 49 "):
            assert wrong not in answer.text, answer.request.path
    assert papers.paper("ticket", booking.id).startswith(b"%PDF-")
    assert meena.get(f"/bookings/{booking.reference}/ticket.ics").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_search_is_words(app: Flask, name: str) -> None:
    answer = Browser(app).get(f"/?q={quote(name)}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
