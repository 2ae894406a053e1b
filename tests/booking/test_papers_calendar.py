"""The calendar entry: one UID for life, a sequence that counts, the theatre's own time."""

from __future__ import annotations

from typing import Any

import icalendar
from flask import Flask

from instashow.booking import papers
from tests.booking.booked import SATURDAY, booked
from tests.booking.test_papers import give_back


def event_of(booking_id: int) -> Any:
    calendar = icalendar.Calendar.from_ical(papers.paper("calendar", booking_id))
    assert [zone["TZID"] for zone in calendar.timezones] == ["Asia/Kolkata"]
    (event,) = calendar.events
    return event


def test_a_booking_is_an_entry_in_the_theatres_time(app: Flask) -> None:
    booking = booked("B3", "B4", "B5")
    event = event_of(booking.id)
    assert event["UID"] == f"{booking.reference}@localhost"
    assert event.start == SATURDAY
    assert event.start.tzinfo.key == "Asia/Kolkata"
    assert (event.end - event.start).total_seconds() == 130 * 60
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert "B3–B5, screen 1" in event["DESCRIPTION"]
    assert event["LOCATION"] == "Sapphire, 201 Mount Road, Gemini, Chennai"


def test_an_address_that_names_the_place_and_the_city_says_them_once(app: Flask) -> None:
    booking = booked(theatre="Eros Cinema", place="Churchgate", address="Churchgate, Chennai")
    assert event_of(booking.id)["LOCATION"] == "Eros Cinema, Churchgate, Chennai"


def test_giving_a_seat_back_counts_up_and_keeps_the_uid(app: Flask) -> None:
    booking = booked()
    before = event_of(booking.id)
    give_back(booking, "A11")
    after = event_of(booking.id)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CONFIRMED"
    assert "A11" not in after["DESCRIPTION"]


def test_giving_everything_back_cancels_the_entry(app: Flask) -> None:
    booking = booked()
    give_back(booking)
    event = event_of(booking.id)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
