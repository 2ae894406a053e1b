"""What people do on the seat page and at the till, as their browsers send it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from instashow.booking.models import Booking, Hold
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim, Screening
from tests.booking.sales import seats
from tests.browsers import Browser


def holds_url(show: Screening) -> str:
    """Where seats of a screening are held and let go."""
    return f"/screenings/{show.id}/holds"


def page(browser: Browser, show: Screening, query: str = "") -> str:
    """The seat page's text."""
    answer = browser.get(f"/screenings/{show.id}{query}")
    assert answer.status_code == 200
    return answer.text


def button(text: str, place: int) -> str:
    """A seat's button."""
    found = re.search(rf'<button[^>]*id="seat-{place}"[^>]*>', text)
    assert found
    return found[0]


def held_by_all(show: Screening) -> set[int]:
    """The places of a screening that are not free."""
    return set(taken(show.id, now()))


def lapse() -> None:
    """Every hold has run out."""
    with transaction():
        db.session.execute(Claim.__table__.update().values(held_until=now() - timedelta(seconds=1)))
        db.session.execute(Hold.__table__.update().values(expires_at=now() - timedelta(seconds=1)))


def choose(browser: Browser, show: Screening, *names: str) -> tuple[int, ...]:
    """Hold seats as a person does; their ids."""
    ids = seats(show, *names)
    assert browser.post(f"/screenings/{show.id}/holds", {"seat": list(ids)}).status_code == 303
    return ids


def till(browser: Browser, show: Screening) -> dict[str, Any]:
    """The fields of the till's page as a browser would send them."""
    text = browser.get(f"/checkout?screening={show.id}").text
    fields = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text.split('id="till"')[1]))
    for name, value in re.findall(r'type="radio" name="(type-\d+)" value="(\d+)" checked', text):
        fields[name] = value
    for other in ("release", "from", "csrf_token"):
        fields.pop(other, None)
    return fields


def book(browser: Browser, show: Screening, **other: Any) -> TestResponse:
    """Send the till as it stands, but for what is said otherwise."""
    return browser.post("/checkout", {**till(browser, show), **other})


def bookings() -> int:
    """How many there are."""
    return db.session.scalar(select(func.count()).select_from(Booking)) or 0
