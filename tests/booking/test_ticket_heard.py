"""Tickets in the reader's language, and for the ear."""

from __future__ import annotations

import re

from flask import Flask

from instashow.db import transaction
from instashow.people import accounts
from tests import cast
from tests.booking.mine import booked
from tests.browsers import Browser


def test_the_city_is_called_as_on_every_other_page(app: Flask) -> None:
    meena = cast.customer()
    made = booked(meena, "Kadal")
    browser = Browser(app).sign_in(meena)
    pages = [f"/bookings/{made.reference}", f"/bookings/{made.reference}/ticket"]
    assert ["Mylapore, Chennai" in browser.get(page).text for page in pages] == [True, True]
    with transaction():
        accounts.prefer(meena.id, language="hi")
    for page in pages:
        said = browser.get(page).text
        assert ("Mylapore, चेन्नई" in said, "Chennai" in said) == (True, False)


def test_each_ticket_is_headed_by_its_own_seat(app: Flask) -> None:
    meena = cast.customer()
    page = Browser(app).sign_in(meena).get(f"/bookings/{booked(meena, 'Kadal').reference}/ticket").text
    heads = re.findall(r'<h2>Kadal<span class="vh">, (Seat \w+)</span></h2>', page)
    assert len(heads) == len(set(heads)) == 2
